"""The web server: granian with a few worker processes, as long as its parent wants it."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cadre.launch.companions import Companions
from cadre.launch.database.supervisor import Database
from cadre.launch.processes import bound, end
from cadre.launch.progress import say
from cadre.launch.refusal import FAILED, Refusal

WORKERS = 2
THREADS = 4
PATIENCE_START = 60.0
PATIENCE_STOP = 10.0
PAUSE = 0.25


@dataclass(frozen=True)
class Place:
    """Where the pages are served."""

    host: str
    port: int

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    def refuse_if_taken(self) -> None:
        """Raise Refusal if nothing can listen there, before anything slow begins."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
                probe.listen(1)
            except OSError as error:
                reason = error.strerror or str(error)
                message = (
                    f"Nothing can be served on {self.host}:{self.port} ({reason});"
                    " choose another with --port."
                )
                raise Refusal(message) from error


def serve(
    place: Place,
    database: Database,
    beside: Companions,
    greeting: Callable[[], str],
    note: Callable[[], None] = lambda: None,
) -> None:
    """Serve the pages until this process is told to stop, with what runs `beside` them.

    `greeting` is made while the server starts; `note` is called often as long as it serves.
    Raises Refusal if the server or the database ends by itself.
    """
    child = _start(place, beside.environment)
    try:
        text = greeting()
        _await_answer(place, child)
        beside.start()
        say(text)
        while True:
            database.watch()
            _refuse_if_ended(child)
            beside.watch()
            note()
            time.sleep(PAUSE)
    finally:
        beside.stop()
        end(child, signal.SIGTERM, PATIENCE_STOP)


def command(place: Place) -> list[str]:
    """What serves the pages there."""
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory"]
    words += ["--host", place.host, "--port", str(place.port), "--no-ws"]
    words += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    words += ["--respawn-failed-workers", "--workers-kill-timeout", "5"]
    return [*words, "--log-level", "warning", "cadre.launch.served:application"]


def _start(place: Place, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(place),
        stdin=subprocess.DEVNULL,
        env=environment,
        process_group=0,
        preexec_fn=bound(signal.SIGTERM),  # noqa: PLW1509  no other thread is here
    )


def _refuse_if_ended(child: subprocess.Popen[bytes]) -> None:
    if (code := child.poll()) is not None:
        message = f"The web server ended by itself (exit code {code})."
        raise Refusal(message, FAILED)


def _await_answer(place: Place, child: subprocess.Popen[bytes]) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(place.host, place.host)  # noqa: S104  read, not bound
    until = time.monotonic() + PATIENCE_START
    while time.monotonic() < until:
        _refuse_if_ended(child)
        connection = http.client.HTTPConnection(host, place.port, timeout=10)
        try:
            connection.request("HEAD", "/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    message = f"The web server does not answer on {place.url} after {PATIENCE_START:.0f} seconds."
    raise Refusal(message, FAILED)
