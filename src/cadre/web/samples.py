"""What the page of components shows: values of the shipped case, and forms that went wrong."""

from dataclasses import replace
from datetime import UTC, datetime

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.core.answers import Said
from cadre.core.moments import Moment
from cadre.core.posture import (
    Authorisation,
    Cell,
    Directive,
    Posture,
    Ruling,
    Scope,
    rule,
)
from cadre.core.quantities import OpenList, Quantity
from cadre.core.releasability import Classification, Marking
from cadre.web.quoting import sentence
from cadre.web.wording import known_name

NIGHT = datetime(2020, 1, 6, 23, 59, 59, 999999, tzinfo=UTC)

TRAINING = Scope(mission="NMI", lines=frozenset({"training"}), sites=None, nations=None)
WHOLE_MISSION = Scope(mission="NMI", lines=None, sites=None, nations=None)
SUSPENSION = Directive(
    key="nmi-stop",
    effect=Posture.SUSPENDED,
    authority="NATO",
    reason="to ensure the safety of its personnel",
    surely=TRAINING,
    perhaps=WHOLE_MISSION,
    effective=Moment.parse("[2020-01-02..2020-01-06]"),
    temporary=True,
    claims=("F04", "F06", "F09"),
)
BASIS = Authorisation(
    key="nmi-basis", scope=WHOLE_MISSION, begins=Moment.parse("2018-10"), withdrawn=None, claims=()
)


def ruling(line: str, *, at: datetime = NIGHT) -> Ruling:
    cell = Cell(mission="NMI", line=line, sites=(), nation=None)
    return rule(cell, at, directives=(SUSPENSION,), lifts=(), authorisations=(BASIS,))


class SampleForm(forms.Form):
    """A form with every kind of field, filled in badly."""

    who = forms.CharField(label=gettext_lazy("Ordered by"))
    effective = forms.CharField(
        label=gettext_lazy("Effective"),
        help_text=gettext_lazy("As exactly as it is known: 2020-01-06, 2020-01 or [..2020-01-03]."),
    )
    line = forms.ChoiceField(
        label=gettext_lazy("Activity line"),
        choices=[("training", gettext_lazy("training")), ("advising", gettext_lazy("advising"))],
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea)
    temporary = forms.ChoiceField(
        label=gettext_lazy("Temporary"),
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
    )
    seen = forms.BooleanField(label=gettext_lazy("I have seen whom it strands"))

    def clean_effective(self) -> str:
        text: str = self.cleaned_data["effective"]
        try:
            Moment.parse(text)
        except ValueError:
            raise forms.ValidationError(_("Write the date as 2020-01-06.")) from None
        return text


def sample_form(prefix: str) -> SampleForm:
    return SampleForm({f"{prefix}-effective": "6th of Jan", f"{prefix}-who": "NATO"}, prefix=prefix)


def claims() -> dict[str, Said]:
    """What the sample ruling rests on: one claim of them from another pack than the others."""
    return {
        each: replace(said()[0], reference=each, pack="" if each == "F09" else "iraq-2020")
        for each in SUSPENSION.claims
    }


def said() -> tuple[Said, ...]:
    common = {"pack": "iraq-2020", "source_row": "", "summary": "", "inferred": False}
    return (
        Said(
            claim="46",
            subject="OIR-training-Iraqi-forces",
            attribute="status",
            reference="F46",
            value="suspended",
            when=Moment.parse("[..2020-01-03]"),
            precision="by",
            said_by=("German military", "article"),
            source="article",
            sentences=("S20",),
            reasoning="",
            **common,  # type: ignore[arg-type]  # the same plain values for both
        ),
        Said(
            claim="9",
            subject="OIR",
            attribute="precautions",
            reference="F09",
            value="increase the level of protection",
            when=Moment.unknown(),
            precision="not stated",
            said_by=("White", "Pfeffer", "letter", "Reuters", "article"),
            source="article",
            sentences=("S22",),
            reasoning="",
            **common,  # type: ignore[arg-type]  # the same plain values for both
        ),
    )


def groups() -> list[dict[str, object]]:
    """The board's table: missions, each with its lines."""
    return [
        {
            "name": "NATO Mission Iraq",
            "url": "#nmi",
            "note": _("non-combat"),
            "pack": "iraq-2020",
            "rows": [
                row("training", SUSPENSION.effective, "NATO", SUSPENSION.reason, more=2)
                | {"packs": ("", "iraq-2020")},
                row("advising", None, None, None),
                row("capacity-building", None, None, None),
            ],
        },
        {
            "name": "Operation Inherent Resolve",
            "url": "#oir",
            "note": "",
            "rows": [
                {
                    "line": "training",
                    "url": "#oir-training",
                    "posture": Posture.SUSPENDED,
                    "since": Moment.parse("[..2020-01-03]"),
                    "by": "the United States and its allies",
                    "why": "due to the increased threat in the Middle East region",
                },
                {
                    "line": "training",
                    "url": "#oir-besmaya",
                    "part": "site",
                    "where": "Besmaya",
                    "posture": Posture.RESTRICTED,
                    "since": Moment.parse("2020-01-04"),
                    "by": "Denmark",
                    "why": None,
                },
                {
                    "line": "stabilising",
                    "url": "#oir-stabilising",
                    "posture": Posture.RUNNING,
                    "since": Moment.parse("2014"),
                    "by": None,
                    "why": None,
                },
            ],
        },
    ]


def row(
    line: str, since: Moment | None, by: str | None, why: str | None, more: int = 0
) -> dict[str, object]:
    answer = ruling(line)
    url = f"#{line}"
    return {
        "line": line,
        "url": url,
        "posture": answer,
        "since": since,
        "by": by,
        "why": why,
        "more": more,
    }


