"""Pages of musters: what an officer sees and does, and whose names nobody sees there."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pytest_django import Settings

from cadre.access.actions import acting
from cadre.access.models import Account, marking_values
from cadre.accountability import actions, links
from cadre.accountability.models import (
    CheckIn,
    FollowUp,
    Mention,
    Muster,
    MusterEnd,
    MusterEntry,
    MusterSettings,
    NextOfKinHold,
    PersonnelStatus,
    Sighting,
    WardenList,
)
from cadre.core.releasability import OPERATOR, Classification, Marking
from cadre.mission.models import Person, Site
from tests.accountability.conftest import Open, Opened, World, warden_row
from tests.directives.conftest import SignIn, sign_in

__all__ = ["sign_in"]

NAMES = ("Anna", "Bert", "Carl", "Dora", "Emil")
MINUTE = "%Y-%m-%dT%H:%MZ"
type Staff = Callable[[], Client]


@pytest.fixture(autouse=True)
def clock(settings: Settings, at: datetime, tmp_path: Path) -> datetime:
    """The present: half an hour after what the tests put on record."""
    now = at + timedelta(minutes=30)
    settings.CADRE_CLOCK = now.isoformat()
    settings.CADRE_CLOCK_STARTED = tmp_path / "clock-started"
    return now


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    """The duty officer, who sees the names that nations share with the mission."""
    return sign_in("duty_officer", "M")


@pytest.fixture
def germany(sign_in: SignIn) -> Client:
    return sign_in("senior_national_representative", "DE", name="germany")


@pytest.fixture
def france(sign_in: SignIn) -> Client:
    return sign_in("senior_national_representative", "FR", name="france")


def names_in(text: str) -> list[str]:
    """Whose names a text says."""
    return [name for name in NAMES if name in text]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def on_paper(client: Client, address: str) -> str:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "\n".join(each.extract_text() for each in pages)


def board_of(opened: Opened) -> str:
    return f"/musters/{opened.row.number}/"


def report(opened: Opened, code: str, step: str = "report") -> str:
    return f"/musters/people/{opened.entry(code).pk}/{step}/"


def said(at: datetime, **changes: object) -> dict[str, object]:
    return {
        "state": "safe", "said_by": "Ada", "how": "seen", "voice": "in charge",
        "occurred_at": f"{at:{MINUTE}}", **changes,
    }  # fmt: skip  # one form


# --- opening ------------------------------------------------------------------------------------


def test_second_press_opens_what_the_first_showed(world: World, staff: Client) -> None:
    shown = page(staff, "/musters/open/?sites=CAMP")
    answer = staff.post(
        "/musters/open/?sites=CAMP", {"sites": ["CAMP"], "counted_kinds": ["visitor"]}
    )
    row = Muster.objects.get()

    assert "3 people are counted." in shown
    assert re.search(r'name="sites"[^>]*value="CAMP"[^>]*checked', shown)
    assert answer["Location"] == f"/musters/{row.number}/"
    assert (row.sites, row.counted_kinds) == (["CAMP"], ["visitor"])
    assert MusterEntry.objects.filter(muster=row, excluded="").count() == 3


def test_showing_who_would_be_counted_opens_nothing(world: World, staff: Client) -> None:
    shown = staff.post("/musters/open/", {"sites": ["FORT"], "show": "1"}).content.decode()

    assert "2 people are counted." in shown
    assert Muster.objects.count() == 0


def test_preview_names_who_is_not_counted_and_why(
    world: World, staff: Client, at: datetime
) -> None:
    state(staff, "bert", kind="leave", begins_at="2026-01-01", place="Home")

    shown = page(staff, "/musters/open/?sites=CAMP")
    assert "2 people are counted." in shown
    assert "on leave" in shown
    assert "Home" in shown


def test_representative_opens_one_of_the_own_nation_only(world: World, germany: Client) -> None:
    refused = germany.post("/musters/open/", {"sites": ["CAMP"]})
    taken = germany.post("/musters/open/", {"nations": ["DE"]})

    assert (refused.status_code, taken.status_code) == (403, 302)
    assert Muster.objects.get().nations == ["DE"]


def test_who_may_not_open_is_told_whom_to_call(world: World, sign_in: SignIn) -> None:
    press = sign_in("press_officer", "M")

    assert "Call the duty officer" in page(press, "/musters/open/")
    assert "Call the duty officer" in press.post("/musters/open/", {}).content.decode()
    assert Muster.objects.count() == 0


def test_opening_lets_a_pinned_clock_run(world: World, staff: Client, settings: Settings) -> None:
    staff.post("/musters/open/", {"nations": ["DE"]})

    assert Path(settings.CADRE_CLOCK_STARTED).exists()


# --- the board ----------------------------------------------------------------------------------


def test_each_sees_the_names_that_are_released_and_counts_of_the_others(
    opened: Open, staff: Client, germany: Client, france: Client
) -> None:
    address = board_of(opened())
    texts = [page(client, address) for client in (staff, germany, france)]

    assert [names_in(text) for text in texts] == [
        ["Anna", "Bert", "Carl"], ["Anna", "Bert", "Carl"], ["Dora", "Emil"],
    ]  # fmt: skip
    assert ["0 of 5" in text for text in texts] == [True, True, True]
    assert "2 of France, the names are not released to you" in texts[0]
    assert "3 of Germany, the names are not released to you" in texts[2]


def test_board_says_how_many_are_accounted_for_and_who_needs_help_first(
    opened: Open, staff: Client
) -> None:
    muster = opened()
    muster.says("anna", "safe", 1)
    muster.says("carl", "need help", 2)
    text = page(staff, board_of(muster))

    assert "40 %" in text
    assert "2 of 5" in text
    assert text.index("Carl") < text.index("Bert")


def test_unclear_words_are_shown_raw_until_somebody_decides(
    opened: Open, staff: Client, clock: datetime
) -> None:
    muster = opened()
    muster.says("anna", "", 1, words="I am not ok?")
    before = page(staff, board_of(muster))
    answer = staff.post(report(muster, "anna"), said(clock))
    after = page(staff, board_of(muster))

    assert "I am not ok?" in before
    assert "Decide how the person is" in before
    assert answer.status_code == 302
    assert "I am not ok?" not in after
    assert muster.states(30)["anna"] == "safe"


def test_contradiction_is_shown_as_loudly_as_a_problem(opened: Open, staff: Client) -> None:
    muster = opened()
    muster.says("anna", "need help", 1)
    muster.says("anna", "safe", 2)

    assert page(staff, board_of(muster)).count("contradicted") >= 2


def test_the_part_that_is_polled_is_not_sent_again_unchanged(opened: Open, staff: Client) -> None:
    address = f"{board_of(opened())}?on=2026-01-05T12:20Z&known_on=2026-01-05T12:20Z"
    first = staff.get(address, headers={"HX-Request": "true"})
    again = staff.get(address, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert "<html" not in first.content.decode()


def test_board_asks_no_more_often_for_more_people(opened: Open, staff: Client) -> None:
    def queries(address: str) -> int:
        page(staff, address)
        with CaptureQueriesContext(connections["default"]) as captured:
            page(staff, address)
        return len(captured)

    one = opened(nations=frozenset({"DE"}), sites=frozenset({"FORT"}))
    more = opened(sites=frozenset({"CAMP", "FORT"}))
    one.says("carl", "need help", 1)
    for code in ("anna", "bert", "carl"):
        more.says(code, "need help", 2)

    assert queries(board_of(more)) == queries(board_of(one))


def test_what_was_done_about_silence_stands_on_the_board(
    opened: Open, staff: Client, clock: datetime
) -> None:
    muster = opened()
    form = page(staff, f"{report(muster, 'bert', 'step')}?step=call")
    answer = staff.post(
        report(muster, "bert", "step"),
        {"step": "call", "outcome": "engaged", "done_at": f"{clock:{MINUTE}}"},
    )

    assert 'value="call" selected' in form
    assert answer.status_code == 302
    assert FollowUp.objects.get().outcome == "engaged"
    assert "engaged" in page(staff, board_of(muster))


def test_report_sent_twice_is_one_report(opened: Open, staff: Client, clock: datetime) -> None:
    muster = opened()
    key = re.search(r'name="key" value="([^"]+)"', page(staff, report(muster, "anna")))
    assert key is not None
    for _time in range(2):
        answer = staff.post(report(muster, "anna"), said(clock, key=key[1]))
        assert answer.status_code == 302

    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize(
    ("missing", "field"), [("how", "How they know"), ("said_by", "Said by"), ("state", "person is")]
)
def test_report_of_another_says_who_and_how_they_know(
    opened: Open, staff: Client, clock: datetime, missing: str, field: str
) -> None:
    muster = opened()
    answer = staff.post(report(muster, "anna"), said(clock, **{missing: ""}))

    assert answer.status_code == 422
    assert field in answer.content.decode()
    assert CheckIn.objects.count() == 0


def test_help_in_the_minute_of_opening_counts_and_a_safe_word_of_it_does_not(
    world: World, opened: Open, staff: Client, at: datetime
) -> None:
    """Whoever types minutes loses no call for help, and nobody is safe by a word said before."""
    muster = actions.open_muster(
        actions.NewMuster(mission=world.mission), by=OPERATOR, at=at + timedelta(seconds=40)
    )
    found = Opened(world, muster, muster.opened_at)
    for code, word in (("anna", "need help"), ("bert", "safe")):
        assert staff.post(report(found, code), said(at, state=word)).status_code == 302

    states = found.states(29)
    assert (states["anna"], states["bert"]) == ("need help", "unaccounted")


def test_entry_of_another_nation_is_not_there(
    opened: Open, germany: Client, clock: datetime
) -> None:
    muster = opened()
    addresses = [f"/musters/people/{muster.entry('dora').pk}/", report(muster, "dora")]

    assert [germany.get(each).status_code for each in addresses] == [404, 404]
    assert germany.post(addresses[1], said(clock)).status_code == 404
    assert CheckIn.objects.count() == 0


def test_everybody_is_listed_by_state_and_place(opened: Open, staff: Client) -> None:
    muster = opened()
    muster.says("anna", "safe", 1)
    address = f"{board_of(muster)}everybody/"
    asked = ("", "?state=safe", "?site=FORT", "?nation=FR", "?state=injured")

    assert [names_in(page(staff, address + each)) for each in asked] == [
        ["Anna", "Bert", "Carl"], ["Anna"], ["Carl"], [], [],
    ]  # fmt: skip


# --- closing, targets ---------------------------------------------------------------------------


def test_closing_with_somebody_open_needs_a_reason(opened: Open, staff: Client) -> None:
    address = f"{board_of(opened())}close/"
    refused = staff.post(address, {"reason": ""})
    taken = staff.post(address, {"reason": "The others were flown out."})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert MusterEnd.objects.get().open_count == 5


def test_adviser_neither_closes_nor_sets_targets(opened: Open, sign_in: SignIn) -> None:
    address = board_of(opened())
    adviser = sign_in("adviser", "M")

    assert adviser.post(f"{address}close/", {"reason": "x"}).status_code == 403
    assert adviser.get("/missions/M/musters/targets/").status_code == 403
    assert MusterEnd.objects.count() == 0
    assert "Close the muster" not in page(adviser, address)


def test_targets_are_set_and_held_against(opened: Open, staff: Client) -> None:
    fields = {
        "first_share": 50, "first_minutes": 10, "second_share": 95, "second_minutes": 60,
        "affected_hours": 4, "mission_hours": 12, "call_minutes": 10, "warden_minutes": 15,
        "search_minutes": 45, "recheck_minutes": "", "nok_hours": 24,
    }  # fmt: skip  # one form
    assert staff.post("/missions/M/musters/targets/", fields).status_code == 302

    assert MusterSettings.objects.get().first_share == 50
    text = page(staff, board_of(opened()))
    assert "50 % accounted for" in text
    assert "missed" in text


# --- exercises ----------------------------------------------------------------------------------


def test_exercise_says_so_on_every_way_out(opened: Open, staff: Client) -> None:
    real, played = opened(nations=frozenset({"FR"})), opened(exercise=True)

    def says(muster: Opened) -> list[bool]:
        address = board_of(muster)
        files = f"{address}perstat/?form="
        return [
            "EXERCISE" in page(staff, address),
            "EXERCISE" in page(staff, f"{address}perstat/"),
            "EXERCISE" in page(staff, f"{files}csv"),
            "EXERCISE" in on_paper(staff, f"{files}pdf"),
            "EXERCISE" in on_paper(staff, f"{address}paper/tree/"),
            "EXERCISE" in on_paper(staff, f"{address}paper/list/-/"),
            staff.get(f"/api/v1{address.rstrip('/')}").json()["exercise"],
        ]

    assert says(played) == [True] * 7
    assert says(real) == [False] * 7


# --- PERSTAT and paper --------------------------------------------------------------------------


def test_perstat_tells_any_past_minute(opened: Open, staff: Client) -> None:
    muster = opened()
    muster.says("anna", "safe", 5)
    muster.says("bert", "safe", 15)
    address = f"{board_of(muster)}perstat/?form=csv&on=2026-01-05T12:{{minute}}Z"
    rows = {
        minute: [row for row in page(staff, address.format(minute=minute)).splitlines()
                 if row.startswith("Numbers,All")]
        for minute in ("04", "10", "20")
    }  # fmt: skip

    assert rows == {
        "04": ["Numbers,All,,5,5,0,5"],
        "10": ["Numbers,All,,5,5,1,4"],
        "20": ["Numbers,All,,5,5,2,3"],
    }


def test_perstat_without_a_muster_says_that_nobody_was_asked(world: World, staff: Client) -> None:
    text = page(staff, "/missions/M/perstat/")

    assert "nobody was asked" in text
    assert names_in(text) == ["Anna", "Bert", "Carl"]


def test_held_name_leaves_by_no_way_out_though_its_page_shows_it(
    world: World, opened: Open, germany: Client, staff: Client, lists: dict[str, WardenList]
) -> None:
    muster = opened()
    address = board_of(muster)
    ways = (
        lambda client: page(client, f"{address}perstat/?form=csv"),
        lambda client: on_paper(client, f"{address}perstat/?form=pdf"),
        lambda client: page(client, "/missions/M/perstat/?form=csv"),
        lambda client: on_paper(client, f"{address}paper/tree/"),
        lambda client: on_paper(client, f"{address}paper/list/CAMP/"),
        lambda client: page(client, f"/api/v1{address.rstrip('/')}"),
        lambda client: page(client, "/api/v1/missions/M/perstat"),
        lambda client: page(client, "/api/v1/missions/M/wardens"),
    )

    def told() -> list[list[bool]]:
        return [["Anna" in way(client) for way in ways] for client in (germany, staff)]

    before = told()
    answer = germany.post("/people/anna/hold/", {"why": "Killed"})
    after = told()

    assert answer.status_code == 302
    assert before == [[True] * len(ways)] * 2
    assert after == [[False] * len(ways)] * 2
    assert "Anna" in page(germany, address)
    assert "the name is held" in page(staff, address)


def test_roster_that_came_back_is_entered_whole_or_not_at_all(
    opened: Open, staff: Client, lists: dict[str, WardenList], clock: datetime
) -> None:
    muster = opened()
    address = f"{board_of(muster)}paper/list/CAMP/enter/"
    lines = {"state_0": "safe", "occurred_at_0": "2026-01-05T12:10Z", "state_1": "injured"}
    about = {"said_by": "Bert", "how": "seen", "voice": "in charge"}
    refused = staff.post(address, about | lines | {"occurred_at_1": ""})
    none = CheckIn.objects.count()
    taken = staff.post(address, about | lines | {"occurred_at_1": "2026-01-05T12:12Z"})
    rows = CheckIn.objects.order_by("occurred_at").select_related("person")

    assert (refused.status_code, none, taken.status_code) == (422, 0, 302)
    assert [(row.person.code, row.state, row.channel, row.said_by) for row in rows] == [
        ("anna", "safe", "paper", "Bert"), ("bert", "injured", "paper", "Bert"),
    ]  # fmt: skip
    assert {row.recorded_at >= clock for row in rows} == {True}
    assert {row.occurred_at < clock for row in rows} == {True}


def test_roster_has_a_line_to_tick_for_each_who_may_be_named(
    opened: Open, staff: Client, lists: dict[str, WardenList]
) -> None:
    text = on_paper(staff, f"{board_of(opened())}paper/list/CAMP/")

    assert names_in(text) == ["Anna", "Bert"]
    assert "And one whose name is not released to you or is held." in text


def test_call_tree_has_each_warden_with_the_people_below(
    opened: Open, staff: Client, lists: dict[str, WardenList]
) -> None:
    text = on_paper(staff, f"{board_of(opened())}paper/tree/")

    assert "List of CAMP: Anna; Bert" in text
    assert "List of FORT: Carl; Bert" in text


# --- people -------------------------------------------------------------------------------------


def state(client: Client, person: str, **fields: str) -> None:
    answer = client.post(f"/people/{person}/stays/new/", {"mission": "M", **fields})
    assert answer.status_code == 302, answer.content.decode()


def test_stay_is_stated_shown_and_corrected(world: World, staff: Client) -> None:
    state(staff, "bert", kind="leave", begins_at="2026-01-01", place="Home")
    row = PersonnelStatus.objects.get()
    listed = page(staff, "/missions/M/stays/")
    form = page(staff, f"/people/bert/stays/new/?corrects={row.pk}")
    state(
        staff, "bert", kind="transit", begins_at="2026-01-01", place="Airport",
        corrects=str(row.pk),
    )  # fmt: skip  # one form
    text = page(staff, "/people/bert/whereabouts/")

    assert ("Bert" in listed, "on leave" in listed) == (True, True)
    assert 'value="Home"' in form
    assert ("in transit" in text, "on leave" in text) == (True, False)


def test_stays_of_another_nation_are_not_listed(
    world: World, france: Client, staff: Client
) -> None:
    state(staff, "bert", kind="leave", begins_at="2026-01-01", place="Home")

    assert names_in(page(staff, "/missions/M/stays/")) == ["Bert"]
    assert names_in(page(france, "/missions/M/stays/")) == []


def test_sighting_is_the_last_known_place(world: World, staff: Client) -> None:
    answer = staff.post(
        "/people/bert/sightings/new/",
        {"seen_at": "2026-01-05T12:00Z", "site": "FORT", "source": "Guard", "how": "seen"},
    )
    text = page(staff, "/people/bert/whereabouts/")

    assert answer.status_code == 302
    assert Sighting.objects.get().source == "Guard"
    assert ("Fort" in text, "fresh" in text) == (True, True)


def test_hold_ends_only_some_hours_after_next_of_kin_were_told(
    world: World, germany: Client, staff: Client, settings: Settings, clock: datetime
) -> None:
    germany.post("/people/anna/hold/", {"why": "Killed"})
    row = NextOfKinHold.objects.get()
    waiting = page(germany, "/holds/")
    answer = germany.post(
        f"/holds/{row.pk}/told/", {"informed_at": f"{clock:{MINUTE}}", "hours": "2"}
    )

    def csv_names() -> list[str]:
        return names_in(page(staff, "/missions/M/perstat/?form=csv"))

    held = csv_names()
    settings.CADRE_CLOCK = (clock + timedelta(hours=2, minutes=1)).isoformat()
    assert "not told yet" in waiting
    assert answer.status_code == 302
    assert (held, csv_names()) == (["Bert", "Carl"], ["Anna", "Bert", "Carl"])


def test_nobody_learns_of_a_hold_of_another_nation(
    world: World, germany: Client, france: Client
) -> None:
    germany.post("/people/anna/hold/", {"why": "Killed"})

    assert names_in(page(germany, "/holds/")) == ["Anna"]
    assert names_in(page(france, "/holds/")) == []
    assert france.post("/people/anna/hold/", {"why": "x"}).status_code == 404


# --- lists --------------------------------------------------------------------------------------


def test_list_is_written_manned_and_changed(world: World, staff: Client) -> None:
    new = {"code": "west", "title": "West wing", "site": "CAMP"}
    assert staff.post("/missions/M/wardens/new/", new).status_code == 302
    named = staff.post("/missions/M/wardens/west/people/", {"people": "anna bert"})
    seen = re.search(
        r'name="seen" value="([^"]+)"', page(staff, "/missions/M/wardens/west/change/")
    )
    assert seen is not None
    changed = staff.post(
        "/missions/M/wardens/west/change/", new | {"title": "West", "seen": seen[1]}
    )
    text = page(staff, "/missions/M/wardens/west/")

    assert (named.status_code, changed.status_code) == (302, 302)
    assert WardenList.objects.get().title == "West"
    assert names_in(text) == ["Anna", "Bert"]
    assert "And one whose name is not released to you." in text


def test_lists_say_how_many_stand_on_none(
    world: World, staff: Client, lists: dict[str, WardenList]
) -> None:
    everybody = page(staff, "/missions/M/wardens/")
    lists["FORT"].dropped = True
    actions.write_list(
        world.mission,
        actions.NewList(code="FORT", title="x", site=world.site("FORT"), dropped=True),
        by=OPERATOR,
        at=datetime.fromisoformat("2026-01-05T12:00Z"),
    )

    assert "on no list" not in everybody
    assert "2 people are on no list" in page(staff, "/missions/M/wardens/")


def test_adviser_writes_no_list(world: World, sign_in: SignIn) -> None:
    adviser = sign_in("adviser", "M")

    assert adviser.get("/missions/M/wardens/new/").status_code == 403
    assert "Write a list" not in page(adviser, "/missions/M/wardens/")


# --- movements ----------------------------------------------------------------------------------


def test_movement_from_order_to_arrival(world: World, staff: Client) -> None:
    ordered = staff.post(
        "/missions/M/movements/new/",
        {"kind": "relocate", "title": "Out", "from_site": "CAMP", "to_site": "FORT"},
    )
    address = ordered["Location"]
    added = staff.post(f"{address}manifest/", {"site": "CAMP", "seat": "Bus"})
    some = {"occurred_at": "2026-01-05T12:30Z", "said_by": "Ada"}
    aboard = staff.post(f"{address}aboard/", some | {"event": "boarded", "people": "anna bert"})
    page_aboard = page(staff, address)
    left = staff.post(f"{address}report/", some | {"event": "departed", "head_count": "2"})
    there = staff.post(f"{address}report/", some | {"event": "arrived", "head_count": "1"})
    text = page(staff, address)
    closed = staff.post(f"{address}close/", {"reason": "Counted again: two."})

    assert [each.status_code for each in (added, aboard, left, there, closed)] == [302] * 5
    assert names_in(text) == ["Anna", "Bert"]
    assert "all aboard" in page_aboard
    assert "do not agree" in text
    assert "Counted again" in page(staff, address)


def test_report_of_several_is_kept_whole_or_not_at_all(world: World, staff: Client) -> None:
    ordered = staff.post(
        "/missions/M/movements/new/",
        {"kind": "relocate", "title": "Out", "from_site": "CAMP", "to_site": "FORT"},
    )
    address = ordered["Location"]
    staff.post(f"{address}manifest/", {"people": "anna"})
    answer = staff.post(
        f"{address}aboard/",
        {"event": "boarded", "people": "anna carl", "occurred_at": "2026-01-05T12:30Z",
         "said_by": "Ada"},
    )  # fmt: skip  # one form

    assert answer.status_code == 422
    assert "boarded" not in page(staff, address).split("Manifest")[-1].split("</select>")[-1]


def test_manifest_names_on_paper_whom_it_may(world: World, staff: Client, germany: Client) -> None:
    ordered = staff.post(
        "/missions/M/movements/new/",
        {"kind": "hibernate", "title": "Stay", "from_site": "CAMP"},
    )
    address = ordered["Location"]
    staff.post(f"{address}manifest/", {"site": "CAMP"})
    before = names_in(on_paper(staff, f"{address}?form=pdf"))
    germany.post("/people/anna/hold/", {"why": "Killed"})

    assert before == ["Anna", "Bert"]
    assert names_in(on_paper(staff, f"{address}?form=pdf")) == ["Bert"]


# --- the first screen ---------------------------------------------------------------------------


def test_home_board_counts_each_person_once_and_leads_to_the_muster(
    opened: Open, staff: Client
) -> None:
    nobody = page(staff, "/")
    first, second = opened(), opened(nations=frozenset({"DE"}), sites=frozenset({"CAMP"}))
    opened(nations=frozenset({"FR"}), exercise=True)
    first.says("anna", "need help", 1)
    text = page(staff, "/")
    tile = re.search(r'Unaccounted for</a></span><span class="figure">(\d+)<', text)

    assert "not stated: no muster is open" in nobody
    assert tile is not None
    assert tile[1] == "4"
    assert f'href="{board_of(first)}"' in text
    assert f'href="{board_of(second)}"' in text
    assert "Help 2 people" in text
    assert "EXERCISE: 2 people are outstanding" in text


def test_incident_leads_to_a_form_that_is_filled(world: World, staff: Client) -> None:
    staff.post(
        "/incidents/new/",
        {"kind": "attack", "what": "Shots", "site": "CAMP", "occurred": "2026-01-05",
         "classification": "0"},
    )  # fmt: skip  # one form
    link = re.search(r'href="(/musters/open/\?incident=[^"]+)"', page(staff, "/incidents/"))
    assert link is not None
    form = page(staff, link[1])

    assert "3 people are counted." in form
    assert re.search(r'name="sites"[^>]*value="CAMP"[^>]*checked', form)


# --- words about somebody by name, and links ----------------------------------------------------


def spoken_of(muster: Opened, about: str, through: str = "anna") -> Mention:
    """What the holder of somebody's link says of another, by name as typed."""
    token = links.check_in_token(muster.entry(through).pk)
    said = actions.Said(
        state="need help", occurred_at=muster.after(2), voice="other", said_by="Anna", how="seen"
    )
    actions.mention_by_link(token, about, said, at=muster.after(2))
    return Mention.objects.get(about=about)


