"""The moments that a page about people stands on."""

from django.http import HttpRequest

from cadre.accountability.queries.when import When
from cadre.mission.doors import now
from cadre.mission.views.answering import known_on
from cadre.web.clock import asked_moments

SECOND = "%Y-%m-%dT%H:%M:%SZ"  # as forms show the present


def when_of(request: HttpRequest) -> When:
    """True on and known on as the address asks, asked at the present of this node."""
    return When(asked_moments(request).on, known_on(request), now())


def present() -> str:
    """The present as a form shows it."""
    return f"{now():{SECOND}}"
