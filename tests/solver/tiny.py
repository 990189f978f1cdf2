"""Problems so small that all their plans can be tried."""

from dataclasses import replace

from hypothesis import strategies as st

from cadre.core.planning import Days, LocalTime, Problem, Trainer
from tests.core.planning.worlds import DAYS, OPENS, problems

mostly = st.sampled_from((True, True, True, False))


def able(trainer: Trainer) -> Trainer:
    return replace(
        trainer,
        qualifications=frozenset({"medic", "engineer"}),
        sites=trainer.sites | {"north"},
        present=(Days(0, DAYS),),
        leave=(),
        day_minutes=max(trainer.day_minutes, 120),
        week_minutes=max(trainer.week_minutes, 180),
    )


@st.composite
def tiny_problems(draw: st.DrawFn) -> Problem:
    """Three sessions, two rooms and trainers, one short day in each of two weeks.

    Mostly everybody can teach everything, so that there is something to choose.
    """
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
        calendar=replace(problem.calendar, weekdays=frozenset({0}), feasts=frozenset()),
        rooms=tuple(
            replace(each, site="north", kind="classroom", capacity=10, closes=OPENS + 120)
            for each in problem.rooms[:2]
        ),
        trainers=tuple(able(each) if draw(mostly) else each for each in problem.trainers[:2]),
        prohibitions=problem.prohibitions[:1] if draw(st.booleans()) else (),
        courses=tuple(replace(each, site="north") for each in problem.courses),
        sessions=tuple(
            replace(each, room_kind="classroom", at_least=0, at_most=None) for each in sessions
        ),
        published=replace(problem.published, placements=kept),
        held=problem.held & kept.keys(),
        now=min(problem.now, LocalTime(8)),
    )
