"""What was kept in English words, in the language of the page."""

from django import template
from django.utils.translation import pgettext

from cadre.alerts.channels.reasons import shown
from cadre.alerts.queries.rows import STATES, Channel

register = template.Library()


@register.filter
def reason_shown(reason: str) -> str:
    """`{{ attempt.reason|reason_shown }}`: why something did not go out."""
    return shown(reason)


@register.filter
def state_shown(state: str) -> str:
    """`{{ state|state_shown }}`: what is known of an attempt."""
    return str(dict(STATES).get(state, state))


@register.filter
def how_shown(how: str) -> str:
    """`{{ answer.how|how_shown }}`: by what somebody acknowledged."""
    words = {
        "link": pgettext("acknowledged by", "by a link"),
        "api": pgettext("acknowledged by", "by a program"),
        "command": pgettext("acknowledged by", "by a command"),
        "check-in": pgettext("acknowledged by", "by checking in"),
        "page": pgettext("acknowledged by", "on the page"),
    }
    return words.get(how, str(dict(Channel.choices).get(how, how)))
