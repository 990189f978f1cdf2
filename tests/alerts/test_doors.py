"""Alerts by API and by command: the same rules as on the pages."""

import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access.models import Account
from cadre.access.queries import viewer_of
from cadre.alerts import actions
from cadre.alerts.actions.watching import beat
from cadre.alerts.models import (
    Acknowledgement,
    Alert,
    Attempt,
    Contact,
    Ladder,
    Phase,
    QuietHours,
    Recipient,
    StrayReply,
    Subscription,
)
from cadre.alerts.queries.reach import Audience
from cadre.core.alerts import State
from cadre.core.releasability import OPERATOR
from tests.alerts.conftest import Staff, make_account
from tests.directives.commanding import refused, told, told_json

WORDS = {"en": actions.Text(subject="Water", text="Boil it.")}
MESSAGE = {"subject_en": "Water", "text_en": "Boil it."}
TYPED = ("subject_en=Water", "text_en=Boil it.", "lane=1", "to=everybody")
LADDER = {"acknowledging": "first", "window_minutes": "60", "steps": "0 self sms\n30 warden page"}


@pytest.fixture(autouse=True)
def clock(settings: Settings, at: datetime) -> datetime:
    now = at + timedelta(minutes=30)
    settings.CADRE_CLOCK = now.isoformat()
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    return now


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def posted(client: Client, where: str, **fields: object) -> tuple[int, dict[str, object]]:
    answer = client.post(
        f"/api/v1{where}", json.dumps({"fields": fields}), content_type="application/json"
    )
    return answer.status_code, answer.json()


def written(staff: Staff, at: datetime) -> Alert:
    to = Audience(mission=staff.place.mission)
    return actions.send(actions.NewMessage(to=to, texts=WORDS), by=OPERATOR, at=at)


def test_a_program_sends_reads_and_ends_a_message(staff: Staff, heads: dict[str, Account]) -> None:
    client = browser(heads["duty"])
    status, answer = posted(client, "/missions/M/alerts", **MESSAGE)
    alert = Alert.objects.get()
    read = client.get(f"/api/v1/alerts/{alert.pk}").json()
    listed = client.get("/api/v1/alerts?mission=M").json()
    ended = posted(client, f"/alerts/{alert.pk}/all-clear", **MESSAGE)

    assert (status, answer["number"]) == (201, alert.number)
    assert sum(read["counts"].values()) == 3
    assert [each["number"] for each in listed] == [alert.number]
    assert ended[0] == 201
    assert Alert.objects.get(first=alert).phase == Phase.ALL_CLEAR


def test_a_program_that_sends_the_same_twice_sends_it_once(
    staff: Staff, heads: dict[str, Account]
) -> None:
    client = browser(heads["duty"])
    key = "6a1b32b0-5b0c-4d8b-9b0a-0f0c5f6a1b32"
    first = posted(client, "/missions/M/alerts", **MESSAGE, key=key)
    again = posted(client, "/missions/M/alerts", **MESSAGE, key=key)

    assert (first[0], again[0], Alert.objects.count()) == (201, 409, 1)


def test_a_program_without_the_role_reads_and_sends_nothing(staff: Staff, at: datetime) -> None:
    alert = written(staff, at)
    client = browser(make_account("press", "press_officer", "NO"))

    assert client.get("/api/v1/alerts").status_code == 403
    assert client.get(f"/api/v1/alerts/{alert.pk}").status_code == 403
    assert posted(client, "/missions/M/alerts", **MESSAGE)[0] == 403
    assert posted(client, f"/alerts/{alert.pk}/again")[0] == 403
    assert posted(client, "/missions/M/ladders", **LADDER)[0] == 403
    assert posted(client, "/channels/test")[0] == 403
    assert client.get("/api/v1/outbox").status_code == 403
    assert Alert.objects.count() == 1


