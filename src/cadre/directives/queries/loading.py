"""What posture rests on, out of the database in one statement (see `sql/world.sql`)."""

from datetime import datetime
from typing import NamedTuple, TypedDict

from django.db import connection

from cadre.access.queries import settings_of
from cadre.access.sensitive import Sensitive
from cadre.core.releasability import Viewer
from cadre.directives.models import Directive, Lift, Review, Timing
from cadre.mission.models import (
    ActivityLine,
    Authorisation,
    HostRequestWithdrawal,
    Mission,
    Presence,
    Site,
)


class Item(TypedDict):
    """A row of any of the tables."""

    id: str
    classification: int


class SaidItem(Item):
    """A row that somebody stated."""

    pack: str
    claims: list[str]


class MissionItem(Item):
    """A mission; `known`: on record by then."""

    pack: str
    code: str
    name: str
    known: bool


class LineItem(Item):
    """An activity line of the mission with this id."""

    mission: str
    code: str
    name: str


class SiteItem(Item):
    """A place with the codes that lead to it."""

    code: str
    name: str
    path: list[str]


class PresenceItem(Item):
    """A mission, by its id, works at a site, by its id."""

    mission: str
    site: str


class DirectiveItem(SaidItem):
    """A directive of which something is known; `whole`: more than one of its times."""

    number: str
    mission: str
    effect: int
    authority: str
    reason: str
    temporary: bool | None
    sure_lines: list[str] | None
    sure_sites: list[str] | None
    sure_nations: list[str] | None
    perhaps_lines: list[str] | None
    perhaps_sites: list[str] | None
    perhaps_nations: list[str] | None
    units: list[str] | None
    people: list[str] | None
    hours: list[str] | None
    kind: str
    nation: str
    reported: bool
    first_review_at: str | None
    review_owner: str
    whole: bool
    confirmed: bool


class TimingItem(SaidItem):
    """What somebody said of one clock of the directive with this id."""

    directive: str
    clock: str
    moment: str


class LiftItem(SaidItem):
    """A lift of the directive with this number."""

    number: str
    mission: str
    directive: str
    lines: list[str] | None
    sites: list[str] | None
    nations: list[str] | None
    units: list[str] | None
    people: list[str] | None
    hours: list[str] | None
    effective: str


class AuthorisationItem(SaidItem):
    """What opens lines of a mission, on the host's request with this id."""

    mission: str
    lines: list[str] | None
    begins: str
    request: str


class WithdrawalItem(SaidItem):
    """The host's request with this id was taken back."""

    request: str
    effective: str


class ReviewItem(Item):
    """A review of the directive with this id; moments as ISO 8601."""

    directive: str
    held_at: str
    next_at: str
    next_owner: str


class Loaded(NamedTuple):
    """The lists that `cadre_world` gives."""

    missions: list[MissionItem]
    lines: list[LineItem]
    sites: list[SiteItem]
    presences: list[PresenceItem]
    directives: list[DirectiveItem]
    timings: list[TimingItem]
    lifts: list[LiftItem]
    authorisations: list[AuthorisationItem]
    withdrawals: list[WithdrawalItem]
    reviews: list[ReviewItem]


TABLES: tuple[type[Sensitive], ...] = (
    Mission,
    ActivityLine,
    Site,
    Presence,
    Directive,
    Timing,
    Lift,
    Authorisation,
    HostRequestWithdrawal,
    Review,
)


def load(viewer: Viewer, known_on: datetime | None) -> Loaded:
    """All of it, as far as the viewer may see it, as known on a moment (None: by now)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cadre_world(%s, %s)", [list(settings_of(viewer)), known_on])
        row: tuple[list[Item], ...] = cursor.fetchall()[0]
    for table, items in zip(TABLES, row, strict=True):
        table.told((each["id"], each["classification"]) for each in items)
    return Loaded._make(row)
