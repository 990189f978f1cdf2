"""Why a message did not go out: kept as one English sentence, shown in the reader's language.

A sentence may be followed by the number that the other side answered with: `said(REFUSED, 550)`.
None holds an address, a name or a word of the other side, which often repeats the address.
"""

import re
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

NOT_SET_UP: Final = _("This channel is not set up on this node.")
NO_ADDRESS: Final = _("This is no address that this channel could reach.")
NO_NUMBER: Final = _("This is no telephone number in international form.")
UNREACHED: Final = _("The other side could not be reached.")
SILENT: Final = _("The other side did not say what became of the message.")
BUSY: Final = _("The other side takes no more for the moment.")
FAILING: Final = _("The other side failed.")
NOT_LET_IN: Final = _("The other side does not let this node in.")
REFUSED: Final = _("The other side refused the message.")
UNKNOWN_ADDRESS: Final = _("The other side does not take messages for this address.")
GONE: Final = _("This address is no longer in use.")
NOT_ALLOWED: Final = _("This node does not send to that service or server.")
ELSEWHERE: Final = _("The other side sent the message elsewhere, which is not followed.")
NO_WORDS: Final = _("The message could not be put together.")
BROKE: Final = _("This way out failed in a way that nobody expected.")
OVER: Final = _("It was over before this went out.")
ANSWERED: Final = _("It was answered before this went out.")
ARRIVED: Final = _("It had arrived before this went out.")
NO_TEST_ADDRESS: Final = _("No address is set to which a test could go.")

ALL: Final = (
    NOT_SET_UP,
    NO_ADDRESS,
    NO_NUMBER,
    UNREACHED,
    SILENT,
    BUSY,
    FAILING,
    NOT_LET_IN,
    REFUSED,
    UNKNOWN_ADDRESS,
    GONE,
    NOT_ALLOWED,
    ELSEWHERE,
    NO_WORDS,
    BROKE,
    OVER,
    ANSWERED,
    ARRIVED,
    NO_TEST_ADDRESS,
)
WITH_NUMBER: Final = re.compile(r"(?P<sentence>.*\.) \((?P<number>\d{3})\)")


def said(sentence: Promise, number: int | None = None) -> str:
    """A reason as it is kept: in English, whatever the language of the process."""
    return f"{in_english(sentence)} ({number})" if number else in_english(sentence)


def shown(reason: str) -> str:
    """A kept reason in the active language; one that is none of these stays as it is."""
    found = WITH_NUMBER.fullmatch(reason)
    sentence = found["sentence"] if found else reason
    words = str(sentences().get(sentence, sentence))
    return f"{words} ({found['number']})" if found else words


def in_english(sentence: Promise) -> str:
    with override("en"):
        return str(sentence)


@cache
def sentences() -> dict[str, Promise]:
    return {in_english(each): each for each in ALL}