def tiles() -> list[dict[str, object]]:
    return [
        {
            "label": _("Suspended"),
            "figure": 4,
            "posture": "suspended",
            "url": "#suspended",
            "named": tuple(map(known_name, ("training", "advising", "capacity-building"))),
            "more": 1,
        },
        {"label": _("Restricted"), "figure": 1, "posture": "restricted", "url": "#restricted"},
        {"label": _("Not stated"), "figure": 2, "posture": "not stated", "url": "#not-stated"},
        {"label": _("Running"), "figure": 1, "posture": "running", "url": "#running"},
        {"label": _("Overdue"), "figure": 0, "note": _("nothing is late"), "url": "#overdue"},
    ]


def steps() -> list[dict[str, object]]:
    return [
        {
            "title": _("Review the suspension of training"),
            "url": "#review",
            "due": Moment.parse("2020-01-06"),
            "overdue": True,
        },
        {
            "title": _("Ask which lines besides training are stopped"),
            "links": [
                {"label": known_name("advising"), "url": "#advising"},
                {"label": known_name("capacity-building"), "url": "#capacity-building"},
            ],
        },
        {
            "title": _("Read the letter to the German lawmakers"),
            "url": "#letter",
            "due": Moment.parse("[..2020-01-08]"),
        },
    ]


def facts() -> list[dict[str, object]]:
    return [
        {"label": _("Established"), "value": Moment.parse("2018-10"), "url": "#established"},
        {
            "label": _("Size"),
            "value": Quantity.parse("up to several hundred"),
            "note": _("trainers, advisers and support staff"),
        },
        {"label": _("Germany in the coalition"), "value": Quantity.parse("around 120 troops")},
        {"label": _("Partners"), "value": OpenList(("Australia", "Sweden", "Finland"), open=True)},
        {"label": _("Commander"), "value": None},
    ]


def moments() -> list[Moment]:
    texts = (
        "2020-01-06T14:05:00Z",
        "2020-01-06",
        "2018-10",
        "2014",
        "[..2020-01-03]",
        "[2018-01-01..]",
        "[2020-01-02..2020-01-06]",
        "2017~",
        "",
    )
    late = Moment.parse("2017-09/2017-12", wording="late 2017")
    return [*(Moment.parse(text) for text in texts), late]


def quantities() -> list[Quantity]:
    texts = ("29 countries", "around 120 troops", "at least 3 sites", "up to several hundred", "")
    return [Quantity.parse(text) for text in texts]


def markings() -> list[Marking]:
    return [
        Marking(),
        Marking(classification=Classification.RESTRICTED, releasable_to=frozenset({"DE", "US"})),
        Marking(classification=Classification.CONFIDENTIAL, communities=frozenset({"medical"})),
        Marking(classification=Classification.SECRET, originator="NATO"),
    ]


def days() -> list[dict[str, object]]:
    """Events, each in a group of its own moment."""
    events: list[dict[str, object]] = [
        {
            "when": Moment.parse("2020-01-02"),
            "title": "Qassem Soleimani",
            "attribute": "killed_on",
            "text": "Jan. 2",
            "packs": ("iraq-2020",),
            "posture": "none",
            "said_by": ("article",),
        },
        {
            "when": Moment.parse("[..2020-01-03]"),
            "title": _("The coalition's training is suspended"),
            "url": "#oir",
            "posture": "suspended",
            "said_by": ("German military", "article"),
        },
        {
            "when": Moment.parse("[2020-01-02..2020-01-06]"),
            "title": _("NATO's training in Iraq is suspended"),
            "url": "#nmi",
            "posture": "suspended",
            "text": _("For the time being; announced on 6 January."),
            "said_by": ("Stoltenberg", "article"),
            "known_on": NIGHT,
        },
    ]
    return [{"when": event["when"], "events": [event]} for event in events]


def source() -> dict[str, object]:
    """Our own words; the article's text stays out of the project."""
    quoted = "Training stops for the time being, the Secretary General said."
    start = quoted.index("for the time being")
    return {
        "title": _("The article"),
        "url": "#article",
        "published": Moment.parse("2020-01-06"),
        "language": "en",
        "marking": Marking(),
        "sentences": [
            sentence("S04", "He called the safety of personnel paramount."),
            sentence("S05", quoted, [(start, start + len("for the time being"))]),
            sentence("S06", "The situation is under close review."),
        ],
    }


def changes() -> list[dict[str, object]]:
    return [
        {"label": _("Telephone"), "before": "+964 1 555 0100", "after": "+964 1 555 0199"},
        {"label": _("Room"), "before": None, "after": "B-12"},
        {"label": _("Site"), "before": "Besmaya", "after": "Besmaya"},
    ]


def sites() -> list[dict[str, object]]:
    return [
        site("Union III", 33.3062, 44.3877, "38SMB4301385406", "suspended"),
        site("Besmaya", 33.1750, 44.6380, "38SMB6625270704", "not stated"),
        site("Taji", 33.5239, 44.2566, "38SMC3098509642", "running"),
        {"name": "Erbil", "url": "#erbil", "latitude": None, "longitude": None, "posture": None},
        {
            "name": _("Jordan"),
            "url": "#jordan",
            "latitude": None,
            "longitude": None,
            "posture": "restricted",
            "country": "Jordan",
            "code": "JO",
        },
    ]


def site(
    name: str, latitude: float, longitude: float, mgrs: str, posture: str
) -> dict[str, object]:
    return {
        "name": name,
        "url": f"#{slugify(name)}",
        "latitude": latitude,
        "longitude": longitude,
        "mgrs": mgrs,
        "posture": posture,
        "above": ("Iraq",),
    }


def page() -> Page[int]:
    return Paginator(range(240), 50).page(2)
