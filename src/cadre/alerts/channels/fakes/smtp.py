"""A mail server that keeps what it is given. It speaks as much of SMTP as a sender asks for."""

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Final, Self

ADDRESS: Final = re.compile(rb"<([^>]*)>")
LONGEST_LINE: Final = 2000
GREETING: Final = "220 fake ready"


@dataclass(frozen=True, slots=True)
class Mail:
    """What was taken: for whom, and the bytes."""

    to: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass(slots=True)
class Conduct:
    """How the server behaves; may be changed while it runs.

    `greets`: what it says first. `refuses`: addresses and the answer to them. `answers`: to a mail
    that was handed over; it is taken if that begins with 2. `seconds`: how long it thinks before
    that. `hangs_up`: it takes the mail and says nothing more.
    """

    greets: str = GREETING
    refuses: dict[str, str] = field(default_factory=dict)
    answers: str = "250 taken"
    seconds: float = 0.0
    hangs_up: bool = False


class Conversation(StreamRequestHandler):
    """One connection."""

    server: "Listener"

    def handle(self) -> None:
        self.to: list[str] = []
        self.say(self.server.conduct.greets)
        while line := self.rfile.readline(LONGEST_LINE):
            if not self.obey(line):
                return

    def obey(self, line: bytes) -> bool:
        """Answer one command; False ends the connection."""
        word = line[:4].strip().upper()
        if word == b"RCPT":
            self.say(self.recipient(line))
        elif word == b"DATA":
            return self.data()
        elif word == b"QUIT":
            self.say("221 bye")
            return False
        else:
            if word in {b"MAIL", b"RSET"}:
                self.to = []
            self.say("250 fake" if word in KNOWN else "502 not known")
        return True

    def recipient(self, line: bytes) -> str:
        found = ADDRESS.search(line)
        address = found[1].decode(errors="replace") if found else ""
        if refused := self.server.conduct.refuses.get(address):
            return refused
        self.to.append(address)
        return "250 known"

    def data(self) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # broken off before the end: nothing was handed over
            lines.append(line[1:] if line.startswith(b".") else line)
        conduct = self.server.conduct
        time.sleep(conduct.seconds)
        if conduct.answers.startswith("2"):
            self.server.take(Mail(tuple(self.to), b"".join(lines)))
        if conduct.hangs_up:
            return False
        self.say(conduct.answers)
        return True

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


KNOWN: Final = frozenset({b"EHLO", b"HELO", b"MAIL", b"RSET", b"NOOP"})


class Listener(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], conduct: Conduct) -> None:
        super().__init__(address, Conversation)
        self.conduct = conduct
        self.taken: list[Mail] = []
        self.lock = threading.Lock()

    def take(self, mail: Mail) -> None:
        with self.lock:
            self.taken.append(mail)

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed in the middle is what this server is for."""


class FakeMailServer:
    """Runs in a thread while the block lasts; `url` is for CADRE_SMTP_URL."""

    def __init__(self, port: int = 0) -> None:
        self.conduct = Conduct()
        self.listener = Listener(("127.0.0.1", port), self.conduct)
        self.port: int = self.listener.server_address[1]
        self.url = f"smtp://127.0.0.1:{self.port}"

    @property
    def taken(self) -> list[Mail]:
        """Every mail in the order in which it was taken."""
        with self.listener.lock:
            return list(self.listener.taken)

    def counts(self) -> Counter[str]:
        """How often each message was taken, by its Message-ID."""
        return Counter(str(mail.message["Message-ID"]) for mail in self.taken)

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
