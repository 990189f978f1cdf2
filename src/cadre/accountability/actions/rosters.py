"""Where somebody's stay differs from the post, who counts whom, and a mission's targets."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.permissions import require
from cadre.accountability.models import (
    MusterSettings,
    PersonnelStatus,
    StatusKind,
    Warden,
    WardenList,
)
from cadre.accountability.queries.sight import counting
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions import Grounds
from cadre.mission.actions.checks import (
    Misfit,
    add,
    change,
    code_of,
    one_at_a_time,
    refuse_lacking,
    stated,
)
from cadre.mission.models import Mission, Organisation, Person, Site

HIGHEST: Final = 100  # per cent


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatus:
    """What somebody's stay is over a time (half-open; `ends_at` None: no end is known).

    `corrects`: the row that it stands for from now on.
    """

    person: Person
    mission: Mission
    kind: str
    begins_at: datetime
    ends_at: datetime | None = None
    site: Site | None = None
    place: str = ""
    note: str = ""
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewList:
    """A list of a warden as it is to be: see `WardenList`. `people`: codes."""

    code: str
    title: str
    site: Site | None = None
    nation: Organisation | None = None
    people: tuple[str, ...] = ()
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """A mission's settings as they are to be: see `MusterSettings`."""

    first_share: int = 80
    first_minutes: int = 15
    second_share: int = 95
    second_minutes: int = 60
    affected_hours: int = 4
    mission_hours: int = 12
    call_minutes: int = 10
    warden_minutes: int = 15
    search_minutes: int = 45
    recheck_minutes: int | None = None
    nok_hours: int = 24


def set_status(new: NewStatus, *, by: Viewer, at: datetime) -> PersonnelStatus:
    """States what somebody's stay is, or corrects it. Raises NotAllowed; Misfit for an end that
    does not follow its beginning and for another site that is not named; Refused for the same
    again and for a correction of what is not there to correct.
    """
    require(by, "accountability.status", new.mission.code)
    nowhere = new.kind == StatusKind.PRESENT and new.site is None
    refuse_lacking(
        (
            ("kind", new.kind not in StatusKind.values, _("There is no such status.")),
            ("ends_at", new.ends_at is not None and new.ends_at <= new.begins_at,
             _("A status holds from one moment to a later one.")),
            ("site", nowhere, _("Name the other site.")),
        )
    )  # fmt: skip  # a table reads best as one
    if new.corrects is not None:
        require_earlier(new, new.corrects)
    row = PersonnelStatus(
        person=new.person,
        mission=new.mission,
        kind=new.kind,
        begins_at=new.begins_at,
        ends_at=new.ends_at,
        site=new.site,
        place=new.place.strip(),
        note=new.note.strip(),
    )
    grounds = Grounds(marking=new.person.marking, corrects=new.corrects)
    return stated(row, grounds, "accountability.status", by=by, at=at)


def require_earlier(new: NewStatus, earlier: UUID) -> None:
    """Raises Refused unless what is corrected is a status of the same person in the mission."""
    same = PersonnelStatus.objects.filter(pk=earlier, person=new.person, mission=new.mission)
    if not same.exists():
        raise Refused(_("There is no such status of this person that could be corrected."))


def write_list(
    mission: Mission, new: NewList, *, seen: str = "", by: Viewer, at: datetime
) -> WardenList:
    """Writes a list, or makes the mission's list of this code what `new` says; `seen` as in
    `mission.actions.checks.change`. Raises NotAllowed; Misfit for a code that is none and for a
    person who is not on record.
    """
    require(by, "accountability.lists", mission.code)
    people = sorted({code.strip() for code in new.people if code.strip()})
    known = set(Person.objects.filter(code__in=people).values_list("code", flat=True))
    row = WardenList.objects.filter(mission=mission, code=code_of(new.code)).first()
    # Who was named by somebody who sees them stays named by somebody who does not.
    known |= set(row.people if row else ())
    for code in people:
        if code not in known:
            raise Misfit("people", _("There is no person “%(code)s” on record.") % {"code": code})
    if not new.title.strip():
        raise Misfit("title", _("Name the list."))
    values: dict[str, object] = {
        "title": new.title.strip(),
        "site": new.site,
        "nation": new.nation,
        "people": people,
        "dropped": new.dropped,
    }
    if row is not None:
        return change(row, values, "accountability.change_list", seen=seen, by=by, at=at)
    made = WardenList(mission=mission, code=code_of(new.code), **values)
    return add(made, "accountability.write_list", by=by, at=at)


def set_wardens(
    row: WardenList, people: Sequence[Person], *, by: Viewer, at: datetime
) -> list[Warden]:
    """Makes these people the warden and the alternates of a list, in this order; none leaves it
    without one. Raises NotAllowed; Misfit for somebody named twice.
    """
    require(by, "accountability.lists", row.mission.code)
    if len({each.pk for each in people}) < len(people):
        raise Misfit("people", _("Name each warden once."))
    with transaction.atomic():
        one_at_a_time(Warden)
        with counting(), acting("accountability.set_wardens", by=by, at=at):
            kept = still_so(row, people)
            return [
                kept.get(number) or Warden.objects.create(
                    list=row, person=person, position=number, **marking_values(person.marking)
                )
                for number, person in enumerate(people)
            ]  # fmt: skip  # one list


def still_so(row: WardenList, people: Sequence[Person]) -> dict[int, Warden]:
    """Drops the wardens who are no longer so; gives the others by position."""
    kept = {}
    for each in Warden.objects.filter(list=row, dropped=False):
        if each.position < len(people) and people[each.position].pk == each.person_id:
            kept[each.position] = each
        else:
            each.dropped = True
            each.save(update_fields=["dropped"])
    return kept


def set_targets(
    mission: Mission, new: Targets, *, seen: str = "", by: Viewer, at: datetime
) -> MusterSettings:
    """Sets a mission's targets and times. Raises NotAllowed; Misfit for a share that is none, a
    second target that asks for no more than the first or earlier, and times out of their order.
    """
    require(by, "accountability.settings", mission.code)
    refuse_lacking(
        (
            ("first_share", not 0 < new.first_share <= HIGHEST,
             _("A share lies between 1 and 100 per cent.")),
            ("second_share", not new.first_share <= new.second_share <= HIGHEST,
             _("The second share is no smaller than the first, and at most 100 per cent.")),
            ("second_minutes", new.second_minutes < new.first_minutes,
             _("The second target is due no earlier than the first.")),
            ("warden_minutes", not new.call_minutes <= new.warden_minutes <= new.search_minutes,
             _("First somebody is called, then the warden is asked, then a search begins.")),
            ("recheck_minutes", new.recheck_minutes == 0, _("Leave it open for never.")),
        )
    )  # fmt: skip  # a table reads best as one
    row = MusterSettings.objects.filter(mission=mission).first()
    if row is not None:
        return change(row, asdict(new), "accountability.settings", seen=seen, by=by, at=at)
    made = MusterSettings(mission=mission, **asdict(new))
    return add(made, "accountability.settings", by=by, at=at)
