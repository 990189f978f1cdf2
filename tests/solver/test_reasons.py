"""Why sessions are unplaced or moved far, and what would free them."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from cadre.core.planning import (
    Calendar,
    Course,
    Days,
    Horizon,
    LocalTime,
    Placement,
    Plan,
    Problem,
    Prohibition,
    Room,
    Rule,
    Session,
    TraineeClass,
    Trainer,
    violations,
)
from cadre.solver import solve
from cadre.solver.reasons import explanations
from cadre.solver.remedies import remedies
from tests.core.planning.worlds import problems

MORNING, NOON = 8 * 60, 10 * 60


def trainer(key: str, nation: str = "DK", first: int = 0) -> Trainer:
    medic, camp = frozenset({"medic"}), frozenset({"camp"})
    return Trainer(key, nation, medic, "camp", camp, (Days(first, 7),), (), 120, 600)


def session(key: str) -> Session:
    return Session(key, key[0], "room", 120, 1, "medic")


def course(key: str) -> Course:
    return Course(key, f"class {key}", "training", "camp")


# One day of one week, on which one session of two hours fits into each room.
SHORT = Problem(
    horizon=Horizon(date(2020, 1, 6), 1, 60),
    calendar=Calendar(frozenset({0})),
    rooms=(
        Room("R1", "camp", "room", 9, MORNING, NOON),
        Room("R2", "camp", "room", 9, MORNING, NOON),
    ),
    trainers=(trainer("T1"), trainer("T2")),
    classes=(TraineeClass("class A", 5), TraineeClass("class B", 5)),
    courses=(course("A"), course("B")),
    sessions=(session("A1"), session("B1")),
)
PLAN = Plan({"A1": Placement(0, MORNING, "R1", frozenset({"T1"}))})


def stopped(nation: str | None) -> tuple[Prohibition, ...]:
    return (Prohibition(None, None, nation, LocalTime(0), None, "D-7", "the commander"),)


def told(problem: Problem, plan: Plan = PLAN) -> list[tuple[str, list[tuple[Rule, str]]]]:
    return [
        (each.session, [(reason.rule, reason.sentence) for reason in each.reasons])
        for each in explanations(plan, problem)
    ]


def test_a_trainer_who_teaches_something_else_is_named() -> None:
    alone = replace(SHORT, trainers=SHORT.trainers[:1])
    sentence = (
        "Of those qualified for medic at camp, T1 teach something else or have no hours left."
    )
    assert told(alone) == [("B1", [(Rule.TRAINER, sentence)])]
    assert [each.sentence for each in remedies(PLAN, alone)] == [
        "One more trainer qualified for medic at camp from 2020-01-06 places 1 session."
    ]


def test_a_room_that_is_taken_is_named_with_its_session() -> None:
    crowded = replace(SHORT, rooms=SHORT.rooms[:1])
    sentence = "Every room at camp that is large enough is taken by A1."
    assert told(crowded) == [("B1", [(Rule.ROOM, sentence)])]
    assert [each.sentence for each in remedies(PLAN, crowded)] == [
        "One more room at camp from 2020-01-06 places 1 session."
    ]


def test_an_order_is_named_with_its_source() -> None:
    sentence = "Training at camp is forbidden by D-7 (the commander)."
    forbidden = replace(SHORT, prohibitions=stopped(None))
    assert told(forbidden, Plan({})) == [
        ("A1", [(Rule.POSTURE, sentence)]),
        ("B1", [(Rule.POSTURE, sentence)]),
    ]
    assert [each.sentence for each in remedies(Plan({}), forbidden)] == [
        "Lifting D-7 from 2020-01-06 places 2 sessions."
    ]


def test_a_caveat_names_its_nation() -> None:
    held_back = replace(
        SHORT, trainers=(trainer("T1"), trainer("T2", "ES")), prohibitions=stopped("ES")
    )
    sentence = "Trainers of ES are held back by D-7 (the commander)."
    found = dict(told(held_back))["B1"]
    assert found[0][0] in {Rule.TRAINER, Rule.POSTURE}
    gone = replace(held_back, trainers=(trainer("T2", "ES"),))
    assert told(gone, Plan({}))[0] == ("A1", [(Rule.POSTURE, sentence)])


def test_who_is_away_is_named() -> None:
    away = replace(SHORT, trainers=(trainer("T1"), trainer("T2", first=3)))
    assert told(replace(away, trainers=away.trainers[1:]), Plan({}))[0] == (
        "A1",
        [(Rule.TRAINER, "Of those qualified for medic at camp, T2 are away.")],
    )


def test_the_class_and_what_comes_before_are_named() -> None:
    one_class = replace(
        SHORT, courses=(SHORT.courses[0], replace(SHORT.courses[1], trainees="class A"))
    )
    assert told(one_class) == [("B1", [(Rule.CLASS, "Class class A is in A1.")])]
    after = replace(SHORT, sessions=(session("A1"), replace(session("B1"), after=("A1",))))
    assert told(after, Plan({}))[1] == (
        "B1",
        [(Rule.ORDER, "Session A1, which comes before it, is unplaced.")],
    )


def test_what_can_never_be_placed_says_so() -> None:
    nobody = replace(SHORT, trainers=())
    assert told(nobody, Plan({}))[0] == (
        "A1",
        [(Rule.TRAINER, "0 trainers are qualified for medic at camp; it wants 1.")],
    )


@settings(deadline=None, max_examples=30, database=None)
@given(problems())
def test_every_unplaced_session_is_explained_and_remedies_place_what_they_say(
    problem: Problem,
) -> None:
    plan = solve(problem, seconds=60, seed=1, rounds=0).plan
    explained = {each.session for each in explanations(plan, problem) if each.unplaced}
    assert explained == {
        each.key
        for each in problem.sessions
        if each.key not in plan and not violations(plan, problem)
    }
    for remedy in remedies(plan, problem):
        assert remedy.sessions
        assert explained.issuperset(remedy.sessions)
