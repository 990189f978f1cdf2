"""What the solver promises, on small problems and against every plan of tiny ones."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from cadre.core.planning import Calendar, Horizon, Plan, Problem, cost, violations
from cadre.solver import Step, solve
from cadre.solver.solving import untouched
from tests.core.planning.worlds import plans, problems
from tests.solver.oracle import cheapest
from tests.solver.tiny import tiny_problems

SLOW = settings(deadline=None, max_examples=25, database=None)


def solved(problem: Problem, rounds: int, start: Plan | None = None) -> tuple[Plan, int, int]:
    found = solve(problem, seconds=60, seed=1, rounds=rounds, start=start)
    assert found.cost == cost(found.plan, problem)
    return found.plan, found.cost.total, found.bound


@SLOW
@given(problems())
def test_no_plan_breaks_a_rule(problem: Problem) -> None:
    plan, total, bound = solved(problem, 1)
    assert violations(plan, problem) == ()
    assert bound <= total


@settings(SLOW, max_examples=100)
@given(tiny_problems())
def test_no_plan_is_cheaper_than_the_bound(problem: Problem) -> None:
    _plan, total, bound = solved(problem, 2)
    assert bound <= cheapest(problem) <= total


@settings(SLOW, max_examples=60, derandomize=True)  # nearly always, which is not always
@given(tiny_problems())
def test_the_cheapest_plan_of_a_tiny_problem_is_found(problem: Problem) -> None:
    plain = replace(problem, weights=replace(problem.weights, travel=0, uneven=0))
    assert solved(plain, 2)[1] == cheapest(plain)


@SLOW
@given(problems())
def test_more_time_is_never_worse(problem: Problem) -> None:
    costs = [solved(problem, rounds)[1] for rounds in (0, 1, 2)]
    assert costs == sorted(costs, reverse=True)


@SLOW
@given(problems())
def test_the_same_seed_gives_the_same_plan(problem: Problem) -> None:
    assert solved(problem, 1) == solved(problem, 1)


@SLOW
@given(problems(), plans)
def test_a_legal_start_is_never_made_worse(problem: Problem, start: Plan) -> None:
    if not violations(start, problem):
        assert solved(problem, 0, start)[1] <= cost(start, problem).total


@SLOW
@given(problems())
def test_lifting_more_never_costs_more(problem: Problem) -> None:
    plan, total, _bound = solved(problem, 0)
    lifted = replace(problem, prohibitions=problem.prohibitions[1:])
    assert solved(lifted, 0, start=plan)[1] <= total


@SLOW
@given(problems())
def test_an_untouched_programme_is_left_untouched(problem: Problem) -> None:
    plan, _total, _bound = solved(replace(problem, published=Plan({}), held=frozenset()), 0)
    calm = replace(
        problem,
        published=plan,
        held=frozenset(),
        sessions=tuple(each for each in problem.sessions if each.key in plan),
        told=problem.told & plan.placements.keys(),
    )
    assert untouched(calm)
    assert solved(calm, 1)[0] == plan


@pytest.mark.parametrize("stop_at", [1, 2])
@given(problem=problems())
@settings(deadline=None, max_examples=5, database=None)
def test_it_can_be_stopped(stop_at: int, problem: Problem) -> None:
    told: list[Step] = []

    def progress(step: Step) -> bool:
        told.append(step)
        return len(told) >= stop_at

    found = solve(problem, seconds=600, seed=1, progress=progress)
    assert found.history == tuple(told)
    assert found.rounds == 0


def test_an_empty_problem_has_an_empty_plan() -> None:
    horizon = Horizon(date(2020, 1, 5), 2, 60)
    bare = Problem(horizon, Calendar(frozenset({0})), (), (), (), (), ())
    assert solved(bare, 1) == (Plan({}), 0, 0)
