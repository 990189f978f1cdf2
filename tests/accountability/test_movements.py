"""Movements: who is on the manifest, aboard, arrived; a head count that differs moves nobody."""

from datetime import timedelta

import pytest

from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.accountability import actions
from cadre.accountability.actions import NewMovement, NewMovementReport, NewMuster
from cadre.accountability.models import ManifestLine, Movement, MovementReport
from cadre.accountability.queries import MovementRead, When, movement, movements
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.actions import Misfit
from tests.accountability.conftest import ADVISER, COMMANDER, GERMANY, Open, Opened, World


def ordered(world: World, muster: Opened, **changes: object) -> Movement:
    said = {
        "mission": world.mission, "kind": "relocate", "title": "To the fort",
        "from_site": world.place.camp, "to_site": world.place.fort,
    }  # fmt: skip  # a table
    new = NewMovement(**said | changes)  # type: ignore[arg-type]  # the test says which
    return actions.order_movement(new, by=COMMANDER, at=muster.at)


def moved(muster: Opened, *codes: str, **changes: object) -> Movement:
    """A movement with these people on its manifest."""
    row = ordered(muster.world, muster, **changes)
    seats = dict.fromkeys((muster.world.people[code] for code in codes), "")
    actions.add_to_manifest(row, seats, by=COMMANDER, at=muster.at)
    return row


def report(
    row: Movement, muster: Opened, event: str, minutes: float, code: str = "", **more: object
) -> MovementReport:
    person = muster.world.people[code] if code else None
    said = {"event": event, "occurred_at": muster.after(minutes), "said_by": "Zoe"}
    new = NewMovementReport(person=person, **said | more)  # type: ignore[arg-type]  # the test says which
    return actions.report_movement(row, new, by=OPERATOR, at=muster.after(minutes))


def read(row: Movement, muster: Opened, minutes: float, viewer: Viewer = OPERATOR) -> MovementRead:
    when = When(muster.after(minutes), None, muster.after(minutes))
    found = movement(viewer, row.number, when, live_page=True)
    assert found is not None
    return found


def test_all_aboard_departed_and_arrived_with_as_many_heads(opened: Open) -> None:
    muster = opened()
    row = moved(muster, "anna", "dora")
    for code in ("anna", "dora"):
        assert read(row, muster, 3).all_aboard is False
        report(row, muster, "boarded", 2, code)
    report(row, muster, "departed", 5, head_count=2)
    under_way = read(row, muster, 6)
    report(row, muster, "arrived", 60, head_count=2)
    there = read(row, muster, 61)

    assert row.number == "M-MV-2026-001"
    assert (under_way.all_aboard, under_way.departed is not None, under_way.arrived) == (
        True, True, 0,
    )  # fmt: skip  # one row
    assert (there.all_arrived, there.head_count_differs) == (True, False)


def test_who_was_left_behind_has_not_arrived(opened: Open) -> None:
    muster = opened()
    row = moved(muster, "anna", "bert")
    report(row, muster, "boarded", 2, "anna")
    report(row, muster, "not_aboard", 2, "bert")
    report(row, muster, "arrived", 60, head_count=1)
    found = read(row, muster, 61)

    assert [(each.line.person.code, each.aboard, each.arrived) for each in found.people] == [
        ("anna", True, True), ("bert", False, False),
    ]  # fmt: skip  # a table
    assert (found.listed, found.aboard, found.left_behind, found.arrived) == (2, 1, 1, 1)


def test_a_head_count_that_differs_lets_nobody_arrive(opened: Open) -> None:
    muster = opened()
    row = moved(muster, "anna", "bert")
    report(row, muster, "arrived", 60, head_count=1)
    found = read(row, muster, 61)

    assert (found.arrived, found.head_count_differs) == (0, True)


def test_fewer_who_departed_than_are_on_the_manifest_is_told_at_once(opened: Open) -> None:
    muster = opened()
    row = moved(muster, "anna", "bert")
    report(row, muster, "departed", 5, head_count=1)
    short = read(row, muster, 6)
    report(row, muster, "not_aboard", 7, "bert")
    explained = read(row, muster, 8)

    assert (short.head_count_differs, explained.head_count_differs) == (True, False)


def test_numbers_are_of_all_and_names_as_released(opened: Open) -> None:
    muster = opened()
    row = moved(muster, "anna", "dora")
    report(row, muster, "boarded", 2, "dora")
    with seeing(GERMANY):
        found = read(row, muster, 3, GERMANY)
        reports = MovementReport.objects.count()

    assert [each.line.person.code for each in found.people] == ["anna"]
    assert (found.listed, found.hidden, found.aboard, reports) == (2, 1, 1, 0)


