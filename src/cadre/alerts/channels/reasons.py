"""Why a message did not go out: kept as one English sentence, shown in the reader's language.

A sentence may be followed by the number that the other side answered with: `said(REFUSED, 550)`.
None holds an address, a name or a word of the other side, which often repeats the address.
"""

import re
from typing import Final

from django.utils.translation import gettext, gettext_noop

NOT_SET_UP: Final = gettext_noop("This channel is not set up on this node.")
NO_ADDRESS: Final = gettext_noop("This is no address that this channel could reach.")
NO_NUMBER: Final = gettext_noop("This is no telephone number in international form.")
UNREACHED: Final = gettext_noop("The other side could not be reached.")
SILENT: Final = gettext_noop("The other side took the message and did not say what became of it.")
BUSY: Final = gettext_noop("The other side takes no more for the moment.")
FAILING: Final = gettext_noop("The other side failed.")
NOT_LET_IN: Final = gettext_noop("The other side does not let this node in.")
REFUSED: Final = gettext_noop("The other side refused the message.")
UNKNOWN_ADDRESS: Final = gettext_noop("The other side does not take messages for this address.")
GONE: Final = gettext_noop("This address is no longer in use.")
NOT_ALLOWED: Final = gettext_noop("This node does not send to that service or server.")
ELSEWHERE: Final = gettext_noop("The other side sent the message elsewhere, which is not followed.")

WITH_NUMBER: Final = re.compile(r"^(?P<sentence>.*\.) \((?P<number>\d{3})\)$")


def said(sentence: str, number: int | None = None) -> str:
    """A reason as it is kept."""
    return f"{sentence} ({number})" if number else sentence


def shown(reason: str) -> str:
    """A kept reason in the active language; one that is none of these stays as it is."""
    if found := WITH_NUMBER.match(reason):
        return f"{gettext(found['sentence'])} ({found['number']})"
    return gettext(reason) if reason else ""
