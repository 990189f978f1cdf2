"""What a program or a command sends to a form: it fits, or one sentence says why it does not."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from cadre.core.refused import Refused


class Unfit(Refused):
    """What was sent is no value of its field; the message names both in one sentence."""


def require_fit(form: forms.Form) -> None:
    """Raises Unfit for the first thing sent that is no field of the form or does not fit it."""
    unknown = sorted(set(form.data) - set(form.fields))
    if unknown:
        raise Unfit(
            _("There is no field “%(name)s”; the fields are: %(names)s.")
            % {"name": unknown[0], "names": ", ".join(form.fields)}
        )
    for name, problems in form.errors.items():
        sentence = str(problems[0])
        raise Unfit(sentence if name == "__all__" else f"{name}: {sentence}")


def retyped(content: Mapping[str, object]) -> QueryDict:
    """What was sent, or kept of a form, as if somebody typed it again."""
    typed = QueryDict(mutable=True)
    for name, value in content.items():
        if isinstance(value, list):
            typed.setlist(name, [str(each) for each in value])
        else:
            typed[name] = str(value)
    return typed


def number_of(kept: object) -> str:
    """What programs call a row that is on record now: its number, or its id where it has none."""
    return str(getattr(kept, "number", None) or getattr(kept, "pk", ""))
