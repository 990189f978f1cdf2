"""Chat services by apprise: which are let through, and what came of a message."""

import json
import socket
from collections.abc import Callable
from dataclasses import replace

import pytest

from cadre.alerts.channels import reasons
from cadre.alerts.channels.chat import Chat
from cadre.alerts.channels.chat_rules import NEVER, allowed
from cadre.alerts.channels.environment import CHAT, WaysOut
from cadre.alerts.channels.messages import Message, Outcome
from tests.alerts.channels.recorder import Recorder

Made = Callable[..., Message]
HOSTS = ("chat.example.org", ".logic.azure.com")
TOKEN = "abcdefghijklmnopqrstuvwx12"
PLAIN = WaysOut(chat=True, chat_schemes=("mmost",), chat_hosts=("127.0.0.1",))


@pytest.fixture
def chat(message: Made, recorder: Recorder) -> Made:
    """A message to a chat service that listens on this machine, which the settings name."""

    def made(**said: object) -> Message:
        address = f"mmost://{recorder.place}/{TOKEN}"
        return message(**{"channel": "chat", "address": address, **said})

    return made


def test_a_message_goes_to_the_one_target_of_its_address(recorder: Recorder, chat: Made) -> None:
    outcome = Chat(PLAIN).send(chat(subject="Check in.", text="Check in.\nhttps://x.example/"))

    [asked] = recorder.requests
    said = json.loads(asked.body)
    assert outcome == Outcome(sent=True)
    assert asked.path == f"/hooks/{TOKEN}"
    assert "Check in." in said["text"]
    assert "https://x.example/" in said["text"]


def test_nothing_of_the_library_goes_along(recorder: Recorder, chat: Made) -> None:
    Chat(PLAIN).send(chat())

    [asked] = recorder.requests
    assert b"apprise" not in asked.body.lower()
    assert b"github" not in asked.body.lower()


@pytest.mark.parametrize(
    ("status", "reason", "again"),
    [
        (400, reasons.REFUSED, False),
        (403, reasons.NOT_LET_IN, False),
        (404, reasons.REFUSED, False),
        (429, reasons.BUSY, True),
        (500, reasons.FAILING, True),
    ],
)
def test_what_the_service_answers_is_kept(
    recorder: Recorder, chat: Made, status: int, reason: str, *, again: bool
) -> None:
    recorder.answers(status)

    outcome = Chat(PLAIN).send(chat())

    assert outcome == Outcome(sent=False, reason=f"{reason} ({status})", again=again)
    assert len(recorder.requests) == 1


def test_a_service_that_sends_us_elsewhere_is_not_followed(recorder: Recorder, chat: Made) -> None:
    with Recorder() as inside:
        recorder.answers(307, Location=f"http://{inside.place}/latest/meta-data/")

        outcome = Chat(PLAIN).send(chat())

        assert outcome == Outcome(sent=False, reason=f"{reasons.ELSEWHERE} (307)")
        assert inside.requests == []


def test_a_service_that_is_not_there_can_be_tried_again(message: Made) -> None:
    address = f"mmost://127.0.0.1:1/{TOKEN}"

    outcome = Chat(PLAIN).send(message(channel="chat", address=address))

    assert outcome == Outcome(sent=False, reason=str(reasons.SILENT), again=True, unclear=True)


