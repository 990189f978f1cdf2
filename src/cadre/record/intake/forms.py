"""What somebody types at the intake desk, as clean values."""

import re
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.access.rows import ClassificationChoices
from cadre.core.moments import Moment, MomentError
from cadre.core.reading import moment_in, reference
from cadre.core.releasability import Classification, Marking
from cadre.record.actions import NewClaim, NewSource
from cadre.record.extracting.cleaning import clean
from cadre.record.intake import queries

LONGEST_PART: Final = 120
LONGEST_VALUE: Final = 2_000
NUMBER: Final = re.compile(r"\d{1,6}")


class MomentField(forms.CharField):
    """A moment in EDTF or in plain words; nothing is a moment that is not stated."""

    def __init__(self, **options: object) -> None:
        super().__init__(required=False, max_length=100, **options)  # type: ignore[arg-type]  # passed on

    def clean(self, value: object) -> Moment:
        try:
            return moment_in(super().clean(value) or "")
        except MomentError as problem:
            raise ValidationError(str(problem)) from problem


class CodesField(forms.CharField):
    """Codes in one line, between commas or spaces."""

    def clean(self, value: object) -> frozenset[str]:
        codes = frozenset((super().clean(value) or "").replace(",", " ").split())
        if any(len(code) > 40 for code in codes):  # noqa: PLR2004  # as the column
            raise ValidationError(_("A code has at most 40 characters."))
        return codes


class LinesField(forms.CharField):
    """Names, one on each line, the first speaker first."""

    widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})

    def clean(self, value: object) -> tuple[str, ...]:
        lines = tuple(filter(None, map(str.strip, (super().clean(value) or "").splitlines())))
        if any(len(line) > LONGEST_PART for line in lines):
            raise ValidationError(
                _("A name has at most %(number)d characters.") % {"number": LONGEST_PART}
            )
        return lines


class SentencesField(forms.CharField):
    """Sentence numbers: “S05, s6 and 7” are S05, S06 and S07."""

    def clean(self, value: object) -> tuple[str, ...]:
        numbers = NUMBER.findall(super().clean(value) or "")
        if not numbers:
            raise ValidationError(_("Write the number of a sentence, such as S05."))
        return tuple(dict.fromkeys(reference(int(number)) for number in numbers))


def suggested(name: str) -> dict[str, str]:
    return {"list": name, "autocomplete": "off"}


class TypedForm(forms.Form):
    """Leaves out characters that nobody can see, such as those that turn a name round."""

    def clean(self) -> dict[str, object]:
        values = super().clean() or self.cleaned_data
        for name, value in values.items():
            if isinstance(value, str):
                values[name] = clean(value)
        return values


