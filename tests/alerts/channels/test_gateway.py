"""Text messages and calls through a gateway, over a real socket."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cadre.alerts.channels import answers, reasons
from cadre.alerts.channels.environment import WaysOut
from cadre.alerts.channels.fakes import FakeGateway
from cadre.alerts.channels.gateway import Gateway, telephone
from cadre.alerts.channels.messages import Message, Outcome

Made = Callable[..., Message]


def test_what_the_gateway_gets_is_what_was_said(
    gateway: FakeGateway, at_the_gateway: WaysOut, message: Made
) -> None:
    sent = message(urgent=True, exercise=True, language="fr", text="Signalez-vous")

    outcome = Gateway(at_the_gateway).send(sent)

    assert outcome == Outcome(sent=True, reference=f"fake-{sent.key}")
    assert gateway.taken == {
        sent.key: {
            "key": sent.key,
            "channel": "sms",
            "to": "+9647701234567",
            "text": "Signalez-vous",
            "language": "fr",
            "urgent": True,
            "exercise": True,
            "digits": 0,
        }
    }


def test_a_call_waits_for_a_key_where_there_is_something_to_answer(
    gateway: FakeGateway, at_the_gateway: WaysOut, message: Made
) -> None:
    line = Gateway(at_the_gateway)

    line.send(message(channel="voice", key="asks", code="4711"))
    line.send(message(channel="voice", key="tells"))

    assert {key: told["digits"] for key, told in gateway.taken.items()} == {"asks": 1, "tells": 0}


def test_a_message_sent_again_under_its_key_is_taken_once(
    gateway: FakeGateway, at_the_gateway: WaysOut, message: Made
) -> None:
    gateway.conduct.hangs_up = True
    line = Gateway(at_the_gateway)
    lost = line.send(message())
    gateway.conduct.hangs_up = False

    again = line.send(message())

    assert lost == Outcome(sent=False, reason=str(reasons.SILENT), again=True, unclear=True)
    assert again.sent
    assert len(gateway.asked) == 2
    assert len(gateway.taken) == 1
    assert Gateway.honours_keys


@pytest.mark.parametrize(
    ("status", "reason", "again"),
    [
        (302, reasons.ELSEWHERE, False),
        (307, reasons.ELSEWHERE, False),
        (400, reasons.REFUSED, False),
        (401, reasons.NOT_LET_IN, False),
        (403, reasons.NOT_LET_IN, False),
        (404, reasons.REFUSED, False),
        (408, reasons.BUSY, True),
        (409, reasons.BUSY, True),
        (422, reasons.REFUSED, False),
        (429, reasons.BUSY, True),
        (500, reasons.FAILING, True),
        (503, reasons.FAILING, True),
    ],
)
def test_an_answer_says_whether_trying_again_can_help(
    gateway: FakeGateway,
    at_the_gateway: WaysOut,
    message: Made,
    status: int,
    reason: str,
    *,
    again: bool,
) -> None:
    gateway.conduct.status = status

    outcome = Gateway(at_the_gateway).send(message())

    assert outcome == Outcome(sent=False, reason=f"{reason} ({status})", again=again)
    assert gateway.taken == {}


@pytest.mark.parametrize(
    ("asked", "wait"),
    [("7", 7), ("999999", 900), ("-1", 0), ("soon", 0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0)],
)
def test_a_busy_gateway_says_how_long_to_wait(
    gateway: FakeGateway, at_the_gateway: WaysOut, message: Made, asked: str, wait: int
) -> None:
    gateway.conduct.status, gateway.conduct.retry_after = 429, asked

    assert Gateway(at_the_gateway).send(message()).wait == wait


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"reference": 7}',
        b"\xff\xfe",
        b'{"reference": "',
        b"x" * 99999,
    ],
)
def test_a_message_that_was_taken_is_sent_whatever_the_gateway_says_of_it(
    gateway: FakeGateway, at_the_gateway: WaysOut, message: Made, answer: bytes
) -> None:
    gateway.conduct.answer = answer

    assert Gateway(at_the_gateway).send(message()) == Outcome(sent=True, reference="")


def test_a_wrong_key_is_said_and_not_tried_again(
    gateway: FakeGateway, at_the_gateway: WaysOut, message: Made
) -> None:
    outcome = Gateway(replace(at_the_gateway, gateway_key="another")).send(message())

    assert outcome == Outcome(sent=False, reason=f"{reasons.NOT_LET_IN} (401)")


def test_a_gateway_that_is_not_there_can_be_tried_again(message: Made) -> None:
    outcome = Gateway(WaysOut(gateway_url="http://127.0.0.1:1", gateway_key="k")).send(message())

    assert outcome == Outcome(sent=False, reason=str(reasons.UNREACHED), again=True)


def test_a_gateway_that_thinks_too_long_may_have_taken_the_message(
    gateway: FakeGateway,
    at_the_gateway: WaysOut,
    message: Made,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cadre.alerts.channels.gateway.SECONDS", (1, 0.2))
    gateway.conduct.seconds = 0.6

    outcome = Gateway(at_the_gateway).send(message())

    assert outcome == Outcome(sent=False, reason=str(reasons.SILENT), again=True, unclear=True)
    assert answers.SECONDS == (5, 15)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+964 770 123 4567", "+9647701234567"),
        ("00964-770-1234567", "+9647701234567"),
        ("+49 (0) 30 1234", "+490301234"),
        ("0770 123 4567", ""),
        ("+0123456789", ""),
        ("+96477012345678901", ""),
        ("+964", ""),
        ("ada@example.org", ""),
        ("+9647701234567\n+9647709999999", ""),
        ("+9647701234567,+9647709999999", ""),
        ("+٩٦٤٧٧٠١٢٣٤٥٦٧", ""),
        ("", ""),
    ],
)
def test_a_number_is_read_in_international_form_only(written: str, number: str) -> None:
    assert telephone(written) == number


def test_what_is_no_number_never_reaches_the_gateway(
    gateway: FakeGateway, at_the_gateway: WaysOut, message: Made
) -> None:
    outcome = Gateway(at_the_gateway).send(message(address="+964770'; DROP"))

    assert outcome == Outcome(sent=False, reason=str(reasons.NO_NUMBER))
    assert gateway.asked == []
