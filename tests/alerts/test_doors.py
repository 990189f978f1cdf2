"""Alerts by API and by command: the same rules as on the pages."""

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access.models import Account
from cadre.alerts import actions
from cadre.alerts.actions.watching import beat
from cadre.alerts.models import (
    Acknowledgement,
    Alert,
    Attempt,
    Contact,
    Ladder,
    Phase,
    Recipient,
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
