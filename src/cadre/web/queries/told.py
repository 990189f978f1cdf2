"""Messages on the first screen: what waits for an answer, and what did not get through."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre.alerts.queries.health import channels, heartbeat
from cadre.alerts.queries.lists import nobody_reached, to_acknowledge
from cadre.alerts.queries.strays import waiting
from cadre.core.releasability import Viewer
from cadre.mission.doors import may_somewhere
from cadre.web.queries.doing import Link, Step, leading


def steps_told(viewer: Viewer, on: datetime) -> list[Step]:
    """What is to be done about messages, the most urgent first; for who may see whom they reach."""
    found = [own(viewer, on)]
    if may_somewhere(viewer, "alerts.read"):
        found += [unreached(viewer, on), answers(viewer, on), worker(on), failing()]
    return [each for each in found if each.links]


def own(viewer: Viewer, on: datetime) -> Step:
    number = to_acknowledge(viewer, on=on)
    sentence = ngettext("Answer one message to you.", "Answer %(number)s messages to you.", number)
    url = reverse("alerts:own")
    links = [Link(_("Your messages"), url)] if number else []
    return leading(sentence % {"number": number}, links, url)


def unreached(viewer: Viewer, on: datetime) -> Step:
    found = nobody_reached(viewer, on=on, now=on)  # only their numbers are shown
    sentence = ngettext(
        "Call those whom one life-safety message did not reach.",
        "Call those whom %(number)s life-safety messages did not reach.",
        len(found),
    )
    links = [
        Link(
            _("EXERCISE {number} ({people})").format(
                number=each.row.number, people=each.not_reached
            )
            if each.row.exercise
            else _("{number} ({people})").format(number=each.row.number, people=each.not_reached),
            reverse("alerts:alert", args=[each.row.pk]),
        )
        for each in found
    ]
    return leading(sentence % {"number": len(found)}, links, reverse("alerts:alerts"))


def answers(viewer: Viewer, on: datetime) -> Step:
    number = waiting(viewer, on=on)
    sentence = ngettext(
        "Look at one answer that nobody could be found for.",
        "Look at %(number)s answers that nobody could be found for.",
        number,
    )
    url = reverse("alerts:strays")
    links = [Link(_("Answers to look at"), url)] if number else []
    return leading(sentence % {"number": number}, links, url)


def worker(on: datetime) -> Step:
    """That messages may not go out, in the words of the page of channels."""
    found = heartbeat(at=on)
    url = reverse("alerts:channels")
    links = [Link(_("Channels"), url)] if found.missed else []
    return leading(found.trouble, links, url)


def failing() -> Step:
    found = [each for each in channels() if each.failing]
    sentence = ngettext(
        "Repair one channel: its last test failed.",
        "Repair %(number)s channels: their last tests failed.",
        len(found),
    )
    url = reverse("alerts:channels")
    links = [Link(str(each.channel.label), url) for each in found]
    return leading(sentence % {"number": len(found)}, links, url)
