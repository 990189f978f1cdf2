"""The pages behind signed links: no account, no script needed, and no word about anybody else."""

import json
import re
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from cadre.access.actions import acting
from cadre.access.models import Look
from cadre.accountability import actions, crowding, link_pages, links
from cadre.accountability.models import CheckIn, Mention, Warden, WardenList
from cadre.core.releasability import OPERATOR, Classification, Viewer
from tests.accountability.conftest import (
    EARLIER,
    Open,
    Opened,
    World,
    hold_post,
    make_person,
    warden_row,
)

LEFT = re.compile(r"anna|bert|carl|dora|emil|Camp|FTM|Mission", re.IGNORECASE)
NOBODY = Viewer("somebody", Classification.UNCLASSIFIED)
KEY = re.compile(r'name="key" value="([^"]+)"')


@pytest.fixture(autouse=True)
def wide_open(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SECURE_SSL_REDIRECT = False
    settings.CADRE_CLOCK = "2026-01-05T12:30Z"
    monkeypatch.setattr(crowding, "time", SimpleNamespace(monotonic=lambda: 1.0))
    for name in ("links", "addresses", "astray"):
        window = crowding.Window(getattr(crowding, name).most)
        monkeypatch.setattr(crowding, name, window)


@pytest.fixture
def stranger() -> Client:
    return Client(headers={"Accept-Language": "en"})


@pytest.fixture
def muster(lists: dict[str, WardenList], opened: Open) -> Opened:
    return opened(title="Rockets at dawn", protective_action="Stay inside.")


def own(muster: Opened, code: str) -> str:
    return links.check_in_path(muster.entry(code).pk)


def listed(muster: Opened, row: WardenList, position: int = 0) -> str:
    return links.warden_path(muster.row.pk, warden_row(row, position).pk)


def sent(client: Client, page: str, *reports: dict[str, object]) -> dict[str, object]:
    answer = client.post(f"{page}reports", {"reports": list(reports)}, "application/json")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def report(state: str = "safe", /, **more: object) -> dict[str, object]:
    return {"key": str(uuid4()), "state": state, "age": 0, **more}


# --- a person's own page -------------------------------------------------------------------------


def test_looking_reports_nothing_and_a_press_is_on_record_once(
    stranger: Client, muster: Opened
) -> None:
    page = own(muster, "anna")
    looked = stranger.get(page)
    assert (looked.status_code, CheckIn.objects.count()) == (200, 0)
    assert "Nothing has been heard of you yet." in looked.text
    assert "Stay inside." in looked.text
    form = {"key": KEY.findall(looked.text)[0], "state": "safe", "place": "Hall 2"}
    pressed = [stranger.post(page, form) for _twice in range(2)]
    stands = stranger.get(page)

    assert [each.status_code for each in pressed] == [303, 303]
    assert [each["Location"] for each in pressed] == [page, page]
    row = CheckIn.objects.get()
    assert (row.state, row.voice, row.channel, row.place) == ("safe", "self", "link", "Hall 2")
    assert "Recorded at 12:30Z: safe." in stands.text
    assert not stands.cookies
    assert not looked.cookies


def test_own_page_tells_of_nobody_else(stranger: Client, muster: Opened) -> None:
    muster.says("bert", "injured", 1)
    text = stranger.get(own(muster, "anna")).text

    assert "Anna" in text
    assert not re.search("bert|carl|dora|emil|injured\\.", text, re.IGNORECASE)


@pytest.mark.parametrize("tree", ["check-in", "warden"])
def test_wrong_link_says_nothing_and_asks_the_database_nothing(
    stranger: Client, muster: Opened, lists: dict[str, WardenList], tree: str
) -> None:
    page = own(muster, "anna") if tree == "check-in" else listed(muster, lists["CAMP"])
    token = page.split("/")[2]
    changed = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
    other = listed(muster, lists["CAMP"]) if tree == "check-in" else own(muster, "anna")
    wrong = (changed, "x", "é", other.split("/")[2], token + "=")
    with CaptureQueriesContext(connection) as captured:
        answers = [
            send(f"/{tree}/{each}/{rest}")
            for each in wrong
            for rest in ("", "reports")
            for send in (stranger.get, stranger.post)
            if (rest, send) != ("reports", stranger.get)
        ]

    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert LEFT.findall(answers[0].text) == []
    assert len(captured) == 0


def test_title_and_mission_are_told_only_to_who_may_know_them(
    stranger: Client, muster: Opened
) -> None:
    assert "Rockets at dawn" in stranger.get(own(muster, "anna")).text
    row = muster.row
    seen = link_pages.about(row, NOBODY, ("check_in", "x"), closed=False)
    row.classification = row.mission.classification = Classification.CONFIDENTIAL
    unseen = link_pages.about(row, NOBODY, ("check_in", "x"), closed=False)

    assert (seen.mission, seen.title) == ("Mission", "Rockets at dawn")
    assert (unseen.mission, unseen.title) == ("", "")
    assert unseen.protective_action == "Stay inside."


def test_held_name_leaves_by_no_link(
    stranger: Client, muster: Opened, lists: dict[str, WardenList]
) -> None:
    pages = (own(muster, "anna"), listed(muster, lists["CAMP"], 1))
    assert all("Anna" in stranger.get(page).text for page in pages)
    actions.place_hold(muster.world.people["anna"], "Killed", by=OPERATOR, at=muster.at)

    assert not any("Anna" in stranger.get(page).text for page in pages)


def test_help_in_words_beats_a_press_on_safe(stranger: Client, muster: Opened) -> None:
    page = own(muster, "anna")
    answer = sent(stranger, page, report("safe", words="not ok, send help"))

    assert answer["state"] == "need help"
    assert CheckIn.objects.get().words == "not ok, send help"


def test_safe_word_after_a_call_for_help_stands_as_help(stranger: Client, muster: Opened) -> None:
    page = own(muster, "anna")
    sent(stranger, page, report("need help", age=600))
    answer = sent(stranger, page, report("safe"))

    assert answer["state"] == "need help"
    assert "You stand as “needs help” until somebody in charge has made sure." in answer["heard"]


def test_somebody_else_by_name_goes_to_a_person_and_is_safe_by_nothing(
    stranger: Client, muster: Opened
) -> None:
    page = own(muster, "anna")
    said = {"voice": "other", "whom": "other", "about": "Bert", "said_by": "Anna", "how": "seen"}
    answer = sent(stranger, page, report("safe", **said))
    by_form = stranger.post(page, {**report("injured"), **said})

    assert answer["heard"] == "Nothing has been heard of you yet."
    assert by_form["Location"] == f"{page}?passed=1"
    assert "a person reads it" in stranger.get(by_form["Location"]).text
    assert CheckIn.objects.count() == 0
    assert sorted(Mention.objects.values_list("about", "state", "said_by", "how")) == [
        ("Bert", "injured", "Anna", "seen"),
        ("Bert", "safe", "Anna", "seen"),
    ]


def test_whoever_holds_the_phone_may_speak_of_its_owner(stranger: Client, muster: Opened) -> None:
    said = {"voice": "other", "whom": "holder", "said_by": "Bert", "how": "I am with her"}
    sent(stranger, own(muster, "anna"), report("injured", **said))
    row = CheckIn.objects.get(person__code="anna")

    assert (row.state, row.voice, row.said_by, row.how) == (
        "injured", "other", "Bert", "I am with her",
    )  # fmt: skip  # one row


@pytest.mark.parametrize(
    ("lacking", "why"),
    [
        ({"state": ""}, "Press one of the buttons."),
        ({"voice": "other", "said_by": "A", "how": "seen"}, "Say of whom you speak."),
        ({"voice": "other", "about": "B", "how": "seen"}, "Say who you are."),
        ({"voice": "other", "about": "B", "said_by": "A"}, "Say how you know."),
    ],
)
def test_what_lacks_something_is_refused_with_the_reason_and_nothing_is_written(
    stranger: Client, muster: Opened, lacking: dict[str, object], why: str
) -> None:
    page, said = own(muster, "anna"), report("safe", **lacking)
    answer = sent(stranger, page, said)
    by_form = stranger.post(page, said)

    assert (answer["taken"], answer["refused"]) == ([], {said["key"]: why})
    assert (by_form.status_code, why in by_form.text) == (422, True)
    assert (CheckIn.objects.count(), Mention.objects.count()) == (0, 0)


# --- what comes later ----------------------------------------------------------------------------


def test_report_from_a_queue_keeps_the_moment_at_which_it_was_pressed(
    stranger: Client, muster: Opened
) -> None:
    said = report("sheltering", age=20 * 60)
    answers = [sent(stranger, own(muster, "anna"), said) for _twice in range(2)]

    assert [each["taken"] for each in answers] == [[said["key"]]] * 2
    row = CheckIn.objects.get()
    assert row.key == UUID(str(said["key"]))
    assert (row.occurred_at, row.recorded_at) == (muster.after(10), muster.after(30))
    assert answers[0]["heard"] == "Recorded at 12:30Z, as of 12:10Z: sheltering."


@pytest.mark.parametrize("age", [-5000, 0, 1e300, "soon"])
def test_phone_whose_clock_is_broken_loses_no_report(
    stranger: Client, muster: Opened, age: object
) -> None:
    page = own(muster, "anna")
    said = report("injured", age=age)
    answer = sent(stranger, page, said)

    if age == "soon":
        assert said["key"] in answer["refused"]
    else:
        assert (answer["taken"], answer["state"]) == ([said["key"]], "injured")


def test_one_bad_report_stops_no_other(
    stranger: Client, muster: Opened, lists: dict[str, WardenList]
) -> None:
    good, bad, keyless = report("safe"), report("dancing"), {"state": "safe"}
    answer = sent(stranger, own(muster, "anna"), bad, keyless, good)
    assert (answer["taken"], sorted(answer["refused"])) == ([good["key"]], ["", bad["key"]])

    there = {"entry": str(muster.entry("bert").pk), "how": "seen"}
    elsewhere = {"entry": str(muster.entry("carl").pk), "how": "seen"}
    good, bad = report("safe", **there), report("safe", **elsewhere)
    answer = sent(stranger, listed(muster, lists["CAMP"]), good, bad)
    assert (answer["taken"], answer["refused"]) == (
        [good["key"]],
        {bad["key"]: "This person is not on your list."},
    )
    assert set(CheckIn.objects.values_list("person__code", flat=True)) == {"anna", "bert"}


def test_late_report_is_taken_after_the_end_and_the_page_says_that_it_is_over(
    stranger: Client, muster: Opened, lists: dict[str, WardenList]
) -> None:
    actions.close_muster(muster.row, "Enough.", by=OPERATOR, at=muster.after(5))
    page, roll = own(muster, "anna"), listed(muster, lists["CAMP"])
    said = report("safe", age=29 * 60)
    answer = sent(stranger, page, said)
    late = report("safe", entry=str(muster.entry("bert").pk), how="seen", age=28 * 60)
    counted = sent(stranger, roll, late)

    assert (answer["taken"], answer["open"]) == ([said["key"]], False)
    assert (counted["taken"], counted["open"], counted["rows"]) == ([late["key"]], False, {})
    assert 'data-show="closed">' in stranger.get(page).text
    assert not re.search("anna|bert|dora", stranger.get(roll).text, re.IGNORECASE)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"reports": 1}', b'{"reports": [1]}', b"\xff", b"[" * 5000,
     json.dumps({"reports": [{}] * 51}).encode(), b'{"reports": ["' + b"x" * 300_000 + b'"]}'],
)  # fmt: skip  # a table
def test_what_is_no_delivery_is_refused(stranger: Client, muster: Opened, body: bytes) -> None:
    answer = stranger.generic("POST", f"{own(muster, 'anna')}reports", body)

    assert answer.status_code == 400


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 10_000, "😀", "<script>"])
def test_no_words_break_a_report(stranger: Client, muster: Opened, text: str) -> None:
    page = own(muster, "anna")
    body = json.dumps({"reports": [report("injured", words=text, place=text)]})
    answer = stranger.generic("POST", f"{page}reports", body.encode())

    assert (answer.status_code, len(answer.json()["taken"])) == (200, 1)
    assert stranger.get(page).status_code == 200


