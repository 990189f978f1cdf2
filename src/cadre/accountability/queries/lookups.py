"""One muster, entry, list or movement for a door, as far as the viewer may see it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models

from cadre.accountability.models import (
    Movement,
    Muster,
    MusterEnd,
    MusterEntry,
    NextOfKinHold,
    PersonnelStatus,
    WardenList,
)
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission, Person
from cadre.mission.queries.versions import live


def muster(viewer: Viewer, number: str) -> Muster | None:
    """A muster by its number; None when the viewer may know of none."""
    rows = Muster.objects.visible_to(viewer).filter(number=number)
    return rows.select_related("mission", "incident").first()


def end_of(viewer: Viewer, row: Muster) -> MusterEnd | None:
    """How a muster was closed; None while it is open."""
    return MusterEnd.objects.visible_to(viewer).filter(muster=row).first()


def musters_open(
    viewer: Viewer, *, on: datetime, missions: Iterable[Mission] | None = None
) -> list[Muster]:
    """The musters that are open at a moment, the latest first; of these missions, or of all."""
    ended = MusterEnd.objects.filter(muster=models.OuterRef("pk"), at__lte=on)
    rows = Muster.objects.visible_to(viewer).filter(~models.Exists(ended), opened_at__lte=on)
    if missions is not None:
        codes = [each.code for each in missions]
        rows = rows.filter(models.Q(mission__code__in=codes) | models.Q(beside__overlap=codes))
    return list(rows.select_related("mission", "incident").order_by("-opened_at", "number"))


def musters(viewer: Viewer, mission: Mission | None, *, on: datetime) -> list[Muster]:
    """The musters that were opened by a moment, the latest first; of one mission, or of all."""
    rows = Muster.objects.visible_to(viewer).filter(opened_at__lte=on)
    if mission is not None:
        rows = rows.filter(models.Q(mission=mission) | models.Q(beside__contains=[mission.code]))
    return list(rows.select_related("mission", "end").order_by("-opened_at", "number"))


def entry(viewer: Viewer, row: UUID) -> MusterEntry | None:
    """An entry of a muster by its id; None when the viewer may know of none."""
    rows = MusterEntry.objects.visible_to(viewer).filter(pk=row)
    return rows.select_related("muster__mission", "person__nation", "list").first()


def entry_of(viewer: Viewer, row: Muster, person: Person) -> MusterEntry | None:
    """The entry of a person in a muster; None when there is none that the viewer may see."""
    rows = MusterEntry.objects.visible_to(viewer).filter(muster=row, person=person)
    return rows.select_related("muster__mission", "person__nation", "list").first()


def warden_list(viewer: Viewer, mission: Mission, code: str) -> WardenList | None:
    """A mission's list of wardens by its code, also one no longer used."""
    rows = WardenList.objects.visible_to(viewer).filter(mission=mission, code=code)
    return rows.select_related("mission", "site", "nation").first()


def statuses(viewer: Viewer, person: Person) -> list[PersonnelStatus]:
    """What is stated of a person's stay, the latest first, without what was corrected."""
    rows = live(
        PersonnelStatus.objects.visible_to(viewer).filter(person=person), known_on=None, began=None
    )
    return list(rows.select_related("mission", "site").order_by("-begins_at", "-recorded_at"))


def hold(viewer: Viewer, row: UUID) -> NextOfKinHold | None:
    """A hold by its id; whether the viewer may be told of it on a page `queries.holds` says."""
    rows = NextOfKinHold.objects.visible_to(viewer).filter(pk=row)
    return rows.select_related("person__nation").first()


def movement(viewer: Viewer, number: str) -> Movement | None:
    """A movement by its number; None when the viewer may know of none."""
    rows = Movement.objects.visible_to(viewer).filter(number=number)
    return rows.select_related("mission", "from_site", "to_site").first()


def own_person(viewer: Viewer) -> Person | None:
    """The person that the viewer is: the one with the account's address; None where none is."""
    if not viewer.account:
        return None
    rows = Person.objects.visible_to(viewer).filter(email__iexact=viewer.account)
    return rows.select_related("nation").order_by("code").first()


def ended_by(rows: Iterable[UUID], *, at: datetime) -> set[UUID]:
    """Of these musters, those that were closed by a moment: no more than it is given."""
    found = MusterEnd.objects.filter(muster__in=list(rows), at__lte=at)
    return set(found.values_list("muster", flat=True))


def lists_of(viewer: Viewer, row: Muster) -> list[WardenList]:
    """The lists on which somebody of a muster stands, by code."""
    standing_on = MusterEntry.objects.visible_to(viewer).filter(muster=row).values("list")
    rows = WardenList.objects.visible_to(viewer).filter(pk__in=standing_on)
    return list(rows.select_related("mission", "site", "nation").order_by("code"))
