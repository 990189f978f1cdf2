"""Problems so small that all their plans can be tried."""

from dataclasses import replace

from hypothesis import strategies as st

from cadre.core.planning import LocalTime, Problem
from tests.core.planning.worlds import OPENS, problems


@st.composite
def tiny_problems(draw: st.DrawFn) -> Problem:
    """Three sessions, two rooms and trainers, two short days in each of two weeks."""
    problem = draw(problems())
    sessions = problem.sessions[:3]
    keys = {each.key for each in sessions}
    kept = {
        key: replace(at, room="R1", trainers=at.trainers - {"T3"})
        for key, at in problem.published.placements.items()
        if key in keys
    }
    return replace(
        problem,
        calendar=replace(problem.calendar, weekdays=frozenset({0, 2}), feasts=frozenset()),
        rooms=tuple(
            replace(each, site="north", kind="classroom", closes=OPENS + 120)
            for each in problem.rooms[:2]
        ),
        trainers=problem.trainers[:2],
        courses=tuple(replace(each, site="north") for each in problem.courses),
        sessions=tuple(replace(each, room_kind="classroom") for each in sessions),
        published=replace(problem.published, placements=kept),
        held=problem.held & kept.keys(),
        now=min(problem.now, LocalTime(8)),
    )
