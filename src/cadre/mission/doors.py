"""What every door of missions has in common: whose turn it is, and what moment it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from cadre.access.permissions import NotAllowed, may, require
from cadre.core.moments import MomentError
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.web.clock import default_moment


def now() -> datetime:
    """The moment at which this node's clock stands: what is done here is done then."""
    return default_moment()[0]


def may_somewhere(viewer: Viewer, verb: str) -> bool:
    """Whether a viewer may do `verb` in any mission: people and places belong to none."""
    return may(viewer, verb) or any(may(viewer, verb, mission) for _role, mission in viewer.roles)


def require_somewhere(viewer: Viewer, verb: str) -> None:
    """Raises NotAllowed unless the viewer may do `verb` in some mission."""
    if not may_somewhere(viewer, verb):
        require(viewer, verb)


def unknown(code: str) -> HttpError:
    """404 for what is not there, or is not for this viewer to know of."""
    return HttpError(
        HTTPStatus.NOT_FOUND, _("There is none with the code “%(code)s”.") % {"code": code}
    )


def email(option: object) -> str | None:
    """The account of a command's `--as`, if any."""
    return str(option) if option else None


def moment(option: object) -> datetime | None:
    """The moment of a command's `--on` or `--known-on`, if any."""
    return option if isinstance(option, datetime) else None


def pair(text: str) -> tuple[str, str]:
    """A field and its value, from a command's FIELD=VALUE. Raises CommandError for no “=”."""
    name, sign, value = text.partition("=")
    if not sign:
        raise CommandError(f"“{text}” is no field with a value: write FIELD=VALUE.", returncode=2)
    return name, value


@contextmanager
def refusals_told() -> Iterator[None]:
    """What is refused inside ends a command with the sentence and exit code 2."""
    try:
        yield
    except (Refused, NotAllowed, MomentError) as refusal:
        raise CommandError(str(refusal), returncode=2) from refusal