def test_everybody_at_a_site_is_put_on_the_manifest_also_who_is_not_seen(opened: Open) -> None:
    muster = opened()
    row = ordered(muster.world, muster)
    with seeing(COMMANDER):
        number = actions.add_everybody(row, by=COMMANDER, at=muster.at)
        again = actions.add_everybody(row, by=COMMANDER, at=muster.at)

    assert (number, again) == (3, 0)
    assert sorted(ManifestLine.objects.values_list("person__code", flat=True)) == [
        "anna", "bert", "dora",
    ]  # fmt: skip  # a list


def test_who_arrived_is_counted_at_the_new_place(opened: Open, world: World) -> None:
    muster = opened()
    row = moved(muster, "anna")
    report(row, muster, "arrived", 60, head_count=1)
    later = muster.after(60 * 24 * 30)
    there = actions.open_muster(
        NewMuster(mission=world.mission, sites=frozenset({"FORT"})), by=OPERATOR, at=later
    )
    entry = Opened(world, there, later).entry("anna")

    assert (entry.site, entry.place_source, entry.place_seen_at) == (
        "FORT", "arrival", muster.after(60),
    )  # fmt: skip  # one row


def test_an_exercise_moves_nobody_for_real(opened: Open, world: World) -> None:
    muster = opened()
    row = moved(muster, "anna", exercise=True)
    report(row, muster, "arrived", 60, head_count=1)
    later = muster.after(61)
    fort = NewMuster(mission=world.mission, sites=frozenset({"CAMP"}))

    assert Opened(world, actions.open_muster(fort, by=OPERATOR, at=later), later).entry(
        "anna"
    ).place_source == "post"  # fmt: skip  # one sentence


def test_several_reports_are_kept_together_or_not_at_all(opened: Open) -> None:
    muster = opened()
    row = moved(muster, "anna")
    people = muster.world.people
    news = [
        NewMovementReport(
            event="boarded", occurred_at=muster.after(1), said_by="Zoe", person=people[code]
        )
        for code in ("anna", "bert")
    ]
    with pytest.raises(Misfit, match="not on the manifest"):
        actions.report_movements(row, news, by=OPERATOR, at=muster.after(2))

    assert MovementReport.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"event": "flew"}, "event"),
        ({"event": "boarded", "code": ""}, "event"),
        ({"event": "arrived", "code": ""}, "head_count"),
        ({"head_count": 2}, "head_count"),
        ({"said_by": " "}, "said_by"),
        ({"code": "bert"}, "person"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    opened: Open, changes: dict[str, object], field: str
) -> None:
    muster = opened()
    row = moved(muster, "anna")
    said = {"event": "boarded", "minutes": 1, "code": "anna"}
    with pytest.raises(Misfit) as refusal:
        report(row, muster, **said | changes)  # type: ignore[arg-type]  # the case says which

    assert refusal.value.field == field


def test_a_movement_is_ordered_by_who_may_and_leads_somewhere(opened: Open) -> None:
    muster = opened()
    with pytest.raises(Misfit, match="leads somewhere else"):
        ordered(muster.world, muster, to_site=muster.world.place.camp)
    with pytest.raises(Misfit, match="Say where to"):
        ordered(muster.world, muster, to_site=None)
    assert ordered(muster.world, muster, kind="hibernate", to_site=None).kind == "hibernate"
    new = NewMovement(
        mission=muster.world.mission, kind="hibernate", title="x",
        from_site=muster.world.place.camp,
    )  # fmt: skip  # a value
    with pytest.raises(NotAllowed):
        actions.order_movement(new, by=ADVISER, at=muster.at)


def test_closing_wants_a_reason_while_somebody_has_not_arrived(opened: Open) -> None:
    muster = opened()
    row = moved(muster, "anna")
    with pytest.raises(Misfit, match="Say why it is over"):
        actions.close_movement(row, "", by=COMMANDER, at=muster.after(5))
    report(row, muster, "arrived", 60, "anna")
    actions.close_movement(row, "", by=COMMANDER, at=muster.after(61))

    with pytest.raises(Refused, match="is over"):
        actions.add_everybody(row, by=COMMANDER, at=muster.after(62))
    when = When(muster.after(62), None, muster.after(62))
    assert [each.end.ended_by for each in movements(OPERATOR, muster.world.mission, when)] == [
        "commander"
    ]


def test_nothing_is_known_of_a_movement_before_it_was_ordered(opened: Open) -> None:
    muster = opened()
    moved(muster, "anna")
    before = When(muster.at - timedelta(hours=1), None, muster.at)

    assert movements(OPERATOR, muster.world.mission, before) == []