def test_a_program_acknowledges_for_its_own_account_only(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    to = Audience(mission=staff.place.mission, roles=frozenset({"duty_officer", "commander"}))
    actions.send(actions.NewMessage(to=to, texts=WORDS), by=OPERATOR, at=at)
    client = browser(heads["duty"])
    [own] = client.get("/api/v1/messages").json()
    others = Recipient.objects.get(account=heads["commander"])

    assert own["to_acknowledge"] is True
    assert posted(client, f"/messages/{others.pk}/acknowledge")[0] == 404
    assert posted(client, f"/messages/{own['id']}/acknowledge")[0] == 201
    assert [each.how for each in Acknowledgement.objects.all()] == ["api"]


def test_a_program_notes_verifies_and_drops_an_address(
    staff: Staff,
) -> None:
    client = browser(make_account("watch", "duty_officer", "DE"))
    made = posted(client, "/people/anna/contacts", channel="sms", address="+4711")
    row = Contact.objects.get()
    verified = posted(client, f"/contacts/{row.pk}/verify", how="Called back")
    read = client.get("/api/v1/people/anna/contacts").json()
    dropped = posted(client, f"/contacts/{row.pk}/drop")

    assert (made[0], verified[0], dropped[0]) == (201, 201, 201)
    assert {"id": str(row.pk), "channel": "sms", "address": "+4711", "verified": True} in read
    row.refresh_from_db()
    assert row.dropped is True


def test_a_program_sets_a_ladder_that_fits(staff: Staff, heads: dict[str, Account]) -> None:
    client = browser(heads["duty"])
    late = posted(client, "/missions/M/ladders", **LADDER | {"window_minutes": "20"})
    kept = posted(client, "/missions/M/ladders", **LADDER, cause="incident")
    unknown = posted(client, "/missions/M/ladders", **LADDER, cause="weather")
    read = client.get("/api/v1/missions/M/ladders").json()

    assert (late[0], kept[0], unknown[0]) == (409, 201, 422)
    assert "after 30 minutes, but there are only 20" in str(late[1])
    assert Ladder.objects.get().cause == "incident"
    assert [each["own"] for each in read if each["cause"] == "incident"] == [True]


# --- by command --------------------------------------------------------------------------------


def test_a_command_sends_shows_and_ends_a_message(staff: Staff, at: datetime) -> None:
    said = told("alerts", "send", "M", *TYPED)
    alert = Alert.objects.get()
    shown = told("alerts", "show", alert.number)
    listed = told("alerts", "list", "--mission", "M")
    ended = told("alerts", "follow", alert.number, "all-clear", *TYPED[:2])

    assert said == f"Sent: {alert.number}."
    assert listed.startswith(f"{alert.number}: Water (ordinary, ")
    assert "WAITING: Anna Fictional: " in shown
    assert ended == f"Sent: {Alert.objects.get(first=alert).number}."


def test_a_command_says_who_was_not_reached_first_and_why(staff: Staff, at: datetime) -> None:
    alert = written(staff, at)
    for attempt in attempts_of(alert, staff):
        actions.note_receipt(attempt, State.FAILED, at=at, reason="Gone.")
    lines = told("alerts", "show", alert.number).splitlines()
    again = told("alerts", "again", alert.number)

    assert lines[1].startswith("  NOT REACHED: Bert Fictional: email failed (Gone.)")
    assert again == "Told once more: 1."


def attempts_of(alert: Alert, staff: Staff) -> list[str]:
    rows = Attempt.objects.filter(recipient__alert=alert, recipient__person=staff.bert)
    return [str(row.pk) for row in rows]


def test_a_command_refuses_in_a_sentence(staff: Staff) -> None:
    email = make_account("press", "press_officer", "NO").email

    assert "one of these roles" in refused("alerts", "send", "M", *TYPED, "--as", email)
    assert refused("alerts", "show", "M-A-1") == "There is no message M-A-1 on record."
    assert Alert.objects.count() == 0


def test_a_command_is_a_probe(staff: Staff) -> None:
    with pytest.raises(SystemExit) as ended:
        told("alerts", "heartbeat")
    beat("one", every=1.0)

    assert ended.value.code == 1
    assert told("alerts", "heartbeat").splitlines()[0] == "Messages go out."
    assert told_json("alerts", "heartbeat")["ok"] is True  # type: ignore[call-overload, index]  # an object


def test_a_command_notes_and_reads_addresses_and_sets_a_ladder(staff: Staff) -> None:
    told("alerts", "contact", "anna", "channel=sms", "address=+4711")
    told("alerts", "ladder", "M", "other", "acknowledging=first", "window_minutes=60",
         "steps=0 self sms")  # fmt: skip  # one command

    assert "sms: +4711 (not verified)" in told("alerts", "contacts", "anna").splitlines()
    assert Ladder.objects.get().cause == ""


# --- one's own wishes, deputies, answers: by both doors -------------------------------------------

HOURS = {"begins": "22:00", "ends": "06:00", "zone": "Asia/Baghdad"}
WISHED = {"mission": "M", "when": "daily", "causes": ["incident", "level"]}


def a_stray(at: datetime) -> StrayReply:
    return StrayReply.objects.create(
        key=uuid4(), channel="sms", sender="+15550000", words="HELP", occurred_at=at, heard_at=at
    )


def test_a_program_sets_and_reads_its_own_wishes_and_nobody_elses(
    staff: Staff, heads: dict[str, Account]
) -> None:
    client = browser(heads["france"])
    quiet = posted(client, "/messages/quiet-hours", **HOURS)
    wished = posted(client, "/messages/subscriptions", **WISHED)
    read = client.get("/api/v1/messages/quiet-hours").json()
    subscribed = client.get("/api/v1/messages/subscriptions").json()
    stranger = browser(heads["germany"])

    assert (quiet[0], wished[0]) == (201, 201)
    assert read == {"begins": "22:00:00", "ends": "06:00:00", "zone": "Asia/Baghdad"}
    assert subscribed == [{"mission": "M", "causes": ["incident", "level"], "digest": True}]
    assert stranger.get("/api/v1/messages/quiet-hours").json() == dict.fromkeys(HOURS)
    assert stranger.get("/api/v1/messages/subscriptions").json() == []
    assert posted(client, "/messages/quiet-hours", begins="", ends="")[0] == 201
    assert client.get("/api/v1/messages/quiet-hours").json() == dict.fromkeys(HOURS)


@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("/messages/quiet-hours", HOURS | {"zone": "Nowhere/Town"}),
        ("/messages/subscriptions", WISHED | {"causes": ["weather"]}),
        ("/messages/subscriptions", WISHED | {"account": "germany"}),
    ],
)
def test_a_wish_that_is_none_is_refused_in_a_sentence(
    staff: Staff, heads: dict[str, Account], where: str, fields: dict[str, object]
) -> None:
    status, answer = posted(browser(heads["duty"]), where, **fields)

    assert (status in {409, 422}, set(answer)) == (True, {"detail"})
    assert QuietHours.objects.count() + Subscription.objects.count() == 0