def test_name_as_typed_counts_for_nobody_until_somebody_says_who_is_meant(
    opened: Open, staff: Client
) -> None:
    muster = opened()
    row = spoken_of(muster, "Bertie or Bert, the tall one")
    before = page(staff, board_of(muster))
    form = page(staff, f"/musters/mentions/{row.pk}/")
    states = muster.states(29)
    answer = staff.post(f"/musters/mentions/{row.pk}/", {"person": "bert"})

    assert "Bertie or Bert, the tall one" in before
    assert set(states.values()) == {"unaccounted"}
    assert 'href="?person=bert"' in form
    assert answer.status_code == 302
    assert muster.states(30)["bert"] == "need help"
    assert "the tall one" not in page(staff, board_of(muster))


def test_name_that_nobody_has_is_settled_with_a_reason_only(opened: Open, staff: Client) -> None:
    row = spoken_of(opened(), "Somebody in blue")
    refused = staff.post(f"/musters/mentions/{row.pk}/", {"note": ""})
    taken = staff.post(f"/musters/mentions/{row.pk}/", {"note": "A journalist, not ours."})

    assert (refused.status_code, taken.status_code) == (422, 302)


def test_name_typed_through_a_link_of_another_nation_is_only_counted(
    opened: Open, france: Client, staff: Client
) -> None:
    muster = opened()
    row = spoken_of(muster, "Some name")
    text = page(france, board_of(muster))

    assert "Some name" in page(staff, board_of(muster))
    assert "Some name" not in text
    assert "And one by somebody whose name is not released to you." in text
    assert france.get(f"/musters/mentions/{row.pk}/").status_code == 404


