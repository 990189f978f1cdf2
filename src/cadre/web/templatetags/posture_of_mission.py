"""The board's rows of one mission, for the mission's own page, which stands below directives."""

from django import template
from django.http import HttpRequest
from django.template import Context

from cadre.access.permissions import may
from cadre.access.queries import viewer_in
from cadre.web import queries
from cadre.web.clock import asked_moments

register = template.Library()


@register.inclusion_tag("web/posture_of_mission.html", takes_context=True)
def posture_of_mission(context: Context, code: str) -> dict[str, object]:
    """`{% posture_of_mission code %}`: what may go on there at the page's moments."""
    request: HttpRequest = context["request"]
    moments = asked_moments(request)
    viewer = viewer_in(request)
    return {
        "groups": queries.of_mission(viewer, code, on=moments.on, known_on=moments.known_on),
        "request": request,
        "code": code,
        "may_compose": may(viewer, "directives.draft", code),
        "may_report": may(viewer, "directives.report", code),
        "may_stop": may(viewer, "directives.stop", code),
        "may_muster": may(viewer, "accountability.open", code)
        or may(viewer, "accountability.open_national", code),
        "may_move": may(viewer, "accountability.movements", code),
        "may_pace": may(viewer, "directives.rhythm", code),
    }
