"""What papers about people say in the same words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre.accountability.queries.rows import Exclusion, StateChoices
from cadre.core.accountability import State


def banner(*, exercise: bool) -> str:
    """What stands across every page of something that is not real; nothing on what is."""
    return _("EXERCISE EXERCISE EXERCISE") if exercise else ""


def hidden_note(number: int) -> str:
    """How many there are whose names are not on the paper; nothing where there are none."""
    if not number:
        return ""
    words = ngettext(
        "And one whose name is not released to you or is held.",
        "And %(number)s whose names are not released to you or are held.",
        number,
    )
    return words % {"number": number}


def state_words(state: State | None) -> str:
    """How somebody is, as pages say it; None: nobody was asked."""
    if state is None:
        return _("not asked")
    if state is State.UNACCOUNTED:
        return _("unaccounted for")
    if state is State.UNCLEAR:
        return _("unclear")
    return str(StateChoices(state.value).label)


def exclusion_words(kind: str) -> str:
    return str(Exclusion(kind).label)