# --- a warden's list -----------------------------------------------------------------------------


def test_list_shows_whom_the_warden_may_see_outstanding_first(
    stranger: Client, muster: Opened, lists: dict[str, WardenList]
) -> None:
    muster.says("anna", "safe", 1)
    text = stranger.get(listed(muster, lists["CAMP"])).text
    names = re.findall(r"data-name><bdi>(\w+)<", text)

    assert names == ["Bert", "Anna"]
    assert "Outstanding: 1 of 2." in text
    assert "names that are not released to you: 1." in text
    assert not re.search("dora|emil|carl", text, re.IGNORECASE)


def test_one_press_reports_in_charge_and_says_how_it_is_known(
    stranger: Client, muster: Opened, lists: dict[str, WardenList]
) -> None:
    page = listed(muster, lists["CAMP"])
    entry = muster.entry("bert").pk
    form = {"key": KEY.findall(stranger.get(page).text)[0], "how": "told", "told": "the guard"}
    pressed = [stranger.post(page, {**form, "report": f"{entry}:safe"}) for _twice in range(2)]

    assert [each.status_code for each in pressed] == [303, 303]
    row = CheckIn.objects.get()
    assert (row.person.code, row.state, row.voice, row.channel) == (
        "bert", "safe", "in charge", "warden",
    )  # fmt: skip  # one row
    assert (row.said_by, row.how) == ("Anna", "told by the guard")


