"""The moments that a page about people stands on."""

from django.http import HttpRequest

from cadre.accountability.queries.when import When
from cadre.mission.doors import now
from cadre.mission.views.answering import known_on
from cadre.web.clock import asked_moments

MINUTE = "%Y-%m-%dT%H:%MZ"  # as forms show a moment at first


def when_of(request: HttpRequest) -> When:
    """True on and known on as the address asks, asked at the present of this node."""
    return When(asked_moments(request).on, known_on(request), now())


def this_minute() -> str:
    """The present as a form shows it."""
    return f"{now():{MINUTE}}"
