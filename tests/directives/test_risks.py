"""Residual risks: assessments, decisions about them, and the mission's table of who decides."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.posture import Posture
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Marking, Viewer
from cadre.core.risks import Criticality, Risk
from cadre.directives import actions
from cadre.directives.actions import NewRiskAssessment, NewRiskDecision
from cadre.directives.models import (
    RiskAssessment,
    RiskAuthority,
    RiskDecision,
    RiskVerdict,
)
from cadre.directives.queries import Question, World
from cadre.directives.queries.risks import MissionRisks, RiskAt, mission_risks, risk_table
from cadre.mission.actions import Grounds, Misfit, Stale
from tests.directives.conftest import COMMANDER, DUTY, EARLIER, GERMANY, Place, viewer

PROTECTION = viewer("force_protection_officer")
HOUR = timedelta(hours=1)
LOW = (Criticality.LIFESAVING, Risk.LOW)
pytestmark = pytest.mark.django_db


def assessed(
    place: Place, at: datetime, *, by: Viewer = PROTECTION, **changes: object
) -> RiskAssessment:
    said: dict[str, object] = {
        "line": "training",
        "criticality": Criticality.ESSENTIAL,
        "risk": Risk.HIGH,
        "assessed_by": "J2",
        "reason": "Fire on the road.",
        "assessed": Moment.at(at),
        "sites": frozenset({"CAMP"}),
    }
    new = NewRiskAssessment(**said | changes)  # type: ignore[arg-type]  # the test says which
    return actions.assess_risk(place.mission, new, by=by, at=at)


def decided(
    row: RiskAssessment, at: datetime, *, by: Viewer = COMMANDER, **changes: object
) -> RiskDecision:
    said: dict[str, object] = {
        "verdict": RiskVerdict.ACCEPTED,
        "authority": "Parent headquarters",
        "decided_at": at,
        "until": at + HOUR,
    }
    new = NewRiskDecision(**said | changes)  # type: ignore[arg-type]  # the test says which
    return actions.decide_risk(row, new, by=by, at=at)


def seen(
    place: Place, on: datetime, *, viewer: Viewer = OPERATOR, known_on: datetime | None = None
) -> MissionRisks:
    return mission_risks(World(viewer, known_on=known_on), place.mission, on=on)


def at_camp(place: Place, on: datetime, *, viewer: Viewer = OPERATOR) -> RiskAt:
    places = {(each.line, each.site): each for each in seen(place, on, viewer=viewer).places}
    return places["training", "CAMP"]


def test_each_line_at_each_site_is_shown_and_not_stated_until_assessed(
    place: Place, at: datetime
) -> None:
    assessed(place, at)
    found = {
        (each.line, each.site): Risk(each.counts.row.risk) if each.counts else None
        for each in seen(place, at).places
    }

    assert found == {
        ("advising", "CAMP"): None, ("advising", "FORT"): None,
        ("training", "CAMP"): Risk.HIGH, ("training", "FORT"): None,
    }  # fmt: skip


def test_who_may_assess_decide_and_define(place: Place, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        assessed(place, at, by=DUTY)
    row = assessed(place, at, by=PROTECTION)
    with pytest.raises(NotAllowed):
        decided(row, at, by=PROTECTION)
    with pytest.raises(NotAllowed):
        actions.set_risk_table(place.mission, {}, by=DUTY, at=at)
    with pytest.raises(NotAllowed):
        actions.take_risk_example(place.mission, by=GERMANY, at=at)
    decided(row, at, by=COMMANDER)
    actions.set_risk_table(place.mission, {LOW: "Commander"}, by=PROTECTION, at=at)

    assert (RiskDecision.objects.count(), RiskAuthority.objects.count()) == (1, 1)


def test_an_assessment_and_a_decision_stop_and_restart_nothing(place: Place, at: datetime) -> None:
    question = Question("M", "training", site="CAMP")
    before = World(OPERATOR, known_on=None).rule(question, at)
    unacceptable = assessed(place, at, risk=Risk.UNACCEPTABLE)
    decided(unacceptable, at, verdict=RiskVerdict.NOT_ACCEPTED, until=None)

    assert World(OPERATOR, known_on=None).rule(question, at) == before
    assert before.posture == Posture.RUNNING


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "on what grounds"),
        ({"assessed_by": ""}, "who assessed"),
        ({"line": "flying"}, "no activity line “flying”"),
        ({"sites": frozenset({"MOON"})}, "no site “MOON”"),
    ],
)
def test_an_assessment_says_all_that_it_must(
    place: Place, at: datetime, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        assessed(place, at, **changes)  # type: ignore[arg-type]  # what it says
    assert RiskAssessment.objects.count() == 0


def test_the_same_assessment_pressed_twice_is_written_once(place: Place, at: datetime) -> None:
    assessed(place, at)
    with pytest.raises(Refused, match="on record already"):
        assessed(place, at)


def test_the_latest_assessment_counts_and_waits_for_its_own_decision(
    place: Place, at: datetime
) -> None:
    decided(assessed(place, at), at)
    before = at_camp(place, at).counts
    assessed(place, at + HOUR / 2, risk=Risk.MEDIUM, sites=None)
    after = at_camp(place, at + HOUR / 2).counts

    assert before is not None
    assert before.decided is not None
    assert after is not None
    assert (after.row.risk, after.decision) == (Risk.MEDIUM, None)


def test_an_assessment_of_no_stated_moment_leaves_it_open_until_it_is_corrected(
    place: Place, at: datetime
) -> None:
    assessed(place, at)
    vague = assessed(place, at, risk=Risk.VERY_HIGH, assessed=Moment.unknown())
    before = at_camp(place, at)
    grounds = Grounds(corrects=vague.pk)
    assessed(place, at, risk=Risk.VERY_HIGH, assessed=Moment.at(at - HOUR), grounds=grounds)
    after = at_camp(place, at).counts

    assert before.counts is None
    assert before.worst is not None
    assert before.worst.row == vague
    assert after is not None
    assert after.row.risk == Risk.HIGH


def test_only_a_row_of_the_same_mission_and_matter_is_corrected(place: Place, at: datetime) -> None:
    one, other = assessed(place, at), assessed(place, at, risk=Risk.LOW)
    decision = decided(one, at)
    wrong = Grounds(corrects=decision.pk)
    with pytest.raises(Refused, match="not on record here"):
        assessed(place, at, risk=Risk.MEDIUM, grounds=wrong)
    with pytest.raises(Refused, match="not on record here"):
        decided(other, at, grounds=wrong)
    assert decided(one, at, until=at + 2 * HOUR, grounds=wrong).corrects == decision


def test_a_decision_past_its_end_is_open_again(place: Place, at: datetime) -> None:
    decided(assessed(place, at), at)
    found = [at_camp(place, on).counts for on in (at, at + HOUR)]

    assert [(each.decided is not None, each.ended) for each in found if each] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_a_later_decision_takes_the_place_of_an_earlier_one(place: Place, at: datetime) -> None:
    row = assessed(place, at - HOUR)
    decided(row, at - HOUR / 2)
    decided(row, at, verdict=RiskVerdict.NOT_ACCEPTED, until=None)
    found = at_camp(place, at).counts

    assert found is not None
    assert found.decided is not None
    assert found.decided.decision == RiskVerdict.NOT_ACCEPTED


def test_a_decision_says_all_that_it_must(place: Place, at: datetime) -> None:
    row, blamed = assessed(place, at), []
    for changes in (
        {"authority": " "},
        {"until": None},
        {"until": at},
        {"verdict": RiskVerdict.NOT_ACCEPTED},
        {"decided_at": at + HOUR},
    ):
        with pytest.raises(Misfit) as refused:
            decided(row, at, **changes)  # type: ignore[arg-type]  # what it says
        blamed.append(refused.value.field)

    assert blamed == ["authority", "until", "until", "until", "decided_at"]
    assert RiskDecision.objects.count() == 0


def test_what_is_unacceptable_nobody_accepts(place: Place, at: datetime) -> None:
    row = assessed(place, at, risk=Risk.UNACCEPTABLE)
    with pytest.raises(Misfit, match="unacceptable risk: lower it"):
        decided(row, at)
    found = at_camp(place, at).counts

    assert found is not None
    assert found.who == ""


def test_what_the_table_does_not_allow_nobody_accepts(place: Place, at: datetime) -> None:
    row = assessed(place, at)
    actions.set_risk_table(
        place.mission, {(Criticality.ESSENTIAL, Risk.HIGH): ""}, by=COMMANDER, at=at
    )
    with pytest.raises(Misfit, match="criticality essential, risk high is not allowed"):
        decided(row, at)
    decided(row, at, verdict=RiskVerdict.NOT_ACCEPTED, until=None)

    assert RiskDecision.objects.count() == 1


def test_what_the_table_does_not_say_is_not_stated_and_can_be_decided(
    place: Place, at: datetime
) -> None:
    decided(assessed(place, at), at)
    found = at_camp(place, at).counts

    assert found is not None
    assert (found.who, found.decided is not None) == (None, True)


def test_the_example_is_taken_over_once(place: Place, at: datetime) -> None:
    actions.take_risk_example(place.mission, by=COMMANDER, at=at)
    with pytest.raises(Refused, match="said already who decides"):
        actions.take_risk_example(place.mission, by=COMMANDER, at=at)
    said = risk_table(OPERATOR, place.mission).said

    assert len(said) == 20
    assert [[said[criticality, risk] for criticality in Criticality] for risk in Risk] == [
        ["Site commander"] * 4,
        ["Commander"] * 4,
        ["Parent headquarters", "Parent headquarters", "", ""],
        ["Council", "", "", ""],
        [""] * 4,
    ]


def test_the_table_is_changed_and_what_is_left_out_is_not_stated(
    place: Place, at: datetime
) -> None:
    high = (Criticality.LIFESAVING, Risk.HIGH)
    actions.set_risk_table(place.mission, {LOW: "J3", high: "J5"}, by=COMMANDER, at=at)
    actions.set_risk_table(place.mission, {high: "Commander"}, by=COMMANDER, at=at + HOUR)
    earlier = seen(place, at, known_on=at).table.said

    assert risk_table(OPERATOR, place.mission).said == {high: "Commander"}
    assert earlier == {LOW: "J3", high: "J5"}
    cell = (Criticality.DESIRABLE, Risk.UNACCEPTABLE)
    with pytest.raises(Misfit, match="no authority to name") as refused:
        actions.set_risk_table(place.mission, {cell: "Council"}, by=COMMANDER, at=at)
    assert refused.value.field == "who_4_unacceptable"


def test_a_table_that_changed_meanwhile_is_refused_stale(place: Place, at: datetime) -> None:
    version = risk_table(OPERATOR, place.mission).version
    actions.set_risk_table(place.mission, {LOW: "J3"}, seen=version, by=COMMANDER, at=at)
    with pytest.raises(Stale):
        actions.set_risk_table(place.mission, {LOW: "J5"}, seen=version, by=PROTECTION, at=at)

    assert risk_table(OPERATOR, place.mission).said == {LOW: "J3"}


def test_the_database_keeps_the_rules_of_risks(place: Place, at: datetime) -> None:
    actions.set_risk_table(place.mission, {LOW: "J3"}, by=COMMANDER, at=at)
    kept, broken = assessed(place, at), []
    rows: tuple[models.Model, ...] = (
        RiskAuthority(mission=place.mission, criticality=1, risk=1, authority="x"),
        RiskAuthority(mission=place.mission, criticality=5, risk=1, authority="x"),
        RiskAuthority(mission=place.mission, criticality=2, risk=5, authority="x"),
        RiskAuthority(mission=place.mission, criticality=2, risk=1, authority="x", dropped=True),
        assessment_row(place, sites=[]),
        assessment_row(place, risk=6),
        assessment_row(place, reason=""),
        decision_row(kept, decided_at=at),
        decision_row(kept, decided_at=at, until=at),
        decision_row(kept, decided_at=at, until=at + HOUR, decision=RiskVerdict.NOT_ACCEPTED),
    )
    for row in rows:
        with (
            acting("test", by=OPERATOR, at=at),
            pytest.raises(IntegrityError) as refused,
            transaction.atomic(),
        ):
            row.save(force_insert=True)
        broken.append(refused.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]  # psycopg's

    assert broken == [
        "a_risk_has_one_authority_in_its_mission",
        "an_authority_is_for_a_criticality_and_a_risk",
        "nobody_accepts_what_is_unacceptable",
        "what_was_taken_back_names_no_authority",
        "a_risk_is_assessed_for_some_place",
        "a_risk_and_its_criticality_are_on_their_scales",
        "a_risk_is_assessed_on_some_grounds",
        "what_is_accepted_has_an_end_and_nothing_else",
        "a_risk_is_accepted_for_some_time",
        "what_is_accepted_has_an_end_and_nothing_else",
    ]


COMMON: dict[str, object] = {"recorded_at": EARLIER, "recorded_by": "x", "known_from": EARLIER}


def assessment_row(place: Place, **values: object) -> RiskAssessment:
    said: dict[str, object] = {
        "line": "training", "criticality": 1, "risk": 1, "reason": "x", "assessed_by": "x",
    }  # fmt: skip  # one row
    return RiskAssessment(mission=place.mission, **COMMON | said | values)


def decision_row(assessment: RiskAssessment, **values: object) -> RiskDecision:
    said: dict[str, object] = {"decision": RiskVerdict.ACCEPTED, "authority": "x"}
    return RiskDecision(assessment=assessment, **COMMON | said | values)


def test_as_known_before_they_were_recorded_they_are_not_there(place: Place, at: datetime) -> None:
    row = assessed(place, at, assessed=Moment.at(EARLIER))
    decided(row, at + HOUR, decided_at=at)
    known = [seen(place, at + HOUR, known_on=on) for on in (at - HOUR, at, at + HOUR)]

    assert [[each.decision is not None for each in found.assessments] for found in known] == [
        [], [False], [True],
    ]  # fmt: skip


def test_a_marked_assessment_is_not_seen_by_another_nation_nor_what_was_decided(
    place: Place, at: datetime
) -> None:
    germany = viewer("commander", "DE", name="germany")
    france = viewer("commander", "FR", name="france")
    marking = Marking(releasable_to=frozenset({"DE"}))
    with seeing(germany):
        row = assessed(place, at, by=germany, grounds=Grounds(marking=marking))
        decision = decided(row, at, by=germany)
    found = {}
    for somebody in (germany, france):
        with seeing(somebody):
            risks = seen(place, at, viewer=somebody)
            found[somebody.name] = [(each.row, each.decision) for each in risks.assessments]

    assert found == {"germany": [(row, decision)], "france": []}
    assert decision.marking == marking


def test_more_rows_ask_the_database_no_more_often(place: Place, at: datetime) -> None:
    counted = []
    for hours in range(3):
        decided(assessed(place, at + hours * HOUR), at + hours * HOUR)
        with CaptureQueriesContext(connection) as asked:
            found = seen(place, at + hours * HOUR)
        counted.append((len(found.assessments), len(asked)))

    assert [rows for rows, _queries in counted] == [1, 2, 3]
    assert len({queries for _rows, queries in counted}) == 1
