"""What papers are made of: tables with a head, the same in print and in a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from cadre.mission.sheets import csv_bytes
from cadre.web.paper import printed

LAYOUT = Path(__file__).with_name("tables.typ")
BOX = "\u2610"  # a cell that is nothing but a box to tick


@dataclass(frozen=True, slots=True)
class Section:
    """A table of a paper. `widths`: shares of the page for each column, 0 is as wide as its words;
    `room`: the rows are to be written on.
    """

    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    room: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in the reader's language. `lead` and `foot`: sentences before and after the tables;
    `writing`: what somebody fills in at the end.
    """

    number: str
    title: str
    group: str  # its date-time group
    marking: str
    language: str
    exercise: bool
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()
    banner: str = ""
    wide: bool = False


def pdf(paper: Paper) -> bytes:
    """It as a PDF; what belongs to an exercise says so across every page."""
    return printed(LAYOUT, paper)


def csv_of(paper: Paper) -> bytes:
    """Its tables below each other, each with its head and behind its title; for an exercise every
    row begins with that word.
    """
    head, *rows = cells(paper)
    return csv_bytes(head, rows)


def cells(paper: Paper) -> Iterator[list[str]]:
    before = [_("EXERCISE")] if paper.exercise else []
    for section in paper.sections:
        yield [*before, section.title, *section.head]
        for row in section.rows:
            yield [*before, section.title, *row]
