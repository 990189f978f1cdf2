"""Workers as processes of their own, as a site runs them, and ways out that lead to fakes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cadre.alerts.channels.fakes import FakeGateway, FakeMailServer
from cadre.alerts.channels.fakes.gateway import KEY, SECRET

WORKER = """
import signal, sys
from threading import Event
stop = Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
import django
django.setup()
from cadre.alerts.worker import work
work(stop, name=sys.argv[1])
"""


class Workers:
    """Some workers on one database; each is started, killed or told to end by its name."""

    def __init__(self, database: str, log: Path, **settings: str) -> None:
        self.environment = {
            **os.environ,
            "CADRE_DB_NAME": database,
            "DJANGO_SETTINGS_MODULE": "cadre.settings",
            "CADRE_LEASE_SECONDS": "2",
            "CADRE_ORDINARY_PER_MINUTE": "0",
            "CADRE_TEST_HOURS": "100000",
            **settings,
        }
        self.log = log
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        with self.log.open("ab") as out:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-c", WORKER, name],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )

    def kill(self, name: str) -> None:
        """Kill -9, in the middle of whatever it does."""
        child = self.running.pop(name)
        child.kill()
        child.wait()

    def end(self) -> list[int]:
        """Tells all to end, and waits for what they hold; gives their exit codes."""
        for child in self.running.values():
            child.terminate()
        return [child.wait(timeout=30) for child in self.running.values()]


@contextmanager
def workers(
    database: str, log: Path, mail: FakeMailServer, gateway: FakeGateway, **settings: str
) -> Iterator[Workers]:
    ways = {
        "CADRE_SMTP_URL": mail.url,
        "CADRE_MAIL_FROM": "Cadre <cadre@mission.example>",
        "CADRE_GATEWAY_URL": gateway.url,
        "CADRE_GATEWAY_KEY": KEY,
        "CADRE_GATEWAY_SECRET": SECRET,
    }
    found = Workers(database, log, **ways | settings)
    try:
        yield found
    finally:
        for child in found.running.values():
            child.kill()
            child.wait()
