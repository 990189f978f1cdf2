"""Who stands on a list and where: sightings, statuses, arrivals, radius, wardens, settings."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.accountability import actions
from cadre.accountability.actions import NewList, NewStatus, Targets
from cadre.accountability.models import (
    MusterSettings,
    PersonnelStatus,
    Sighting,
    Warden,
    WardenList,
)
from cadre.accountability.queries import lists as lists_of
from cadre.accountability.queries import settings_of, targets_of
from cadre.core.moments import Moment
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission import actions as mission_actions
from cadre.mission.actions import Misfit, Stale
from cadre.mission.coordinates import Position
from cadre.mission.models import Organisation, Site
from cadre.mission.queries.versions import fingerprint
from cadre.situation.actions import NewIncident, report
from cadre.situation.models import Incident
from tests.accountability.conftest import (
    ADVISER,
    COMMANDER,
    DUTY,
    EARLIER,
    FRANCE,
    GERMANY,
    Open,
    World,
    hold_post,
    make_person,
    warden_row,
)
from tests.accountability.test_musters import listed, status

HOUR = timedelta(hours=1)
CAMP = frozenset({"CAMP"})


def seen(world: World, code: str, at: datetime, **where: object) -> Sighting:
    new = actions.NewSighting(person=world.people[code], seen_at=at, source="Zoe", **where)  # type: ignore[arg-type]  # the test says where
    return actions.sight(new, by=OPERATOR, at=max(at, EARLIER))


# --- places -------------------------------------------------------------------------------------


def test_who_was_seen_elsewhere_is_excluded_here_and_counted_there(
    world: World, opened: Open, at: datetime
) -> None:
    seen(world, "anna", at - HOUR, site=world.place.fort)
    here, there = opened(sites=CAMP), opened(sites=frozenset({"FORT"}))

    assert listed(here.row) == {"anna": "elsewhere", "bert": "", "dora": ""}
    assert listed(there.row) == {"anna": "", "carl": "", "emil": ""}
    assert here.entry("anna").excluded_because == (
        "known to be at Fort since 2026-01-05 11:00Z, said by: Zoe"
    )


def test_a_stale_sighting_excludes_nobody(world: World, opened: Open, at: datetime) -> None:
    seen(world, "anna", at - 12 * HOUR, site=world.place.fort)

    assert listed(opened(sites=CAMP).row)["anna"] == ""


def test_the_latest_of_sighting_and_status_says_where_somebody_is(
    world: World, opened: Open, at: datetime
) -> None:
    seen(world, "anna", at - 3 * HOUR, site=world.place.camp)
    status(world, "anna", "present", at - 2 * HOUR, site=world.place.fort)
    status(world, "bert", "present", at - 3 * HOUR, site=world.place.fort)
    seen(world, "bert", at - 2 * HOUR, site=world.place.camp)
    muster = opened()

    assert (muster.entry("anna").site, muster.entry("anna").place_source) == ("FORT", "status")
    assert (muster.entry("bert").site, muster.entry("bert").place_source) == ("CAMP", "sighting")


def test_hearsay_places_nobody(opened: Open) -> None:
    first = opened()
    first.says("anna", "safe", -30, site="FORT", voice="other", said_by="Zoe", how="heard")
    first.says("bert", "safe", -30, site="FORT")
    second = opened(sites=CAMP)

    assert listed(second.row) == {"anna": "", "bert": "elsewhere", "dora": ""}


def test_where_nobody_knows_the_place_the_person_is_counted(
    world: World, opened: Open, at: datetime
) -> None:
    with acting("test", by=OPERATOR, at=EARLIER):
        hold_post(make_person("nora", "DE"), world.mission, None)
        country = Site.objects.get(code="COUNTRY")
        hold_post(make_person("oleg", "DE"), world.mission, country)
    seen(world, "anna", at - HOUR, place="on the road")
    seen(world, "carl", at - HOUR, place="on the road")

    assert listed(opened(sites=CAMP).row) == {
        "anna": "", "bert": "", "carl": "", "dora": "", "nora": "", "oleg": "",
    }  # fmt: skip  # a table


def test_who_was_seen_here_though_on_leave_is_counted(
    world: World, opened: Open, at: datetime
) -> None:
    status(world, "anna", "leave", at - 48 * HOUR)
    status(world, "bert", "leave", at - 48 * HOUR)
    seen(world, "anna", at - HOUR, site=world.place.camp)

    assert listed(opened(sites=CAMP).row) == {"anna": "", "bert": "leave", "dora": ""}


@pytest.mark.parametrize("kind", ["visitor", "local_staff", "interpreter"])
def test_who_is_there_without_a_post_is_on_the_list(world: World, opened: Open, kind: str) -> None:
    with acting("test", by=OPERATOR, at=EARLIER):
        world.people["nora"] = make_person("nora", "IQ")
    status(world, "nora", kind, EARLIER, site=world.place.camp)
    counted, uncounted = opened(sites=CAMP), opened(counted_kinds=frozenset(), exercise=True)

    assert (listed(counted.row)["nora"], listed(uncounted.row)["nora"]) == ("", kind)
    assert counted.entry("nora").site == "CAMP"


def test_a_person_of_two_missions_is_counted_once(world: World, opened: Open, at: datetime) -> None:
    other = mission_actions.found_mission(
        mission_actions.NewMission(code="N", name="Sister", combat=False), by=OPERATOR, at=EARLIER
    )
    with acting("test", by=OPERATOR, at=EARLIER):
        hold_post(world.people["anna"], other, world.place.fort, code="P-sister")
        hold_post(make_person("nora", "DE"), other, world.place.fort)
    muster = opened(beside=(other,))

    assert sorted(listed(muster.row)) == ["anna", "bert", "carl", "dora", "emil", "nora"]
    assert (muster.entry("anna").mission, muster.entry("nora").mission) == ("M", "N")


def test_who_came_later_is_not_on_a_list_that_was_frozen(
    world: World, opened: Open, at: datetime
) -> None:
    muster = opened()
    with acting("test", by=OPERATOR, at=at):
        hold_post(make_person("nora", "DE"), world.mission, world.place.camp)

    assert "nora" not in listed(muster.row)


# --- around an incident -------------------------------------------------------------------------


def placed(site: Site, latitude: float, longitude: float, at: datetime) -> None:
    with acting("test", by=OPERATOR, at=at):
        Site.objects.filter(pk=site.pk).update(latitude=latitude, longitude=longitude)


def incident(at: datetime, **where: object) -> Incident:
    new = NewIncident(kind="attack", what="Shots.", occurred=Moment.at(at), **where)  # type: ignore[arg-type]  # the test says where
    return report(new, by=OPERATOR, at=at)


def test_around_an_incident_who_is_or_may_be_near_is_counted(
    world: World, opened: Open, at: datetime
) -> None:
    placed(world.place.camp, 33.30, 44.40, EARLIER)
    placed(world.place.fort, 36.20, 44.00, EARLIER)
    shots = incident(at, position=Position(33.31, 44.40))
    seen(world, "carl", at - HOUR, place="on the road")
    seen(world, "anna", at - HOUR, position=Position(36.2, 44.0))
    seen(world, "emil", at - HOUR, position=Position(33.30, 44.41))
    muster = opened(incident=shots, radius_km=5.0)

    assert listed(muster.row) == {
        "anna": "elsewhere",
        "bert": "",
        "carl": "",
        "dora": "",
        "emil": "",
    }
    assert (muster.row.affected_sites, muster.row.title) == (
        ["CAMP"],
        f"Muster after {shots.number}",
    )
    assert (muster.row.latitude, muster.row.longitude) == (33.31, 44.40)


def test_a_site_without_a_position_may_be_near(world: World, opened: Open, at: datetime) -> None:
    placed(world.place.camp, 33.30, 44.40, EARLIER)
    muster = opened(incident=incident(at, site=world.place.camp), radius_km=5.0)

    assert listed(muster.row) == dict.fromkeys(("anna", "bert", "carl", "dora", "emil"), "")


def test_around_a_place_that_nobody_can_measure_no_circle_is_drawn(
    opened: Open, at: datetime
) -> None:
    with pytest.raises(Misfit, match="Name sites instead"):
        opened(incident=incident(at, place="somewhere"), radius_km=5.0)


# --- statuses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"kind": "gone"}, "kind"), ({"ends_at": EARLIER}, "ends_at"), ({"kind": "present"}, "site")],
)
def test_a_status_that_makes_no_sense_is_refused_beside_its_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Misfit) as refusal:
        status(world, "anna", **{"kind": "leave", "at": EARLIER} | changes)  # type: ignore[arg-type]  # the case says which

    assert refusal.value.field == field


def test_a_status_carries_the_persons_marking_and_is_corrected_once(
    world: World, at: datetime
) -> None:
    new = NewStatus(
        person=world.people["dora"], mission=world.mission, kind="leave", begins_at=EARLIER
    )
    row = actions.set_status(new, by=FRANCE, at=at)
    corrected = NewStatus(
        person=world.people["dora"], mission=world.mission, kind="lent", begins_at=EARLIER,
        corrects=row.pk,
    )  # fmt: skip  # a value
    actions.set_status(corrected, by=FRANCE, at=at)

    assert row.marking == world.people["dora"].marking
    with seeing(GERMANY):
        assert PersonnelStatus.objects.count() == 0
    with pytest.raises(Refused, match="corrected already"):
        actions.set_status(corrected, by=FRANCE, at=at)
    with pytest.raises(NotAllowed):
        actions.set_status(new, by=ADVISER, at=at)


def test_a_status_of_somebody_else_is_not_corrected(world: World, at: datetime) -> None:
    row = actions.set_status(
        NewStatus(person=world.people["anna"], mission=world.mission, kind="leave",
                  begins_at=EARLIER), by=OPERATOR, at=at,
    )  # fmt: skip  # a row
    with pytest.raises(Refused, match="no such status"):
        status(world, "bert", "leave", EARLIER, corrects=row.pk)


# --- lists of wardens ---------------------------------------------------------------------------


def write(world: World, code: str, **rule: object) -> WardenList:
    new = NewList(code=code, title=code, **rule)  # type: ignore[arg-type]  # the test says which
    return actions.write_list(world.mission, new, by=OPERATOR, at=EARLIER)


def test_named_people_first_then_the_smallest_place_then_the_nation(
    world: World, opened: Open
) -> None:
    germany = Organisation.objects.get(code="DE")
    write(world, "all")
    write(world, "country", site=Site.objects.get(code="COUNTRY"))
    write(world, "camp", site=world.place.camp)
    write(world, "camp-de", site=world.place.camp, nation=germany)
    write(world, "named", people=("bert",))
    write(world, "dropped", site=world.place.fort, dropped=True)
    muster = opened()

    found = {code: muster.entry(code).list for code in world.people}
    assert {code: row.code if row else None for code, row in found.items()} == {
        "anna": "camp-de", "bert": "named", "carl": "country", "dora": "camp", "emil": "country",
    }  # fmt: skip  # a table


def test_who_stands_on_no_list_is_shown_so(world: World, opened: Open) -> None:
    write(world, "camp", site=world.place.camp)

    assert opened().entry("carl").list is None


def test_wardens_have_their_order_and_are_replaced(
    world: World, lists: dict[str, WardenList], at: datetime
) -> None:
    people = [world.people[code] for code in ("bert", "anna", "carl")]
    actions.set_wardens(lists["CAMP"], people, by=DUTY, at=at)

    live = Warden.objects.filter(list=lists["CAMP"], dropped=False).order_by("position")
    assert [each.person.code for each in live] == ["bert", "anna", "carl"]
    assert Warden.objects.filter(list=lists["CAMP"], dropped=True).count() == 2
    with pytest.raises(Misfit, match="each warden once"):
        actions.set_wardens(lists["CAMP"], [people[0], people[0]], by=DUTY, at=at)
    with pytest.raises(NotAllowed):
        actions.set_wardens(lists["CAMP"], people, by=ADVISER, at=at)


def test_a_list_is_changed_by_its_code_and_no_version_is_lost(world: World) -> None:
    row = write(world, "camp", site=world.place.camp)
    before = fingerprint(row)
    changed = write(world, "camp", site=world.place.fort)

    assert (changed.pk, changed.site) == (row.pk, world.place.fort)
    new = NewList(code="camp", title="camp")
    with pytest.raises(Stale):
        actions.write_list(world.mission, new, seen=before, by=OPERATOR, at=EARLIER)
    with pytest.raises(Misfit, match="no person “zoe”"):
        write(world, "other", people=("zoe",))


def test_wardens_whose_names_the_viewer_may_not_see_are_counted(
    world: World, lists: dict[str, WardenList]
) -> None:
    actions.set_wardens(lists["FORT"], [world.people["emil"]], by=OPERATOR, at=EARLIER)
    write(world, "empty", site=world.place.fort)
    with seeing(GERMANY):
        found = lists_read(GERMANY, world)

    assert found == {
        "CAMP": (["anna", "bert"], 0, False), "FORT": ([], 1, False), "empty": ([], 0, True),
    }  # fmt: skip  # a table


def lists_read(viewer: Viewer, world: World) -> dict[str, tuple[list[str], int, bool]]:
    return {
        each.row.code: (
            [row.person.code for row in each.wardens], each.hidden, each.without_warden,
        )
        for each in lists_of(viewer, world.mission)
    }  # fmt: skip  # a table


@pytest.mark.parametrize("column", ["position", "person"])
def test_the_database_keeps_one_warden_at_each_position(
    world: World, lists: dict[str, WardenList], at: datetime, column: str
) -> None:
    there = warden_row(lists["CAMP"])
    row = Warden(
        list=lists["CAMP"],
        person=there.person if column == "person" else world.people["carl"],
        position=there.position if column == "position" else 7,
    )
    with pytest.raises(IntegrityError), transaction.atomic(), acting("t", by=OPERATOR, at=at):
        row.save(force_insert=True)


# --- settings -----------------------------------------------------------------------------------


def test_a_mission_without_settings_has_the_usual_targets(world: World) -> None:
    usual = settings_of(OPERATOR, world.mission)

    assert [(each.percent, each.within, each.affected) for each in targets_of(usual)] == [
        (80, timedelta(minutes=15), False), (95, timedelta(minutes=60), False),
        (100, timedelta(hours=4), True), (100, timedelta(hours=12), False),
    ]  # fmt: skip  # a table


def test_settings_are_set_by_who_may_and_change(world: World, at: datetime) -> None:
    actions.set_targets(world.mission, Targets(first_minutes=10), by=COMMANDER, at=at)
    actions.set_targets(world.mission, Targets(first_minutes=5), by=COMMANDER, at=at)

    assert MusterSettings.objects.get().first_minutes == 5
    with pytest.raises(NotAllowed):
        actions.set_targets(world.mission, Targets(), by=ADVISER, at=at)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_share": 0}, "first_share"),
        ({"second_share": 70}, "second_share"),
        ({"second_share": 101}, "second_share"),
        ({"second_minutes": 14}, "second_minutes"),
        ({"call_minutes": 16}, "warden_minutes"),
        ({"search_minutes": 14}, "warden_minutes"),
        ({"recheck_minutes": 0}, "recheck_minutes"),
    ],
)
def test_targets_that_make_no_sense_are_refused_beside_their_field(
    world: World, at: datetime, changes: dict[str, int], field: str
) -> None:
    with pytest.raises(Misfit) as refusal:
        actions.set_targets(world.mission, Targets(**changes), by=COMMANDER, at=at)

    assert refusal.value.field == field


def test_a_muster_asks_again_as_the_settings_say(world: World, opened: Open, at: datetime) -> None:
    actions.set_targets(world.mission, Targets(recheck_minutes=60), by=COMMANDER, at=at)
    muster = opened()
    muster.says("anna", "safe", 1)

    assert [muster.board(minutes=m).numbers.recheck_due for m in (60, 61)] == [0, 1]
