"""The posture algebra: the case's answers by example, its promises against the oracle."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Orders as Record
from oracle import answer
from worlds import (
    TREE,
    cells,
    directives,
    lifts,
    moments,
    orders,
    questions,
    single_cells,
)

from cadre.core.moments import Moment, asked
from cadre.core.posture import (
    Authorisation,
    Cell,
    Directive,
    Lift,
    Orders,
    Posture,
    PostureError,
    Ruling,
    Scope,
    rule,
)

NMI = Scope("NMI")
TRAINING = Scope("NMI", lines=frozenset({"training"}))
MANDATE = Authorisation("mandate", NMI, Moment.parse("2018-10"))
STOP = Directive(
    key="stop",
    effect=Posture.SUSPENDED,
    authority="NATO",
    reason="to ensure the safety of its personnel",
    surely=TRAINING,
    perhaps=NMI,
    effective=Moment.parse("[2020-01-02..2020-01-06]"),
    temporary=True,
    claims=("F04",),
)
ROOM = ("iraq", "taji", "room")
HALL = ("iraq", "taji", "hall")


def ruling(
    cell: Cell, at: datetime, record: Record, places: tuple[tuple[str, ...], ...] = TREE
) -> Ruling:
    return rule(
        cell,
        at,
        directives=record.directives,
        lifts=record.lifts,
        authorisations=record.authorisations,
        places=places,
    )


def on_taji(*lifted: Lift, room: tuple[str, ...] = ROOM, nation: str | None = "DE") -> Ruling:
    """What a stop at Taji since 4 January is on 10 January, after these lifts."""
    stop = replace(
        STOP,
        surely=replace(TRAINING, sites=frozenset({"taji"})),
        perhaps=replace(TRAINING, sites=frozenset({"taji"})),
        effective=Moment.parse("2020-01-04"),
    )
    record = Record([stop], lifted, [MANDATE])
    cell = Cell("NMI", "training", room, nation)
    return ruling(cell, asked("2020-01-10"), record, places=(ROOM, HALL))


def lift_of_stop(key: str = "lift", at: str = "2020-01-08", **scope: frozenset[str]) -> Lift:
    return Lift(key, "stop", Scope("NMI", **scope), Moment.parse(at))


class TestTheCase:
    """NATO's training in Iraq, January 2020."""

    def posture(self, on: str, line: str = "training", *extra: Directive) -> Posture | None:
        record = Record([STOP, *extra], [], [MANDATE])
        return ruling(Cell("NMI", line), asked(on), record).posture

    def test_training_runs_before_anything_can_have_stopped_it(self) -> None:
        assert self.posture("2020-01-01") == Posture.RUNNING

    def test_while_the_stop_may_or_may_not_have_begun_nothing_is_stated(self) -> None:
        assert self.posture("2020-01-05") is None

    def test_once_the_stop_has_surely_begun_training_is_suspended(self) -> None:
        assert self.posture("2020-01-06") == Posture.SUSPENDED

    def test_a_second_source_that_narrows_the_start_settles_the_day_before(self) -> None:
        narrowed = STOP.effective.narrowed(Moment.parse("[..2020-01-04]"))
        sooner = replace(STOP, effective=narrowed)
        record = Record([sooner], [], [MANDATE])
        found = ruling(Cell("NMI", "training"), asked("2020-01-05"), record)
        assert found.posture == Posture.SUSPENDED

    def test_what_the_words_only_may_cover_is_not_stated(self) -> None:
        assert self.posture("2020-01-06", "advising") is None

    def test_no_posture_is_claimed_before_the_mission_was_authorised(self) -> None:
        assert self.posture("2018-09-30") is None

    def test_the_reason_leads_to_the_directive(self) -> None:
        found = ruling(Cell("NMI", "training"), asked("2020-01-06"), Record([STOP], [], [MANDATE]))
        assert [(each.directive.claims, each.certainty) for each in found.because] == [
            (("F04",), "surely")
        ]


