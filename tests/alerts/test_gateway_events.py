"""What a gateway tells this node: receipts, answers, keys pressed, and what nobody can place."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access.models import Account
from cadre.accountability.actions import NewMuster, open_muster
from cadre.accountability.models import CheckIn, Muster
from cadre.alerts import actions
from cadre.alerts.actions.listening import listen
from cadre.alerts.channels.environment import WaysOut
from cadre.alerts.channels.webhooks import sign
from cadre.alerts.models import (
    Acknowledgement,
    Alert,
    Attempt,
    AttemptEvent,
    StrayReply,
    StraySettled,
)
from cadre.alerts.queries.reach import Audience
from cadre.core.releasability import OPERATOR
from tests.alerts.conftest import PHONE, Staff, make_account, recipient

SECRET = "a secret of thirty-two characters"
WORDS = {"en": actions.Text(subject="Water", text="Boil it.")}


@pytest.fixture(autouse=True)
def gateway(settings: Settings, at: datetime) -> None:
    settings.CADRE_CLOCK = (at + timedelta(minutes=30)).isoformat()
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.WAYS_OUT = WaysOut(gateway_secret=SECRET)


def told(secret: str = SECRET, moment: datetime | None = None, **event: object) -> tuple[int, str]:
    body = json.dumps(event).encode()
    headers = sign(body, secret, moment or datetime.now(UTC))
    answer = Client(enforce_csrf_checks=True).post(
        "/gateway/receipts/", body, content_type="application/json", headers=headers
    )
    return answer.status_code, str(answer.json().get("taken", ""))


def written(staff: Staff, at: datetime) -> Alert:
    to = Audience(mission=staff.place.mission)
    return actions.send(actions.NewMessage(to=to, texts=WORDS), by=OPERATOR, at=at)


def attempt_to(staff: Staff, at: datetime) -> Attempt:
    """The first attempt to tell Anna something by text message, whose ladder came so far."""
    alert = written(staff, at)
    of = recipient(alert, staff.anna)
    return Attempt.objects.create(
        recipient=of, channel="sms", address=f"{PHONE}0001", due_at=at, number=9
    )


def mustered(staff: Staff, at: datetime) -> Muster:
    made = open_muster(NewMuster(mission=staff.place.mission, title="Shock"), by=OPERATOR, at=at)
    listen(at=at)
    return made


def test_a_receipt_becomes_the_state_of_its_attempt_once(staff: Staff, at: datetime) -> None:
    attempt = attempt_to(staff, at)
    receipt = {"kind": "receipt", "id": "r", "key": str(attempt.pk), "state": "delivered"}

    assert [told(**receipt), told(**receipt)] == [(200, "receipt"), (200, "receipt")]
    events = AttemptEvent.objects.filter(attempt=attempt)
    assert list(events.values_list("state", flat=True)) == ["delivered"]
    assert told(kind="receipt", id="x", key="nothing", state="sent") == (200, "unknown message")


def test_what_is_not_signed_or_too_old_changes_nothing(staff: Staff, at: datetime) -> None:
    attempt = attempt_to(staff, at)
    receipt = {"kind": "receipt", "id": "r", "key": str(attempt.pk), "state": "delivered"}
    old = datetime.now(UTC) - timedelta(minutes=6)

    assert told("another secret", None, **receipt)[0] == 401
    assert told(SECRET, old, **receipt)[0] == 401
    assert Client().get("/gateway/receipts/").status_code == 405
    assert AttemptEvent.objects.filter(attempt=attempt).count() == 0


def test_an_answer_to_a_muster_checks_its_sender_in_once(staff: Staff, at: datetime) -> None:
    muster = mustered(staff, at)
    reply = {
        "kind": "reply", "id": "in-1", "from": "+47 900 000 001", "text": f"SAFE {muster.code}",
    }  # fmt: skip  # one event

    assert [told(**reply), told(**reply)] == [(200, "checked in"), (200, "checked in")]
    report = CheckIn.objects.get()
    assert (report.person, report.state, report.muster) == (staff.anna, "safe", muster)


def test_a_word_for_help_is_help_however_it_comes(staff: Staff, at: datetime) -> None:
    mustered(staff, at)

    assert told(kind="reply", id="a", **{"from": f"{PHONE}0001"}, text="safe but send help") == (
        200,
        "checked in",
    )
    assert CheckIn.objects.get().state == "need help"


def test_unclear_words_at_a_muster_are_kept_and_are_not_safe(staff: Staff, at: datetime) -> None:
    mustered(staff, at)
    told(kind="reply", id="a", **{"from": f"{PHONE}0001"}, text="who is this?")

    report = CheckIn.objects.get()
    assert (report.state, report.words) == ("", "who is this?")


def test_a_key_pressed_in_a_call_that_asked_for_it_checks_in(staff: Staff, at: datetime) -> None:
    mustered(staff, at)
    call = Attempt.objects.filter(recipient__person=staff.anna).first()
    assert call is not None
    number = f"{PHONE}0001"

    assert told(kind="code", id="a", **{"from": number}, digits="1", key=str(call.pk)) == (
        200,
        "checked in",
    )
    assert CheckIn.objects.get().state == "safe"


def test_a_plain_yes_to_a_message_acknowledges_it(staff: Staff, at: datetime) -> None:
    attempt = attempt_to(staff, at)

    assert told(kind="reply", id="a", **{"from": f"{PHONE}0001"}, text="OK") == (
        200,
        "acknowledged",
    )
    kept = Acknowledgement.objects.get()
    assert (kept.recipient_id, kept.how) == (attempt.recipient_id, "sms")


def test_other_words_and_unknown_numbers_go_to_a_person_once(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    attempt_to(staff, at)
    told(kind="reply", id="a", **{"from": f"{PHONE}0001"}, text="I am not ok")
    told(kind="reply", id="b", **{"from": "+15550000"}, text="HELP at the gate")
    told(kind="reply", id="b", **{"from": "+15550000"}, text="HELP at the gate")
    client = Client()
    client.force_login(heads["duty"])

    assert Acknowledgement.objects.count() == 0
    assert sorted(StrayReply.objects.values_list("words", flat=True)) == [
        "HELP at the gate",
        "I am not ok",
    ]
    page = client.get("/alerts/answers/").text
    assert ("HELP at the gate" in page, "+15550000" in page) == (True, True)
    assert "Look at 2 answers that nobody could be found for." in client.get("/").text


def test_whose_an_answer_is_can_be_said_and_counts_at_the_muster(
    staff: Staff, at: datetime
) -> None:
    told(kind="reply", id="b", **{"from": "+15550000"}, text="HELP at the gate")
    mustered(staff, at)
    row = StrayReply.objects.get()
    client = Client()
    client.force_login(make_account("watch", "duty_officer", "DE", "FR"))
    unknown = client.post(f"/alerts/answers/{row.pk}/", {"who": "nobody-so", "note": "His voice"})
    client.post(f"/alerts/answers/{row.pk}/", {"who": "anna", "note": "Her sister's phone"})
    twice = client.post(f"/alerts/answers/{row.pk}/", {"who": "bert", "note": "No, his"})

    assert unknown.status_code == 422
    assert [(each.person, each.note) for each in StraySettled.objects.all()] == [
        (staff.anna, "Her sister's phone")
    ]
    assert [(each.person, each.state) for each in CheckIn.objects.all()] == [
        (staff.anna, "need help")
    ]
    assert (twice.status_code, "Somebody has settled this already." in twice.text) == (422, True)


def test_a_number_that_two_share_is_nobodys(staff: Staff, at: datetime) -> None:
    mustered(staff, at)
    new = actions.NewContact(person=staff.bert, channel="sms", address=f"{PHONE}0001")
    actions.note_contact(new, by=OPERATOR, at=at)

    assert told(kind="reply", id="a", **{"from": f"{PHONE}0001"}, text="SAFE") == (
        200,
        "for a person",
    )
    assert (CheckIn.objects.count(), StrayReply.objects.count()) == (0, 1)
