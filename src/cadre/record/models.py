"""What was said, by whom, and the ledger of every change."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cadre.access.conditions import Condition, Sql
from cadre.access.models import Marked, MarkedQuerySet
from cadre.access.queries import marked_models
from cadre.core.moments import Moment
from cadre.record.fields import MomentField

# Names are compared in small letters: `subject__lower="nmi"`, which the indexes below serve.
models.CharField.register_lookup(Lower)


class Kept(Marked):
    """A row about the world: marked, in the ledger, and of one pack ("" is the node's own)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pack = models.CharField(_("pack"), max_length=60, blank=True, db_index=True)

    class Meta:
        abstract = True


class StatedQuerySet[M: "Stated"](MarkedQuerySet[M]):
    def known_on(self, moment: datetime, *, began: datetime | None) -> Self:
        """The rows that could be known at `moment` (aware).

        After the record began on this node (`began`) that is what had been recorded by then.
        Before, nobody here knew anything, so it is what a source of that date could have told.
        A row that another one known then corrects is left out.
        """
        by_source = began is None or moment < began
        column = "known_from" if by_source else "recorded_at"
        return self.filter(KnownBy(moment, column, self.model._meta.db_table))


class KnownBy(Condition):
    """A row that could be known at a moment by a column, and that no such row corrects."""

    def __init__(self, moment: datetime, column: str, table: str) -> None:
        super().__init__(column, "pk")
        self.moment, self.column, self.table = moment, column, table

    def condition(self, *columns: str) -> Sql:
        known, row = columns
        condition = (
            f'({known} <= %s AND NOT EXISTS (SELECT FROM "{self.table}" AS correction'
            f" WHERE correction.corrects_id = {row} AND correction.{self.column} <= %s))"
        )
        return condition, (self.moment, self.moment)


class Stated(Kept):
    """What somebody said or decided: inserted, never changed, never deleted."""

    ledger = "append-only"
    given_here: ClassVar[frozenset[str]] = frozenset()  # columns this node fills: nothing was said

    claims = ArrayField(models.UUIDField(), default=list, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.CharField(_("recorded by"), max_length=254)
    known_from = models.DateTimeField(_("could be known from"))
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = StatedQuerySet.as_manager()  # type: ignore[misc]  # it widens what Marked has

    class Meta:
        abstract = True


class Described(Kept):
    """What is merely described and may change; the ledger keeps every version."""

    ledger = "described"

    class Meta:
        abstract = True


class Logged(Marked):
    """A line of a log of this node: marked, added and never changed. The log is its own history, so
    the ledger does not write each line down once more.
    """

    ledger = "log"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Pack(Described):
    """A set of rows that was loaded as a whole; its label stands beside everything from it."""

    key = models.CharField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    label = models.CharField(_("label"), max_length=200, blank=True)
    fictional = models.BooleanField(_("fictional"), default=False)
    digest = models.CharField(_("SHA-256 of its files"), max_length=64, blank=True)

    def __str__(self) -> str:
        return self.title


class Source(Stated):
    """An article, a letter, a statement, a document: where claims come from."""

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    author = models.CharField(_("author"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    published = MomentField(_("published"), default=Moment.unknown)
    published_earliest = models.DateTimeField(null=True, editable=False)
    published_latest = models.DateTimeField(null=True, editable=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("pack", "name", name="a_source_has_one_name_in_its_pack"),
        ]

    def __str__(self) -> str:
        return self.title or self.name


class Document(Stated):
    """The text of a source as it was taken in, by numbered sentences."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    media_type = models.CharField(_("media type"), max_length=100)
    digest = models.CharField(_("SHA-256 of what was handed in"), max_length=64)
    sentences = ArrayField(models.TextField(), verbose_name=_("sentences"))

    def __str__(self) -> str:
        return self.file_name or str(self.id)


class StatusChoices(models.TextChoices):
    STATED = "stated", _("stated")
    INFERRED = "inferred", _("inferred")


class Claim(Stated):
    """One value for one attribute of one subject, and who said so where."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    reference = models.CharField(_("reference"), max_length=40)
    subject = models.CharField(_("subject"), max_length=120)
    attribute = models.CharField(_("attribute"), max_length=120)
    value = models.TextField(_("value"))
    summary = models.TextField(_("in our own words"), blank=True)
    when = MomentField(_("when"), default=Moment.unknown)
    when_earliest = models.DateTimeField(null=True, editable=False)
    when_latest = models.DateTimeField(null=True, editable=False)
    precision = models.CharField(_("precision"), max_length=60, blank=True)
    said_by = ArrayField(models.CharField(max_length=120), verbose_name=_("said by"))
    sentences = ArrayField(models.CharField(max_length=20), verbose_name=_("sentences"))
    status = models.CharField(_("status"), max_length=10, choices=StatusChoices)
    reasoning = models.TextField(_("why it is inferred"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "pack", "reference", name="a_claim_has_one_reference_in_its_pack"
            ),
            models.CheckConstraint(
                condition=~models.Q(said_by=[]), name="a_claim_names_who_said_it"
            ),
        ]
        indexes = [
            models.Index(Lower("subject"), Lower("attribute"), name="claim_subject_attribute"),
            GinIndex(
                SearchVector("subject", "attribute", "value", "summary", config="simple"),
                name="claim_words",
            ),
            models.Index("corrects", name="claim_corrects"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.subject} · {self.attribute}"


class Subject(Described):
    """A name that claims use, its other names, and what it is."""

    key = models.CharField(_("key"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    also = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("key"), "pack", name="a_subject_has_one_key_in_its_pack"),
        ]

    def __str__(self) -> str:
        return self.title


class Attribute(Described):
    """What an attribute of claims means and whether several values of it can hold at once."""

    key = models.CharField(_("key"), max_length=120)
    several = models.BooleanField(_("several values can hold at once"), default=False)
    meaning = models.CharField(_("meaning"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("key"), "pack", name="an_attribute_has_one_key_in_its_pack"
            ),
        ]

    def __str__(self) -> str:
        return self.key


NAMES = ("code", "number", "reference", "key", "email", "name", "title", "label", "role")


class Entry(Marked):
    """One change of one row, written by the database itself (see `guards`)."""

    ledger = "the ledger itself"
    noted_with = ("classification", "table", "row")

    id = models.UUIDField(primary_key=True, editable=False)
    node = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=254)
    verb = models.CharField(max_length=80)
    change = models.CharField(max_length=10)
    table = models.CharField(max_length=63, db_column="table_name")
    row = models.CharField(max_length=60, db_column="row_id")
    content = models.JSONField()

    class Meta:
        indexes = [models.Index("table", "row", name="entry_row")]

    def sensitive(self) -> bool:
        about = marked_models().get(self.__dict__.get("table", ""))
        return super().sensitive() or bool(about and about.personal)

    @classmethod
    def noted(cls) -> models.Q:
        about_people = [name for name, about in marked_models().items() if about.personal]
        return super().noted() | models.Q(table__in=about_people)

    def looked_at(self) -> tuple[str, uuid.UUID]:
        """Who reads an entry looks at the row that it is about."""
        return self.table, uuid.UUID(self.row)

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.table} {self.row}"

    @property
    def named(self) -> str:
        """What staff call the row by, as it was then; "" where it has no name."""
        return next((str(self.content[name]) for name in NAMES if self.content.get(name)), "")


class Unsealed(models.Model):
    """Entries that have no place in the chain yet; sealing empties it."""

    ledger = "part of the ledger"

    number = models.BigAutoField(primary_key=True)
    entry = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.entry)


class Seal(models.Model):
    """The place of one entry in its node's hash chain."""

    ledger = "part of the ledger"

    id = models.BigAutoField(primary_key=True)
    node = models.CharField(max_length=60)
    sequence = models.BigIntegerField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal")
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint("node", "sequence", name="one_chain_per_node")]

    def __str__(self) -> str:
        return f"{self.node} {self.sequence}"

    @property
    def hexadecimal(self) -> str:
        """The digest as `./cadre verify` writes it."""
        return bytes(self.digest).hex()