def test_all_that_are_marked_are_reported_together(
    stranger: Client, muster: Opened, lists: dict[str, WardenList]
) -> None:
    page = listed(muster, lists["CAMP"])
    form = {"key": str(uuid4()), "how": "seen", "state": "safe"}
    marked = [str(muster.entry(code).pk) for code in ("anna", "bert")]
    assert stranger.post(page, {**form, "marked": marked}).status_code == 303

    assert muster.states(30) | {"dora": "", "carl": "", "emil": ""} == {
        "anna": "safe", "bert": "safe", "carl": "", "dora": "", "emil": "",
    }  # fmt: skip  # one row
    untold = stranger.post(page, {**form, "how": "told", "marked": marked})
    assert (untold.status_code, "Say who told you." in untold.text) == (422, True)


def test_answer_to_a_list_names_nobody(
    stranger: Client, muster: Opened, lists: dict[str, WardenList]
) -> None:
    said = report("safe", entry=str(muster.entry("bert").pk), how="seen")
    answer = sent(stranger, listed(muster, lists["CAMP"]), said)

    assert answer["summary"] == "Outstanding: 1 of 2."
    assert answer["rows"][str(muster.entry("bert").pk)] == ["safe", "safe since 12:30Z"]
    assert LEFT.findall(json.dumps(answer)) == []


