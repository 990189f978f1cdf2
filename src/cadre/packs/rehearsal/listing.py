"""Who of a muster's list can answer how, and which warden counts them through which link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.accountability.links import warden_token
from cadre.accountability.queries import Asked, by_warden_link
from cadre.accountability.queries.board import Counted, entries_of, numbers
from cadre.accountability.queries.lists import wardens_of
from cadre.accountability.queries.lookups import lists_of
from cadre.accountability.queries.rows import Muster, MusterEntry
from cadre.core.accountability import State
from cadre.core.releasability import Viewer
from cadre.mission.queries.rows import Person
from cadre.packs.rehearsal.stories import Member, Way
from cadre.packs.rehearsal.words import SAFE


@dataclass(frozen=True, slots=True)
class Listing:
    """The people of a muster of whom nothing was said yet, their entries by id, and the links of
    the wardens who count them.
    """

    members: Sequence[Member]
    entries: Mapping[UUID, MusterEntry]
    links: Mapping[UUID, str]  # by warden


def listing_of(viewer: Viewer, muster: Muster, *, at: datetime) -> Listing:
    """As a muster stands at a moment (aware). Whoever has answered already is left alone."""
    counted = [
        each
        for each in numbers(viewer, Asked(muster, at)).everybody
        if each.stood.state is State.UNACCOUNTED
    ]
    entries = entries_of(viewer, [each.entry for each in counted])
    links, counts = wardens(viewer, muster, counted, at=at)
    members = [member_of(row, counts.get(row.pk)) for row in entries.values()]
    return Listing(sorted(members, key=lambda each: each.person), entries, links)


def member_of(row: MusterEntry, warden: UUID | None) -> Member:
    language = row.person.language if row.person.language in SAFE else "en"
    return Member(row.pk, row.person.code, language, ways_of(row.person), warden)


def ways_of(person: Person) -> tuple[Way, ...]:
    """By which a person can answer: a link comes by text message or mail."""
    ways = [*([Way.SMS] if person.phone else []), *([Way.MAIL] if person.email else [])]
    return (Way.LINK, *ways) if ways else ()


def wardens(
    viewer: Viewer, muster: Muster, counted: Sequence[Counted], *, at: datetime
) -> tuple[dict[UUID, str], dict[UUID, UUID]]:
    """The link of the warden of each list, and by which warden each entry is counted.

    Where the warden is not there, the first alternate who is there counts. A warden counts only
    whom he may see: the others are left to the staff.
    """
    there = {each.person for each in counted}
    links: dict[UUID, str] = {}
    counts: dict[UUID, UUID] = {}
    rows = lists_of(viewer, muster)
    for found in wardens_of(viewer, rows).values():
        warden = next((each for each in found if each.person_id in there), found[0])
        token = warden_token(muster.pk, warden.pk)
        page = by_warden_link(token, at=at)
        if page is None or not page.people:
            continue
        links[warden.pk] = token
        counts |= {each.entry.pk: warden.pk for each in page.people}
    return links, counts