def test_link_of_a_warden_opens_the_list_without_an_account(
    opened: Open, staff: Client, client: Client, lists: dict[str, WardenList]
) -> None:
    muster, warden = opened(), warden_row(lists["CAMP"])
    text = page(staff, f"/wardens/{warden.pk}/link/{muster.row.number}/")
    found = re.search(r'class="address">https?://[^/]+(/warden/[^<]+)<', text)
    assert found is not None

    assert names_in(page(client, found[1])) == ["Anna", "Bert"]


def test_warden_counts_the_own_list_only(
    opened: Open, sign_in: SignIn, lists: dict[str, WardenList]
) -> None:
    muster = opened()
    anna, carl = warden_row(lists["CAMP"]), warden_row(lists["FORT"])
    warden = sign_in("warden", "DE", name="anna")
    with acting("test", by=OPERATOR, at=muster.at):
        Person.objects.filter(code="anna").update(email=account_of(warden))
    address = f"/wardens/{anna.pk}/count/{muster.row.number}/"

    assert f'href="{address}"' in page(warden, "/musters/lists/")
    assert warden.get(address)["Location"].startswith("/warden/")
    assert warden.get(f"/wardens/{carl.pk}/count/{muster.row.number}/").status_code == 404
    assert warden.get(f"/wardens/{anna.pk}/link/{muster.row.number}/").status_code == 403