class TestBasis:
    def test_without_an_authorisation_nothing_is_said_to_run(self) -> None:
        found = ruling(Cell("NMI", "training"), asked("2020-01-01"), Record())
        assert (found.lower, found.upper, found.posture) == (
            Posture.RUNNING,
            Posture.SUSPENDED,
            None,
        )

    def test_without_an_authorisation_a_sure_stop_is_still_a_stop(self) -> None:
        found = ruling(Cell("NMI", "training"), asked("2020-01-06"), Record([STOP]))
        assert found.posture == Posture.SUSPENDED

    @pytest.mark.parametrize(
        ("withdrawn", "posture"),
        [
            (None, Posture.RUNNING),
            (Moment.parse("[2020-03-02..]"), Posture.RUNNING),
            (Moment.parse("[..2020-03-05]"), None),
            (Moment.unknown(), None),
        ],
    )
    def test_a_host_request_that_may_be_withdrawn_carries_nothing(
        self, withdrawn: Moment | None, posture: Posture | None
    ) -> None:
        mandate = replace(MANDATE, withdrawn=withdrawn)
        found = ruling(
            Cell("NMI", "training"), asked("2020-03-01"), Record(authorisations=[mandate])
        )
        assert found.posture == posture

    def test_an_authorisation_of_one_line_does_not_open_another(self) -> None:
        mandate = replace(MANDATE, scope=TRAINING)
        record = Record(authorisations=[mandate])
        postures = [
            ruling(Cell("NMI", line), asked("2020-01-01"), record).posture
            for line in ("training", "advising")
        ]
        assert postures == [Posture.RUNNING, None]


class TestLifting:
    def test_lifting_a_room_restarts_that_room_only(self) -> None:
        lift = lift_of_stop(sites=frozenset({"room"}))
        assert [on_taji(lift, room=room).posture for room in (ROOM, HALL)] == [
            Posture.RUNNING,
            Posture.SUSPENDED,
        ]

    def test_an_area_of_which_a_part_was_lifted_has_no_one_posture(self) -> None:
        found = on_taji(lift_of_stop(sites=frozenset({"room"})), room=("iraq", "taji"))
        assert (found.posture, found.differs) == (None, True)
        assert [(each.certainty, each.partly) for each in found.because] == [("surely", True)]

    def test_lifts_that_together_cover_a_place_end_the_stop_there(self) -> None:
        lifts_of_both = [
            lift_of_stop("first", sites=frozenset({"room"}), nations=frozenset({"FR"})),
            lift_of_stop("second", sites=frozenset({"room"}), nations=frozenset({"DE"})),
        ]
        postures = [on_taji(*lifts_of_both, nation=nation).posture for nation in ("FR", "DE", "SE")]
        assert postures == [Posture.RUNNING, Posture.RUNNING, Posture.SUSPENDED]

    def test_lifts_of_the_nations_that_a_stop_named_end_it_for_all_nations(self) -> None:
        both = replace(TRAINING, nations=frozenset({"FR", "DE"}))
        stop = replace(STOP, surely=both, perhaps=both, effective=Moment.parse("2020-01-04"))
        one, other = (lift_of_stop(nation, nations=frozenset({nation})) for nation in ("FR", "DE"))
        cell = Cell("NMI", "training")
        found = [
            ruling(cell, asked("2020-01-10"), Record([stop], lifted, [MANDATE])).posture
            for lifted in ([one], [one, other])
        ]
        assert found == [None, Posture.RUNNING]

    def test_while_a_lift_may_or_may_not_have_come_nothing_is_stated(self) -> None:
        found = on_taji(lift_of_stop(at="[2020-01-08..2020-01-20]"))
        assert (found.lower, found.upper) == (Posture.RUNNING, Posture.SUSPENDED)

    def test_a_sure_lift_of_a_stop_that_may_not_have_begun_ends_it(self) -> None:
        stop = replace(STOP, effective=Moment.parse("[2020-01-02..2020-01-20]"))
        record = Record([stop], [lift_of_stop()], [MANDATE])
        found = ruling(Cell("NMI", "training", ROOM, "DE"), asked("2020-01-21"), record)
        assert found.posture == Posture.RUNNING

    def test_lifting_one_order_leaves_the_same_order_of_another_authority(self) -> None:
        national = replace(STOP, key="caveat", authority="Germany")
        record = Record([STOP, national], [lift_of_stop()], [MANDATE])
        found = ruling(Cell("NMI", "training", ROOM, "DE"), asked("2020-01-10"), record)
        assert [each.directive.authority for each in found.because] == ["Germany"]

    def test_another_order_where_one_was_lifted_keeps_the_whole_suspended(self) -> None:
        room = replace(TRAINING, sites=frozenset({"room"}))
        stop = replace(STOP, effective=Moment.parse("2020-01-04"))
        again = replace(stop, key="again", surely=room, perhaps=room)
        lift = lift_of_stop(sites=frozenset({"room"}))
        record = Record([stop, again], [lift], [MANDATE])
        cell = Cell("NMI", "training")
        found = ruling(cell, asked("2020-01-10"), record, places=(ROOM, HALL))
        assert (found.posture, found.differs) == (Posture.SUSPENDED, False)