def test_warden_who_was_replaced_sees_nothing_any_more(
    stranger: Client, muster: Opened, lists: dict[str, WardenList]
) -> None:
    page = listed(muster, lists["CAMP"])
    assert stranger.get(page).status_code == 200
    people = [muster.world.people["bert"]]
    actions.set_wardens(lists["CAMP"], people, by=OPERATOR, at=muster.at)
    assert Warden.objects.filter(dropped=True).exists()

    refused = stranger.post(f"{page}reports", {"reports": []}, "application/json")
    assert (stranger.get(page).status_code, refused.status_code) == (404, 404)


def test_opening_a_list_is_a_look_at_its_people_and_keeps_the_link_secret(
    stranger: Client, muster: Opened, lists: dict[str, WardenList]
) -> None:
    page = listed(muster, lists["CAMP"])
    stranger.get(page)
    looks = list(Look.objects.filter(table="mission_person"))

    assert {each.account for each in looks} == {"anna@example.org"}
    assert {row for each in looks for row in each.rows} >= {
        muster.world.people["anna"].pk,
        muster.world.people["bert"].pk,
    }
    assert {each.door for each in looks} == {"GET /warden/"}


def counted(client: Client, page: str) -> tuple[int, int]:
    """How many queries a page takes, and how many names are on it."""
    with CaptureQueriesContext(connection) as captured:
        text = client.get(page).text
    return len(captured), text.count("data-name")