def test_a_program_names_and_drops_a_deputy_if_it_may(
    staff: Staff, heads: dict[str, Account]
) -> None:
    client, stranger = browser(heads["duty"]), browser(make_account("press", "press_officer", "NO"))
    where, pair = "/missions/M/deputies", {"post": "P-anna", "deputy": "P-chloe"}
    refused_to_a_stranger = posted(stranger, where, **pair)
    named = posted(client, where, **pair)
    read = client.get(f"/api/v1{where}").json()
    dropped = posted(client, where, **pair, dropped="on")

    assert (refused_to_a_stranger[0], named[0], dropped[0]) == (403, 201, 201)
    assert read == [{"post": "P-anna", "deputy": "P-chloe", "position": 1}]
    assert client.get(f"/api/v1{where}").json() == []


def test_a_program_settles_an_answer_if_it_may(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    row = a_stray(at)
    client, stranger = browser(heads["duty"]), browser(make_account("press", "press_officer", "NO"))
    settled = {"who": "", "note": "A wrong number"}
    where = f"/answers/{row.pk}/settle"

    assert stranger.get("/api/v1/answers").status_code == 403
    assert posted(stranger, where, **settled)[0] == 403
    assert [each["settled"] for each in client.get("/api/v1/answers").json()] == [None]
    assert [posted(client, where, **settled)[0] for _time in range(2)] == [201, 409]
    [read] = client.get("/api/v1/answers").json()
    assert (read["words"], read["settled"]["note"]) == ("HELP", "A wrong number")


def test_a_command_sets_and_tells_ones_own_wishes(staff: Staff, heads: dict[str, Account]) -> None:
    own = ("--as", heads["france"].email)
    told("alerts", "quiet", "begins=22:00", "ends=06:00", *own)
    told("alerts", "subscribe", "mission=M", "when=at_once", "causes=incident,level", *own)

    assert told("alerts", "wishes", *own).splitlines() == [
        "Quiet hours: 22:00 to 06:00, UTC.",
        "M: incident, level (at once)",
    ]
    assert told("alerts", "wishes", "--as", heads["germany"].email) == "Quiet hours: none."
    assert refused("alerts", "quiet", "begins=22:00", "ends=06:00") == (
        "This is for people with an account."
    )


def test_a_command_drops_ones_own_device_only(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    said = actions.Browser(endpoint="https://fcm.googleapis.com/x", p256dh="a", auth="b", label="A")
    row = actions.keep_browser(said, by=viewer_of(heads["france"]), at=at)
    drop = ("alerts", "drop-device", str(row.pk), "--as")

    assert refused(*drop, heads["germany"].email) == (
        f"There is no device {row.pk} of yours on record."
    )
    assert told("alerts", "wishes", "--as", heads["france"].email).splitlines()[1:] == [
        f"device {row.pk} A: is told"
    ]
    assert told(*drop, heads["france"].email) == f"It is told nothing any more: {row.pk}."


def test_a_command_names_deputies_and_settles_answers_for_who_may(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    row = a_stray(at)
    stranger = ("--as", make_account("press", "press_officer", "NO").email)
    pair = ("alerts", "deputy", "M", "post=P-anna", "deputy=P-chloe")
    settle = ("alerts", "settle", str(row.pk), "note=A wrong number")

    for words in (pair, settle, ("alerts", "answers")):
        assert "one of these roles" in refused(*words, *stranger)
    assert told("alerts", "answers").endswith("sms +15550000: “HELP” (waits for somebody)")
    told(*pair)
    told(*settle)
    assert told("alerts", "deputies", "M") == "P-chloe for P-anna (asked as number 1)"
    assert told("alerts", "answers").endswith("(settled by operator: A wrong number)")
