"""One person of a muster, and those of whom a name as typed may be."""

import re
from dataclasses import dataclass
from typing import Final

from cadre.accountability.models import CheckIn, MusterEntry, Warden
from cadre.accountability.queries.board import Board, Counted, entries_of
from cadre.accountability.queries.holds import withheld
from cadre.accountability.queries.lines import Outstanding, heard_of, lines_of
from cadre.accountability.queries.lists import wardens_of
from cadre.accountability.queries.standings import UNACCOUNTED, Stood

MOST_ALIKE: Final = 20  # people of whom a name may be
WORD: Final = re.compile(r"\w+")
LEAST_LETTERS: Final = 3  # of a word by which somebody is looked for


def alike(board: Board, about: str) -> tuple[MusterEntry, ...]:
    """The people on the list, whose names the viewer is shown, of whom a name as typed may be: a
    word of three letters or more is in both.
    """
    words = [word for word in WORD.findall(about.casefold()) if len(word) >= LEAST_LETTERS]
    found = [
        each.entry
        for each in board.numbers.everybody
        if board.shown(each) and any(word in each.key.casefold() for word in words)
    ]
    rows = entries_of(board.viewer, found[:MOST_ALIKE]).values()
    return tuple(sorted(rows, key=lambda each: (each.person.name, each.person.code)))


@dataclass(frozen=True, slots=True)
class PersonOfMuster:
    """One person of a muster. `said`: all that was said, the latest first; `held`: the name is
    held, though this viewer is shown it.
    """

    line: Outstanding
    said: tuple[CheckIn, ...]
    wardens: tuple[Warden, ...]
    held: bool


def one_of_muster(board: Board, entry: MusterEntry) -> PersonOfMuster | None:
    """One person of a muster, whose entry the viewer may see; None where the name is held from the
    viewer.
    """
    if entry.person_id in board.held:
        return None
    counted = next(
        (each for each in board.numbers.everybody if each.entry == entry.pk), outside(entry)
    )
    return PersonOfMuster(
        lines_of(board, [counted])[0],
        tuple(heard_of(board, entry.person_id)),
        tuple(wardens_of(board.viewer, [entry.list]).get(entry.list.pk, ()) if entry.list else ()),
        entry.person_id in withheld(now=board.when.now),
    )


def outside(entry: MusterEntry) -> Counted:
    """Somebody who is on the list and excluded, as one of the counted."""
    return Counted(
        entry.pk, entry.person_id, entry.nation, entry.site, entry.role, entry.list_id,
        entry.place_seen_at, "", visible=True, affected=False, stood=Stood(UNACCOUNTED),
    )  # fmt: skip  # a row
