"""What every command that reads has in common: as whom it looks, and which moments it means."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError

from cadre.access import looks
from cadre.access.actions import note_looks
from cadre.access.demonstration import may_come_in
from cadre.access.models import Account
from cadre.access.queries import seeing, viewer_of
from cadre.core.moments import MomentError, asked
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer


def moment(text: str) -> datetime:
    """A date (its last moment, UTC) or an instant, as an argument of a command."""
    try:
        return asked(text)
    except MomentError as problem:
        raise ArgumentTypeError(str(problem)) from problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What the arguments of a command that reads came to; None is not given."""

    on: datetime | None
    known_on: datetime | None
    as_json: bool
    account: str | None


def reading(options: Mapping[str, object]) -> Reading:
    """The options of `add_reading_arguments`, with their types."""
    on, known_on, account = options["on"], options["known_on"], options["as_account"]
    return Reading(
        on=on if isinstance(on, datetime) else None,
        known_on=known_on if isinstance(known_on, datetime) else None,
        as_json=bool(options["json"]),
        account=str(account) if account else None,
    )


def add_reading_arguments(parser: ArgumentParser, *, on_required: bool = False) -> None:
    parser.add_argument(
        "--on", type=moment, required=on_required, metavar="DATE", help="true on this moment"
    )
    parser.add_argument("--known-on", type=moment, metavar="MOMENT", help="known on this moment")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--as", dest="as_account", metavar="EMAIL", help="see as this account")


@contextmanager
def seen_as(email: str | None) -> Iterator[Viewer]:
    """The viewer of a command: an account, or whoever has the machine's shell.

    What a rule refuses inside becomes the command's one sentence, with exit code 2.
    """
    viewer = OPERATOR
    if email:
        account = Account.objects.filter(email__iexact=email).first()
        if account is None or not may_come_in(account):
            raise CommandError(f"There is no open account {email}.", returncode=2)
        viewer = viewer_of(account)
    try:
        with seeing(viewer), looks.noted() as shown:
            yield viewer
            door = " ".join(["./cadre", *sys.argv[1:2]])
            note_looks(shown, by=viewer, door=door, at=datetime.now(UTC))
    except (Refused, PermissionDenied) as refusal:
        raise CommandError(str(refusal), returncode=2) from refusal