def account_of(client: Client) -> str:
    return Account.objects.get(pk=client.session["_auth_user_id"]).email


# --- what numbers of everybody rest on ----------------------------------------------------------


def test_reason_that_the_viewer_may_not_see_is_not_told_with_the_name(
    world: World, staff: Client, germany: Client, at: datetime
) -> None:
    """A status, a post or a place may be marked more narrowly than the person."""
    state(germany, "bert", kind="leave", begins_at="2026-01-01", place="Clinic")
    before = page(staff, "/musters/open/?sites=CAMP")
    narrow = PersonnelStatus.objects.get()
    only = {**marking_values(Marking(releasable_to=frozenset({"DE"})))}
    with acting("test", by=OPERATOR, at=at):
        PersonnelStatus.objects.create(
            person=narrow.person, mission=narrow.mission, kind="leave", place="Prison",
            begins_at=narrow.begins_at, corrects=narrow, recorded_at=at, known_from=at,
            recorded_by="x", **only,
        )  # fmt: skip  # a row
    texts = [page(client, "/musters/open/?sites=CAMP&mission=M") for client in (staff, germany)]

    assert "Clinic" in before
    assert "2 people are counted." in texts[0]
    assert "One person is counted." in texts[1]
    assert ["Bert" in text for text in texts] == [True, True]
    assert ["Prison" in text for text in texts] == [False, True]


def test_place_that_the_viewer_may_not_know_of_has_no_line_of_its_own(
    opened: Open, sign_in: SignIn, at: datetime
) -> None:
    sweden = sign_in("duty_officer", "SE")
    muster = opened()
    ways = (
        board_of(muster),
        f"{board_of(muster)}perstat/",
        "/missions/M/perstat/?form=csv",
        f"/api/v1{board_of(muster).rstrip('/')}",
    )

    def told() -> list[bool]:
        return ["FORT" in page(sweden, way) for way in ways]

    before = told()
    with acting("test", by=OPERATOR, at=at):
        Site.objects.filter(code="FORT").update(
            **marking_values(Marking(classification=Classification.SECRET))
        )

    assert before == [True] * len(ways)
    assert told() == [False] * len(ways)
    assert "not released to you" in page(sweden, ways[0])
    assert "0 of 5" in page(sweden, ways[0])
