"""What pages show of one directive, and of a ruling with the claims that it rests on."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from cadre.core.answers import Answer, Said
from cadre.core.moments import Moment, together
from cadre.core.posture import Authorisation, Reason, Ruling, Scope
from cadre.core.releasability import Viewer
from cadre.directives.models import Clock, Directive, Lift, Timing, as_scope
from cadre.record.queries import about, began, said


@dataclass(frozen=True, slots=True)
class ClockRead:
    """One of a directive's clocks: what it comes to, and everything said of it."""

    clock: str
    label: str
    moment: Moment
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class DirectiveRead:
    """A directive with its clocks, its lifts, its claims and all that is said of its subjects."""

    row: Directive
    surely: Scope
    perhaps: Scope
    clocks: tuple[ClockRead, ...]
    lifts: tuple[Lift, ...]
    said: tuple[Said, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A ruling whose claims are named by their references, with the addresses of all it names."""

    ruling: Ruling
    links: dict[str, str]
    said: tuple[Said, ...]


def shown(viewer: Viewer, ruling: Ruling) -> Shown:
    """A ruling as a page shows it: every claim that the viewer may see becomes a link."""
    rows = {row for reason in ruling.because for row in reason.directive.claims}
    rows |= {row for each in ruling.basis for row in each.claims}
    found = {each.claim: each for each in said(viewer, sorted(rows))}
    links = {each.reference: reverse("record:claim", args=[each.claim]) for each in found.values()}
    links |= {
        reason.directive.key: reverse("directives:directive", args=[reason.directive.key])
        for reason in ruling.because
    }
    return Shown(named(ruling, found), links, tuple(found.values()))


def named(ruling: Ruling, found: dict[str, Said]) -> Ruling:
    def references(rows: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(found[row].reference for row in rows if row in found)

    because = tuple(
        Reason(
            replace(reason.directive, claims=references(reason.directive.claims)),
            reason.certainty,
            reason.partly,
        )
        for reason in ruling.because
    )
    basis: tuple[Authorisation, ...] = tuple(
        replace(each, claims=references(each.claims)) for each in ruling.basis
    )
    return Ruling(ruling.lower, ruling.upper, because, basis)


def directives(viewer: Viewer, *, known_on: datetime) -> list[tuple[Directive, Moment]]:
    """Every directive that could be known, each with the moment from which it is effective."""
    start = began()
    rows = Directive.objects.visible_to(viewer).known_on(known_on, began=start)
    effective: dict[object, list[Moment]] = {}
    for timing in (
        Timing.objects.visible_to(viewer)
        .known_on(known_on, began=start)
        .filter(clock=Clock.EFFECTIVE)
    ):
        effective.setdefault(timing.directive_id, []).append(timing.moment)
    listed = rows.select_related("mission").order_by("mission__code", "number")
    return [(row, together(effective.get(row.pk, []))) for row in listed]


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
    return DirectiveRead(
        row=row,
        surely=as_scope(mission, row.sure_lines, row.sure_sites, row.sure_nations),
        perhaps=as_scope(mission, row.perhaps_lines, row.perhaps_sites, row.perhaps_nations),
        clocks=tuple(clock_read(viewer, clock, timings) for clock in Clock),
        lifts=tuple(lifts.order_by("effective_latest", "number")),
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
