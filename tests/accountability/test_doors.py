"""Musters, people and movements by API and by command: the same as on the pages."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from cadre.accountability.models import (
    CheckIn,
    FollowUp,
    Muster,
    MusterEnd,
    MusterSettings,
    NextOfKinHold,
    PersonnelStatus,
    Sighting,
    WardenList,
)
from tests.accountability.conftest import Open, World
from tests.directives.commanding import refused, told, told_json
from tests.directives.conftest import SignIn, Somebody, sign_in, somebody

__all__ = ["sign_in", "somebody"]

NAMES = ("Anna", "Bert", "Carl", "Dora", "Emil")
SAID = {
    "state": "safe", "said_by": "Ada", "how": "seen", "occurred_at": "2026-01-05T12:10Z",
}  # fmt: skip  # one form


@pytest.fixture(autouse=True)
def clock(settings: Settings, at: datetime, tmp_path: Path) -> datetime:
    now = at + timedelta(minutes=30)
    settings.CADRE_CLOCK = now.isoformat()
    settings.CADRE_CLOCK_STARTED = tmp_path / "clock-started"
    return now


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    return sign_in("duty_officer", "M")


def sent(client: Client, address: str, **fields: object) -> tuple[int, dict[str, object]]:
    answer = client.post(
        f"/api/v1{address}", json.dumps({"fields": fields}), content_type="application/json"
    )
    return answer.status_code, answer.json()


def number(answer: tuple[int, dict[str, object]]) -> str:
    assert answer[0] == 201, answer
    return str(answer[1]["number"])


def asked(client: Client, address: str) -> dict[str, object]:
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 200, answer.content
    found: dict[str, object] = answer.json()
    return found


def names_in(found: object) -> list[str]:
    text = json.dumps(found)
    return [name for name in NAMES if name in text]


# --- by the API ---------------------------------------------------------------------------------


def test_muster_by_api_from_preview_to_end(world: World, staff: Client) -> None:
    preview = sent(staff, "/missions/M/musters/preview", sites=["CAMP"])
    none = Muster.objects.count()
    muster = number(sent(staff, "/missions/M/musters", sites=["CAMP"], title="Shots"))
    report = f"/musters/{muster}/people/anna/reports"
    key = str(uuid4())
    keys = [number(sent(staff, report, key=key, **SAID)) for _time in range(2)]
    board = asked(staff, f"/musters/{muster}")
    refused_end = sent(staff, f"/musters/{muster}/close", reason="")
    ended = sent(staff, f"/musters/{muster}/close", reason="Found.")
    listed = staff.get("/api/v1/musters").json()

    assert (preview[0], preview[1]["counted"], preview[1]["hidden"], none) == (200, 3, 1, 0)
    assert (keys, CheckIn.objects.count()) == ([key, key], 1)
    assert board["figures"]["accounted"] == 0  # type: ignore[index]  # it was said of before the opening
    assert names_in(board) == ["Anna", "Bert"]
    assert board["hidden"] == [{"nation": "FR", "number": 1, "help": 0, "unclear": 0}]
    assert (refused_end[0], ended[0]) == (409, 201)
    assert [(each["number"], each["open_at_end"]) for each in listed] == [(muster, 3)]
    assert MusterEnd.objects.count() == 1


def test_board_by_api_tells_any_past_minute(opened: Open, staff: Client) -> None:
    muster = opened()
    muster.says("anna", "safe", 5)
    address = f"/musters/{muster.row.number}?on=2026-01-05T12:0"

    assert [asked(staff, f"{address}{minute}Z")["figures"]["accounted"] for minute in "46"] == [
        0, 1,
    ]  # type: ignore[index]  # fmt: skip


def test_nation_gets_its_names_and_numbers_of_the_others(opened: Open, sign_in: SignIn) -> None:
    address = f"/musters/{opened().row.number}"
    france = sign_in("senior_national_representative", "FR")
    found = asked(france, address)

    assert names_in(found) == ["Dora", "Emil"]
    assert found["figures"]["total"] == 5  # type: ignore[index]
    assert names_in(asked(france, f"{address}/perstat")) == ["Dora", "Emil"]


def test_step_stay_and_sighting_by_api(opened: Open, staff: Client) -> None:
    muster = opened()
    entry = muster.entry("bert").pk
    number(
        sent(staff, f"/musters/people/{entry}/steps", step="call", outcome="engaged",
             done_at="2026-01-05T12:20Z")
    )  # fmt: skip  # one call
    number(
        sent(staff, "/people/bert/stays", mission="M", kind="leave", begins_at="2026-01-01",
             place="Home")
    )  # fmt: skip  # one call
    number(
        sent(staff, "/people/bert/sightings", seen_at="2026-01-05T12:20Z", site="FORT",
             source="Guard")
    )  # fmt: skip  # one call
    where = asked(staff, "/people/bert/whereabouts")

    assert FollowUp.objects.get().outcome == "engaged"
    assert (where["place"], where["age"], where["said_by"]) == ("Fort", "fresh", "Guard")
    assert [each["kind"] for each in staff.get("/api/v1/missions/M/stays").json()] == ["leave"]


def test_held_name_is_told_to_no_program(world: World, staff: Client, sign_in: SignIn) -> None:
    germany = sign_in("senior_national_representative", "DE")
    number(sent(staff, "/people/anna/stays", mission="M", kind="leave", begins_at="2026-01-01"))
    before = [asked(staff, "/people/anna/whereabouts")["person"],
              len(staff.get("/api/v1/missions/M/stays").json())]  # fmt: skip
    number(sent(germany, "/people/anna/hold", why="Killed"))
    after = [client.get("/api/v1/people/anna/whereabouts").status_code
             for client in (staff, germany)]  # fmt: skip

    assert before == ["anna", 1]
    assert after == [404, 404]
    assert staff.get("/api/v1/missions/M/stays").json() == []
    row = NextOfKinHold.objects.get()
    told_kin = sent(germany, f"/holds/{row.pk}/told", informed_at="2026-01-05T12:30Z", hours="0")
    assert told_kin[0] == 201


def test_lists_targets_and_movements_by_api(world: World, staff: Client) -> None:
    number(sent(staff, "/missions/M/wardens", code="west", title="West", site="CAMP"))
    number(sent(staff, "/missions/M/wardens/west/people", people="anna bert"))
    number(sent(staff, "/missions/M/muster-targets", first_share="70"))
    movement = number(
        sent(staff, "/missions/M/movements", kind="relocate", title="Out", from_site="CAMP",
             to_site="FORT")
    )  # fmt: skip  # one call
    address = f"/movements/{movement}"
    number(sent(staff, f"{address}/manifest", warden_list="west", seat="Bus"))
    some = {"occurred_at": "2026-01-05T12:30Z", "said_by": "Ada"}
    number(sent(staff, f"{address}/people", event="boarded", people="anna bert", **some))
    number(sent(staff, f"{address}/reports", event="departed", head_count="3", **some))
    found = asked(staff, address)
    lists = asked(staff, "/missions/M/wardens")

    assert [each["name"] for each in lists["lists"][0]["wardens"]] == ["Anna", "Bert"]  # type: ignore[index]
    assert (lists["lists"][0]["number"], lists["nobody"]) == (3, 2)  # type: ignore[index]
    assert MusterSettings.objects.get().first_share == 70
    assert (found["listed"], found["aboard"], found["departed_heads"]) == (2, 2, 3)
    assert [each["person"] for each in found["people"]] == ["anna", "bert"]  # type: ignore[attr-defined]
    assert staff.get(f"/api/v1{address}/manifest.pdf").content[:5] == b"%PDF-"


def test_who_may_not_is_refused_by_api(opened: Open, sign_in: SignIn) -> None:
    muster = opened()
    reader = sign_in("reader", "M")
    posts = (
        ("/missions/M/musters", {}),
        (f"/musters/{muster.row.number}/close", {"reason": "x"}),
        (f"/musters/{muster.row.number}/people/anna/reports", {**SAID, "voice": "other"}),
        (f"/musters/people/{muster.entry('anna').pk}/steps",
         {"step": "call", "done_at": "2026-01-05T12:20Z"}),
        ("/missions/M/muster-targets", {}),
        ("/missions/M/wardens", {"code": "w", "title": "w"}),
        ("/missions/M/movements", {"kind": "hibernate", "title": "x", "from_site": "CAMP"}),
        ("/people/anna/stays", {"mission": "M", "kind": "leave", "begins_at": "2026-01-01"}),
        ("/people/anna/sightings",
         {"seen_at": "2026-01-05T12:20Z", "place": "x", "source": "x"}),
        ("/people/anna/hold", {"why": "x"}),
    )  # fmt: skip  # a table

    assert {path: sent(reader, path, **fields)[0] for path, fields in posts} == {
        path: 403 for path, _fields in posts
    }
    assert (Muster.objects.count(), CheckIn.objects.count(), MusterEnd.objects.count()) == (1, 0, 0)


# --- by command ---------------------------------------------------------------------------------


@pytest.fixture
def duty(somebody: Somebody) -> str:
    return somebody("duty_officer", "M")


def test_muster_by_command_from_opening_to_end(world: World, duty: str, tmp_path: Path) -> None:
    as_duty = ("--as", duty)
    opened = told_json("muster", "open", "M", "title=Shots", "sites=CAMP", *as_duty)
    assert isinstance(opened, dict)
    muster = opened["number"]
    said = [f"{name}={value}" for name, value in SAID.items()]
    said[-1] = "occurred_at=2026-01-05T12:30:01Z"
    told("muster", "check-in", muster, "anna", *said, *as_duty)
    shown = told("muster", "show", muster, "--on", "2026-01-05T12:31Z", *as_duty)
    board = told_json("muster", "show", muster, "--on", "2026-01-05T12:31Z", *as_duty)
    assert isinstance(board, dict)
    entry = board["outstanding"][0]["id"]
    told("muster", "step", entry, "step=call", "done_at=2026-01-05T12:30Z", *as_duty)
    perstat = told("muster", "perstat", muster, *as_duty)
    files = {name: tmp_path / name for name in ("tree.pdf", "roster.pdf", "perstat.csv")}
    told("muster", "print-tree", muster, str(files["tree.pdf"]), *as_duty)
    told("muster", "print-roster", muster, "-", str(files["roster.pdf"]), *as_duty)
    told("muster", "print-perstat", muster, str(files["perstat.csv"]), *as_duty)
    closed = told("muster", "close", muster, "reason=Found.", *as_duty)

    assert shown.splitlines()[0] == f"{muster}: 33 % accounted for, 1 of 3, 2 outstanding"
    assert names_in(shown) == ["Bert"]
    assert "all: 3 assigned, 3 present" in perstat
    assert [file.read_bytes()[:5] for file in files.values()] == [
        b"%PDF-", b"%PDF-", "\ufeffNu".encode(),
    ]  # fmt: skip
    assert closed == f"Closed: {muster}. Nobody became safe by that."
    assert told("muster", "list", *as_duty).endswith("closed 2026-01-05T12:30Z with 2 not resolved")


def test_people_by_command(world: World, duty: str, somebody: Somebody) -> None:
    as_duty = ("--as", duty)
    told("person", "stay", "bert", "mission=M", "kind=leave", "begins_at=2026-01-01", *as_duty)
    told(
        "person", "seen", "bert", "seen_at=2026-01-05T12:20Z", "site=FORT", "source=Guard",
        *as_duty,
    )  # fmt: skip  # one call
    away = told("person", "away", "M", *as_duty)
    where = told("person", "where", "bert", *as_duty)
    germany = somebody("senior_national_representative", "DE")
    told("person", "hold", "bert", "why=Killed", "--as", germany)
    row = NextOfKinHold.objects.get()
    sentence = refused("person", "where", "bert", *as_duty)
    told("person", "told", str(row.pk), "informed_at=2026-01-05T12:30Z", "hours=0", "--as", germany)

    assert away.startswith("bert: leave from 2026-01-01T23:59Z, no end is known")
    assert where.splitlines()[0] == "bert: Fort (fresh), seen 2026-01-05T12:20Z by Guard"
    assert sentence == "There is no person bert on record."
    assert (PersonnelStatus.objects.count(), Sighting.objects.count()) == (1, 1)


def test_wardens_and_movements_by_command(world: World, duty: str, tmp_path: Path) -> None:
    as_duty = ("--as", duty)
    told("warden", "write", "M", "code=west", "title=West", "site=CAMP", *as_duty)
    told("warden", "name", "M", "west", "people=anna", *as_duty)
    lists = told("warden", "list", "M", *as_duty)
    ordered = told_json(
        "movement", "order", "M", "kind=evacuate", "title=Out", "from_site=CAMP",
        "to_place=Abroad", *as_duty,
    )  # fmt: skip  # one call
    assert isinstance(ordered, dict)
    movement, file = ordered["number"], tmp_path / "manifest.pdf"
    told("movement", "add", movement, "site=CAMP", "seat=Bus", *as_duty)
    some = ("occurred_at=2026-01-05T12:30Z", "said_by=Ada")
    told("movement", "aboard", movement, "event=boarded", "people=anna bert", *some, *as_duty)
    told("movement", "report", movement, "event=departed", "head_count=2", *some, *as_duty)
    shown = told("movement", "show", movement, *as_duty)
    told("movement", "print", movement, str(file), *as_duty)
    told("movement", "close", movement, "reason=Handed over.", *as_duty)

    assert lists.splitlines() == ["west: West, 3 people, Anna", "On no list: 2"]
    assert "2 listed, 2 aboard, 0 arrived" in shown
    assert file.read_bytes()[:5] == b"%PDF-"
    assert movement in told("movement", "list", *as_duty)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("muster", "show", "M-M-2026-009"), "There is no muster M-M-2026-009 on record."),
        (("muster", "close", "M-M-2026-009", "reason=x"),
         "There is no muster M-M-2026-009 on record."),
        (("muster", "open", "M", "sites=NOWHERE"), "sites: "),
        (("muster", "step", "x", "step=call"), "“x” is no id of a person on a list."),
        (("person", "where", "nobody"), "There is no person nobody on record."),
        (("warden", "name", "M", "none", "people=anna"), "There is no list none on record."),
        (("movement", "show", "none"), "There is no movement none on record."),
    ],
)  # fmt: skip  # a table reads best as one
def test_nonsense_is_refused_in_a_sentence(
    world: World, duty: str, words: tuple[str, ...], sentence: str
) -> None:
    assert refused(*words, "--as", duty).startswith(sentence)


def test_who_may_not_is_refused_by_command(opened: Open, somebody: Somebody) -> None:
    muster, reader = opened().row.number, ("--as", somebody("reader", "M"))
    asked_for = (
        ("muster", "open", "M", "title=x"),
        ("muster", "close", muster, "reason=x"),
        ("muster", "targets", "M", "first_share=1"),
        ("warden", "write", "M", "code=x", "title=x"),
        ("movement", "order", "M", "kind=hibernate", "title=x", "from_site=CAMP"),
    )
    before = (Muster.objects.count(), MusterEnd.objects.count(), WardenList.objects.count())

    assert all(refused(*words, *reader).startswith("This needs one of") for words in asked_for)
    assert before == (
        Muster.objects.count(), MusterEnd.objects.count(), WardenList.objects.count(),
    )  # fmt: skip
