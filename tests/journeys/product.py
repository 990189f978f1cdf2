"""The real product on a database of its own: what the demonstration shows, served for browsers."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from cadre.launch.processes import bound, end
from cadre.launch.refusal import Refusal
from tests.journeys.sessions import SignedIn

ROOT = Path(__file__).resolve().parents[2]
EVENING = "2020-01-06"
PATIENCE = 60.0
LOADING = (
    ("collectstatic", "--noinput", "--verbosity", "0"),
    ("case", "load", "cases/iraq-2020"),
    ("case", "load", "cases/iraq-2020-outside"),
    ("sample", "--people", "400", "--seed", "1"),
    ("demo_accounts",),
)


def environment(database: str, data: Path) -> dict[str, str]:
    """What a process of the product is told; its database is another one of the tests' server."""
    told = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "cadre.settings",
        "CADRE_DB_NAME": database,
        "CADRE_DATA": str(data),
        "CADRE_DEMO": "1",
        "CADRE_CLOCK": EVENING,
        "CADRE_SECRET_KEY": "only for tests " * 4,
        "CADRE_PUSH_KEY": "only for tests too " * 4,
    }
    if url := told.get("DATABASE_URL"):
        parts = urlsplit(url)
        told["DATABASE_URL"] = parts._replace(path=f"/{database}").geturl()
    for name in ("CADRE_DEBUG", "CADRE_PLAIN_STATIC", "CADRE_APP_DATABASE_URL", "CADRE_PROXIES"):
        told.pop(name, None)
    return told


def load(told: dict[str, str]) -> None:
    """Fill a database that has its tables with the case and the fictional mission."""
    for words in LOADING:
        done = subprocess.run(
            [sys.executable, "-m", "django", *words],
            cwd=ROOT,
            env=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Refusal(f"{' '.join(words)} failed: {done.stdout[-2000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Product:
    """The product at an address, with the sessions of those who signed in already."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.sessions: dict[str, SignedIn] = {}

    def session(self, key: str) -> SignedIn:
        """The session of the demonstration's person `key`, who signs in the first time; "" is a
        stranger's.
        """
        if key not in self.sessions:
            self.sessions[key] = SignedIn(self.root)
            if key:
                self.sessions[key].sign_in(f"{key}@demo.example")
        return self.sessions[key]


@contextmanager
def served(told: dict[str, str]) -> Iterator[Product]:
    """The pages, as `./cadre serve` has them served, in one process."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--no-ws"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "4", "--log-level", "warning"]
    command += ["cadre.launch.served:application"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=told,
        process_group=0,
        preexec_fn=bound(15),  # noqa: PLW1509  the tests have no other thread at this point
    ) as child:
        try:
            wait_for(port, child)
            yield Product(f"http://127.0.0.1:{port}")
        finally:
            end(child, 15, 10.0)


def wait_for(port: int, child: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert child.poll() is None, "the web server ended by itself"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/health")
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise AssertionError(f"the web server does not answer after {PATIENCE:.0f} seconds")
