"""What a directive has cost so far, for the agenda of its review, which stands below training."""

from django import template
from django.http import HttpRequest
from django.template import Context

from cadre.access.queries import viewer_in
from cadre.training.queries import cost
from cadre.web.clock import asked_moments

register = template.Library()


@register.inclusion_tag("web/cost_of_directive.html", takes_context=True)
def cost_of_directive(context: Context, number: str) -> dict[str, object]:
    """`{% cost_of_directive number %}`: at the page's moments."""
    request: HttpRequest = context["request"]
    moments = asked_moments(request)
    found = cost(viewer_in(request), number, on=moments.on, known_on=moments.known_on)
    return {"cost": found, "request": request}
