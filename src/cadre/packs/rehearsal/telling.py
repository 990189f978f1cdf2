"""What came of a rehearsal: counts against what the crowd knows, times, targets; who is wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cadre.accountability.queries import Held, Numbers, When, board_of, excluded
from cadre.core.accountability import Outcome, State
from cadre.packs.rehearsal.crowd import MINUTE
from cadre.packs.rehearsal.running import Rehearsal, Wrong, expected

SHARES: Final = (("half", 50), ("95 %", 95))


type Numbered = dict[str, int]


@dataclass(frozen=True, slots=True)
class QuarterTold:
    """A count by state beside what the crowd knew; `again`: asked afterwards it is the same."""

    minutes: int
    counted: Numbered
    known: Numbered
    contradicted: int
    equal: bool
    again: bool


@dataclass(frozen=True, slots=True)
class TargetTold:
    """A target and what came of it; `reached_after` in minutes, None: never."""

    target: str
    outcome: str
    reached_after: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, in the time of the story."""

    muster: str
    seed: int
    counted: int
    excluded: Numbered
    stories: Numbered
    ways: Numbered
    handed_in: int
    repeated: int
    late: int
    seconds: float
    quarters: tuple[QuarterTold, ...]
    wrong: tuple[str, ...]
    times: dict[str, float | None]
    targets: tuple[TargetTold, ...]
    states: Numbered
    left_open: int
    nations: dict[str, Numbered]
    sites: dict[str, Numbered]

    @property
    def right(self) -> bool:
        """Nobody was wrongly counted, and what was asked again afterwards was the same."""
        return not self.wrong and all(each.again and each.equal for each in self.quarters)


@dataclass(frozen=True, slots=True)
class Taking:
    """How a rehearsal was played: its seed, real time per time of the story, how long it took."""

    seed: int
    pace: float
    seconds: float


def report_of(rehearsal: Rehearsal, taking: Taking, *, at: datetime) -> Report:
    """What came of a rehearsal; `at`: a moment after it (aware)."""
    course, handed = rehearsal.course, rehearsal.hands.handed
    board = board_of(rehearsal.by, rehearsal.muster, When(at, None, at))
    found = board.numbers
    begun = rehearsal.moment(timedelta())
    return Report(
        muster=rehearsal.muster.number,
        seed=taking.seed,
        counted=len(rehearsal.stories),
        excluded=dict(excluded(board).kinds),
        stories=dict(Counter(each.kind.value for each in rehearsal.stories)),
        ways={way.value: number for way, number in sorted(handed.ways.items())},
        handed_in=handed.sent,
        repeated=handed.repeated,
        late=handed.late,
        seconds=round(taking.seconds, 1),
        quarters=tuple(quarters(rehearsal)),
        wrong=tuple(sentence(each) for each in course.wrong),
        times=times(found, begun, taking.pace),
        targets=tuple(target(each, begun, taking.pace) for each in found.targets),
        states=by_state(found.count.everybody.states),
        left_open=course.left_open,
        nations={code: by_state(each.states) for code, each in found.count.nations.items()},
        sites={code: by_state(each.states) for code, each in found.count.sites.items()},
    )


def quarters(rehearsal: Rehearsal) -> Iterator[QuarterTold]:
    """Each count beside what the crowd knew at the time."""
    for each in rehearsal.course.quarters:
        counted = by_state(each.states)
        known = by_state(expected(rehearsal.stories, each.minutes * MINUTE))
        yield QuarterTold(
            each.minutes, counted, known, each.contradicted, counted == known, each.again
        )


def by_state(states: Mapping[State, int]) -> Numbered:
    return {state.value: states[state] for state in State if states.get(state)}


def sentence(wrong: Wrong) -> str:
    """One person, and how the node and the crowd differ about them."""
    should = wrong.should.state.value + (" (contradicted)" if wrong.should.contradicted else "")
    counted = wrong.state.value + (" (contradicted)" if wrong.contradicted else "")
    return (
        f"{wrong.person} after {wrong.minutes} minutes: counted as {counted},"
        f" is known as {should} ({wrong.kind.value})"
    )


def times(found: Numbers, begun: datetime, pace: float) -> dict[str, float | None]:
    """After how many minutes of the story the first, half, 95 % and the last were accounted for."""
    people = found.everybody
    heard = sorted(each.stood.accounted_at for each in people if each.stood.accounted_at)
    after: list[tuple[str, int]] = [("first", 1)]
    after += [(name, -(-share * len(people) // 100)) for name, share in SHARES]
    after.append(("last", len(people)))
    return {
        name: minutes(heard[number - 1], begun, pace) if 0 < number <= len(heard) else None
        for name, number in after
    }


def minutes(moment: datetime, begun: datetime, pace: float) -> float:
    return round((moment - begun) / MINUTE * pace, 1)


def target(held: Held, begun: datetime, pace: float) -> TargetTold:
    """A target in the time of the story, in which it was met or missed."""
    status, wanted = held.status, held.target
    within = wanted.within / MINUTE
    reached = minutes(status.reached_at, begun, pace) if status.reached_at else None
    words = f"{wanted.percent} % {wanted.measure.value} within {within:g} minutes"
    outcome = status.outcome
    if outcome is Outcome.MET and reached is not None and reached > within:
        outcome = Outcome.MISSED
    return TargetTold(
        f"{words}, affected sites" if wanted.affected else words, outcome.value, reached
    )


def lines(report: Report) -> Iterator[str]:
    """The report as text."""
    yield f"EXERCISE {report.muster}, seed {report.seed}: {report.counted} people counted."
    yield f"On the list and not counted: {listed(report.excluded) or 'nobody'}."
    yield f"What people did: {listed(report.stories)}."
    yield (
        f"Reports handed in: {report.handed_in} ({listed(report.ways)}); {report.repeated} of them"
        f" were on record already, {report.late} came after the close."
    )
    yield f"It took {report.seconds:,.1f} seconds."
    yield ""
    yield from table(report.quarters)
    yield ""
    after = ", ".join(f"{name} {in_minutes(value)}" for name, value in report.times.items())
    yield f"Accounted for, after the beginning: {after}."
    for each in report.targets:
        yield f"{each.target}: {each.outcome} (reached after: {in_minutes(each.reached_after)})."
    yield f"In the end: {listed(report.states)}; {report.left_open} not resolved at the close."
    yield ""
    yield from verdict(report)


def verdict(report: Report) -> Iterator[str]:
    if report.right:
        yield "Nobody is wrongly counted, at any quarter, then or as asked again afterwards."
        return
    yield f"WRONGLY COUNTED: {len(report.wrong)}."
    yield from report.wrong
    for each in report.quarters:
        if not each.equal:
            yield f"After {each.minutes} minutes the crowd knows {listed(each.known)}."
        if not each.again:
            yield f"After {each.minutes} minutes: asked again afterwards, the answer is another."


def in_minutes(value: float | None) -> str:
    return "never" if value is None else f"{value:g} min"


def table(rows: Sequence[QuarterTold]) -> Iterator[str]:
    """The counts by state, one line a quarter."""
    states = [each.value for each in State if any(each.value in row.counted for row in rows)]
    yield "  min  " + "  ".join(f"{state:>11}" for state in states) + "  contradicted"
    for row in rows:
        cells = "  ".join(f"{row.counted.get(state, 0):>11}" for state in states)
        yield f"{row.minutes:>5}  {cells}  {row.contradicted:>12}"


def listed(numbers: Numbered) -> str:
    return ", ".join(f"{number} {name}" for name, number in numbers.items())
