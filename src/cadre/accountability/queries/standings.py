"""How each person of a muster stands: read in one statement, judged by the core.

`cadre_muster_words` (sql/standings.sql) settles by itself only whoever said nothing but safe words;
every other history comes as it was said, and the core's rules decide.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from cadre.accountability.models import Muster
from cadre.accountability.queries.sight import counting
from cadre.core.accountability import (
    Progress,
    Report,
    Standing,
    State,
    Voice,
    standing,
    true_since,
)
from cadre.core.moments import later
from cadre.record.queries import began

WORDS: Final = """
    SELECT entry, person, state, since, known_at, late, told
    FROM cadre_muster_words(%s, %s, %s, %s, %s)
"""
UNACCOUNTED: Final = Standing(State.UNACCOUNTED)

type Told = Sequence[tuple[str, str, str, str, str, bool]]


@dataclass(frozen=True, slots=True)
class Stood:
    """How the person of an entry stands. `since`: of which moment; `accounted_at`, `resolved_at`:
    since when it has been known without a break; `late`: what decides came on record ten minutes
    or more after its moment, or after the muster was closed. All moments are aware.

    `because` of the standing is empty where nothing but safe words was said.
    """

    standing: Standing
    late: bool = False
    accounted_at: datetime | None = None
    resolved_at: datetime | None = None

    @property
    def state(self) -> State:
        return self.standing.state

    def progress(self, *, affected: bool) -> Progress:
        return Progress(affected, self.accounted_at, self.resolved_at)


@dataclass(frozen=True, slots=True)
class Asked:
    """A muster as of a moment, as known on another (None: by now)."""

    muster: Muster
    on: datetime
    known_on: datetime | None = None

    @property
    def recheck(self) -> timedelta | None:
        minutes = self.muster.recheck_minutes
        return None if minutes is None else timedelta(minutes=minutes)

    @property
    def parameters(self) -> list[object]:
        """The first four of `cadre_muster_words`."""
        known = self.known_on
        return [self.muster.pk, self.on, known, began() if known is not None else None]


def stood(asked: Asked, entries: Collection[UUID] | None = None) -> dict[UUID, Stood]:
    """How the people of these entries (None: all of the muster) stand, by entry.

    It is read with sight of all: who hands it on asks first whom the viewer may see.
    """
    only = None if entries is None else list(entries)
    with counting(), connection.cursor() as cursor:
        cursor.execute(WORDS, [*asked.parameters, only])  # type: ignore[list-item]  # values
        return {row[0]: judged(asked, Words(*row[2:])) for row in cursor.fetchall()}


class Words(NamedTuple):
    """What `cadre_muster_words` gives of one person."""

    state: str | None
    since: datetime | None
    known_at: datetime | None
    late: bool
    told: str | Told | None


def judged(asked: Asked, said: Words) -> Stood:
    """How somebody stands, by one row of `cadre_muster_words`."""
    if said.told is not None:
        return from_words(asked, words_of(said.told))
    if said.since is None:
        return Stood(UNACCOUNTED)
    recheck = asked.recheck
    due = recheck is not None and later(said.since, recheck) <= asked.on
    plain = Standing(State(said.state or ""), since=said.since, recheck_due=due)
    known_at = said.known_at if said.known_at and said.known_at <= asked.on else None
    return Stood(plain, said.late, known_at, known_at)


@dataclass(frozen=True, slots=True)
class Word:
    """A report, and whether it came late."""

    report: Report
    late: bool


def words_of(told: str | Told) -> list[Word]:
    rows: Told = json.loads(told) if isinstance(told, str) else told
    return [
        Word(
            Report(
                key=key,
                state=State(state) if state else None,
                occurred_at=datetime.fromisoformat(occurred),
                entered_at=datetime.fromisoformat(entered),
                voice=Voice(voice),
            ),
            late,
        )
        for key, state, occurred, entered, voice, late in rows
    ]


def from_words(asked: Asked, words: Iterable[Word]) -> Stood:
    said = list(words)
    reports = [each.report for each in said]
    found = standing(reports, asked.on, recheck=asked.recheck)
    deciding = {each.key for each in found.because}
    return Stood(
        found,
        late=all(each.late for each in said if each.report.key in deciding),
        accounted_at=true_since(reports, asked.on, is_accounted),
        resolved_at=true_since(reports, asked.on, is_resolved),
    )


def is_accounted(state: State) -> bool:
    return state.accounted


def is_resolved(state: State) -> bool:
    return state.resolved
