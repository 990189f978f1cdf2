"""The posture algebra by example, the January 2020 case first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

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
)
from tests.core.oracle import Orders as Record
from tests.core.worlds import ruling

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
        with pytest.raises(PostureError, match="no time zone"):
            Orders([], [], []).rule_once(cell, naive)


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
