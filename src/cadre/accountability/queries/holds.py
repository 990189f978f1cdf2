"""Names that are held until next of kin were told: one rule, which every way out asks.

A way out is whatever leaves the page in front of somebody: a PDF, a CSV or other list, an answer of
the API, a mail, a message, a feed, a printed list. No viewer sees a held name there, whatever the
marking says. On a live page only those see it who have to act on it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from cadre.access.models import RoleChoices
from cadre.accountability.models import NextOfKinHold, NextOfKinInformed
from cadre.accountability.queries.sight import counting
from cadre.core.moments import later
from cadre.core.releasability import Viewer
from cadre.mission.models import Person
from cadre.mission.queries.versions import live

HELD: Final = """
    SELECT h.person_id, n.code, i.informed_at, i.hours
    FROM accountability_nextofkinhold_known(NULL, NULL) AS h
        JOIN mission_person AS p ON p.id = h.person_id
        JOIN mission_organisation AS n ON n.id = p.nation_id
        LEFT JOIN accountability_nextofkininformed_known(NULL, NULL) AS i ON i.hold_id = h.id
"""
DECIDING: Final = (RoleChoices.COMMANDER.value, RoleChoices.DUTY_OFFICER.value)
REPRESENTING: Final = RoleChoices.REPRESENTATIVE.value


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold, and until when it is in force (aware; None: next of kin were not told yet)."""

    row: NextOfKinHold
    informed: NextOfKinInformed | None
    until: datetime | None

    def in_force(self, now: datetime) -> bool:
        return self.until is None or now < self.until


def ends_at(informed_at: datetime, hours: int) -> datetime:
    return later(informed_at, timedelta(hours=hours))


def held_people(*, now: datetime) -> dict[UUID, str]:
    """Everybody whose name is held at the present moment, with the nation's code.

    It is read with sight of all, so that a hold which somebody may not see holds for him too. What
    a page or file is about does not matter: also in yesterday's list a name is held today.
    """
    with counting(), connection.cursor() as cursor:
        cursor.execute(HELD)
        return {
            person: nation
            for person, nation, informed_at, hours in cursor.fetchall()
            if informed_at is None or now < ends_at(informed_at, hours)
        }


def withheld(*, now: datetime) -> frozenset[UUID]:
    """The people (their rows) whose names leave by no way out at the present moment (aware)."""
    return frozenset(held_people(now=now))


def hidden_people(
    viewer: Viewer, missions: Collection[str], *, now: datetime, live_page: bool
) -> frozenset[UUID]:
    """Whose names this viewer is not shown because they are held: all of them by a way out; on a
    live page about missions (codes) all but to their commander and duty officer and, of the own
    nation, to its representative.
    """
    held = held_people(now=now)
    if not live_page:
        return frozenset(held)
    if viewer.sees_all or has_one(viewer, DECIDING, missions):
        return frozenset()
    own = viewer.affiliations if has_one(viewer, [REPRESENTING], missions) else frozenset()
    return frozenset(person for person, nation in held.items() if nation not in own)


def has_one(viewer: Viewer, roles: Iterable[str], missions: Collection[str]) -> bool:
    return any(viewer.has_role(role, mission) for role in roles for mission in missions)


def holds(viewer: Viewer, missions: Collection[str], *, now: datetime) -> tuple[Hold, ...]:
    """The holds that a viewer may know of on a live page, the latest first, ended ones too."""
    hidden = hidden_people(viewer, missions, now=now, live_page=True)
    rows = live(NextOfKinHold.objects.visible_to(viewer), known_on=None, began=None)
    shown = rows.exclude(person__in=hidden).select_related("person__nation")
    found = list(shown.order_by("-placed_at", "-recorded_at"))
    told = live(
        NextOfKinInformed.objects.visible_to(viewer).filter(hold__in=found),
        known_on=None,
        began=None,
    )
    informed = {each.hold_id: each for each in told}
    return tuple(read(row, informed.get(row.pk)) for row in found)


def read(row: NextOfKinHold, informed: NextOfKinInformed | None) -> Hold:
    until = ends_at(informed.informed_at, informed.hours) if informed else None
    return Hold(row, informed, until)


def hold_of(viewer: Viewer, person: Person, *, now: datetime) -> Hold | None:
    """The hold on a person's name that is in force; None when the viewer may know of none."""
    rows = live(
        NextOfKinHold.objects.visible_to(viewer).filter(person=person), known_on=None, began=None
    )
    told = {
        each.hold_id: each
        for each in NextOfKinInformed.objects.visible_to(viewer).filter(hold__in=rows)
    }
    found = (read(row, told.get(row.pk)) for row in rows.select_related("person__nation"))
    return next((each for each in found if each.in_force(now)), None)
