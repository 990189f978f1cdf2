"""Plants one row in every table of ours, with a word of its own in every text column.

Made from the models themselves, so that a table or a column that is added later is planted too.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from django.apps import apps
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import IntegrityError, models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadre.access.actions import acting
from cadre.access.models import Account, Marked, marking_values
from cadre.core.moments import Moment
from cadre.core.releasability import OPERATOR, Marking
from cadre.record.fields import MomentField

AT = datetime(2020, 1, 6, 12, tzinfo=UTC)
# Columns by which rows are addressed or joined; they hold the word alone, without the secret.
HANDLES = frozenset({"code", "key", "name", "number", "reference", "subject", "attribute", "line"})
# What a generated row cannot guess.
GIVEN: dict[str, dict[str, object]] = {
    "alerts.Alert": {"rungs": [], "first": None},  # a ladder is no text
    "alerts.Contact": {"dropped": False},
    "alerts.Deputy": {"dropped": False},
    "alerts.Ladder": {"wanted": None},
    "alerts.QuietHours": {"account": None, "begins": time(22)},
    "training.Session": {"during": DateTimeTZRange(AT, AT + timedelta(hours=2))},
    "accountability.FollowUp": {"step": "call"},
    "directives.Lift": {"hours": None},
    "directives.LiftProposal": {"hours": ["mon-08"]},
    "directives.Assessment": {"verdict": "not_met"},  # on no evidence
    "directives.Review": {"next_at": AT + timedelta(days=1)},
    "directives.Level": {"without_limit": False},  # it has a limit
    "directives.LevelOrder": {"sites": None, "nations": None},
    "directives.ThreatStatement": {"sites": None},
    "directives.RiskAuthority": {"dropped": False},
    "directives.RiskAssessment": {"sites": None},
    "directives.RiskDecision": {"until": AT + timedelta(days=1)},
    "directives.TemplateItem": {"dropped": False},
    "mission.Site": {"kind": "country", "parent": None},  # a country lies in nothing
    "mission.ActivityLine": {"combat": False},
    "mission.Task": {"combat": False},
    "mission.Mission": {"combat": False},
    # A scope's surely is within its perhaps, and "all" covers any cell.
    "directives.Directive": dict.fromkeys(
        ("sure_lines", "sure_sites", "sure_nations", "perhaps_lines", "perhaps_sites",
         "perhaps_nations", "units", "people", "hours"),
    ),
    "accountability.PersonnelStatus": {"ends_at": None},  # else it would end as it begins
    "accountability.Warden": {"dropped": False},
    "accountability.WardenList": {"dropped": False},
    "accountability.MovementReport": {"head_count": None},  # it is of one person
    "mission.Relation": {"other_mission": None},  # else the mission would relate to itself
}  # fmt: skip


def tables() -> list[type[Marked]]:
    """Every table with a marking, in the order in which models were defined."""
    return [model for model in apps.get_models() if issubclass(model, Marked)]


def made_by_hand() -> list[type[Marked]]:
    """Those that can be written to; the ledger writes its own."""
    return [model for model in tables() if model._meta.label != "record.Entry"]


@dataclass
class Planted:
    """One row of each table, under one marking, and the words that give it away."""

    letter: str
    marking: Marking
    borrows: "Planted | None" = None  # rows point at these rows instead of at each other
    rows: dict[str, models.Model] = field(default_factory=dict)
    using: str = "default"

    def word(self, model: type[models.Model]) -> str:
        return f"qzx{self.letter}{tables().index(model):03d}"  # type: ignore[arg-type]  # only marked ones are asked

    def words(self) -> dict[str, str]:
        """Each word, and the table that it gives away."""
        return {self.word(model): model._meta.label for model in made_by_hand()}

    def plant(self) -> "Planted":
        with acting("test.plant", by=OPERATOR, at=AT):
            for model in made_by_hand():
                self.row(model)
        return self

    def row(self, model: type[models.Model]) -> models.Model:
        label = model._meta.label
        if label not in self.rows:
            try:
                with transaction.atomic():
                    self.rows[label] = self.created(model, self.borrows)
            except IntegrityError:  # only one row may point there; this one points at its own
                self.rows[label] = self.created(model, None)
        return self.rows[label]

    def created(self, model: type[models.Model], borrows: "Planted | None") -> models.Model:
        values = marking_values(self.marking)
        values |= {column.name: value for column, value in self.values(model, borrows)}
        return model._base_manager.create(**values | GIVEN.get(model._meta.label, {}))

    def values(
        self, model: type[models.Model], borrows: "Planted | None"
    ) -> Iterator[tuple["models.Field[object, object]", object]]:
        marks = {each.name for each in Marked._meta.get_fields()}
        for column in model._meta.concrete_fields:
            if column.name in marks or column.name == "pack" or column.primary_key:
                continue
            if isinstance(column, models.ForeignKey):
                yield column, self.target(column, borrows)
            elif not column.choices:
                yield column, self.value(column, self.word(model))
            else:
                yield column, column.choices[0][0]

    def target(
        self, column: "models.ForeignKey[object, object]", borrows: "Planted | None"
    ) -> models.Model | None:
        model = column.remote_field.model
        if model == column.model:
            return None
        if not issubclass(model, Marked):
            return account(self.using) if model is Account else None
        return borrows.row(model) if borrows else self.row(model)

    def value(self, column: "models.Field[object, object]", word: str) -> object:
        """Something for a column: the word wherever text can stand."""
        text = word if column.name in HANDLES else f"{word} {word}secret"
        for kind, made in PLANTS:
            if isinstance(column, kind):
                return made(column, text)
        message = f"How is {column} planted?"
        raise NotImplementedError(message)


def account(using: str) -> Account:
    """Somebody whom rows of every marking may belong to; it gives nothing away."""
    accounts = Account.objects.using(using)
    kept = accounts.filter(email="planted@x.example").first()
    return kept or accounts.create(email="planted@x.example", name="Planted")


type Column = models.Field[object, object]


def several(column: Column, text: str) -> list[object]:
    """An array of one; none of rows, for it would have to be an array of rows that there are."""
    inner = column.base_field  # type: ignore[attr-defined]  # an array has one
    return [] if isinstance(inner, models.UUIDField) else [text[: inner.max_length]]


# What is planted in a column, by the first kind that it is of.
PLANTS: tuple[tuple[type, Callable[[Column, str], object]], ...] = (
    (MomentField, lambda _column, text: Moment.parse("2020-01-03", wording=text)),
    (ArrayField, several),
    (models.EmailField, lambda _column, text: f"{text.replace(' ', '.')}@x.example"),
    (models.CharField, lambda column, text: text[: column.max_length]),
    (models.TextField, lambda _column, text: text),
    (models.JSONField, lambda _column, text: {"text": text}),
    (models.BooleanField, lambda *_: True),
    (models.DateTimeField, lambda *_: AT),
    (models.DateField, lambda *_: AT.date()),
    (DateTimeRangeField, lambda *_: DateTimeTZRange(AT - timedelta(days=400), None)),
    (models.DurationField, lambda *_: timedelta(days=7)),
    (models.FloatField, lambda *_: 33.25),
    (models.IntegerField, lambda *_: 7),
    (models.TimeField, lambda *_: AT.time()),
    (models.UUIDField, lambda *_: uuid.uuid4()),
)