def test_a_service_that_says_nothing_may_have_taken_the_message(
    recorder: Recorder, chat: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cadre.alerts.channels.chat.READ_SECONDS", 0.3)
    recorder.listener.stuck.clear()

    outcome = Chat(PLAIN).send(chat())

    assert (outcome.sent, outcome.again, outcome.unclear) == (False, True, True)
    assert len(recorder.requests) == 1


def test_an_address_of_two_targets_is_not_used(recorder: Recorder, chat: Made) -> None:
    address = f"mmost://{recorder.place}/{TOKEN}?to=one,two"

    outcome = Chat(PLAIN).send(chat(address=address))

    assert outcome == Outcome(sent=False, reason=str(reasons.NO_ADDRESS))
    assert recorder.requests == []


@pytest.mark.parametrize(
    "address",
    [
        f"mmosts://chat.example.org/{TOKEN}",
        f"MMOSTS://Chat.Example.org:8443/{TOKEN}",
        f"mmosts://cadre@chat.example.org/{TOKEN}?channel=watch",
        "rockets://user:password@chat.example.org/#watch",
        "signals://chat.example.org:8080/+4930123456/+9647701234567",
        "matrixs://user:password@chat.example.org/!room",
        f"workflows://prod-15.westeurope.logic.azure.com:443/{TOKEN}/signature",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#watch",
        "wxteams://abcdefghijklmnopqrstuvwxyz",
    ],
)
def test_an_address_of_a_named_service_and_server_is_allowed(address: str) -> None:
    assert allowed(address, CHAT, HOSTS) is not None


HOSTILE = [
    # services that are none, or reach everything
    "file:///etc/passwd",
    "json://127.0.0.1:5432/",
    "jsons://chat.example.org/",
    "xml://10.0.0.1/",
    "form://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "https://chat.example.org/hooks/abc",
    "apprise://10.0.0.1/token",
    "mailto://user:password@chat.example.org",
    "syslog://",
    "dbus://",
    "windows://",
    "smpp://user:password@10.0.0.1/+1/+2",
    "discord://1/2",
    # services without TLS, unless a site names them
    f"mmost://chat.example.org/{TOKEN}",
    # servers that nobody named
    f"mmosts://127.0.0.1/{TOKEN}",
    f"mmosts://[::1]/{TOKEN}",
    f"mmosts://2130706433/{TOKEN}",
    f"mmosts://0x7f.1/{TOKEN}",
    f"mmosts://10.0.0.1:5432/{TOKEN}",
    f"mmosts://localhost/{TOKEN}",
    f"mmosts://chat.example.org.evil.example/{TOKEN}",
    f"mmosts://evilchat.example.org/{TOKEN}",
    f"mmosts://chat.example.org@127.0.0.1/{TOKEN}",
    f"mmosts://chat.example.org:443@127.0.0.1/{TOKEN}",
    f"mmosts://chat.example.org%2f@127.0.0.1/{TOKEN}",
    f"mmosts://127.0.0.1#@chat.example.org/{TOKEN}",
    f"mmosts://127.0.0.1/@chat.example.org/{TOKEN}",
    f"mmosts://127.0.0.1\\@chat.example.org/{TOKEN}",
    f"mmosts://127.0.0.1?@chat.example.org/{TOKEN}",
    f"mmosts://chat.example.org\t.evil.example/{TOKEN}",
    f"workflows://logic.azure.com.evil.example:443/{TOKEN}/signature",
    f"workflows://logic.azure.com:443/{TOKEN}/signature",
    "zulip://bot@org.evil.example/" + "a" * 32,
    # options that change more than the target
    f"mmosts://chat.example.org/{TOKEN}?verify=no",
    f"mmosts://chat.example.org/{TOKEN}?redirect=yes",
    f"mmosts://chat.example.org/{TOKEN}?icon_url=http://10.0.0.1/",
    f"mmosts://chat.example.org/{TOKEN}?%76erify=no",
    f"mmosts://chat.example.org/{TOKEN}?to=a&verify=no",
    f"mmosts://chat.example.org/{TOKEN}?+Header=value",
    f"mmosts://chat.example.org/{TOKEN}?rto=99999",
    f"workflows://prod.logic.azure.com/{TOKEN}/s?template=/etc/passwd",
    # what is no address
    "",
    "mmosts://",
    "mmosts:///x",
    "mmosts",
    f"mmosts://chat.example.org/{TOKEN}\r\nHost: 10.0.0.1",
    f"mmosts://chat.example.org/{TOKEN} jsons://10.0.0.1/",
    f"mmosts://chat.example.org/{TOKEN}\x00",
    f"mmosts://chаt.example.org/{TOKEN}",  # the a is Cyrillic
]


@pytest.mark.parametrize("address", HOSTILE)
def test_no_other_address_is_used(address: str, message: Made) -> None:
    ways = WaysOut(chat=True, chat_hosts=HOSTS)

    outcome = Chat(ways).send(message(channel="chat", address=address))

    assert outcome == Outcome(sent=False, reason=str(reasons.NOT_ALLOWED))


@pytest.mark.parametrize("scheme", sorted(NEVER))
def test_some_services_are_used_by_no_setting(scheme: str) -> None:
    address = f"{scheme}://chat.example.org/{TOKEN}"

    assert allowed(address, (*CHAT, scheme), HOSTS) is None


def test_a_server_on_this_machine_is_reached_only_if_it_is_named(
    recorder: Recorder, chat: Made
) -> None:
    unnamed = Chat(replace(PLAIN, chat_hosts=())).send(chat())
    asked_before = len(recorder.requests)

    named = Chat(PLAIN).send(chat())

    assert (unnamed.reason, asked_before) == (reasons.NOT_ALLOWED, 0)
    assert (named.sent, len(recorder.requests)) == (True, 1)


def test_no_name_is_looked_up_for_an_address_that_is_not_allowed(
    message: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **_more: looked_up.append(asked))

    for address in HOSTILE:
        Chat(WaysOut(chat=True, chat_hosts=HOSTS)).send(message(channel="chat", address=address))

    assert looked_up == []
