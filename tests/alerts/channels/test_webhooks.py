"""What a gateway tells: signed, within five minutes, and read without losing a word."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.alerts.channels.webhooks import (
    LARGEST,
    SIGNATURE,
    TIMESTAMP,
    Receipt,
    Refused,
    Reply,
    VoiceCode,
    read_webhook,
    sign,
)

SECRET = "a secret of thirty-two characters"
AT = datetime(2020, 1, 6, 18, 30, tzinfo=UTC)
PAGE = Path(__file__).parents[3] / "docs" / "reference" / "gateway.md"
REPLY = {
    "id": "in-1",
    "kind": "reply",
    "from": "+9647701234567",
    "text": "SAFE 4711",
    "at": "2020-01-06T18:29:30Z",
}
Read = Receipt | Reply | VoiceCode | Refused


def told(event: object, at: datetime = AT) -> Read:
    body = json.dumps(event).encode()
    return read_webhook(sign(body, SECRET, at), body, SECRET, at)


def test_a_reply_is_read_with_every_word_and_the_moment_it_was_written() -> None:
    assert told(REPLY) == Reply(
        id="in-1",
        at=datetime(2020, 1, 6, 18, 29, 30, tzinfo=UTC),
        channel="sms",
        sender="+9647701234567",
        text="SAFE 4711",
        attempt="",
    )


def test_a_receipt_names_the_message_and_what_became_of_it() -> None:
    event = {
        "id": "r-1",
        "kind": "receipt",
        "key": "attempt-1",
        "reference": "gw-77",
        "state": "failed",
        "reason": "Unknown subscriber",
        "at": "2020-01-06T19:30:00+01:00",
    }

    assert told(event) == Receipt(
        id="r-1",
        at=AT,
        reference="gw-77",
        attempt="attempt-1",
        state="failed",
        reason="Unknown subscriber",
    )


@pytest.mark.parametrize(
    ("digits", "words"), [("1", "1"), ("2", "HELP"), ("", ""), ("11", "11"), ("21", "21")]
)
def test_keys_pressed_in_a_call_are_an_answer_in_words(digits: str, words: str) -> None:
    event = {"id": "v-1", "kind": "code", "from": "+9647701234567", "digits": digits}

    read = told(event)

    assert isinstance(read, VoiceCode)
    assert (read.digits, read.words) == (digits, words)


def test_the_same_event_has_the_same_key_however_often_it_is_told() -> None:
    first, again = told(REPLY), told(REPLY, AT + timedelta(minutes=2))
    other = told({**REPLY, "id": "in-2"})

    assert isinstance(first, Reply)
    assert isinstance(again, Reply)
    assert isinstance(other, Reply)
    assert isinstance(first.key, UUID)
    assert first.key == again.key
    assert first.key != other.key


def test_the_example_of_the_reference_is_right() -> None:
    page = PAGE.read_text()
    found = re.search(
        r"secret: `(?P<secret>.+)`\n.*`Cadre-Timestamp: (?P<seconds>\d+)`\n.*body: `(?P<body>.+)`\n"
        r".*`Cadre-Signature: (?P<signature>v1=[0-9a-f]{64})`",
        page,
    )
    assert found is not None
    at = datetime.fromtimestamp(int(found["seconds"]), UTC)
    body = found["body"].encode()

    assert sign(body, found["secret"], at)[SIGNATURE] == found["signature"]
    headers = {TIMESTAMP: found["seconds"], SIGNATURE: found["signature"]}
    assert isinstance(read_webhook(headers, body, found["secret"], at), Reply)


def forgeries() -> dict[str, tuple[Mapping[str, str], bytes]]:
    body = json.dumps(REPLY).encode()
    right = sign(body, SECRET, AT)
    later = sign(body, SECRET, AT + timedelta(seconds=1))
    return {
        "no header": ({}, body),
        "no signature": ({TIMESTAMP: right[TIMESTAMP]}, body),
        "no timestamp": ({SIGNATURE: right[SIGNATURE]}, body),
        "empty signature": ({**right, SIGNATURE: ""}, body),
        "another secret": (sign(body, "another", AT), body),
        "another body": (right, body.replace(b"SAFE", b"HELP")),
        "a body with more": (right, body + b" "),
        "another moment": ({**right, TIMESTAMP: later[TIMESTAMP]}, body),
        "no version": ({**right, SIGNATURE: right[SIGNATURE].removeprefix("v1=")}, body),
        "another version": ({**right, SIGNATURE: right[SIGNATURE].replace("v1", "v0")}, body),
        "capitals": ({**right, SIGNATURE: right[SIGNATURE].upper()}, body),
        "beyond ASCII": ({**right, SIGNATURE: "v1=é\ud800"}, body),
        "a moment in words": ({**right, TIMESTAMP: "now"}, body),
        "a moment with a sign": ({**right, TIMESTAMP: f"+{right[TIMESTAMP]}"}, body),
        "a moment in other digits": ({**right, TIMESTAMP: "١٥٧٨٣٣٥٤٠٠"}, body),
        "an endless moment": ({**right, TIMESTAMP: "9" * 400}, body),
    }


@pytest.mark.parametrize("case", forgeries())
def test_a_forged_event_is_refused(case: str) -> None:
    headers, body = forgeries()[case]

    read = read_webhook(headers, body, SECRET, AT)

    assert isinstance(read, Refused)
    assert read.status == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize(
    ("minutes", "taken"), [(0, True), (5, True), (-5, True), (5.1, False), (-5.1, False)]
)
def test_a_signature_is_good_for_five_minutes(minutes: float, *, taken: bool) -> None:
    body = json.dumps(REPLY).encode()

    read = read_webhook(sign(body, SECRET, AT), body, SECRET, AT + timedelta(minutes=minutes))

    assert isinstance(read, Reply) == taken


def test_names_of_headers_are_asked_in_any_letters() -> None:
    body = json.dumps(REPLY).encode()
    headers = {name.upper(): text for name, text in sign(body, SECRET, AT).items()}

    assert isinstance(read_webhook(headers, body, SECRET, AT), Reply)


def test_without_a_secret_nothing_is_taken_whoever_signs() -> None:
    body = json.dumps(REPLY).encode()

    read = read_webhook(sign(body, "", AT), body, "", AT)

    assert isinstance(read, Refused)
    assert read.status == HTTPStatus.SERVICE_UNAVAILABLE


BAD: dict[str, object] = {
    "nothing": None,
    "a list": [REPLY],
    "a text": "reply",
    "a number": 7,
    "no kind": {**REPLY, "kind": None},
    "another kind": {**REPLY, "kind": "order"},
    "a kind in a list": {**REPLY, "kind": ["reply"]},
    "no id": {**REPLY, "id": ""},
    "an id of nothing seen": {**REPLY, "id": "\x00\x01 "},
    "an id that is a number": {**REPLY, "id": 7},
    "an endless id": {**REPLY, "id": "x" * 201},
    "no sender": {key: value for key, value in REPLY.items() if key != "from"},
    "a sender in a list": {**REPLY, "from": ["+9647701234567"]},
    "a text in a list": {**REPLY, "text": ["SAFE"]},
    "another channel": {**REPLY, "channel": "page"},
    "a key that is no text": {**REPLY, "key": {}},
    "no state": {"id": "r", "kind": "receipt", "reference": "gw"},
    "another state": {"id": "r", "kind": "receipt", "reference": "gw", "state": "acknowledged"},
    "a state in a list": {"id": "r", "kind": "receipt", "reference": "gw", "state": ["sent"]},
    "no message": {"id": "r", "kind": "receipt", "state": "sent"},
    "digits that are a number": {"id": "v", "kind": "code", "from": "+96477012345", "digits": 1},
    "no caller": {"id": "v", "kind": "code", "digits": "1"},
}


@pytest.mark.parametrize("case", BAD)
def test_a_signed_body_that_says_nothing_we_know_is_refused_in_a_sentence(case: str) -> None:
    read = told(BAD[case])

    assert isinstance(read, Refused)
    assert read.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert read.because.endswith(".")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"[" * 9000, b'{"id": "\xc3', b"nan", b'{"id": 1' + b"0" * 9000 + b"}"],
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    read = read_webhook(sign(body, SECRET, AT), body, SECRET, AT)

    assert isinstance(read, Refused)
    assert read.status == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_body_that_is_too_large_is_not_even_checked() -> None:
    body = json.dumps({**REPLY, "text": "x" * LARGEST}).encode()

    read = read_webhook(sign(body, SECRET, AT), body, SECRET, AT)

    assert isinstance(read, Refused)
    assert read.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_the_last_word_of_a_long_answer_is_kept() -> None:
    read = told({**REPLY, "text": "safe " * 2000 + "help"})

    assert isinstance(read, Reply)
    assert read.text.endswith(" help")


def test_what_no_table_can_hold_leaves_the_words_of_an_answer() -> None:
    read = told({**REPLY, "text": "he\x00lp\ud800 now\n"})

    assert isinstance(read, Reply)
    assert read.text == "he lp  now\n"


@pytest.mark.parametrize(
    "at",
    [
        "",
        "yesterday",
        None,
        7,
        "2020-01-06T18:29:30",
        "2020-01-06T18:31:00Z",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
    ],
)
def test_an_answer_is_not_lost_for_a_clock_that_is_wrong(at: object) -> None:
    read = told({**REPLY, "at": at})

    assert isinstance(read, Reply)
    assert read.at == AT


@given(st.binary(max_size=300))
def test_no_body_breaks_the_reader(body: bytes) -> None:
    read = read_webhook(sign(body, SECRET, AT), body, SECRET, AT)

    assert isinstance(read, Refused)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.sampled_from(["reply", "code"]),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*REPLY, "key"]), inner),
    )
)
def test_no_event_breaks_the_reader(said: object) -> None:
    read = told({**REPLY, **said} if isinstance(said, dict) else said)

    assert isinstance(read, Refused | Reply | VoiceCode)
