"""What each channel may carry: a text message says "check in" and no more."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from cadre.alerts.channels.messages import Message, Notice

BARE = frozenset({"sms", "voice", "push"})  # read over shoulders and kept by operators


def cut(notice: Notice, *, key: str, channel: str, address: str, urgent: bool) -> Message:
    """The notice as this channel may carry it.

    A text message, a call and what shows on a locked screen say what to do and nothing of whom,
    where, or under which number.
    """
    with override(notice.language):
        whole = channel not in BARE
        subject = notice.subject if whole else bare(notice)
        lines = [notice.text, notice.protective_action] if whole else [bare(notice)]
        if notice.code:
            lines.append(_("Your code is %(code)s.") % {"code": notice.code})
        if notice.link:
            lines.append(notice.link)
        if notice.exercise:
            subject = _("Exercise: %(words)s") % {"words": subject}
            lines = [_("This is an exercise."), *lines, _("This is an exercise.")]
        return Message(
            key=key,
            channel=channel,
            address=address,
            language=notice.language,
            subject=subject,
            text="\n".join(line for line in lines if line),
            link=notice.link,
            code=notice.code,
            exercise=notice.exercise,
            urgent=urgent,
        )


def bare(notice: Notice) -> str:
    if notice.cause in {"muster", "recheck"} and notice.phase in {"first", "update"}:
        return _("Check in.")
    return _("There is a message for you. Open it and confirm it.")
