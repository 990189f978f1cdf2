"""What pages show of one directive, and of a ruling with the claims that it rests on."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cadre.core.answers import Answer, Said, answer
from cadre.core.moments import Moment, together
from cadre.core.posture import Ruling, Scope
from cadre.core.releasability import Viewer
from cadre.directives.models import Clock, Directive, Lift, Timing
from cadre.directives.queries.asking import Answered, Part
from cadre.directives.queries.names import Names, ScopeRead
from cadre.directives.queries.posture import Question
from cadre.directives.queries.scopes import part_of, surely, widest
from cadre.record.queries import about, began, said, titles


@dataclass(frozen=True, slots=True)
class ClockRead:
    """One of a directive's clocks: what it comes to, and everything said of it."""

    clock: str
    label: str
    moment: Moment
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class LiftRead:
    """A lift and what it ends; `whole`: all that its directive may cover."""

    row: Lift
    scope: ScopeRead
    whole: bool


@dataclass(frozen=True, slots=True)
class DirectiveRead:
    """A directive with its clocks, its lifts, its claims and all that is said of its subjects."""

    row: Directive
    surely: ScopeRead
    perhaps: ScopeRead
    clocks: tuple[ClockRead, ...]
    lifts: tuple[LiftRead, ...]
    said: tuple[Said, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A ruling, what was claimed that it rests on as far as the viewer may see it (by row), and
    the addresses of the directives that it names.
    """

    ruling: Ruling
    unknown: tuple[Part, ...]
    title: ScopeRead
    claims: dict[str, Said]
    answers: tuple[Answer, ...]  # the claims again, by subject and attribute
    subjects: dict[str, str]  # what their subjects are called
    links: dict[str, str]


def shown(viewer: Viewer, answered: Answered) -> Shown:
    """A ruling as a page shows it: every claim that the viewer may see becomes a link."""
    ruling = answered.ruling
    rows = {row for reason in ruling.because for row in reason.directive.claims}
    rows |= {row for each in ruling.basis for row in each.claims}
    links = {
        reason.directive.key: reverse("directives:directive", args=[reason.directive.key])
        for reason in ruling.because
    }
    claims = said(viewer, sorted(rows))
    asked = scope_of(answered.question)
    return Shown(
        ruling=ruling,
        unknown=answered.unknown,
        title=Names(viewer, (asked,)).of(asked),
        claims={each.claim: each for each in claims},
        answers=by_attribute(claims),
        subjects=titles(viewer, (each.subject for each in claims)),
        links=links,
    )


def scope_of(question: Question) -> Scope:
    return Scope(
        question.mission,
        frozenset({question.line}),
        frozenset({question.site}) if question.site else None,
        frozenset({question.nation}) if question.nation else None,
    )


def by_attribute(claims: list[Said]) -> tuple[Answer, ...]:
    """Claims of many subjects side by side; they are grounds, so nothing is weighed here."""
    gathered: dict[tuple[str, str], list[Said]] = {}
    for each in sorted(claims, key=lambda each: (each.subject, each.attribute, each.pack)):
        gathered.setdefault((each.subject, each.attribute), []).append(each)
    return tuple(answer(*names, group, several=True) for names, group in gathered.items())


@dataclass(frozen=True, slots=True)
class DirectiveLine:
    """A directive in the list: from when it is effective, and the packs that say so."""

    row: Directive
    effective: Moment
    packs: frozenset[str]


def directives(viewer: Viewer, *, known_on: datetime) -> list[DirectiveLine]:
    """Every directive that could be known, each with the moment from which it is effective."""
    start = began()
    rows = Directive.objects.visible_to(viewer).known_on(known_on, began=start)
    effective: dict[object, list[Timing]] = {}
    for timing in (
        Timing.objects.visible_to(viewer)
        .known_on(known_on, began=start)
        .filter(clock=Clock.EFFECTIVE)
    ):
        effective.setdefault(timing.directive_id, []).append(timing)
    listed = rows.select_related("mission").order_by("mission__code", "number")
    return [line_of(row, effective.get(row.pk, [])) for row in listed]


def line_of(row: Directive, timings: list[Timing]) -> DirectiveLine:
    packs = frozenset({row.pack, *(each.pack for each in timings)})
    return DirectiveLine(row, together(each.moment for each in timings), packs)


def directive(
    viewer: Viewer, number: str, *, on: datetime, known_on: datetime
) -> DirectiveRead | None:
    """One directive with everything said of it; None when the viewer may not see it or it is not
    known at that moment.
    """
    start = began()
    row = (
        Directive.objects.visible_to(viewer)
        .known_on(known_on, began=start)
        .select_related("mission")
        .filter(number=number)
        .first()
    )
    if row is None:
        return None
    timings = list(
        Timing.objects.visible_to(viewer).known_on(known_on, began=start).filter(directive=row)
    )
    lifts = Lift.objects.visible_to(viewer).known_on(known_on, began=start).filter(directive=row)
    mission = row.mission.code
    sure, perhaps = surely(row), widest(row)
    lifted = {lift: part_of(lift, mission) for lift in lifts.order_by("effective_latest", "number")}
    names = Names(viewer, (sure, perhaps, *lifted.values()))
    return DirectiveRead(
        row=row,
        surely=names.of(sure),
        perhaps=names.of(perhaps),
        clocks=tuple(clock_read(viewer, clock, timings) for clock in Clock),
        lifts=tuple(
            LiftRead(lift, names.of(scope), whole=perhaps.within(scope))
            for lift, scope in lifted.items()
        ),
        said=tuple(said(viewer, [str(claim) for claim in row.claims])),
        answers=tuple(
            each
            for subject in row.subjects
            for each in about(viewer, subject, on=on, known_on=known_on).answers
        ),
    )


def clock_read(viewer: Viewer, clock: Clock, timings: list[Timing]) -> ClockRead:
    ours = [timing for timing in timings if timing.clock == clock]
    rows = sorted({str(claim) for timing in ours for claim in timing.claims})
    return ClockRead(
        clock=clock.value,
        label=str(clock.label),
        moment=together(timing.moment for timing in ours),
        said=tuple(said(viewer, rows)) if rows else (),
    )
