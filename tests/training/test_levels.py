"""What a level forbids of what is planned, what a directive has cost, and the gate between them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadre.access.actions import acting
from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.releasability import OPERATOR, Classification, Marking
from cadre.directives import actions
from cadre.directives.actions import (
    NewAssessment,
    NewCondition,
    NewEvidence,
    NewLevelOrder,
    NewProposal,
    NewScale,
    ReportedDirective,
    ReportedLift,
    Shut,
)
from cadre.directives.models import Clock, Condition, Level, Lift, Track, Verdict
from cadre.directives.queries.gate import Asked, missing
from cadre.mission.actions import Grounds
from cadre.training.models import Course, Session, SessionKind
from cadre.training.queries import cost, forbidden
from tests.directives.conftest import COMMANDER, DUTY, EARLIER, Place, order

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def levels(place: Place) -> dict[str, Level]:
    new = NewScale(code="P", name="P", track=Track.PROTECTION, example="protection-four")
    scale = actions.define_scale(place.mission, new, by=COMMANDER, at=EARLIER)
    rows = Level.objects.filter(scale=scale).select_related("scale__mission")
    return {row.code: row for row in rows}


@pytest.fixture(autouse=True)
def programme(place: Place) -> None:
    """A training session a day at the camp from the day before on, and one meeting at the fort."""
    with acting("test", by=OPERATOR, at=EARLIER):
        course = Course.objects.create(
            mission=place.mission, code="C", title="Medics", line="training", trainees=20
        )
        for day in range(-1, 5):
            begins = AT + day * DAY
            Session.objects.create(
                mission=place.mission, course=course, line="training", title="Medics",
                site=place.camp, during=DateTimeTZRange(begins, begins + 2 * HOUR),
            )  # fmt: skip  # reads as one sentence
        Session.objects.create(
            mission=place.mission, kind=SessionKind.ENGAGEMENT, line="advising", title="Meeting",
            site=place.fort, during=DateTimeTZRange(AT + HOUR, AT + 2 * HOUR),
        )  # fmt: skip  # reads as one sentence


def ordered(place: Place, level: Level, *sites: str) -> None:
    new = NewLevelOrder(
        level=level, sites=frozenset(sites) or None, authority="Commander",
        effective=Moment.at(AT - HOUR), review_at=AT + DAY, review_owner="J3",
    )  # fmt: skip  # reads as one sentence
    actions.order_level(place.mission, new, by=COMMANDER, at=AT - HOUR)


def test_what_a_level_forbids_is_told_before_it_is_ordered(
    place: Place, levels: dict[str, Level]
) -> None:
    ordered(place, levels["P4"], "FORT")
    found = forbidden(OPERATOR, levels["P4"], Scope("M"), at=AT, known_on=None)
    fort = Scope("M", sites=frozenset({"FORT"}))
    there = forbidden(OPERATOR, levels["P4"], fort, at=AT, known_on=None)

    assert [(each.code, each.anew) for each in found.forbidden] == [
        ("advising", True), ("movement", True), ("training", True),
    ]  # fmt: skip
    assert [each.anew for each in there.forbidden] == [False, False, False]
    assert found.impact is not None
    assert [(each.sessions, each.engagements) for each in found.impact.windows] == [
        (1, 0), (3, 1), (5, 1), (5, 1),
    ]  # fmt: skip
    assert there.impact is not None
    assert [(each.sessions, each.engagements) for each in there.impact.windows] == [
        (0, 0), (0, 1), (0, 1), (0, 1),
    ]  # fmt: skip


def test_a_level_that_forbids_no_line_stops_nothing(levels: dict[str, Level]) -> None:
    found = forbidden(OPERATOR, levels["P2"], Scope("M"), at=AT, known_on=None)

    assert (found.forbidden, found.impact) == ((), None)
    assert [each.code for each in found.limited] == ["movement"]


def reported(effective: str) -> None:
    new = ReportedDirective(
        number="R-1", effect=Posture.SUSPENDED, authority="Headquarters",
        surely=Scope("M", frozenset({"training"})),
    )  # fmt: skip  # reads as one sentence
    moments = {Clock.EFFECTIVE: Moment.parse(effective)}
    actions.report_order(new, moments, by=DUTY, at=AT)


def test_cost_counts_what_did_not_take_place_until_a_lift(place: Place) -> None:
    reported("2026-01-05T11:00Z")
    counted = [
        cost(OPERATOR, "R-1", on=AT + days * DAY + 3 * HOUR, known_on=None) for days in (0, 2)
    ]
    end = ReportedLift(
        number="L-1", directive="R-1", authority="Headquarters",
        scope=Scope("M", frozenset({"training"}), frozenset({"CAMP"})),
        effective=Moment.at(AT + DAY),
    )  # fmt: skip  # reads as one sentence
    actions.report_end(end, by=DUTY, at=AT + DAY)
    after = cost(OPERATOR, "R-1", on=AT + 3 * DAY, known_on=None)

    assert [
        (each.sessions, each.engagements, each.hours, each.courses, each.trainees)
        for each in counted
        if each
    ] == [(1, 0, 2, 1, 20), (3, 0, 6, 1, 20)]
    assert after is not None
    assert (after.sessions, after.at_most) == (1, False)


def test_cost_is_not_stated_while_it_is_not_sure_when_it_began() -> None:
    reported("2026-01-05T11:00Z/..")

    assert cost(OPERATOR, "R-1", on=AT + DAY, known_on=None) is None
    assert cost(OPERATOR, "nothing", on=AT + DAY, known_on=None) is None


def test_what_the_level_in_force_forbids_is_not_restarted(
    place: Place, levels: dict[str, Level]
) -> None:
    gate = NewCondition(text="The gate is repaired", owner="J4", wanted="A photograph")
    directive = actions.issue(order(AT, conditions=(gate,)), by=COMMANDER, at=AT)
    row = Condition.objects.get()
    seen = NewEvidence(supports=True, text="Done.", source="J4", occurred=Moment.at(AT))
    evidence = actions.bring_evidence(row, seen, by=DUTY, at=AT)
    met = NewAssessment(verdict=Verdict.MET, authority="Commander", evidence=(evidence.pk,))
    actions.assess(row, met, by=COMMANDER, at=AT)
    ordered(place, levels["P4"], "CAMP")
    part = Scope("M", frozenset({"training"}), frozenset({"CAMP"}))
    camp = actions.propose_lift(directive, NewProposal(part=part, reason="x"), by=DUTY, at=AT)
    fort = Scope("M", frozenset({"training"}), frozenset({"FORT"}))
    other = actions.propose_lift(directive, NewProposal(part=fort, reason="x"), by=DUTY, at=AT)
    with pytest.raises(Shut) as shut:
        actions.lift(camp, by=COMMANDER, at=AT + HOUR)
    actions.lift(other, by=COMMANDER, at=AT + HOUR)

    assert [(each.kind, each.sentence) for each in shut.value.missing] == [
        (
            "protection level",
            "The protection level in force at Camp forbids the line “training”.",
        )
    ]
    assert Lift.objects.count() == 1


def test_a_level_that_the_lifter_may_not_see_keeps_it_shut_without_its_words(
    place: Place, levels: dict[str, Level]
) -> None:
    directive = actions.issue(order(AT), by=COMMANDER, at=AT)
    new = NewLevelOrder(
        level=levels["P4"], sites=frozenset({"CAMP"}), authority="Commander",
        effective=Moment.at(AT), review_at=AT + DAY, review_owner="J3",
        grounds=Grounds(marking=Marking(Classification.SECRET)),
    )  # fmt: skip  # reads as one sentence
    actions.order_level(place.mission, new, by=OPERATOR, at=AT)
    part = Scope("M", frozenset({"training"}))
    sentences = {}
    for somebody in (COMMANDER, OPERATOR):
        with seeing(somebody):
            found = missing(somebody, Asked(directive, part, Moment.unknown()), at=AT + HOUR)
        sentences[somebody.name] = [
            each.sentence for each in found if each.kind == "protection level"
        ]

    assert sentences == {
        COMMANDER.name: ["A protection level that you may not see forbids something of it."],
        OPERATOR.name: ["The protection level in force at Camp forbids the line “training”."],
    }
