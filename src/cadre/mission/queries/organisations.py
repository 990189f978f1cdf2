"""Nations and organisations, and what each is to another, dated."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission.models import Membership, Organisation
from cadre.mission.queries.contributions import ContributionLine, lent_by
from cadre.mission.queries.reading import Reading, Told


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """One organisation in the list, and what it is to others. Nothing: *not stated*."""

    organisation: Organisation
    memberships: tuple[Told[Membership], ...]


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """Everything about one organisation: what it was and is to others, latest first."""

    organisation: Organisation
    parts: tuple[Organisation, ...]
    memberships: tuple[Told[Membership], ...]
    members: tuple[Told[Membership], ...]
    contributions: tuple[ContributionLine, ...]


def organisations(
    viewer: Viewer, *, words: str = "", on: datetime, known_on: datetime | None
) -> list[OrganisationLine]:
    """The organisations that the viewer may know of, by kind and name."""
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = Organisation.objects.visible_to(viewer).select_related("parent")
    if words:
        rows = rows.filter(models.Q(name__icontains=words) | models.Q(code__icontains=words))
    held = [
        each
        for each in reading.stated(Membership.objects.select_related("of").order_by("kind"))
        if holds(each, on)
    ]
    told = reading.book(held).tell(held)
    return [
        OrganisationLine(row, tuple(each for each in told if each.row.organisation_id == row.pk))
        for row in reading.described(rows.order_by("kind", "name"))
    ]


def holds(row: Membership, on: datetime) -> bool:
    """It may have begun by `on` and has not surely ended."""
    return row.since.perhaps_by(on) and not row.until.surely_by(on)


def order(moment: Moment) -> float:
    """By when it surely had begun; what has no such date comes first."""
    return moment.latest.timestamp() if moment.latest else float("-inf")


def organisation(
    viewer: Viewer, code: str, *, on: datetime, known_on: datetime | None
) -> OrganisationView | None:
    """One organisation; None when the viewer may know of none with this code."""
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = Organisation.objects.visible_to(viewer)
    found = reading.described(rows.filter(code=code).select_related("parent"))
    if not found:
        return None
    row = found[0]
    memberships = [
        each
        for each in reading.stated(row.memberships.select_related("of").order_by("kind"))
        if each.since.perhaps_by(on)
    ]
    memberships.sort(key=lambda each: order(each.since), reverse=True)
    members = [
        each
        for each in reading.stated(Membership.objects.filter(of=row).select_related("organisation"))
        if holds(each, on)
    ]
    book = reading.book(memberships, members)
    return OrganisationView(
        organisation=row,
        parts=tuple(reading.described(rows.filter(parent=row).order_by("name"))),
        memberships=book.tell(memberships),
        members=book.tell(sorted(members, key=lambda each: each.organisation.name)),
        contributions=lent_by(reading, row),
    )


def find(viewer: Viewer, code: str) -> Organisation | None:
    """The organisation with a code as described now; None when the viewer may know of none."""
    return Organisation.objects.visible_to(viewer).filter(code=code).first()
