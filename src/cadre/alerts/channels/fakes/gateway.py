"""A gateway as docs/reference/gateway.md describes one, that keeps what it is given."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

import requests

from cadre.alerts.channels.webhooks import sign

KEY: Final = "a key for the fake gateway"
SECRET: Final = "a secret of the fake gateway, long enough"  # noqa: S105  it guards nothing
SECONDS: Final = 10
Told = dict[str, object]


@dataclass(slots=True)
class Conduct:
    """How the gateway behaves; may be changed while it runs.

    `status`: what it answers instead of taking a message. `seconds`: how long it thinks first.
    `retry_after`: the header of that name. `hangs_up`: it takes the message and says nothing.
    `answer`: what it says instead of a reference.
    """

    status: int = 0
    seconds: float = 0.0
    retry_after: str = ""
    hangs_up: bool = False
    answer: bytes | None = None


class Exchange(BaseHTTPRequestHandler):
    """One connection, kept open from request to request."""

    server: "Listener"
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Take a message under its key, once."""
        said = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        conduct = self.server.conduct
        time.sleep(conduct.seconds)
        if refused := self.refused():
            self.say(refused, b"{}")
            return
        reference = self.server.take(self.headers["Idempotency-Key"], json.loads(said))
        if conduct.hangs_up:
            self.close_connection = True
            return
        answer = json.dumps({"reference": reference}).encode()
        self.say(HTTPStatus.ACCEPTED, answer if conduct.answer is None else conduct.answer)

    def refused(self) -> int:
        if self.path != "/messages":
            return HTTPStatus.NOT_FOUND
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            return HTTPStatus.UNAUTHORIZED
        if not self.headers.get("Idempotency-Key"):
            return HTTPStatus.BAD_REQUEST
        return self.server.conduct.status

    def say(self, status: int, answer: bytes) -> None:
        self.send_response(status)
        if self.server.conduct.retry_after:
            self.send_header("Retry-After", self.server.conduct.retry_after)
        if status // 100 == HTTPStatus.MULTIPLE_CHOICES // 100:
            self.send_header("Location", self.path)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """It keeps no log."""


class Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], conduct: Conduct) -> None:
        super().__init__(address, Exchange)
        self.conduct = conduct
        self.taken: dict[str, Told] = {}
        self.asked: list[str] = []
        self.lock = threading.Lock()

    def take(self, key: str, message: Told) -> str:
        """The reference of the message; under a key that it knows, the one it gave before."""
        with self.lock:
            self.asked.append(key)
            self.taken.setdefault(key, message)
            return f"fake-{key}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed in the middle is what this gateway is for."""


class FakeGateway:
    """Runs in a thread while the block lasts; `url` is for CADRE_GATEWAY_URL."""

    def __init__(self, port: int = 0) -> None:
        self.conduct = Conduct()
        self.listener = Listener(("127.0.0.1", port), self.conduct)
        self.port: int = self.listener.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def taken(self) -> dict[str, Told]:
        """The messages that it would have sent, by key: one for each."""
        with self.listener.lock:
            return dict(self.listener.taken)

    @property
    def asked(self) -> list[str]:
        """The key of each request that it took, doubles included."""
        with self.listener.lock:
            return list(self.listener.asked)

    def tell(self, url: str, event: Mapping[str, object], at: datetime) -> int:
        """Send a signed event to a node; the number that the node answers with."""
        body = json.dumps(event).encode()
        headers = {"Content-Type": "application/json", **sign(body, SECRET, at)}
        return requests.post(url, data=body, headers=headers, timeout=SECONDS).status_code

    def __enter__(self) -> Self:
        threading.Thread(target=self.listener.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.listener.shutdown()
        self.listener.server_close()
