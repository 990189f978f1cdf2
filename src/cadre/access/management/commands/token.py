"""`./cadre token EMAIL`: a key to the API, told once."""

from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta

from django.core.management.base import CommandError

from cadre.access import actions, queries
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR
from cadre.launch.commands import Command as Base


class Command(Base):
    help = "Make a key to the API for an account and print it, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--days", type=int, default=90, help="how long it lasts (at most 366)")
        parser.add_argument("--label", default="made by ./cadre token", help="what it is for")
        parser.add_argument(
            "--may-change", action="store_true", help="it may change the record, not only read"
        )

    def handle(self, *_args: object, **options: object) -> None:
        with queries.seeing(OPERATOR):
            account = queries.account_named(OPERATOR, str(options["email"]))
            if account is None:
                raise CommandError(f"There is no account {options['email']}.", returncode=2)
            try:
                key = actions.issue_token(
                    account,
                    str(options["label"]),
                    lasts=timedelta(days=int(str(options["days"]))),
                    may_change=bool(options["may_change"]),
                    by=OPERATOR,
                    at=datetime.now(UTC),
                )
            except (Refused, OverflowError) as refusal:
                raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(key)
