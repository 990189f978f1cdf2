"""Inputs that forms of every context share: boxes to tick, words, moments to the minute."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError

from cadre.core.moments import MomentError, asked


def several(label: object, *, help_text: object = "") -> forms.MultipleChoiceField:
    """Boxes to tick; none ticked means all."""
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]  # translated when it is shown
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,  # type: ignore[arg-type]
    )


def words(label: object, rows: int = 2, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # translated when it is shown
        required=required,
        max_length=4_000,
        widget=forms.Textarea({"rows": rows}),
    )


class InstantField(forms.CharField):
    """A moment to the minute; a date alone is its end. Cleans to an aware moment, None for none."""

    def clean(self, value: object) -> datetime | None:
        text = str(super().clean(value))
        try:
            return asked(text) if text else None
        except MomentError as error:
            raise ValidationError(str(error)) from error


def is_several(field: forms.Field) -> bool:
    return isinstance(field, forms.MultipleChoiceField)
