"""What each channel may carry, in the recipient's language.

A text message, a call, what shows on a locked screen and what passes through a chat service say
what to do: check in, or read your messages. They hold nothing of whom, where, or under which
number. Mail and the page carry all, mail only up to a classification.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cadre.alerts.channels.messages import Message, Notice
from cadre.alerts.channels.sms import length
from cadre.core.releasability import Classification

WHOLE: Final = frozenset({"email", "page"})
MOST_PARTS: Final = 2  # of a text message
CHECK_IN: Final = frozenset({"muster", "recheck"})
ASKING: Final = frozenset({"first", "update"})
SIGNED: Final = re.compile(r"/[a-z-]+/[A-Za-z0-9_-]{43,}/")  # 32 bytes and more, in base64url
# The exact words that an answer is compared with; they are no matter of translation.
SAFE: Final = {"en": "SAFE", "fr": "SAUF", "ar": "بخير"}
HELP: Final = {"en": "HELP", "fr": "AIDE", "ar": "مساعدة"}


def cut(notice: Notice, *, key: str, channel: str, address: str, urgent: bool) -> Message:
    """The notice as this channel may carry it, an exercise named in front of everything."""
    carries_all = is_whole(notice, channel)
    with override(notice.language):
        subject = marked(notice, notice.subject if carries_all else bare(notice, urgent=urgent))
        lines = whole(notice) if carries_all else short(notice, channel, subject)
        text = fitting(lines, answered(notice)) if channel == "sms" else "\n".join(lines)
    return Message(
        key=key,
        channel=channel,
        address=address,
        language=notice.language,
        subject=subject,
        text="" if channel == "push" else text,
        link=notice.link,
        code=notice.code if asks(notice) else "",
        exercise=notice.exercise,
        urgent=urgent,
    )


def marked(notice: Notice, words: str) -> str:
    return _("EXERCISE: %(words)s") % {"words": words} if notice.exercise else words


def is_whole(notice: Notice, channel: str) -> bool:
    """Whether the channel may carry every word of the notice."""
    if channel not in WHOLE:
        return False
    highest = Classification[settings.WAYS_OUT.mail_classification.upper()]
    return channel == "page" or Classification[notice.classification.upper()] <= highest


def asks(notice: Notice) -> bool:
    """Whether the recipient is to check in himself: a warden, who has no code, is to count."""
    return notice.cause in CHECK_IN and notice.phase in ASKING and bool(notice.code)


def bare(notice: Notice, *, urgent: bool) -> str:
    if asks(notice):
        return _("Check in.")
    return _("Urgent: read your messages.") if urgent else _("Read your messages.")


def whole(notice: Notice) -> list[str]:
    """Every word: what to do comes first."""
    lines = [notice.protective_action, notice.text]
    if notice.exercise:
        lines.insert(0, _("EXERCISE: this is not real."))
    if asks(notice) and notice.link:
        lines.append(_("Check in here:"))
    return [line for line in (*lines, notice.link) if line]


def short(notice: Notice, channel: str, action: str) -> list[str]:
    """What to do, and where; nothing that a call could not say."""
    if channel == "voice":
        return [action, *pressed(notice)]
    return [line for line in (action, unnamed(notice.link)) if line]


def unnamed(link: str) -> str:
    """A link that ends with a signed code; of any other, whose path may name an order or a place,
    only the node is left, where the message is found.
    """
    parts = urlsplit(link)
    return link if SIGNED.fullmatch(parts.path) or not link else f"{parts.scheme}://{parts.netloc}/"


def pressed(notice: Notice) -> list[str]:
    if not asks(notice):
        return []
    return [_("If you are safe, press 1."), _("If you need help, press 2.")]


def answered(notice: Notice) -> str:
    """How to answer by text message: with the code, so that it is known which muster is meant."""
    if not asks(notice):
        return ""
    safe = f"{SAFE.get(notice.language, SAFE['en'])} {notice.code}"
    words = {"safe": safe, "help": HELP.get(notice.language, HELP["en"])}
    return _("Or answer %(safe)s or %(help)s") % words


def fitting(lines: list[str], more: str) -> str:
    """The lines, and one more where it fits in two parts: each part is one that may be late."""
    text = "\n".join(lines)
    both = f"{text}\n{more}"
    return both if more and length(both).parts <= MOST_PARTS else text
