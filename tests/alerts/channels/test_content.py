"""What each channel may carry, in the recipient's language."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.utils.translation import gettext, override
from pytest_django.fixtures import Settings

from cadre.alerts.channels import content
from cadre.alerts.channels.messages import Message, Notice
from cadre.alerts.channels.sms import length

Made = Callable[..., Notice]
LANGUAGES = ["en", "fr", "ar"]
CUT = ["sms", "voice", "push", "chat"]
# What a stranger must not learn: whom, where, what, under which number.
TOLD = ["Ada", "Berg", "Captain", "Cedar", "FTM", "2020", "incident", "shelter", "M-2020-001"]


def cut(notice: Notice, channel: str, *, urgent: bool = True) -> Message:
    return content.cut(notice, key="k", channel=channel, address="a", urgent=urgent)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", CUT)
@pytest.mark.parametrize("cause", ["muster", "recheck", "stop", "directive", "hold", "message"])
@pytest.mark.parametrize("phase", ["first", "update", "cancel", "all_clear"])
def test_what_strangers_may_hear_names_nobody_and_no_place(
    notice: Made, language: str, channel: str, cause: str, phase: str
) -> None:
    told = notice(cause=cause, phase=phase, language=language, exercise=True)

    message = cut(told, channel)

    said = f"{message.subject}\n{message.text}".replace(told.link, "")
    assert [word for word in TOLD if word.lower() in said.lower()] == []


@pytest.mark.parametrize("channel", ["email", "page"])
def test_mail_and_the_page_say_everything_and_what_to_do_first(notice: Made, channel: str) -> None:
    told = notice()

    message = cut(told, channel)

    assert message.subject == told.subject
    assert message.text.splitlines() == [
        told.protective_action,
        told.text,
        "Check in here:",
        told.link,
    ]


def test_a_text_message_asks_to_check_in_and_says_how(notice: Made) -> None:
    told = notice()

    message = cut(told, "sms")

    assert message.text == f"Check in.\n{told.link}\nOr answer SAFE 4711 or HELP"
    assert length(message.text).parts == 1


def test_a_call_says_which_key_to_press_and_reads_no_address(notice: Made) -> None:
    message = cut(notice(), "voice")

    assert message.text.splitlines() == [
        "Check in.",
        "If you are safe, press 1.",
        "If you need help, press 2.",
    ]
    assert message.code == "4711"


def test_a_locked_screen_shows_a_title(notice: Made) -> None:
    told = notice()

    message = cut(told, "push")

    assert (message.subject, message.text, message.link) == ("Check in.", "", told.link)


@pytest.mark.parametrize(
    ("cause", "phase", "urgent", "words"),
    [
        ("muster", "first", True, "Check in."),
        ("recheck", "update", True, "Check in."),
        ("muster", "all_clear", True, "Urgent: read your messages."),
        ("stop", "first", True, "Urgent: read your messages."),
        ("session", "first", False, "Read your messages."),
    ],
)
def test_all_else_is_to_be_read_on_the_page(
    notice: Made, cause: str, phase: str, *, urgent: bool, words: str
) -> None:
    told = notice(cause=cause, phase=phase)

    message = cut(told, "chat", urgent=urgent)

    assert message.text == f"{words}\n{told.link}"


@pytest.mark.parametrize("channel", ["sms", "chat"])
@pytest.mark.parametrize(
    ("link", "carried"),
    [
        ("https://cadre.example.org/directives/FTM-D-2020-007/", "https://cadre.example.org/"),
        ("https://cadre.example.org/sites/CEDAR/?on=2020-01-06", "https://cadre.example.org/"),
        ("https://cadre.example.org/musters/FTM-M-2020-001/", "https://cadre.example.org/"),
        (f"https://cadre.example.org/acknowledge/{'a' * 43}/", None),
        (f"https://cadre.example.org/warden/{'a-_9' * 16}/", None),
        ("", None),
    ],
)
def test_an_address_that_names_something_is_cut_to_the_node(
    notice: Made, channel: str, link: str, carried: str | None
) -> None:
    told = notice(cause="directive", link=link, code="")

    text = cut(told, channel).text

    wanted = link if carried is None else carried
    assert text == f"Urgent: read your messages.\n{wanted}".rstrip()
    assert link in cut(told, "email").text


def test_a_warden_who_is_to_count_is_not_asked_to_check_in(notice: Made) -> None:
    link = f"https://cadre.example.org/warden/{'a' * 64}/"

    text = cut(notice(link=link, code=""), "sms").text

    assert text == f"Urgent: read your messages.\n{link}"


@pytest.mark.parametrize("channel", ["sms", "voice"])
def test_nothing_can_be_answered_where_nobody_is_asked(notice: Made, channel: str) -> None:
    message = cut(notice(cause="muster", phase="cancel"), channel)

    assert "4711" not in message.text
    assert "press" not in message.text
    assert message.code == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", ["email", "page", "sms", "voice", "chat", "push"])
def test_an_exercise_is_named_in_front_of_everything(
    notice: Made, language: str, channel: str
) -> None:
    with override(language):
        mark = gettext("EXERCISE: %(words)s") % {"words": ""}
        line = gettext("EXERCISE: this is not real.")
    first = {"email": line, "page": line, "push": ""}.get(channel, mark)

    message = cut(notice(language=language, exercise=True), channel)
    real = cut(notice(language=language), channel)

    assert message.subject.startswith(mark)
    assert message.text.startswith(first)
    assert (mark in real.subject, mark in real.text) == (False, False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", [False, True])
def test_a_text_message_travels_in_two_parts_at_the_most(
    notice: Made, language: str, *, exercise: bool
) -> None:
    message = cut(notice(language=language, exercise=exercise), "sms")

    assert length(message.text).parts <= 2
    assert message.link in message.text


def test_where_an_answer_would_not_fit_the_link_stays_whole(notice: Made) -> None:
    link = f"https://cadre.example.org/check-in/{'x' * 270}/"

    text = cut(notice(link=link), "sms").text

    assert text == f"Check in.\n{link}"


@pytest.mark.parametrize(
    ("says", "carried", "whole"),
    [
        ("unclassified", "unclassified", True),
        ("restricted", "unclassified", False),
        ("restricted", "restricted", True),
        ("secret", "confidential", False),
    ],
)
def test_mail_carries_words_up_to_a_classification(
    notice: Made, settings: Settings, says: str, carried: str, *, whole: bool
) -> None:
    settings.WAYS_OUT = replace(settings.WAYS_OUT, mail_classification=carried)
    told = notice(classification=says)

    mail, page = cut(told, "email"), cut(told, "page")

    assert (told.text in mail.text) == whole
    assert re.search("Cedar", mail.subject + mail.text) is not None or not whole
    assert told.text in page.text
    assert told.link in mail.text