class HandIn(TypedForm):
    """A document to be taken in, and the facts of its source."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Paste the text here, or choose a file below."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Text, HTML or PDF, at most 5 MB. Nothing in it is executed."),
    )
    name = forms.CharField(
        label=gettext_lazy("Short name"),
        max_length=80,
        help_text=gettext_lazy("How claims name this source, for example: article."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Without one, the document’s own title or its first line is taken."),
    )
    kind = forms.CharField(
        label=gettext_lazy("Kind"),
        max_length=40,
        initial="article",
        widget=forms.TextInput(suggested("kinds")),
        help_text=gettext_lazy("For example: article, letter, statement, order, report."),
    )
    author = forms.CharField(label=gettext_lazy("Author"), required=False, max_length=200)
    publisher = forms.CharField(label=gettext_lazy("Publisher"), required=False, max_length=200)
    published = MomentField(
        label=gettext_lazy("Published"),
        help_text=gettext_lazy("6 January 2020, or EDTF. Dates without a year are read from it."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[
            ("", gettext_lazy("not stated")),
            ("en", gettext_lazy("English")),
            ("fr", gettext_lazy("French")),
            ("ar", gettext_lazy("Arabic")),
        ],
    )
    classification = forms.TypedChoiceField(
        label=gettext_lazy("Classification"),
        choices=ClassificationChoices.choices,
        coerce=lambda value: Classification(int(value)),
        initial=0,
    )
    releasable_to = CodesField(
        label=gettext_lazy("Releasable to"),
        required=False,
        help_text=gettext_lazy("Codes, for example: DE, NATO. Nothing means no limit."),
    )
    communities = CodesField(label=gettext_lazy("Communities"), required=False)
    originator = forms.CharField(
        label=gettext_lazy("Originator"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("The code of the nation or organisation that it belongs to."),
    )

    def clean(self) -> dict[str, object]:
        values = super().clean()
        text, file = str(values.get("text") or "").strip(), values.get("file")
        if bool(text) == bool(file) and "file" not in self.errors:
            raise ValidationError(
                _("Give either a text or a file, not both.")
                if text
                else _("Paste a text or choose a file.")
            )
        return values

    def as_source(self) -> NewSource:
        """The source that the typed facts describe."""
        given = self.cleaned_data
        return NewSource(
            name=given["name"],
            kind=given["kind"],
            title=given["title"],
            author=given["author"],
            publisher=given["publisher"],
            language=given["language"],
            published=given["published"],
            marking=Marking(
                classification=given["classification"],
                releasable_to=given["releasable_to"] or None,
                communities=given["communities"],
                originator=given["originator"],
            ),
        )


class ClaimForm(TypedForm):
    """A claim taken from sentences of a document."""

    sentences = SentencesField(
        label=gettext_lazy("Sentence"), max_length=60, help_text=gettext_lazy("For example: S05")
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=LONGEST_PART,
        widget=forms.TextInput(suggested("subjects")),
    )
    attribute = forms.CharField(
        label=gettext_lazy("Attribute"),
        max_length=LONGEST_PART,
        widget=forms.TextInput(suggested("attributes")),
    )
    value = forms.CharField(
        label=gettext_lazy("Value"),
        max_length=LONGEST_VALUE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("In the sentence’s own words."),
    )
    when = MomentField(
        label=gettext_lazy("When"),
        help_text=gettext_lazy("6 January 2020, late 2017, or EDTF. Nothing means not stated."),
    )
    precision = forms.CharField(
        label=gettext_lazy("Precision"),
        required=False,
        max_length=60,
        widget=forms.TextInput(suggested("precisions")),
        help_text=gettext_lazy("How exactly that is known, if the date does not say it."),
    )
    said_by = LinesField(
        label=gettext_lazy("Said by"),
        max_length=LONGEST_VALUE,
        help_text=gettext_lazy("One name on each line, the first speaker first, the source last."),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("How it is said"),
        choices=[
            ("stated", gettext_lazy("stated in the sentence")),
            ("inferred", gettext_lazy("inferred from it")),
        ],
        initial="stated",
        widget=forms.RadioSelect,
    )
    reasoning = forms.CharField(
        label=gettext_lazy("Why it is inferred"),
        required=False,
        max_length=LONGEST_VALUE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    corrects = forms.CharField(
        label=gettext_lazy("Corrects the claim"),
        required=False,
        max_length=110,
        help_text=gettext_lazy("The reference of an earlier claim, for example: C12"),
    )

    def clean(self) -> dict[str, object]:
        values = super().clean()
        if values.get("status") == "inferred" and not str(values.get("reasoning") or "").strip():
            self.add_error("reasoning", _("Say why it is inferred."))
        return values

    def as_claim(self, corrects: queries.Claim | None) -> NewClaim:
        """The claim that was typed; `corrects` is the row of the earlier one, if there is one."""
        given = self.cleaned_data
        inferred = given["status"] == "inferred"
        return NewClaim(
            subject=given["subject"],
            attribute=given["attribute"],
            value=given["value"],
            said_by=given["said_by"],
            sentences=given["sentences"],
            inferred=inferred,
            reasoning=given["reasoning"] if inferred else "",
            when=given["when"],
            precision=given["precision"],
            corrects=corrects,
        )
