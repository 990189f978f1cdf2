"""A receipt, and a note that a sister mission's order changed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre.directives.actions import NewReceipt
from cadre.directives.queries.receipts import Addressee
from cadre.directives.queries.rows import AddresseeKind
from cadre.mission.forms.fields import ViewerForm
from cadre.mission.forms.inputs import InstantField, words


class ReceiptForm(ViewerForm):
    addressee = forms.ChoiceField(label=_("Addressee"))
    received_at = InstantField(label=_("Received at"), max_length=40)
    received_by = forms.CharField(label=_("Received by"), max_length=200)
    note = words(_("How you know, if you speak for another"))

    def offer(self, silent: list[Addressee]) -> None:
        field = self.fields["addressee"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.key, f"{each.kind.label}: {each.name}") for each in silent]

    def new(self) -> NewReceipt:
        kind, _colon, code = self.cleaned_data["addressee"].partition(":")
        return NewReceipt(
            addressee=AddresseeKind(kind),
            code=code,
            received_at=self.cleaned_data["received_at"],
            received_by=self.cleaned_data["received_by"],
            note=self.cleaned_data["note"],
        )


class NoteForm(ViewerForm):
    about = forms.CharField(widget=forms.HiddenInput, max_length=60)
    note = words(_("Note"))
