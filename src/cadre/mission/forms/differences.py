"""Two versions of one row, field by field, as the form shows them."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from cadre.mission.queries.rows import Described


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in two versions: as somebody types it, and as somebody else has written it."""

    label: str
    typed: str
    written: str


def shown(field: forms.Field, value: object) -> str:
    """A value as the form shows it: the words of a choice, not its code."""
    text = "" if value is None else str(value).strip()
    choices = getattr(field.widget, "choices", ())
    return {str(key): str(words).strip() for key, words in choices}.get(text, text)


class VersionedForm(forms.Form):
    """Remembers which version of a row its user had in view.

    `shows`: what the form shows for a version of the row, with `seen`, which names the version.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    shows: Callable[..., dict[str, object]]

    def compared_with(self, row: Described) -> tuple[Difference, ...]:
        """Where a newer version of the row differs from what was typed.

        The form takes note of that version: who sends it again has seen it.
        """
        now = self.shows(row)
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["seen"] = str(now["seen"])
        self.data = typed
        pairs = {
            name: (shown(field, self[name].value()), shown(field, now.get(name, "")))
            for name, field in self.fields.items()
            if not field.widget.is_hidden
        }
        return tuple(
            Difference(str(self.fields[name].label), mine, theirs)
            for name, (mine, theirs) in pairs.items()
            if mine != theirs
        )
