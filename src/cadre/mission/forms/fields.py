"""Form fields that clean to values of the core, and to rows that the viewer may see."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.core.moments import Moment, MomentError
from cadre.core.quantities import QuantityError
from cadre.core.reading import moment_in, quantity_in
from cadre.core.releasability import Classification, Marking, Viewer
from cadre.mission.actions import Grounds
from cadre.mission.coordinates import Position, PositionError
from cadre.mission.queries.reading import claims_called
from cadre.mission.queries.rows import ClassificationChoices, Kept, Stated

if TYPE_CHECKING:  # the stubs alone name what gettext_lazy gives
    from django.utils.functional import _StrPromise

type Choices = Callable[[Viewer], Iterable[tuple[str, str]]]

type Label = "str | _StrPromise"  # translated when it is shown

NOTHING = ("", "—")


class MomentField(forms.CharField):
    """A moment as exactly as it is known, in EDTF; empty is not stated."""

    default_help = gettext_lazy(
        "As exactly as it is known: 6 January 2020, 2018-10, late 2017, [..2020-01-03] for “by”,"
        " [2018-01-01..] for “or later”. Empty: not stated."
    )

    def __init__(self, label: Label) -> None:
        super().__init__(label=label, required=False, max_length=80, help_text=self.default_help)

    def clean(self, value: object) -> Moment:
        try:
            return moment_in(str(super().clean(value)))
        except MomentError as error:
            raise ValidationError(str(error)) from error


class QuantityField(forms.CharField):
    """How many, in the words in which it was said; cleans to these words."""

    def clean(self, value: object) -> str:
        words = str(super().clean(value))
        try:
            quantity_in(words)
        except QuantityError as error:
            raise ValidationError(str(error)) from error
        return words


class PositionField(forms.CharField):
    """Latitude and longitude or a grid reference; empty is not stated."""

    def clean(self, value: object) -> Position | None:
        text = str(super().clean(value))
        try:
            return Position.parse(text) if text else None
        except PositionError as error:
            raise ValidationError(str(error)) from error


class CodesField(forms.CharField):
    """Codes with commas or spaces between them; cleans to a tuple."""

    def clean(self, value: object) -> tuple[str, ...]:
        words = str(super().clean(value)).replace(",", " ").replace(";", " ").split()
        return tuple(dict.fromkeys(words))


class RowField(forms.CharField):
    """The code of a row that the viewer may see; cleans to the row, or None for nothing.

    With `choices` it is chosen from a list, else its code is typed.
    """

    def __init__(
        self,
        find: Callable[[Viewer, str], Kept | None],
        label: Label,
        *,
        choices: Choices | None = None,
        required: bool = True,
        help_text: Label = "",
    ) -> None:
        super().__init__(label=label, required=required, max_length=60, help_text=help_text)
        self.find = find
        self.choices = choices
        self.viewer: Viewer | None = None
        if choices is not None:
            self.widget = forms.Select()

    def seen_by(self, viewer: Viewer) -> None:
        """Offers and accepts what this viewer may see."""
        self.viewer = viewer
        if self.choices is not None and isinstance(self.widget, forms.Select):
            self.widget.choices = [NOTHING, *self.choices(viewer)]

    def clean(self, value: object) -> Kept | None:
        code = str(super().clean(value))
        if not code or self.viewer is None:
            return None
        row = self.find(self.viewer, code)
        if row is None:
            raise ValidationError(_("There is none with the code “%(code)s”.") % {"code": code})
        return row


class ViewerForm(forms.Form):
    """A form of somebody: its rows are those that this viewer may see."""

    def __init__(
        self,
        viewer: Viewer,
        data: object = None,
        *,
        files: object = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)  # type: ignore[arg-type]  # as a request has them
        self.viewer = viewer
        for field in self.fields.values():
            if isinstance(field, RowField):
                field.seen_by(viewer)


class MarkedForm(ViewerForm):
    """Also asks who may see what is written."""

    classification = forms.TypedChoiceField(
        label=gettext_lazy("Classification"),
        choices=ClassificationChoices,
        coerce=int,
        required=False,
        empty_value="0",
    )
    releasable_to = CodesField(
        label=gettext_lazy("Releasable to"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Codes of nations and organisations. Empty: no limit."),
    )
    communities = CodesField(
        label=gettext_lazy("Communities"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Only members of one of these. Empty: no limit."),
    )

    field_order_last: tuple[str, ...] = ("classification", "releasable_to", "communities")

    def __init__(
        self,
        viewer: Viewer,
        data: object = None,
        *,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(viewer, data, initial=initial)
        own = [name for name in self.fields if name not in self.field_order_last]
        self.order_fields([*own, *self.field_order_last])

    def marking(self) -> Marking:
        cleaned = self.cleaned_data
        return Marking(
            classification=Classification(int(cleaned["classification"])),
            releasable_to=frozenset(cleaned["releasable_to"]) or None,
            communities=frozenset(cleaned["communities"]),
        )


class StatedForm(MarkedForm):
    """Also asks on which claims the statement rests."""

    claims = CodesField(
        label=gettext_lazy("Rests on the claims"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("References such as F24 F26. Empty: stated by you."),
    )
    field_order_last = ("claims", "classification", "releasable_to", "communities")
    corrects = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_claims(self) -> tuple[object, ...]:
        references = self.cleaned_data["claims"]
        found = claims_called(self.viewer, references)
        for reference in references:
            if reference not in found:
                raise ValidationError(
                    _("There is no claim “%(reference)s” on record.") % {"reference": reference}
                )
        return tuple(row for rows in found.values() for row in rows)

    def grounds(self) -> Grounds:
        return Grounds(
            claims=self.cleaned_data["claims"],
            marking=self.marking(),
            corrects=self.cleaned_data["corrects"],
        )

    @classmethod
    def repeating(cls, row: Stated, references: tuple[str, ...]) -> dict[str, object]:
        """What the form shows for a row that is to be corrected."""
        own = {
            name: shown_in(field, getattr(row, name))
            for name, field in cls.base_fields.items()
            if hasattr(row, name)
        }
        claims = {"claims": " ".join(references), "corrects": row.pk}
        return own | marking_initial(row) | claims


def shown_in(field: forms.Field, value: object) -> object:
    """A value of a row as its field shows it."""
    match value:
        case Moment():
            return value.edtf()
        case list() if isinstance(field, CodesField):
            return " ".join(map(str, value))
        case Kept():
            return str(getattr(value, "code", value.pk))
        case _:
            return value


def marking_initial(row: Kept) -> dict[str, object]:
    """What the marking fields of a form show for a row."""
    return {
        "classification": row.classification,
        "releasable_to": " ".join(row.releasable_to or ()),
        "communities": " ".join(row.communities),
    }