def test_list_takes_as_many_queries_for_four_as_for_two(
    stranger: Client, lists: dict[str, WardenList], opened: Open, world: World
) -> None:
    first = opened()
    stranger.get(listed(first, lists["CAMP"]))  # fills what is kept between requests
    numbers = [counted(stranger, listed(first, lists["CAMP"]))]
    actions.close_muster(first.row, "Enough.", by=OPERATOR, at=first.at)
    with acting("test", by=OPERATOR, at=EARLIER):
        for code in ("gina", "hans"):
            hold_post(make_person(code, "DE"), world.mission, world.site("CAMP"))
    numbers.append(counted(stranger, listed(opened(title="Another"), lists["CAMP"])))

    assert numbers == [(numbers[0][0], 2), (numbers[0][0], 4)]


# --- both ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "accept", "preferred", "chosen"),
    [
        ("", "en", "", "en"),
        ("", "fr", "", "fr"),
        ("", "en", "ar", "ar"),
        ("?lang=fr", "en", "ar", "fr"),
        ("?lang=xx", "ar", "", "ar"),
    ],
)
def test_language_is_the_one_chosen_else_the_persons_else_the_browsers(
    muster: Opened, query: str, accept: str, preferred: str, chosen: str
) -> None:
    person = muster.world.people["anna"]
    with acting("test", by=OPERATOR, at=EARLIER):
        type(person).objects.filter(pk=person.pk).update(language=preferred)
    answer = Client(headers={"Accept-Language": accept}).get(own(muster, "anna") + query)
    direction = "rtl" if chosen == "ar" else "ltr"

    assert f'<html lang="{chosen}" dir="{direction}">' in answer.text
    assert answer["Content-Language"] == chosen


def test_exercise_is_told_as_one(stranger: Client, opened: Open, muster: Opened) -> None:
    drill = opened(exercise=True, title="Drill")

    assert "Exercise, exercise, exercise" in stranger.get(own(drill, "anna")).text
    assert "Exercise, exercise, exercise" not in stranger.get(own(muster, "anna")).text


def test_too_many_posts_through_one_link_wait_and_no_other_link_does(
    stranger: Client, muster: Opened
) -> None:
    page = own(muster, "anna")
    answers = [stranger.post(f"{page}reports", {"reports": []}, "application/json").status_code
               for _time in range(crowding.OF_A_LINK + 1)]  # fmt: skip  # one list
    over = stranger.post(page, report("safe"))

    assert answers == [200] * crowding.OF_A_LINK + [429]
    assert (over.status_code, over["Retry-After"]) == (429, "60")
    assert stranger.get(page).status_code == 200
    assert sent(stranger, own(muster, "bert"))["open"] is True


def test_whoever_tries_links_is_turned_away_after_a_while(stranger: Client, muster: Opened) -> None:
    codes = [stranger.post("/check-in/guess/").status_code for _time in range(crowding.ASTRAY + 1)]

    assert codes == [404] * crowding.ASTRAY + [429]
    assert sent(stranger, own(muster, "anna"))["open"] is True


def test_window_counts_anew_each_minute_and_forgets_whom_it_counted() -> None:
    window = crowding.Window(2)
    assert [window.lets_in("a", 1.0) for _time in range(3)] == [True, True, False]
    assert window.lets_in("b", 59.0)
    assert window.lets_in("a", 60.0)
    assert window.counts == {"a": 1}


def test_worker_and_manifest_stay_in_the_tree_of_their_link(
    stranger: Client, muster: Opened
) -> None:
    page = own(muster, "anna")
    worker = stranger.get("/check-in/worker.js")
    manifest = stranger.get(f"{page}manifest.webmanifest")

    assert worker["Content-Type"] == "text/javascript"
    assert re.fullmatch(r'importScripts\("[^"]+queue[^"]*", "[^"]+worker[^"]*"\);\n', worker.text)
    assert manifest["Content-Type"] == "application/manifest+json"
    assert (manifest.json()["start_url"], manifest.json()["scope"]) == (page, page)
    assert LEFT.findall(manifest.text) == []
