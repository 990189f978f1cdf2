"""What was reported of a person, and how they stand by it, in whatever order it came in.

The rules, each of which is one function below:

1. A report counts once, however often it is delivered.
2. Only somebody in charge can say missing, deceased, whereabouts unknown or not required. From
   anybody else that is unclear, and a person has to look.
3. Need help, injured, missing and deceased are held: they stand until somebody in charge says
   otherwise of a later moment. Whereabouts unknown stands until the person or somebody in charge
   says anything of a later moment. Of what stands, the gravest is the answer.
4. Where nothing stands, what was said of the latest moment is the answer, whenever it came in; of
   what was said of one moment, the gravest.
5. Where nobody said anything, the person is unaccounted, never safe.
6. What speaks against the answer is told beside it, and never makes it safer. It is told until
   somebody in charge speaks again: for the same state, or for another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cadre.core.accountability.states import CASUALTIES, HURT, ONLY_IN_CHARGE, State
from cadre.core.moments import later

WINDOW: Final = timedelta(minutes=10)


class Voice(StrEnum):
    """Whose word a report is."""

    SELF = "self"
    OTHER = "other"  # a named person, who saw or heard it
    IN_CHARGE = "in charge"  # a warden or the staff


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody said of a person. `state` None: the words were unclear.

    `key`: the same each time that one report is delivered. `occurred_at`: of which moment it is;
    `entered_at`: when it came on record (both aware).
    """

    key: str
    state: State | None
    occurred_at: datetime
    entered_at: datetime
    voice: Voice

    @property
    def only_a_claim(self) -> bool:
        """It says what only somebody in charge can say, and somebody else said it."""
        return self.state in ONLY_IN_CHARGE and self.voice is not Voice.IN_CHARGE

    @property
    def counts_as(self) -> State:
        if self.state is None or self.only_a_claim:
            return State.UNCLEAR
        return self.state


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands, why, and what says otherwise.

    `because`: the reports that decide, the earliest first. `since`: of which moment the first of
    them is (aware); None where nobody said anything. `casualty`: somebody said injured or dead,
    also where that is not the answer, and nobody in charge has said otherwise since.
    """

    state: State
    because: tuple[Report, ...] = ()
    against: tuple[Report, ...] = ()
    since: datetime | None = None
    recheck_due: bool = False
    casualty: bool = False

    @property
    def contradicted(self) -> bool:
        return bool(self.against)

    @property
    def outstanding(self) -> bool:
        """Somebody has to do something: help, search, look or ask again."""
        return self.state.needs_somebody or self.contradicted or self.recheck_due


@dataclass(frozen=True, slots=True)
class Word:
    """A report and what it counts as."""

    report: Report
    state: State

    @property
    def at(self) -> datetime:
        return self.report.occurred_at


def standing(
    reports: Iterable[Report],
    at: datetime,
    *,
    known_on: datetime | None = None,
    recheck: timedelta | None = None,
    window: timedelta = WINDOW,
) -> Standing:
    """How a person stands at a moment, from what occurred by then (all moments are aware).

    `known_on`: only what was entered by this moment; None is all. `recheck`: how long a safe state
    can be relied on; from then on somebody has to ask again. `window`: how far apart a safe word
    and a help word contradict each other though one is the later: clocks of phones differ. The
    order of the reports does not matter, nor does it how often each is there.
    """
    words = counted(
        each
        for each in reports
        if each.occurred_at <= at and (known_on is None or each.entered_at <= known_on)
    )
    if not words:
        return Standing(State.UNACCOUNTED)
    found = speaking(words)
    state = max((each.state for each in found), key=lambda one: one.gravity)
    deciding = [each for each in found if each.state is state]
    since = deciding[0].at
    return Standing(
        state,
        because=tuple(each.report for each in deciding),
        against=tuple(
            each.report
            for each in words
            if (each in found and each.state is State.DECEASED is not state)
            or any(denies(each, one, window) for one in last_said(deciding))
        ),
        since=since,
        recheck_due=recheck is not None
        and state.safe_like
        and state.accounted
        and later(since, recheck) <= at,
        casualty=any(
            each.report.state in CASUALTIES and not overruled(each, words) for each in words
        ),
    )


def counted(reports: Iterable[Report]) -> list[Word]:
    """Each report once, in an order of its own, with what it counts as.

    Of one delivered twice the first entered counts. If one key comes with two contents, somebody's
    software is wrong: both are kept, and each counts as the graver, since unclear is never safe.
    """
    first: dict[tuple[str, State | None, datetime, Voice], Report] = {}
    for each in sorted(reports, key=lambda one: one.entered_at):
        first.setdefault((each.key, each.state, each.occurred_at, each.voice), each)
    gravest: dict[str, State] = defaultdict(lambda: State.NOT_REQUIRED)
    for each in first.values():
        gravest[each.key] = max(gravest[each.key], each.counts_as, key=lambda one: one.gravity)
    words = [Word(each, gravest[each.key]) for each in first.values()]
    return sorted(words, key=in_order)


def in_order(word: Word) -> tuple[datetime, str, str, str]:
    said = word.report
    return said.occurred_at, said.key, said.voice, said.state or ""


def speaking(words: Sequence[Word]) -> list[Word]:
    """The words among which the gravest decides: those that stand, else those of the latest
    moment.
    """
    if found := [each for each in words if stands(each, words)]:
        return found
    latest = max(each.at for each in words)
    return [each for each in words if each.at == latest]


def stands(word: Word, words: Iterable[Word]) -> bool:
    """Whether it holds against later words that are safer."""
    if word.state.held:
        return not overruled(word, words)
    if word.state is State.WHEREABOUTS_UNKNOWN:
        return not any(
            each.at > word.at and each.report.voice is not Voice.OTHER and each.state != word.state
            for each in words
        )
    return False


def overruled(word: Word, words: Iterable[Word]) -> bool:
    """Somebody in charge clearly says otherwise, of a later moment."""
    return any(
        each.at > word.at and clear_in_charge(each) and each.state is not word.state
        for each in words
    )


def last_said(deciding: Sequence[Word]) -> list[Word]:
    """The deciding words from the last one of somebody in charge on: who repeats a state after
    what was said against it has weighed that.
    """
    weighed = [each.at for each in deciding if clear_in_charge(each)]
    return [each for each in deciding if not weighed or each.at >= weighed[-1]]


def clear_in_charge(word: Word) -> bool:
    return word.report.voice is Voice.IN_CHARGE and word.report.counts_as is not State.UNCLEAR


def denies(word: Word, deciding: Word, window: timedelta) -> bool:
    """Whether a report speaks against one that decides; each for what it says by itself.

    Against what stands: a safe word of the same or a later moment and, where the person is said to
    be missing or dead, a sign of life. Else a safe word near a help word in time, or the reverse;
    whoever was missing and is found is no contradiction.
    """
    said, decided = word.report.counts_as, deciding.state
    if word.at >= deciding.at and (decided.held or decided is State.WHEREABOUTS_UNKNOWN):
        gone = decided in {State.MISSING, State.DECEASED}
        return said.safe_like or (gone and sign_of_life(word))
    near = abs(word.at - deciding.at) <= window
    return near and ((said.safe_like and decided in HURT) or (said in HURT and decided.safe_like))


def sign_of_life(word: Word) -> bool:
    """The person's own word, whatever it says, or a call for help for them."""
    helped = word.report.counts_as in {State.NEED_HELP, State.INJURED}
    return helped or word.report.voice is Voice.SELF


def true_since(
    reports: Iterable[Report], at: datetime, holds: Callable[[State], bool]
) -> datetime | None:
    """Since when, without a break, something has been known to hold of a person's state.

    It is the moment at which those who count knew it, not the one at which it happened: an answer
    that came in an hour late was not there before. None: it does not hold at `at` (aware).
    """
    said = list(reports)
    known = sorted({max(each.occurred_at, each.entered_at) for each in said})
    since = None
    for moment in known:
        if moment > at:
            break
        if not holds(standing(said, moment, known_on=moment).state):
            since = None
        elif since is None:
            since = moment
    return since
