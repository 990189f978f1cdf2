"""What a text message asks for is what is understood when it comes back."""

from collections.abc import Callable

import pytest

from cadre.alerts.channels import content
from cadre.alerts.channels.messages import Notice
from cadre.core.accountability.replies import Meaning, read_reply

Made = Callable[..., Notice]


def text_message(notice: Notice) -> str:
    return content.cut(notice, key="k", channel="sms", address="a", urgent=True).text


@pytest.mark.parametrize("language", ["en", "fr", "ar", "de"])
@pytest.mark.parametrize("exercise", [False, True])
def test_the_words_to_answer_with_are_the_words_that_are_understood(
    notice: Made, language: str, *, exercise: bool
) -> None:
    safe = content.SAFE.get(language, "SAFE")
    help_word = content.HELP.get(language, "HELP")

    text = text_message(notice(language=language, exercise=exercise))

    assert f"{safe} 4711" in text
    assert help_word in text
    assert read_reply(f"{safe} 4711", code="4711").meaning is Meaning.SAFE
    assert read_reply(help_word, code="4711").meaning is Meaning.HELP


def test_whoever_sends_the_whole_text_back_is_not_safe(notice: Made) -> None:
    assert read_reply(text_message(notice()), code="4711").meaning is Meaning.HELP
