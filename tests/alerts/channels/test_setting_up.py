"""Which ways out a node has, by its environment, and what is only half set up."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import override
from pytest_django.fixtures import Settings

from cadre.alerts.channels import reasons
from cadre.alerts.channels.complaints import complaints
from cadre.alerts.channels.environment import CHAT, PUSH_HOSTS, WaysOut, mailers, ways_out
from cadre.alerts.channels.messages import Message, Outcome
from cadre.alerts.channels.page import Page
from cadre.alerts.channels.registry import CHANNELS, adapters, configured_channels
from cadre.alerts.models import STATES, Channel

Made = Callable[..., Message]
GATEWAY = {
    "CADRE_GATEWAY_URL": "https://gateway.example.org/cadre/",
    "CADRE_GATEWAY_KEY": "key",
    "CADRE_GATEWAY_SECRET": "s" * 32,
}
MAIL = {
    "CADRE_SMTP_URL": "smtp+starttls://cadre:p%40ss@mail.example.org:587",
    "CADRE_MAIL_FROM": "Cadre <cadre@example.org>",
}
WHOLE = {**GATEWAY, **MAIL, "CADRE_CHAT_HOSTS": "chat.example.org", "CADRE_PUSH_KEY": "p" * 43}


def read(environment: dict[str, str], *, demo: bool = False) -> WaysOut:
    return ways_out(environment, demo=demo, site="restricted")


@pytest.mark.parametrize(
    ("environment", "channels"),
    [
        ({}, {"page"}),
        (GATEWAY, {"page", "sms", "voice"}),
        ({**GATEWAY, "CADRE_GATEWAY_CALLS": "0"}, {"page", "sms"}),
        ({**GATEWAY, "CADRE_GATEWAY_KEY": ""}, {"page"}),
        (MAIL, {"page", "email"}),
        ({**MAIL, "CADRE_MAIL_FROM": ""}, {"page"}),
        ({**MAIL, "CADRE_SMTP_URL": ""}, {"page"}),
        ({"CADRE_CHAT_HOSTS": "chat.example.org"}, {"page", "chat"}),
        ({"CADRE_CHAT_SCHEMES": "slack"}, {"page", "chat"}),
        ({"CADRE_PUSH_KEY": "p" * 43}, {"page"}),
        (WHOLE, {"page", "sms", "voice", "email", "chat", "push"}),
        ({"CADRE_OUTBOX": "1"}, {"page", "sms", "voice", "email", "chat", "push"}),
    ],
)
def test_a_node_has_the_ways_out_that_are_wholly_set_up(
    settings: Settings, message: Made, environment: dict[str, str], channels: set[str]
) -> None:
    settings.WAYS_OUT = read(environment)
    settings.MAILERS = mailers(environment)
    missing = set(CHANNELS) - channels
    kept: list[Message] = []

    ways = adapters(kept.append)

    assert set(configured_channels()) == channels
    assert set(ways) == set(CHANNELS) == set(Channel.values)
    outcomes = {ways[channel].send(message(channel=channel)) for channel in missing}
    assert outcomes <= {Outcome(sent=False, reason=str(reasons.NOT_SET_UP))}


def test_where_nothing_may_leave_every_message_is_kept(settings: Settings, message: Made) -> None:
    kept: list[Message] = []
    settings.WAYS_OUT = read(WHOLE, demo=True)

    outcomes = {
        channel: way.send(message(channel=channel))
        for channel, way in adapters(kept.append).items()
    }

    assert all(outcome.sent for outcome in outcomes.values())
    assert {message.channel for message in kept} == set(CHANNELS) - {"page"}


def test_a_message_on_the_page_is_there_at_once(message: Made) -> None:
    assert Page().send(message(channel="page")) == Outcome(sent=True, delivered=True)


def test_the_environment_is_read_as_it_is_documented() -> None:
    assert read(
        {**WHOLE, "CADRE_CHAT_SCHEMES": "Slack, mmosts", "CADRE_PUSH_HOSTS": "x.example"}
    ) == (
        WaysOut(
            outbox=False,
            mail_url=MAIL["CADRE_SMTP_URL"],
            mail_from="Cadre <cadre@example.org>",
            mail_classification="restricted",
            gateway_url="https://gateway.example.org/cadre",
            gateway_key="key",
            gateway_secret="s" * 32,
            gateway_calls=True,
            chat=True,
            chat_schemes=("slack", "mmosts"),
            chat_hosts=("chat.example.org",),
            push_key="p" * 43,
            push_hosts=(*PUSH_HOSTS, "x.example"),
        )
    )


@pytest.mark.parametrize(
    ("url", "options"),
    [
        (
            MAIL["CADRE_SMTP_URL"],
            {"port": 587, "use_tls": True, "use_ssl": False}
            | {"username": "cadre", "password": "p@ss"},
        ),
        ("smtps://mail.example.org", {"use_tls": False, "use_ssl": True}),
        ("smtp://mail.example.org:25", {"port": 25, "use_tls": False, "use_ssl": False}),
    ],
)
def test_the_mail_server_is_read_from_one_address(url: str, options: dict[str, object]) -> None:
    wanted = {"host": "mail.example.org", "timeout": 8, **options}

    assert mailers({"CADRE_SMTP_URL": url}) == {"default": {"OPTIONS": wanted}}


@pytest.mark.parametrize(
    "environment",
    [
        {"CADRE_SMTP_URL": "mail.example.org"},
        {"CADRE_SMTP_URL": "https://cadre:secret@mail.example.org"},
        {"CADRE_SMTP_URL": "smtp://"},
        {"CADRE_SMTP_URL": "smtp://cadre:secret@mail.example.org:port"},
        {"CADRE_SMTP_URL": "smtp://cadre:secret@[::1"},
        {"CADRE_GATEWAY_URL": "ftp://cadre:secret@gateway.example.org"},
        {"CADRE_GATEWAY_URL": "gateway.example.org"},
        {"CADRE_GATEWAY_URL": "https://cadre:secret@[::1"},
        {"CADRE_MAIL_CLASSIFICATION": "top secret of all"},
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence_without_a_secret(
    environment: dict[str, str],
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        (mailers(environment), read(environment))

    assert str(refused.value).endswith(".")
    assert "cadre:secret" not in str(refused.value)


def test_secrets_are_not_printed() -> None:
    printed = repr(read({**WHOLE, "CADRE_GATEWAY_KEY": "a-key", "CADRE_GATEWAY_SECRET": "hush"}))

    assert [word for word in ("a-key", "hush", "p%40ss", "p" * 43) if word in printed] == []


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({}, []),
        ({"CADRE_MAIL_FROM": ""}, ["CADRE_MAIL_FROM is not", "CADRE_MAIL_FROM"]),
        ({"CADRE_SMTP_URL": ""}, ["CADRE_SMTP_URL is not"]),
        ({"CADRE_SMTP_URL": "smtp://mail.example.org"}, ["unencrypted"]),
        ({"CADRE_SMTP_URL": "smtp://127.0.0.1:1025"}, []),
        ({"CADRE_GATEWAY_URL": ""}, ["CADRE_GATEWAY_URL is not set"]),
        ({"CADRE_GATEWAY_KEY": ""}, ["CADRE_GATEWAY_KEY is not set"]),
        ({"CADRE_GATEWAY_SECRET": ""}, ["CADRE_GATEWAY_SECRET is not set"]),
        ({"CADRE_GATEWAY_SECRET": "short"}, ["shorter than 32"]),
        ({"CADRE_GATEWAY_URL": "http://gateway.example.org"}, ["unencrypted"]),
        ({"CADRE_GATEWAY_URL": "http://127.0.0.1:9000"}, []),
        ({"CADRE_CHAT_SCHEMES": "slack,json,file"}, ["never used: file, json"]),
    ],
)
def test_what_is_half_set_up_is_said(changed: dict[str, str], complaint: list[str]) -> None:
    said = complaints(read({**WHOLE, **changed}))

    assert len(said) == len(complaint)
    assert [words in sentence for words, sentence in zip(complaint, said, strict=True)] == (
        [True] * len(complaint)
    )


def test_the_check_before_deploying_says_it_too(settings: Settings) -> None:
    settings.WAYS_OUT = replace(read(WHOLE), mail_from="")

    warnings = run_checks(include_deployment_checks=True)

    ours = [each.msg for each in warnings if each.id == "alerts.W001"]
    assert ours == complaints(settings.WAYS_OUT)
    assert len(ours) == 2


def test_starting_loads_no_library_of_a_channel() -> None:
    code = (
        "import sys, django; django.setup();"
        "import cadre.urls, cadre.alerts.channels.registry, cadre.alerts.channels.content;"
        "import cadre.alerts.channels.push_keys, cadre.alerts.queries.sending;"
        "print(sorted({'apprise', 'pywebpush', 'aiohttp', 'smtplib', 'py_vapid'} & {*sys.modules}))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "cadre.settings", "PYTHONPATH": "src"}

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("reason", reasons.ALL, ids=reasons.in_english)
def test_every_reason_is_shown_in_the_language_of_who_reads(reason: Promise) -> None:
    kept = reasons.said(reason)

    with override("fr"):
        assert reasons.shown(kept) == str(reason) != kept


@pytest.mark.parametrize(("state", "label"), STATES)
def test_every_state_of_an_attempt_has_one_word(state: str, label: Promise) -> None:
    with override("fr"):
        shown = render_to_string("alerts/state.html", {"state": state}).strip()

        assert shown == (f"<strong>{label}</strong>" if state == "failed" else str(label))


def test_a_reason_is_shown_in_the_language_of_who_reads() -> None:
    kept = reasons.said(reasons.FAILING, 503)

    with override("fr"):
        written = reasons.said(reasons.FAILING, 503)
        assert reasons.shown(kept) == f"{reasons.FAILING} (503)"
        assert reasons.shown("Something of another worker.") == "Something of another worker."
        assert reasons.shown("") == ""

    assert kept == written == "The other side failed. (503)"
    assert len(reasons.sentences()) == len(reasons.ALL)


def test_chat_schemes_are_over_tls_unless_a_site_names_others() -> None:
    assert [scheme for scheme in CHAT if f"{scheme}s" in CHAT] == []
