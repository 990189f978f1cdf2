"""Opening and closing musters: the list is frozen, counted once, and says why somebody is not."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.accountability import actions
from cadre.accountability.actions import NewMuster, NewStatus
from cadre.accountability.models import Muster, MusterEnd, MusterEntry
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.actions import Misfit
from cadre.mission.models import Person
from tests.accountability.conftest import (
    ADVISER,
    COMMANDER,
    DUTY,
    EARLIER,
    FRANCE,
    GERMANY,
    Open,
    World,
)


def listed(row: Muster) -> dict[str, str]:
    """Why each person on the list is not counted, by code; "" is counted."""
    with seeing(OPERATOR):
        entries = MusterEntry.objects.filter(muster=row).select_related("person")
        return {each.person.code: each.excluded for each in entries}


def test_everybody_with_a_post_is_counted_and_the_list_is_frozen(
    opened: Open, at: datetime
) -> None:
    muster = opened()
    with acting("test", by=OPERATOR, at=at):
        Person.objects.filter(code="anna").update(name="Anna Other")

    assert (muster.row.number, muster.row.opened_by) == ("M-M-2026-001", "operator")
    assert listed(muster.row) == dict.fromkeys(("anna", "bert", "carl", "dora", "emil"), "")
    entry = muster.entry("dora")
    assert (entry.nation, entry.site, entry.place_source, entry.role) == (
        "FR", "CAMP", "post", "Trainer",
    )  # fmt: skip  # one row
    assert entry.marking == Person.objects.get(code="dora").marking


def test_a_muster_of_a_site_counts_who_is_there(opened: Open) -> None:
    assert listed(opened(sites=frozenset({"CAMP"})).row) == {"anna": "", "bert": "", "dora": ""}


def test_a_muster_of_a_nation_counts_its_people_by_its_representative(opened: Open) -> None:
    muster = opened(nations=frozenset({"FR"}), by=FRANCE)

    assert listed(muster.row) == {"dora": "", "emil": ""}


@pytest.mark.parametrize(
    ("by", "nations"),
    [
        (ADVISER, None),
        (FRANCE, None),
        (FRANCE, frozenset({"DE"})),
        (FRANCE, frozenset({"DE", "FR"})),
    ],
)
def test_nobody_else_opens_one(opened: Open, by: Viewer, nations: frozenset[str] | None) -> None:
    with pytest.raises(NotAllowed):
        opened(by=by, nations=nations)


def test_the_duty_officer_counts_people_whose_names_he_may_not_see(opened: Open) -> None:
    with seeing(DUTY):
        muster = opened(by=DUTY)
        seen = MusterEntry.objects.filter(muster=muster.row).count()

    assert seen == 0  # he is of no nation
    assert len(listed(muster.row)) == 5


def test_two_presses_open_one(opened: Open) -> None:
    opened()

    with pytest.raises(Refused, match="open already, as M-M-2026-001"):
        opened()


def test_an_exercise_stands_beside_a_real_one(opened: Open) -> None:
    opened()

    assert opened(exercise=True).row.number == "M-M-2026-002"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sites": frozenset({"MOON"})}, "sites"),
        ({"sites": frozenset()}, "sites"),
        ({"nations": frozenset({"XX"})}, "nations"),
        ({"radius_km": 5.0}, "incident"),
        ({"counts_from": datetime.fromisoformat("2030-01-01T00:00Z")}, "counts_from"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    opened: Open, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Misfit) as refusal:
        opened(**changes)

    assert refusal.value.field == field


def test_a_muster_of_nobody_is_refused(world: World, at: datetime) -> None:
    with pytest.raises(Refused, match="Nobody is on record"):
        actions.open_muster(
            NewMuster(mission=world.mission, nations=frozenset({"IQ"})), by=OPERATOR, at=at
        )


def status(world: World, code: str, kind: str, at: datetime, **more: object) -> None:
    said = {"person": world.people[code], "mission": world.mission, "kind": kind, "begins_at": at}
    actions.set_status(NewStatus(**said | more), by=OPERATOR, at=at)  # type: ignore[arg-type]  # the test says which


def test_who_is_absent_is_excluded_and_the_list_says_why(
    world: World, opened: Open, at: datetime
) -> None:
    status(world, "anna", "leave", EARLIER, ends_at=at + timedelta(days=2), place="Berlin")
    status(world, "bert", "lent", EARLIER)
    status(world, "carl", "leave", EARLIER, ends_at=at)  # came back: the end is half-open
    muster = opened()

    assert listed(muster.row) == {
        "anna": "leave",
        "bert": "lent",
        "carl": "",
        "dora": "",
        "emil": "",
    }
    assert muster.entry("anna").excluded_because == (
        "on leave from 2019-01-01 00:00Z until 2026-01-07 12:00Z; place: Berlin"
    )
    assert muster.entry("bert").excluded_because == (
        "lent to somebody else since 2019-01-01 00:00Z; place: not stated"
    )


def test_kinds_are_counted_as_chosen_at_opening(world: World, opened: Open) -> None:
    status(world, "anna", "leave", EARLIER)
    status(world, "bert", "transit", EARLIER)
    nobody = opened(counted_kinds=frozenset())
    everybody = opened(counted_kinds=frozenset({"leave", "transit"}), exercise=True)

    assert (listed(nobody.row)["anna"], listed(nobody.row)["bert"]) == ("leave", "transit")
    assert (listed(everybody.row)["anna"], listed(everybody.row)["bert"]) == ("", "")


def test_a_corrected_status_no_longer_counts(world: World, opened: Open, at: datetime) -> None:
    first = actions.set_status(
        NewStatus(person=world.people["anna"], mission=world.mission, kind="leave",
                  begins_at=EARLIER), by=OPERATOR, at=EARLIER,
    )  # fmt: skip  # a row
    status(world, "anna", "leave", EARLIER, ends_at=at - timedelta(days=1), corrects=first.pk)

    assert listed(opened().row)["anna"] == ""


def test_closing_counts_who_is_not_resolved_and_wants_a_reason(opened: Open) -> None:
    muster = opened()
    for code in ("anna", "bert", "carl", "dora"):
        muster.says(code, "safe", 1)
    with pytest.raises(Misfit) as refusal:
        actions.close_muster(muster.row, " ", by=COMMANDER, at=muster.after(5))
    end = actions.close_muster(
        muster.row, "Looked for elsewhere.", by=COMMANDER, at=muster.after(5)
    )

    assert refusal.value.field == "reason"
    assert (end.open_count, end.ended_by) == (1, "commander")
    with pytest.raises(Refused, match="closed already"):
        actions.close_muster(muster.row, "Again.", by=COMMANDER, at=muster.after(6))


def test_without_anybody_open_no_reason_is_wanted(opened: Open) -> None:
    muster = opened(nations=frozenset({"FR"}))
    for code in ("dora", "emil"):
        muster.says(code, "safe", 1)

    assert actions.close_muster(muster.row, "", by=FRANCE, at=muster.after(5)).open_count == 0


@pytest.mark.parametrize("by", [ADVISER, GERMANY])
def test_not_everybody_closes_one(opened: Open, by: Viewer) -> None:
    muster = opened()

    with pytest.raises(NotAllowed):
        actions.close_muster(muster.row, "Over.", by=by, at=muster.after(5))


def test_the_database_keeps_the_rules_of_musters(opened: Open, at: datetime) -> None:
    row = opened().row
    entry = MusterEntry.objects.filter(muster=row).select_related("person").first()
    assert entry is not None
    said = {"recorded_at": at, "recorded_by": "x", "known_from": at}
    for wrong in (
        MusterEntry(muster=row, person=entry.person, nation="DE", mission="M", **said),
        MusterEnd(muster=row, at=at, ended_by="x", open_count=1, **said),
        Muster(mission=row.mission, number="X", title="X", sites=[], opened_at=at, counts_from=at,
               code="1", opened_by="x", **said),
        Muster(mission=row.mission, number="X", title="X", opened_at=at, code="1", opened_by="x",
               counts_from=at + timedelta(hours=1), **said),
        Muster(mission=row.mission, number="X", title="X", opened_at=at, code="1", opened_by="x",
               counts_from=at, radius_km=3, latitude=200, longitude=2, **said),
    ):  # fmt: skip  # rows
        with pytest.raises(IntegrityError), transaction.atomic(), acting("t", by=OPERATOR, at=at):
            wrong.save(force_insert=True)
