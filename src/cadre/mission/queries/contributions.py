"""Who lends what to which mission; quantities stay as vague as they were said, and have no sum."""

from dataclasses import dataclass

from cadre.core.quantities import OpenList, Quantity, QuantityError
from cadre.core.reading import quantity_in
from cadre.mission.models import Contribution, ContributorList, Mission, Organisation
from cadre.mission.queries.reading import Reading, Told, of_one_world


def as_said(words: str) -> Quantity | str:
    """A quantity with its qualifier, or the bare words where they are none."""
    try:
        return quantity_in(words)
    except QuantityError:
        return words


@dataclass(frozen=True, slots=True)
class Stake:
    """One contribution as it was said."""

    told: Told[Contribution]
    quantity: Quantity | str  # its own words where they say no number for certain


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """What one organisation lends to one mission. No stake: *not stated*."""

    organisation: Organisation
    mission: Mission
    stakes: tuple[Stake, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list of contributors, open or closed, with the names of those that it names."""

    told: Told[ContributorList]
    names: OpenList


def contributions(reading: Reading, mission: Mission) -> tuple[ContributionLine, ...]:
    """What each organisation lends to a mission, by name; also those that lend something to
    another mission and of whom nobody said what they lend to this one.
    """
    stakes = Contribution.objects.select_related("organisation")
    alike = of_one_world(stakes, mission) | stakes.filter(mission=mission)
    rows = list(reading.stated(alike))
    book = reading.book([row for row in rows if row.mission_id == mission.pk])
    return tuple(
        ContributionLine(
            organisation,
            mission,
            tuple(
                Stake(Told(row, book.of(row)), as_said(row.quantity))
                for row in rows
                if row.organisation_id == organisation.pk and row.mission_id == mission.pk
            ),
        )
        for organisation in organisations(rows)
    )


def organisations(rows: list[Contribution]) -> list[Organisation]:
    found = {row.organisation_id: row.organisation for row in rows}
    return sorted(found.values(), key=lambda organisation: organisation.name)


def lent_by(reading: Reading, organisation: Organisation) -> tuple[ContributionLine, ...]:
    """What an organisation lends to each mission; *not stated* for those nobody spoke of."""
    rows = list(reading.stated(Contribution.objects.filter(organisation=organisation)))
    book = reading.book(rows)
    return tuple(
        ContributionLine(
            organisation,
            mission,
            tuple(
                Stake(Told(row, book.of(row)), as_said(row.quantity))
                for row in rows
                if row.mission_id == mission.pk
            ),
        )
        for mission in reading.stated(Mission.objects.order_by("code"))
    )


def lists(reading: Reading, mission: Mission) -> tuple[ListLine, ...]:
    """The lists of contributors to a mission, as they were given."""
    rows = list(reading.stated(mission.contributor_lists.all()))
    book = reading.book(rows)
    codes = {code for row in rows for code in row.organisations}
    named = Organisation.objects.visible_to(reading.viewer).filter(code__in=codes)
    names = dict(named.values_list("code", "name"))
    return tuple(
        ListLine(
            told,
            OpenList(
                tuple(names.get(code, code) for code in told.row.organisations), told.row.open
            ),
        )
        for told in book.tell(rows)
    )
