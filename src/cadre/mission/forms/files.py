"""A list in a file, and the confirmation of what was shown of it."""

from dataclasses import dataclass

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.core.releasability import Viewer
from cadre.mission.forms.fields import ViewerForm
from cadre.mission.sheets import SheetError, Table, TableRow, read_table

SALT = "cadre.mission.import"
KEPT_FOR = 3600  # seconds between looking at a list and confirming it


class FileForm(ViewerForm):
    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX file"),
        help_text=gettext_lazy(
            "Its first row names the columns. Nothing is written before you have seen what it would"
            " change."
        ),
        widget=forms.ClearableFileInput({"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_file(self) -> Table:
        upload = self.cleaned_data["file"]
        try:
            return read_table(upload.name or "", upload.read())
        except SheetError as error:
            raise ValidationError(str(error)) from error


class BadTicket(ValueError):
    """What is confirmed is not what was shown; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A list as it was read, and what it was shown to do: carried by the page itself."""

    kind: str
    table: Table
    fingerprint: str

    def sealed(self, viewer: Viewer) -> str:
        """Text for a hidden field, good for this viewer and an hour."""
        rows = [[row.number, row.cells] for row in self.table.rows]
        content = [self.kind, self.table.head, rows, self.table.note, self.fingerprint]
        return signing.dumps([viewer.account or viewer.name, content], salt=SALT, compress=True)

    @classmethod
    def opened(cls, text: str, kind: str, viewer: Viewer) -> "Ticket":
        """Raises BadTicket when it is too old, was touched, or belongs to somebody else."""
        try:
            owner, content = signing.loads(text, salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature as error:
            raise BadTicket(_("This preview is too old; upload the file again.")) from error
        if owner != (viewer.account or viewer.name):
            raise BadTicket(_("This preview is somebody else's; upload the file again."))
        sealed_kind, head, rows, note, fingerprint = content
        if sealed_kind != kind:
            raise BadTicket(_("This preview is of another list; upload the file again."))
        made = tuple(TableRow(number, tuple(cells)) for number, cells in rows)
        return cls(kind, Table(tuple(head), made, note), fingerprint)
