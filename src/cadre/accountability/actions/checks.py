"""Who may say what of whom: whose people they are, and who is in charge of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from cadre.access.models import RoleChoices
from cadre.access.permissions import NotAllowed, may, require
from cadre.accountability.queries.lists import warden_rows
from cadre.accountability.queries.sight import counting
from cadre.core.releasability import Viewer
from cadre.mission.models import Person

BELONGS: Final = """
    SELECT h.person_id, m.code FROM mission_holding AS h
        JOIN mission_post AS p ON p.id = h.post_id JOIN mission_mission AS m ON m.id = p.mission_id
    WHERE h.person_id = ANY (%(people)s) AND h.during @> %(at)s::timestamptz
    UNION SELECT s.person_id, m.code FROM accountability_personnelstatus_known(NULL, NULL) AS s
        JOIN mission_mission AS m ON m.id = s.mission_id
    WHERE s.person_id = ANY (%(people)s) AND s.begins_at <= %(at)s
        AND (s.ends_at IS NULL OR s.ends_at > %(at)s)
    UNION SELECT e.person_id, unnest(ARRAY[e.mission, m.code]) FROM accountability_musterentry AS e
        JOIN accountability_muster AS u ON u.id = e.muster_id
        JOIN mission_mission AS m ON m.id = u.mission_id
    WHERE e.person_id = ANY (%(people)s)
        AND NOT EXISTS (SELECT FROM accountability_musterend AS x WHERE x.muster_id = u.id)
"""
WARDED: Final = """
    SELECT DISTINCT person_id FROM accountability_musterentry
    WHERE person_id = ANY (%s) AND list_id = ANY (%s)
"""
STAFF: Final = (
    RoleChoices.COMMANDER.value,
    RoleChoices.DUTY_OFFICER.value,
    RoleChoices.FORCE_PROTECTION.value,
)


@dataclass(frozen=True, slots=True)
class Competence:
    """What somebody may say of these people. `missions`: codes of theirs; `warded`: who stands on
    a list of which this somebody is a warden.
    """

    by: Viewer
    missions: dict[UUID, frozenset[str]]
    warded: frozenset[UUID]

    def is_self(self, person: Person) -> bool:
        """The person's own account: that with the person's address."""
        account = (self.by.account or "").casefold()
        return bool(account) and account == person.email.casefold()

    def may(self, verb: str, person: Person) -> bool:
        """Whether it may be done in a mission of the person."""
        codes = self.missions.get(person.pk, frozenset())
        return self.by.sees_all or any(may(self.by, verb, code) for code in codes)

    def represents(self, person: Person) -> bool:
        """The senior representative of the person's nation in a mission of the person."""
        return person.nation.code in self.by.affiliations and self.has_role(
            (RoleChoices.REPRESENTATIVE.value,), person
        )

    def in_charge(self, person: Person) -> bool:
        return (
            self.by.sees_all
            or person.pk in self.warded
            or self.represents(person)
            or self.has_role(STAFF, person)
        )

    def has_role(self, roles: Iterable[str], person: Person) -> bool:
        codes = self.missions.get(person.pk, frozenset())
        return any(self.by.has_role(role, code) for role in roles for code in codes)


def competence(by: Viewer, people: Iterable[Person], *, at: datetime) -> Competence:
    """What `by` may say of these people at a moment, in three statements however many they are."""
    rows = [each.pk for each in people]
    lists = [each.list_id for each in warden_rows(by)]
    with counting(), connection.cursor() as cursor:
        cursor.execute(BELONGS, {"people": rows, "at": at})
        missions: dict[UUID, set[str]] = {}
        for person, code in cursor.fetchall():
            missions.setdefault(person, set()).add(code)
        cursor.execute(WARDED, [rows, lists])
        warded = frozenset(person for (person,) in cursor.fetchall())
    found = {person: frozenset(codes) for person, codes in missions.items()}
    return Competence(by, found, warded)


def require_of(known: Competence, verb: str, person: Person) -> None:
    """Raises NotAllowed unless `verb` may be done in a mission of the person."""
    if known.may(verb, person):
        return
    for code in sorted(known.missions.get(person.pk, ())):
        require(known.by, verb, code)  # which says who may
    raise NotAllowed(
        _("%(person)s belongs to no mission in which you may do this.") % {"person": person}
    )


def number_in(series: str) -> str:
    """The next number of a series ("FTM-M-2020-") of musters or movements, as FTM-M-2020-001."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cadre_last_muster(%s)", [series])
        (last,) = cursor.fetchone() or (0,)
    return f"{series}{last + 1:03}"


def one_by_one(mission: str) -> None:
    """Whoever else opens or closes in this mission waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"musters of {mission}"])
