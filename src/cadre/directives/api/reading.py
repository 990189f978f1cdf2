"""Posture's door for programs."""

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from cadre.access.queries import viewer_in
from cadre.core.moments import asked
from cadre.directives import queries
from cadre.directives.outgoing import RulingOut, line_out, ruled
from cadre.directives.queries import Question
from cadre.directives.queries.reading import LiftRead
from cadre.directives.queries.rulings import cells, postures_in_sql
from cadre.directives.schemas import DirectiveLine
from cadre.web.programs import NOT_FOUND, Moments, Number, moment_out

router = Router(tags=["directives"])


class PostureIn(Schema):
    """What is asked about, by codes or names; no site: the mission as a whole; no nation: all."""

    mission: str
    line: str
    on: str
    site: str = ""
    nation: str = ""
    known_on: str = ""


@router.get("/posture", response=RulingOut)
def posture(request: HttpRequest, question: Query[PostureIn]) -> RulingOut:
    """What may go on for a line of a mission, at a site, for a nation's people, and why."""
    return ruled(
        viewer_in(request),
        Question(question.mission, question.line, question.site, question.nation),
        on=asked(question.on),
        known_on=asked(question.known_on) if question.known_on else None,
    )


class PosturesIn(Schema):
    """Which mission, and the two moments."""

    mission: str
    on: str
    known_on: str = ""


class CellOut(Schema):
    """The bounds for one cell; an empty site is the mission as a whole, an empty nation all."""

    line: str
    site: str
    nation: str
    posture: str
    lower: str
    upper: str


@router.get("/postures", response=list[CellOut])
def postures(request: HttpRequest, question: Query[PosturesIn]) -> list[CellOut]:
    """The bounds for every line, site and nation of a mission; `/posture` says why for one."""
    viewer, on = viewer_in(request), asked(question.on)
    known_on = asked(question.known_on) if question.known_on else None
    every = cells(viewer, question.mission, on=on, known_on=known_on)
    return [
        CellOut(
            line=each.question.line,
            site=each.question.site,
            nation=each.question.nation,
            posture="not stated" if each.posture is None else each.posture.word,
            lower=each.lower.word,
            upper=each.upper.word,
        )
        for each in postures_in_sql(viewer, every, on=on, known_on=known_on)
    ]


class ScopeOut(Schema):
    """What an order is about, by codes; null is all."""

    lines: list[str] | None
    sites: list[str] | None
    nations: list[str] | None


class ClockOut(Schema):
    """One of a directive's moments, and the claims that it rests on."""

    clock: str
    moment: str | None
    claims: list[str]


class LiftOut(Schema):
    """What ends a directive, for all of its scope (`whole`) or a part, from a moment on."""

    number: str
    authority: str
    reason: str
    effective: str | None
    scope: ScopeOut
    whole: bool


class DirectiveOut(DirectiveLine):
    """A directive with what it surely and perhaps covers, its clocks, its lifts and its claims."""

    surely: ScopeOut
    perhaps: ScopeOut
    permits: str
    clocks: list[ClockOut]
    lifts: list[LiftOut]
    claims: list[str]


@router.get("/directives", response=list[DirectiveLine])
def directives(request: HttpRequest, moments: Query[Moments]) -> list[DirectiveLine]:
    """Every directive that could be known, by mission and number."""
    found = queries.directives(viewer_in(request), known_on=moments.known())
    return [line_out(each.row, each.effective) for each in found]


@router.get("/directives/{path:number}", response=DirectiveOut)
def directive(request: HttpRequest, number: Number, moments: Query[Moments]) -> DirectiveOut:
    """One directive with everything said of it."""
    found = queries.directive(
        viewer_in(request), number, on=moments.true_on(), known_on=moments.known()
    )
    if found is None:
        raise HttpError(NOT_FOUND, "There is no such directive on record.")
    row = found.row
    effective = next(each.moment for each in found.clocks if each.clock == "effective")
    return DirectiveOut(
        **line_out(row, effective).model_dump(),
        surely=ScopeOut(lines=row.sure_lines, sites=row.sure_sites, nations=row.sure_nations),
        perhaps=ScopeOut(
            lines=row.perhaps_lines, sites=row.perhaps_sites, nations=row.perhaps_nations
        ),
        permits=row.permits,
        clocks=[
            ClockOut(
                clock=each.clock,
                moment=moment_out(each.moment),
                claims=[claim.reference for claim in each.said],
            )
            for each in found.clocks
        ],
        lifts=[lift_out(each) for each in found.lifts],
        claims=[each.reference for each in found.said],
    )


def lift_out(lift: LiftRead) -> LiftOut:
    row = lift.row
    return LiftOut(
        number=row.number,
        authority=row.authority,
        reason=row.reason,
        effective=moment_out(row.effective),
        scope=ScopeOut(lines=row.lines, sites=row.sites, nations=row.nations),
        whole=lift.whole,
    )
