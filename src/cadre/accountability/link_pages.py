"""What stands on the pages of links: no more than whoever holds the link may know.

A check-in link tells of its own person; a warden's link of the people on the list whom the warden
may see, none of them while the muster is closed. A name that is held leaves by neither.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from cadre.accountability import link_words
from cadre.accountability.queries import Outstanding, OwnPage, WardenPage, withheld
from cadre.accountability.queries.rows import Muster
from cadre.core.releasability import Classification, Viewer, may_see

LANGUAGES = tuple(
    (code, str(get_language_info(code)["name_local"])) for code, _name in settings.LANGUAGES
)

WORKERS = {"check_in": "check_in_worker", "warden_list": "warden_worker"}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A link's muster, and the addresses that its page needs."""

    number: str
    mission: str
    title: str
    exercise: bool
    protective_action: str
    open: bool
    scope: str
    worker: str
    languages: tuple[tuple[str, str], ...] = LANGUAGES

    @property
    def to(self) -> str:
        return f"{self.scope}reports"

    @property
    def manifest(self) -> str:
        return f"{self.scope}manifest.webmanifest"


@dataclass(frozen=True, slots=True)
class Own:
    """The page of a check-in link."""

    about: About
    name: str
    state: str
    heard: str


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on a warden's list."""

    entry: UUID
    name: str
    detail: str
    state: str
    heard: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The page of a warden's link."""

    about: About
    title: str
    rows: tuple[Row, ...]
    summary: str
    hidden: str


def own(page: OwnPage, token: str, *, at: datetime) -> Own:
    """The page of a check-in link as of a moment (aware)."""
    person = page.entry.person
    nation = person.nation.code
    holder = Viewer(
        str(person), Classification.UNCLASSIFIED, frozenset({nation, page.muster.mission.code})
    )
    return Own(
        about(page.muster, holder, ("check_in", token), closed=page.closed),
        name="" if person.pk in withheld(now=at) else str(person),
        state=page.stood.state.value,
        heard=link_words.heard_of_oneself(page, at),
    )


def listed(page: WardenPage, token: str, *, at: datetime) -> Listed:
    """The page of a warden's link as of a moment (aware)."""
    shown = () if page.closed else page.people
    return Listed(
        about(page.muster, page.viewer, ("warden_list", token), closed=page.closed),
        title=page.warden.list.title,
        rows=tuple(row(each, at) for each in shown),
        summary="" if page.closed else link_words.summary(page),
        hidden=hidden(page.hidden),
    )


def about(muster: Muster, viewer: Viewer, link: tuple[str, str], *, closed: bool) -> About:
    """What both pages say of a muster: its title and mission only to who may see these rows."""
    page, token = link
    return About(
        number=muster.number,
        mission=muster.mission.name if may_see(viewer, muster.mission.marking) else "",
        title=muster.title if may_see(viewer, muster.marking) else "",
        exercise=muster.exercise,
        protective_action=muster.protective_action,
        open=not closed,
        scope=reverse(page, args=[token]),
        worker=reverse(WORKERS[page]),
    )


def row(each: Outstanding, at: datetime) -> Row:
    place = each.whereabouts.name
    detail = " · ".join(part for part in (each.entry.role, place) if part)
    return Row(
        each.entry.pk,
        str(each.entry.person),
        detail,
        each.stood.state.value,
        link_words.heard_of(each, at),
    )


def hidden(number: int) -> str:
    if not number:
        return ""
    return _("On this list besides, with names that are not released to you: %(number)s.") % {
        "number": number
    }
