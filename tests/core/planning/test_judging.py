"""Violations and cost against a plain reading of the rules, on any small plan."""

from hypothesis import given, settings

from cadre.core.planning import Plan, Problem, cost, violations
from tests.core.planning.plain import broken, points
from tests.core.planning.worlds import plans, problems


@settings(max_examples=200)
@given(problems(), plans)
def test_the_rules_broken_are_those_of_a_plain_reading(problem: Problem, plan: Plan) -> None:
    assert {each.rule for each in violations(plan, problem)} == broken(plan, problem)


@settings(max_examples=200)
@given(problems(), plans)
def test_the_cost_is_that_of_a_plain_reading(problem: Problem, plan: Plan) -> None:
    found = cost(plan, problem)
    assert found.total == points(plan, problem)
    assert found.total == sum(item.count * item.weight for item in found.items)


@given(problems(), plans)
def test_a_reason_names_its_session_and_an_order_its_source(problem: Problem, plan: Plan) -> None:
    for each in violations(plan, problem):
        assert each.session in each.reason
        assert (each.order != "") == (each.rule == "posture")
        assert each.order in each.reason


@given(problems())
def test_a_complete_published_plan_costs_only_its_late_days(problem: Problem) -> None:
    unplaced = sum(each.key not in problem.published for each in problem.sessions)
    found = {item.name: item.count for item in cost(problem.published, problem).items}
    assert found.pop("unplaced") == unplaced
    found.pop("late")
    assert set(found.values()) == {0}
