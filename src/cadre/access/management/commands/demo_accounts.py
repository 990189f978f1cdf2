"""`./cadre demo_accounts`: the fictional people of the demonstration."""

from datetime import UTC, datetime

from django.conf import settings
from django.core.management.base import CommandError

from cadre.access.demonstration import PASSWORD, PLAYERS, open_demo_accounts
from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR
from cadre.launch.commands import Command as Base


class Command(Base):
    help = "Open the accounts of the demonstration and print how to sign in."

    def handle(self, *_args: object, **_options: object) -> None:
        if not settings.CADRE_DEMO:
            raise CommandError("Demo accounts are opened only where CADRE_DEMO=1.", returncode=2)
        with seeing(OPERATOR):
            open_demo_accounts(at=datetime.now(UTC))
        self.stdout.write(f"Sign in with the password {PASSWORD} as:")
        width = max(len(player.email) for player in PLAYERS)
        for player in PLAYERS:
            self.stdout.write(f"  {player.email:<{width}}  {player.role.label}, {player.name}")
