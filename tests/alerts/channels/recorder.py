"""A server that notes every request and answers as it is told: a chat or push service."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    headers: dict[str, str]
    body: bytes


class Listener(ThreadingHTTPServer):
    daemon_threads = True
    requests: list[Request]
    status = 200
    headers: dict[str, str]
    stuck: threading.Event


class Exchange(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.requests.append(Request(self.path, dict(self.headers), said))
        self.server.stuck.wait(10)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        pass


class Recorder:
    """Runs in a thread while the block lasts."""

    def __init__(self) -> None:
        self.listener = Listener(("127.0.0.1", 0), Exchange)
        self.listener.requests = []
        self.listener.headers = {}
        self.listener.stuck = threading.Event()
        self.listener.stuck.set()
        self.place = f"127.0.0.1:{self.listener.server_address[1]}"

    @property
    def requests(self) -> list[Request]:
        return list(self.listener.requests)

    def answers(self, status: int, **headers: str) -> None:
        self.listener.status = status
        self.listener.headers = {name.replace("_", "-"): text for name, text in headers.items()}

    def __enter__(self) -> Self:
        threading.Thread(target=self.listener.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.listener.stuck.set()
        self.listener.shutdown()
        self.listener.server_close()
