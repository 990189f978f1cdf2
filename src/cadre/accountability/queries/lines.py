"""People of a muster by name: who is outstanding and what was done, whose words nobody can judge,
who is not counted and why. Only people whose names the viewer is shown.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from cadre.accountability.models import CheckIn, Exclusion, FollowUp, MusterEntry
from cadre.accountability.queries.board import Board, Counted, entries_of
from cadre.accountability.queries.places import NOWHERE, Map, Place, last_places
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.standings import Stood
from cadre.core.accountability import Act, Age, Search, State, search
from cadre.core.accountability.fading import FRESH_FOR, STALE_AFTER, age_of
from cadre.core.lifecycles import Event
from cadre.core.moments import later
from cadre.mission.queries.reading import Reading

PAGE: Final = 200  # names on one page of a board


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody was last, by the list or by what was heard since, and how old that is.

    `name`: of the place, as staff call it; "" is not stated.
    """

    place: Place
    name: str
    age: Age


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Somebody of the list about whom something has to be done.

    `due`: what is to be done now by the mission's settings and was not noted; None: nothing yet.
    """

    entry: MusterEntry
    stood: Stood
    affected: bool
    whereabouts: Whereabouts
    search: Search
    due: Event | None
    done: tuple[FollowUp, ...]


@dataclass(frozen=True, slots=True)
class ToLook:
    """Words that somebody has to look at: they are unclear, or speak against others."""

    entry: MusterEntry
    stood: Stood
    words: tuple[CheckIn, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """Those on the list who are not counted: by name as far as the viewer is shown names, and how
    many in all by kind.
    """

    entries: tuple[MusterEntry, ...]
    kinds: Mapping[str, int]

    @property
    def hidden(self) -> int:
        return sum(self.kinds.values()) - len(self.entries)


def outstanding(board: Board, *, first: int = 0, most: int = PAGE) -> tuple[Outstanding, ...]:
    """The people who are outstanding, riskiest first: so many from a place in the line on."""
    return lines_of(board, board.named[first : first + most])


def lines_of(board: Board, people: Sequence[Counted]) -> tuple[Outstanding, ...]:
    """These people with what is known and what was done, in the same order."""
    rows = entries_of(board.viewer, [each.entry for each in people])
    done = follow_ups(board, rows)
    where = whereabouts(board, rows.values())
    return tuple(
        line(board, each, rows[each.entry], where[each.entry], done.get(each.entry, ()))
        for each in people
        if each.entry in rows
    )


def line(
    board: Board,
    each: Counted,
    row: MusterEntry,
    where: Whereabouts,
    done: Sequence[FollowUp],
) -> Outstanding:
    acts = [Act(Event(step.step), step.at) for step in done]
    on, opened = board.when.on, board.muster.opened_at
    due_at = later(opened, timedelta(minutes=board.numbers.settings.call_minutes))
    found = search(each.stood.standing, acts, on, due_at=due_at)
    return Outstanding(
        row, each.stood, each.affected, where, found, next_step(board, each, found), tuple(done)
    )


def next_step(board: Board, each: Counted, found: Search) -> Event | None:
    """The highest rung whose time has come and that nobody has noted."""
    settings = board.numbers.settings
    begun = each.stood.standing.since or board.muster.opened_at
    rungs = (
        (settings.search_minutes, Event.SEARCH, {Search.SEARCHED_FOR}),
        (settings.warden_minutes, Event.ASK_WARDEN, {Search.SEARCHED_FOR, Search.WARDEN_ASKED}),
        (
            settings.call_minutes,
            Event.CALL,
            {Search.SEARCHED_FOR, Search.WARDEN_ASKED, Search.CALLED},
        ),
    )
    if found in {Search.FOUND, Search.DECLARED}:
        return None
    for minutes, event, beyond in rungs:
        if later(begun, timedelta(minutes=minutes)) <= board.when.on:
            return None if found in beyond else event
    return None


def follow_ups(board: Board, rows: Collection[UUID]) -> dict[UUID, list[FollowUp]]:
    """What was done about these entries by the moment asked about, the earliest first."""
    found: dict[UUID, list[FollowUp]] = {}
    steps = FollowUp.objects.visible_to(board.viewer).filter(
        entry__in=list(rows), at__lte=board.when.on
    )
    known = reading_of(board).stated(steps)
    for each in known.order_by("at", "recorded_at"):
        found.setdefault(each.entry_id, []).append(each)
    return found


def reading_of(board: Board) -> Reading:
    return Reading(board.viewer, on=board.when.on, known_on=board.when.known_on)


def whereabouts(board: Board, rows: Iterable[MusterEntry]) -> dict[UUID, Whereabouts]:
    """Where these people were last, as far as the viewer may see: what was heard since the list
    was frozen counts before the list.
    """
    listed = list(rows)
    reading = reading_of(board)
    known = Map(reading)
    heard = last_places(
        reading, [each.person_id for each in listed], exercise=board.muster.exercise
    )
    return {
        each.pk: placed(known, latest(each, heard.get(each.person_id)), board.when.on)
        for each in listed
    }


def latest(row: MusterEntry, heard: Place | None) -> Place:
    """The later one of what the list says and what was heard."""
    listed = Place(
        row.place_source, row.site, row.place, seen_at=row.place_seen_at
    ) if row.place_source else NOWHERE  # fmt: skip  # one value
    if heard is None or heard.seen_at is None:
        return listed
    older = listed.seen_at is None or listed.seen_at <= heard.seen_at
    return heard if older else listed


def placed(known: Map, place: Place, on: datetime) -> Whereabouts:
    name = known.name(place.site) or place.words or (str(place.position) if place.position else "")
    if place.seen_at is None:
        return Whereabouts(place, name, Age.UNKNOWN)
    return Whereabouts(place, name, age_of(place.seen_at, on, FRESH_FOR, STALE_AFTER))


def to_look(board: Board) -> tuple[ToLook, ...]:
    """Whose words a person has to look at, riskiest first, each with the words as they came."""
    people = [
        each
        for each in board.named
        if each.stood.state is State.UNCLEAR or each.stood.standing.contradicted
    ]
    rows = entries_of(board.viewer, [each.entry for each in people])
    keys = {
        report.key
        for each in people
        for report in (*each.stood.standing.because, *each.stood.standing.against)
    }
    said = CheckIn.objects.visible_to(board.viewer).filter(key__in=keys)
    words: dict[UUID, list[CheckIn]] = {}
    for each in said.order_by("occurred_at", "recorded_at"):
        words.setdefault(each.person_id, []).append(each)
    return tuple(
        ToLook(rows[each.entry], each.stood, tuple(words.get(each.person, ())))
        for each in people
        if each.entry in rows
    )


def excluded(board: Board) -> Excluded:
    """Who is on the list and not counted."""
    rows = MusterEntry.objects.filter(muster=board.muster).exclude(excluded=Exclusion.COUNTED)
    seen = rows.visible_to(board.viewer).exclude(person__in=board.held)
    entries = seen.select_related("person__nation", "list").order_by("excluded", "person__name")
    return Excluded(tuple(entries), kinds_of(board))


def kinds_of(board: Board) -> dict[str, int]:
    """How many are not counted by kind, of everybody."""
    found: Counter[str] = Counter()
    for kind, _nation, _site, number in not_counted(board):
        found[kind] += number
    return dict(found)


def not_counted(board: Board) -> list[tuple[str, str, str, int]]:
    """How many are not counted, of everybody, by kind, nation and site."""
    with counting(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT excluded, nation, site, count(*) FROM accountability_musterentry"
            " WHERE muster_id = %s AND excluded <> '' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            [board.muster.pk],
        )
        return list(cursor.fetchall())


def heard_of(board: Board, person: UUID) -> list[CheckIn]:
    """All that was said of one person by the moment asked about, the latest first; also of before
    the muster, which does not count in it.
    """
    rows = CheckIn.objects.filter(person=person, occurred_at__lte=board.when.on)
    return list(reading_of(board).stated(rows).order_by("-occurred_at", "-recorded_at"))
