"""What every change of a mission has in common: it fits its columns, its author may see it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.core.refused import Refused
from cadre.core.releasability import Marking, Viewer, may_see
from cadre.mission.queries.versions import fingerprint
from cadre.record.models import Claim, Described, Kept, Stated


class Misfit(Refused):
    """A refusal that one field is to blame for, so that a form can say so beside it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


type Lack = tuple[str, bool, str]  # a field, whether it lacks what it must say, the sentence then


def refuse_lacking(lacking: Iterable[Lack]) -> None:
    """Raises Misfit for the first of these that is lacking."""
    for name, lacks, sentence in lacking:
        if lacks:
            raise Misfit(name, sentence)


class Stale(Refused):
    """Somebody else changed the row in the meantime; `row` is how it stands now."""

    def __init__(self, row: Described) -> None:
        super().__init__(
            _(
                "Somebody else changed this in the meantime. Compare both versions; what you send"
                " again then replaces theirs."
            )
        )
        self.row = row


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a stated row rests on, and who may see it.

    `known_from` None: since its claims could be known, or since now if it rests on none.
    """

    claims: tuple[UUID, ...] = ()
    known_from: datetime | None = None
    marking: Marking = field(default_factory=Marking)
    pack: str = ""
    corrects: UUID | None = None


OUR_OWN = Grounds()

CODE = re.compile(r"\w[\w.\-]*")
# What differs between two rows that say the same.
OF_ITS_WRITING = {"id", "recorded_at", "recorded_by", "known_from", "corrects"}
RESERVED = "new"  # the address of the form for a new one
TAKEN = gettext_lazy("There is one with this code already.")
# What the database refuses by a constraint of this name, and the field to blame.
BROKEN: dict[str, tuple[str, object]] = {
    "a_line_is_defined_once": (
        "code",
        gettext_lazy("The mission has an activity line with this code already."),
    ),
    "a_post_has_one_holder_at_a_time": (
        "begins_at",
        gettext_lazy("Somebody else holds this post in that time; end that holding first."),
    ),
    "no_combat_in_a_non_combat_mission": (
        "combat",
        gettext_lazy("The mission is a non-combat mission, so combat is refused."),
    ),
    "a_place_lies_in_a_larger_one": (
        "parent",
        gettext_lazy("The place cannot lie in that one."),
    ),
    "a_code_stays": (
        "code",
        gettext_lazy("A code stays as it is: orders, markings and roles speak of it."),
    ),
    "nothing_stands_above_itself": (
        "parent",
        gettext_lazy("Nothing can stand above itself."),
    ),
}


def stated_values(grounds: Grounds, *, by: Viewer, at: datetime) -> dict[str, object]:
    return {
        "claims": list(grounds.claims),
        "recorded_at": at,
        "recorded_by": by.account or by.name,
        "known_from": grounds.known_from or known_from(grounds.claims) or at,
        "corrects_id": grounds.corrects,
        "pack": grounds.pack,
        **marking_values(grounds.marking),
    }


def known_from(claims: tuple[UUID, ...]) -> datetime | None:
    """From when on all these claims could be known; None without any."""
    if not claims:
        return None
    found = Claim.objects.filter(pk__in=claims).aggregate(last=models.Max("known_from"))
    last = found["last"]
    return last if isinstance(last, datetime) else None


def add[M: Kept](row: M, verb: str, *, by: Viewer, at: datetime) -> M:
    """Writes a new row. Raises Refused where it does not fit or `by` may not see it."""
    fit(row)
    see(row, by=by)
    try:
        with acting(verb, by=by, at=at):
            row.save(force_insert=True)
    except IntegrityError as error:
        raise refusal(error) from error
    return row


def change[M: Described](
    row: M, values: Mapping[str, object], verb: str, *, seen: str, by: Viewer, at: datetime
) -> M:
    """Gives a described row new values, and writes nothing when they are the old ones.

    `seen` is the fingerprint of the row that the user had in view; raises Stale when somebody
    else has changed the row since. The empty text skips that check.
    """
    try:
        with acting(verb, by=by, at=at):
            kept: M = type(row).objects.select_for_update().get(pk=row.pk)  # type: ignore[assignment]  # the manager of M's own table
            if seen and seen != fingerprint(kept):
                raise Stale(kept)
            changed = set_values(kept, values)
            fit(kept)
            see(kept, by=by)
            if changed:
                kept.save(update_fields=changed)
    except IntegrityError as error:
        raise refusal(error) from error
    return kept


def set_values(row: models.Model, values: Mapping[str, object]) -> list[str]:
    """Sets the values that differ, and says which these were."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def code_of(text: str) -> str:
    """A code as it is kept. Raises Misfit for one that no address and no list could carry."""
    code = text.strip()
    if not CODE.fullmatch(code) or code == RESERVED:
        raise Misfit(
            "code",
            _("“%(code)s” is no code: letters, digits, dots, hyphens and underscores make one.")
            % {"code": code},
        )
    return code


