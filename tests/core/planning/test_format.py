"""Problems and plans as JSON: what is written is read again, what is wrong is told in sentences."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.planning import Plan, Problem
from cadre.core.planning.format import (
    Faults,
    plan_as_json,
    problem_as_json,
    read_plan,
    read_problem,
)
from tests.core.planning.worlds import plans, problems

SMALL: dict[str, object] = {
    "format": "cadre-problem-1",
    "horizon": {"first_date": "2020-01-05", "weeks": 2, "step": 60},
    "calendar": {"weekdays": [6, 0, 1, 2, 3]},
    "rooms": [
        {"key": "R", "site": "S", "kind": "room", "capacity": 9, "opens": 480, "closes": 960}
    ],
    "classes": [{"key": "K", "size": 8}],
    "courses": [{"key": "C", "trainees": "K", "line": "training", "site": "S"}],
    "sessions": [
        {
            "key": "C.1",
            "course": "C",
            "room_kind": "room",
            "minutes": 120,
            "trainers": 0,
            "qualification": "medic",
        }
    ],
}


def sentences(**changed: object) -> tuple[str, ...]:
    with pytest.raises(Faults) as caught:
        read_problem(json.dumps(SMALL | changed))
    return caught.value.sentences


@given(problems(), plans)
def test_what_is_written_is_read_again(problem: Problem, plan: Plan) -> None:
    assert read_problem(problem_as_json(problem)) == problem
    assert read_plan(plan_as_json(plan), problem) == plan


def test_a_small_problem_needs_little() -> None:
    problem = read_problem(json.dumps(SMALL))
    assert [each.key for each in problem.sessions] == ["C.1"]
    assert problem.weights.unplaced == 100


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"format": "other"}, '"format" has to be "cadre-problem-1".'),
        ({"rooms": 3}, "rooms has to be a list of objects."),
        ({"rooms": [4]}, "rooms[0] has to be an object."),
        ({"calendar": []}, "calendar has to be an object."),
        ({"held": ["X"]}, "held names X, which is no published session."),
        ({"roms": []}, "roms is not known here; there are"),
        ({"now": {"day": -1}}, "now.day has to be a whole number from 0 to 1000000."),
        ({"now": {"day": True}}, "now.day has to be a whole number from 0 to 1000000."),
        ({"weights": {"late": "much"}}, "weights.late has to be a whole number"),
        ({"classes": [{"key": "", "size": 1}]}, "classes[0].key has to be a text."),
        ({"classes": [{"key": "K", "size": 1}] * 2}, "classes has the key K 2 times."),
        ({"calendar": {"weekdays": [7]}}, "calendar.weekdays has to be a list of whole numbers"),
        (
            {"horizon": {"first_date": "today", "weeks": 2, "step": 60}},
            "horizon.first_date has to be a date such as 2020-01-06.",
        ),
        (
            {"horizon": {"first_date": "2020-01-05", "weeks": 2, "step": 7}},
            "horizon.step has to divide the 1440 minutes of a day.",
        ),
        (
            {"courses": [{"key": "C", "trainees": "no", "line": "training", "site": "S"}]},
            "Course C names no, which is no class.",
        ),
        (
            {"published": [{"session": "C.1", "day": 0, "start": 490, "room": "R"}]},
            "published[0].start has to be a multiple of the grid's 60 minutes.",
        ),
        (
            {"published": [{"session": "C.1", "day": 0, "start": 480, "room": "Q"}]},
            "published, session C.1, names Q, which is no room.",
        ),
        (
            {"published": [{"session": "C.1", "day": 0, "start": 1380, "room": "R"}]},
            "published, session C.1, goes on past midnight.",
        ),
        (
            {"published": [{"session": "C.1", "day": 0, "start": 480, "room": "R"}] * 2},
            "published has session C.1 twice.",
        ),
    ],
)
def test_a_fault_is_told_in_one_sentence(changed: dict[str, object], sentence: str) -> None:
    found = sentences(**changed)
    assert len(found) == 1
    assert found[0].startswith(sentence)


def test_sessions_in_a_circle_are_refused() -> None:
    (session,) = SMALL["sessions"]  # type: ignore[misc]  # as written above
    looped = [session | {"key": "a", "after": ["b"]}, session | {"key": "b", "after": ["a"]}]
    assert "in a circle" in sentences(sessions=looped)[0]


def test_every_fault_is_told() -> None:
    assert len(sentences(rooms=[{}], classes=3)) == 8


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, "1" * 5_000, "null", '{"a": NaN'])
def test_what_is_no_object_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Faults) as caught:
        read_problem(text)
    assert len(caught.value.sentences) == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.sampled_from(sorted(SMALL.keys() | {"published", "now", "weights"})), json_values)
def test_nothing_that_is_read_is_trusted(name: str, value: object) -> None:
    with suppress(Faults):
        read_problem(json.dumps(SMALL | {name: value}))
