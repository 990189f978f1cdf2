"""Puts a pack on record: in one transaction, adding only what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.queries import seeing
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import refusal
from cadre.packs.actions.building import Loading, row_id
from cadre.packs.actions.comparing import Changes, compare
from cadre.packs.actions.orders import ORDERS
from cadre.packs.actions.resolving import look_up, unresolved
from cadre.packs.actions.tables import TARGETS, Target, Values, values_of
from cadre.packs.format import TABLES, Table
from cadre.packs.pack import Pack, Problem, Row
from cadre.record import models as record

VERB = "packs.load"
BATCH = 2_000


class PackRefused(Refused):
    """The pack cannot be loaded; `problems` say why, and nothing has been written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load has done: how many rows it added and changed, by table; how many were there.

    `left` counts rows on record that the pack had when it was loaded and has no more: they stay.
    """

    added: dict[str, int]
    changed: dict[str, int]
    kept: int = 0
    left: int = 0

    @property
    def nothing(self) -> bool:
        return not any(self.added.values()) and not any(self.changed.values())


def load(pack: Pack, *, by: Viewer, at: datetime) -> Loaded:
    """Puts a pack that has passed its check on record, whole or not at all.

    A pack that has not changed since it was loaded changes nothing. Of one that has, what is new
    is added and what is merely described is brought up to date, unless this node has changed it.
    Raises PackRefused with every problem: a row of something said or ordered that is not what it
    was, a code that another pack has taken, a name that is not on record.
    """
    if not by.sees_all:
        raise Refused(_("Only who sees everything can load a pack: it may be on record already."))
    try:
        with seeing(by):
            return load_in_transaction(pack, by=by, at=at)
    except IntegrityError as error:
        raise refusal(error) from error


def load_in_transaction(pack: Pack, *, by: Viewer, at: datetime) -> Loaded:
    with connection.cursor() as cursor:  # another load waits until this one is done
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cadre_packs'))")
    before = record.Pack.objects.filter(key=pack.key).first()
    refuse_strange_pack(pack, before)
    if before is not None and before.digest == pack.digest:
        return Loaded({}, {}, kept=sum(len(rows) for rows in pack.tables.values()))
    loading = look_up(pack, by=by, at=at)
    problems = unresolved(loading)
    if problems:
        raise PackRefused(problems)
    note_pack(pack, before, by=by, at=at)
    added: dict[str, int] = {}
    changed: dict[str, int] = {}
    for table in TABLES.values():
        changes = put_on_record(table, loading, afresh=before is None, problems=problems)
        added[table.name], changed[table.name] = len(changes.new), len(changes.described)
    if problems:
        raise PackRefused(sorted(problems))
    kept = sum(len(rows) for rows in pack.tables.values()) - sum(added.values())
    left = 0 if before is None else rows_left(loading)
    return Loaded(added, changed, kept=kept - sum(changed.values()), left=left)


def refuse_strange_pack(pack: Pack, before: record.Pack | None) -> None:
    if before is not None and before.pk != row_id(pack.key, "packs", ()):
        raise Refused(
            _("The key “%(key)s” belongs to a pack that was not loaded from a folder.")
            % {"key": pack.key}
        )
    known = set(record.Pack.objects.values_list("key", flat=True))
    for needed in pack.description.needs:
        if needed not in known:
            raise Refused(
                _("Load the pack “%(needed)s” first: “%(key)s” rests on it.")
                % {"needed": needed, "key": pack.key}
            )


def note_pack(pack: Pack, before: record.Pack | None, *, by: Viewer, at: datetime) -> None:
    row = before or record.Pack(id=row_id(pack.key, "packs", ()), key=pack.key)
    values = {
        "title": pack.description.title,
        "label": pack.description.label,
        "fictional": pack.description.fictional,
        "digest": pack.digest,
        "pack": pack.key,
        **marking_values(pack.description.marking),
    }
    for name, value in values.items():
        setattr(row, name, value)
    with acting(VERB, by=by, at=at):
        row.save(force_insert=before is None)


def put_on_record(
    table: Table, loading: Loading, *, afresh: bool, problems: list[Problem]
) -> Changes:
    """Adds a table's new rows and brings its described ones up to date. Tells problems."""
    target = {**TARGETS, **ORDERS}[table.name]
    rows = loading.pack.rows(table.name)
    if not rows:
        return Changes()
    values = all_values(rows, loading, target, problems)
    changes = compare(table, target.model, values, loading, afresh=afresh)
    problems.extend(changes.problems)
    if problems:
        return changes
    with acting(VERB, by=loading.by, at=loading.at):
        target.model.objects.bulk_create(
            [target.model(**each) for each in changes.new], batch_size=BATCH
        )
        for row, names in changes.described:
            row.save(update_fields=names)
    return changes


def all_values(
    rows: Sequence[Row], loading: Loading, target: Target, problems: list[Problem]
) -> list[tuple[Row, Values]]:
    """The values of every row. Tells what the record refuses, unless something is wrong already:

    then nothing is written, so that a row may be refused for want of one that comes before it.
    """
    found: list[tuple[Row, Values]] = []
    told = problems if not problems else []
    try:
        build = target.prepare(rows, loading)
    except Refused as error:
        told.append(rows[0].problem("", str(error).rstrip(".")))
        return found
    for row in rows:
        try:
            found.append((row, values_of(row, loading, build)))
        except Refused as error:
            told.append(row.problem("", str(error).rstrip(".")))
    return found


def rows_left(loading: Loading) -> int:
    """How many rows of earlier loads the pack has no more. They stay on record."""
    left = 0
    for name, target in {**TARGETS, **ORDERS}.items():
        shared = loading.elsewhere.get(name, {})
        ours = [
            row
            for row in loading.pack.rows(name)
            if shared.get(row.key[-1]) in {None, loading.own_id(row)}
        ]
        left += target.model.objects.filter(pack=loading.pack.key).count() - len(ours)
    return left
