"""What the posture algebra promises, on generated missions and against the oracle."""

from dataclasses import replace
from datetime import datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from cadre.core.moments import Moment
from cadre.core.posture import Cell, Directive, Lift, Orders, Posture
from tests.core.oracle import Orders as Record
from tests.core.oracle import answer
from tests.core.worlds import (
    TREE,
    cells,
    directives,
    lifts,
    moments,
    orders,
    questions,
    ruling,
    single_cells,
)


@settings(max_examples=400)
@given(cells, questions, orders())
def test_a_ruling_is_what_holds_in_every_world_that_could_be(
    cell: Cell, at: datetime, record: Record
) -> None:
    found, expected = ruling(cell, at, record), answer(cell, at, record)
    assert (found.lower, found.upper) == (expected.lower, expected.upper)
    reasons = {(each.directive.key, each.certainty, each.partly) for each in found.because}
    assert reasons == expected.because


@given(st.lists(st.tuples(cells, questions), min_size=1, max_size=12), orders(), orders("N"))
def test_compiled_orders_give_the_same_rulings(
    asked_about: list[tuple[Cell, datetime]], record: Record, other: Record
) -> None:
    everything = together(record, other)
    compiled = Orders(
        everything.directives, everything.lifts, everything.authorisations, everything.places
    )
    found = [compiled.rule(cell, at) for cell, at in asked_about]
    once = [compiled.rule_once(cell, at) for cell, at in asked_about]
    assert found == once == [ruling(cell, at, everything) for cell, at in asked_about]


@given(cells, questions, orders())
def test_compiled_orders_without_places_give_the_same_rulings(
    cell: Cell, at: datetime, record: Record
) -> None:
    compiled = Orders(record.directives, record.lifts, record.authorisations)
    expected = ruling(cell, at, record, places=())
    assert (compiled.rule(cell, at), compiled.rule_once(cell, at)) == (expected, expected)


@given(cells, questions, questions, orders())
def test_bounds_change_only_at_the_moments_that_are_named(
    cell: Cell, one: datetime, other: datetime, record: Record
) -> None:
    compiled = Orders(record.directives, record.lifts, record.authorisations, TREE)
    first, last = sorted((one, other))
    if not any(first < change <= last for change in compiled.changes(cell)):
        before, after = compiled.rule(cell, first), compiled.rule(cell, last)
        assert (before.lower, before.upper) == (after.lower, after.upper)


@given(cells, questions, orders(), st.randoms())
def test_the_order_of_entry_does_not_matter(
    cell: Cell, at: datetime, record: Record, chance: Random
) -> None:
    shuffled = Record(
        chance.sample(record.directives, len(record.directives)),
        chance.sample(record.lifts, len(record.lifts)),
        chance.sample(record.authorisations, len(record.authorisations)),
        record.places,
    )
    assert ruling(cell, at, shuffled) == ruling(cell, at, record)


@given(cells, questions, orders(), directives("one more"))
def test_one_more_directive_never_loosens(
    cell: Cell, at: datetime, record: Record, added: Directive
) -> None:
    before = ruling(cell, at, record)
    after = ruling(cell, at, replace(record, directives=[*record.directives, added]))
    assert (after.lower >= before.lower, after.upper >= before.upper) == (True, True)


@given(single_cells, questions, orders(), lifts("one more"))
def test_a_lift_changes_exactly_its_own_scope(
    cell: Cell, at: datetime, record: Record, lift: Lift
) -> None:
    after = ruling(cell, at, replace(record, lifts=[*record.lifts, lift]))
    if lift.scope.covers(cell) and lift.effective.surely_by(at):
        others = [each for each in record.directives if each.key != lift.directive]
        assert after == ruling(cell, at, replace(record, directives=others))
    elif not (lift.scope.covers(cell) and lift.effective.perhaps_by(at)):
        assert after == ruling(cell, at, record)


@given(cells, questions, orders(), lifts("one more"))
def test_one_more_lift_never_tightens(cell: Cell, at: datetime, record: Record, lift: Lift) -> None:
    before = ruling(cell, at, record)
    after = ruling(cell, at, replace(record, lifts=[*record.lifts, lift]))
    assert (after.lower <= before.lower, after.upper <= before.upper) == (True, True)


@given(cells, questions, orders())
def test_what_is_not_running_says_why(cell: Cell, at: datetime, record: Record) -> None:
    found = ruling(cell, at, record)
    if found.posture != Posture.RUNNING:
        assert bool(found.because) or not found.basis


@given(cells, questions, orders(), orders("N"))
def test_missions_never_leak_into_each_other(
    cell: Cell, at: datetime, record: Record, other: Record
) -> None:
    assert ruling(cell, at, together(record, other)) == ruling(cell, at, record)


@given(cells, questions, questions, orders())
def test_without_a_lift_no_date_restarts_anything(
    cell: Cell, one: datetime, other: datetime, record: Record
) -> None:
    unlifted = replace(record, lifts=[])
    before, after = (ruling(cell, at, unlifted) for at in sorted((one, other)))
    assert after.lower >= before.lower


@given(cells, questions, orders(), st.data())
def test_narrowing_uncertainty_never_flips_a_known_answer(
    cell: Cell, at: datetime, record: Record, data: st.DataObject
) -> None:
    before = ruling(cell, at, record)
    after = ruling(cell, at, narrowed(record, data))
    assert before.lower <= after.lower <= after.upper <= before.upper


@given(cells.filter(lambda cell: not cell.sites), questions, orders(), st.data())
def test_knowing_less_of_the_site_tree_never_claims_more(
    cell: Cell, at: datetime, record: Record, data: st.DataObject
) -> None:
    known = tuple(data.draw(st.lists(st.sampled_from(TREE), unique=True)))
    blurred, sharp = ruling(cell, at, record, places=known), ruling(cell, at, record)
    assert blurred.lower <= sharp.lower <= sharp.upper <= blurred.upper


def together(record: Record, other: Record) -> Record:
    """Both missions' orders in one record; keys are shared, so a leak would show."""
    return Record(
        [*other.directives, *record.directives],
        [*other.lifts, *record.lifts],
        [*other.authorisations, *record.authorisations],
        TREE,
    )


def narrowed(record: Record, data: st.DataObject) -> Record:
    """The same record with any of its moments and scopes known more exactly."""

    def known_better(moment: Moment) -> Moment:
        other = moment.narrowed(data.draw(moments))
        return moment if other.conflicting else other

    return replace(
        record,
        directives=[
            replace(
                each,
                effective=known_better(each.effective),
                perhaps=data.draw(st.sampled_from([each.perhaps, each.surely])),
            )
            for each in record.directives
        ],
        lifts=[replace(each, effective=known_better(each.effective)) for each in record.lifts],
        authorisations=[
            replace(
                each,
                begins=known_better(each.begins),
                withdrawn=each.withdrawn and known_better(each.withdrawn),
            )
            for each in record.authorisations
        ],
    )