def fit(row: models.Model) -> None:
    """Raises Misfit for the first value that its column cannot take."""
    for misfit in misfits(row):
        raise misfit


def misfits(row: models.Model) -> list[Misfit]:
    """Every value that its column cannot take."""
    unchecked = {
        field.name
        for field in row._meta.fields
        if field.is_relation or (field.null and getattr(row, field.attname) is None)
    }
    try:
        row.clean_fields(exclude=unchecked | {"path"})
    except ValidationError as error:
        return [
            Misfit(
                name,
                _("%(field)s: %(problem)s")
                % {"field": label_of(row, name), "problem": problems[0]},
            )
            for name, problems in error.message_dict.items()
        ]
    return []


def label_of(row: models.Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def see(row: Kept, *, by: Viewer) -> None:
    """Nobody writes what they could not see: the database refuses it too, less kindly."""
    if not may_see(by, row.marking):
        raise Misfit(
            "releasable_to",
            _(
                "By its marking you could not see this yourself; widen to whom it is releasable,"
                " or lower its classification."
            ),
        )


def refusal(error: IntegrityError) -> Refused:
    """The sentence for a rule that the database held up."""
    name = broken_constraint(error)
    if name in BROKEN:
        field, sentence = BROKEN[name]
        return Misfit(field, str(sentence))
    if name.endswith("_code_key"):
        return Misfit("code", str(TAKEN))
    return Refused(_("The record refuses this: it breaks the rule “%(rule)s”.") % {"rule": name})


def broken_constraint(error: IntegrityError) -> str:
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "")


def stated[M: Stated](row: M, grounds: Grounds, verb: str, *, by: Viewer, at: datetime) -> M:
    """Puts a stated row on record with its grounds. Raises Refused as `add` does, when the same is
    on record already (somebody pressed twice), and when what it corrects has been corrected.
    """
    for name, value in stated_values(grounds, by=by, at=at).items():
        setattr(row, name, value)
    with transaction.atomic():
        one_at_a_time(type(row))
        refuse_second(row)
        return add(row, verb, by=by, at=at)


def one_at_a_time(model: type[models.Model]) -> None:
    """Whoever else writes to this table waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [model._meta.db_table])


def refuse_second(row: Stated) -> None:
    """Raises Refused for a row that says the same as one on record, or corrects it once more."""
    rows = type(row)._default_manager.all()  # noqa: SLF001  # every Stated model has this manager
    if row.corrects is not None and rows.filter(corrects=row.corrects).exists():
        raise Refused(_("This has been corrected already; look at it again before you do."))
    same = {
        f"{field.attname}__isnull" if (value := getattr(row, field.attname)) is None
        else field.attname: True if value is None else value
        for field in row._meta.concrete_fields
        if field.name not in OF_ITS_WRITING | row.given_here
    }  # fmt: skip  # a name and a value
    corrected = models.Exists(rows.filter(corrects=models.OuterRef("pk")))
    if rows.filter(**same).exclude(corrected).exists():
        raise Refused(_("This is on record already, in the same words."))
