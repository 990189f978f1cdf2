"""Two versions of one row, field by field, as the form shows them."""

from dataclasses import dataclass

from django import forms


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