class TestRefusals:
    @pytest.mark.parametrize("dimension", ["lines", "sites", "nations"])
    def test_a_scope_of_nothing_is_refused(self, dimension: str) -> None:
        with pytest.raises(PostureError, match=f"at least one of its {dimension}"):
            Scope("NMI", **{dimension: frozenset()})

    def test_there_is_no_directive_to_resume(self) -> None:
        with pytest.raises(PostureError, match="lift what stops"):
            replace(STOP, effect=Posture.RUNNING)

    def test_a_directive_of_two_missions_is_refused(self) -> None:
        with pytest.raises(PostureError, match="one mission only"):
            replace(STOP, perhaps=Scope("OIR"))

    def test_an_authorisation_of_one_site_is_refused(self) -> None:
        with pytest.raises(PostureError, match="all sites"):
            replace(MANDATE, scope=replace(NMI, sites=frozenset({"taji"})))

    def test_a_moment_without_time_zone_is_refused_everywhere(self) -> None:
        naive, cell = datetime(2020, 1, 6), Cell("NMI", "training")  # noqa: DTZ001  # that is the point
        with pytest.raises(PostureError, match="no time zone"):
            ruling(cell, naive, Record())
        with pytest.raises(PostureError, match="no time zone"):
            Orders([], [], []).rule(cell, naive)


class TestScopes:
    def test_only_all_covers_a_whole_dimension_and_anything_touches_it(self) -> None:
        whole = Cell("NMI", "training")
        named = replace(NMI, sites=frozenset({"taji"}), nations=frozenset({"DE"}))
        assert [(scope.covers(whole), scope.touches(whole)) for scope in (NMI, named)] == [
            (True, True),
            (False, True),
        ]

    def test_naming_a_site_names_everything_under_it(self) -> None:
        taji = replace(NMI, sites=frozenset({"taji"}))
        cells_below = [
            Cell("NMI", "training", path, "DE") for path in (ROOM, ("iraq",), ("other",))
        ]
        assert [taji.covers(cell) for cell in cells_below] == [True, False, False]

    def test_a_scope_is_within_one_that_names_as_much_or_all(self) -> None:
        assert [
            TRAINING.within(NMI),
            NMI.within(TRAINING),
            TRAINING.within(TRAINING),
            TRAINING.within(Scope("OIR")),
        ] == [True, False, True, False]

    def test_the_words_of_the_postures(self) -> None:
        assert [posture.word for posture in Posture] == ["running", "restricted", "suspended"]


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
    assert found == [ruling(cell, at, everything) for cell, at in asked_about]


@given(cells, questions, orders())
def test_compiled_orders_without_places_give_the_same_rulings(
    cell: Cell, at: datetime, record: Record
) -> None:
    compiled = Orders(record.directives, record.lifts, record.authorisations)
    assert compiled.rule(cell, at) == ruling(cell, at, record, places=())


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


def test_lifts_at_places_that_may_be_one_inside_the_other_restart_the_whole_perhaps() -> None:
    """Each of two stops is lifted at one place: where the places meet, nothing is left."""
    stop = replace(STOP, effective=Moment.parse("2020-01-04"))
    other = replace(stop, key="other")
    at_taji = lift_of_stop("taji", sites=frozenset({"taji"}))
    in_room = replace(lift_of_stop("room", sites=frozenset({"room"})), directive="other")
    record = Record([stop, other], [at_taji, in_room], [MANDATE])
    trees = [(), (ROOM,), (("iraq", "taji"), ("iraq", "room"))]
    found = [
        ruling(Cell("NMI", "training", (), "DE"), asked("2020-01-10"), record, places=tree)
        for tree in trees
    ]
    assert [each.posture for each in found] == [None, None, Posture.SUSPENDED]


def test_the_last_moment_of_the_calendar_is_a_moment_like_any_other() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    record = Record([replace(STOP, effective=Moment.at(last))], [], [MANDATE])
    cell = Cell("NMI", "training")
    compiled = Orders(record.directives, record.lifts, record.authorisations)
    assert compiled.rule(cell, last) == ruling(cell, last, record, places=())
    assert compiled.rule(cell, last).posture == Posture.SUSPENDED


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
