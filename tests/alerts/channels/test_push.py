"""Push messages: only the browser can read them, and only push services are asked."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from cadre.alerts.channels import reasons
from cadre.alerts.channels.environment import PUSH_HOSTS, WaysOut
from cadre.alerts.channels.messages import Message, Outcome
from cadre.alerts.channels.push import Push
from cadre.alerts.channels.push_address import address_of, may_ask
from cadre.alerts.channels.push_keys import application_server_key
from tests.alerts.channels.recorder import Recorder

Made = Callable[..., Message]
AUTH = b"sixteen bytes :)"
SECRET = "a push secret that a node keeps in its data folder"


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.fixture
def browser() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def ways(recorder: Recorder) -> WaysOut:
    return WaysOut(
        mail_from="Cadre <cadre@mission.example.org>",
        push_key=SECRET,
        push_hosts=(*PUSH_HOSTS, f"http://{recorder.place}"),
    )


@pytest.fixture
def push(message: Made, recorder: Recorder, browser: ec.EllipticCurvePrivateKey) -> Made:
    point = browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def made(**said: object) -> Message:
        address = address_of(f"http://{recorder.place}/send/abc", b64(point), b64(AUTH))
        return message(**{"channel": "push", "address": address, "text": "", **said})

    return made


def test_the_browser_reads_a_title_and_a_link_and_nobody_else_does(
    recorder: Recorder, ways: WaysOut, push: Made, browser: ec.EllipticCurvePrivateKey
) -> None:
    recorder.answers(201)
    sent = push(subject="Check in.", link="https://x.example/c/", text="never shown", urgent=True)

    outcome = Push(ways).send(sent)

    [asked] = recorder.requests
    opened = http_ece.decrypt(asked.body, private_key=browser, auth_secret=AUTH)
    assert outcome == Outcome(sent=True)
    assert b"Check in" not in asked.body
    assert json.loads(opened) == {
        "title": "Check in.",
        "link": "https://x.example/c/",
        "language": "en",
        "exercise": False,
        "urgent": True,
        "tag": sent.key,
    }
    assert (asked.headers["urgency"], asked.headers["topic"]) == ("high", sent.key.replace("-", ""))


def test_the_push_service_knows_the_node_by_its_key(
    recorder: Recorder, ways: WaysOut, push: Made
) -> None:
    Push(ways).send(push())

    [asked] = recorder.requests
    signed = asked.headers["authorization"]
    assert signed.endswith(f"k={application_server_key(SECRET)}")
    assert Vapid02.verify(signed)
    claims = signed.split("t=")[1].split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert said["sub"] == "mailto:cadre@mission.example.org"
    assert said["aud"] == f"http://{recorder.place}"


def test_a_node_keeps_its_key_as_long_as_its_secret() -> None:
    assert application_server_key(SECRET) == application_server_key(SECRET)
    assert application_server_key(SECRET) != application_server_key(f"{SECRET}.")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_gone(
    recorder: Recorder, ways: WaysOut, push: Made, status: int
) -> None:
    recorder.answers(status)

    outcome = Push(ways).send(push())

    assert outcome == Outcome(sent=False, reason=f"{reasons.GONE} ({status})", gone=True)


@pytest.mark.parametrize(
    ("status", "reason", "again", "wait"),
    [
        (400, reasons.REFUSED, False, 0),
        (403, reasons.NOT_LET_IN, False, 0),
        (413, reasons.REFUSED, False, 0),
        (429, reasons.BUSY, True, 20),
        (500, reasons.FAILING, True, 20),
    ],
)
def test_what_the_push_service_answers_is_kept(  # noqa: PLR0913  a row of the table
    recorder: Recorder,
    ways: WaysOut,
    push: Made,
    status: int,
    reason: str,
    *,
    again: bool,
    wait: int,
) -> None:
    recorder.answers(status, Retry_After="20")

    outcome = Push(ways).send(push())

    assert outcome.reason == f"{reason} ({status})"
    assert (outcome.sent, outcome.again, outcome.gone) == (False, again, False)
    assert outcome.wait == wait


def test_a_push_service_that_sends_us_elsewhere_is_not_followed(
    recorder: Recorder, ways: WaysOut, push: Made
) -> None:
    with Recorder() as inside:
        recorder.answers(307, Location=f"http://{inside.place}/latest/meta-data/")

        outcome = Push(ways).send(push())

        assert outcome == Outcome(sent=False, reason=str(reasons.ELSEWHERE))
        assert inside.requests == []


def test_a_push_service_that_is_not_there_can_be_tried_again(ways: WaysOut, push: Made) -> None:
    gone = replace(ways, push_hosts=("http://127.0.0.1:1",))
    said = json.loads(push().address)
    address = json.dumps({**said, "endpoint": "http://127.0.0.1:1/send"})

    outcome = Push(gone).send(push(address=address))

    assert outcome == Outcome(sent=False, reason=str(reasons.UNREACHED), again=True)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://db5p.notify.windows.com/w/?token=abc",
        "https://web.push.apple.com:443/abc",
        "http://127.0.0.1:9000/send",
    ],
)
def test_push_services_that_are_named_are_asked(endpoint: str) -> None:
    assert may_ask(endpoint, (*PUSH_HOSTS, "http://127.0.0.1:9000"))


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/abc",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com@127.0.0.1/abc",
        "https://127.0.0.1\\@fcm.googleapis.com/abc",
        "https://127.0.0.1#@fcm.googleapis.com/abc",
        "https://push.apple.com.evil.example/",
        "https://evilpush.services.mozilla.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:9001/send",
        "http://127.0.0.1:90000/send",
        "https://[fcm.googleapis.com/",
        "file:///etc/passwd",
        "fcm.googleapis.com",
        "https:///abc",
        "https://fcm.googleapis.com/\r\nHost: evil.example",
        "",
    ],
)
def test_nothing_else_is_asked(endpoint: str, message: Made, ways: WaysOut) -> None:
    named = replace(ways, push_hosts=(*PUSH_HOSTS, "http://127.0.0.1:9000"))
    address = address_of(endpoint, b64(b"\x04" + b"x" * 64), b64(AUTH))

    outcome = Push(named).send(message(channel="push", address=address))

    assert outcome == Outcome(sent=False, reason=str(reasons.NOT_ALLOWED))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"endpoint": "https://fcm.googleapis.com/"}',
        '{"endpoint": "https://fcm.googleapis.com/", "keys": {"p256dh": 1, "auth": 2}}',
        '{"endpoint": "https://fcm.googleapis.com/", "keys": {"p256dh": "é", "auth": "a"}}',
        "[" * 9000,
    ],
)
def test_what_is_no_subscription_is_not_used(address: str, message: Made, ways: WaysOut) -> None:
    outcome = Push(ways).send(message(channel="push", address=address))

    assert outcome == Outcome(sent=False, reason=str(reasons.NO_ADDRESS))


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", ""),
        ("x", "x"),
        ("!!!", "!!!"),
        (b64(b"\x04" + b"x" * 64), b64(AUTH)),
        (b64(b"\x04" + b"\x00" * 64), b64(b"")),
        (b64(b"x" * 10), b64(AUTH)),
    ],
)
def test_keys_that_are_none_are_an_address_that_is_gone(
    recorder: Recorder, ways: WaysOut, message: Made, p256dh: str, auth: str
) -> None:
    address = address_of(f"http://{recorder.place}/send", p256dh, auth)

    outcome = Push(ways).send(message(channel="push", address=address))

    assert outcome == Outcome(sent=False, reason=str(reasons.NO_ADDRESS), gone=True)
    assert recorder.requests == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://10.0.0.5/",
        "https://10.0.0.5./",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://[fd00::1]/",
    ],
)
def test_a_number_is_asked_only_where_it_is_written_out_whole(endpoint: str) -> None:
    host = endpoint.removeprefix("https://").strip("/[]")

    assert not may_ask(endpoint, (host, f".{host}"))
    assert may_ask(endpoint, (endpoint.rstrip("/"),))
