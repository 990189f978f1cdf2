"""The ledger: what was changed by whom, and whether it is still what it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from cadre.core import ledger
from cadre.core.releasability import Viewer
from cadre.record.models import Entry, Seal


@dataclass(frozen=True, slots=True)
class Trouble:
    """The first thing that is not as the ledger has it, in one sentence."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at the whole ledger found."""

    entries: int
    waiting: int
    heads: tuple[tuple[str, int, str], ...]  # node, sequence, digest in hexadecimal
    trouble: Trouble | None


def history(viewer: Viewer, table: str, row: str) -> list[Entry]:
    """Every recorded version of one row, oldest first."""
    return list(
        Entry.objects.visible_to(viewer).filter(table=table, row=row).order_by("written_at")
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a row: what it says otherwise than the version before."""

    entry: Entry
    fields: tuple[tuple[str, object, object], ...]  # name, before, after


HOUSEKEEPING = {"id", "recorded_at", "recorded_by", "known_from"}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which entries are asked for; "" is all."""

    who: str = ""  # a part of the address or name
    verb: str = ""  # how it begins, so that `access` is all about accounts
    table: str = ""


def entries(viewer: Viewer, narrowed: Narrowed | None = None) -> models.QuerySet[Entry]:
    """Every change that the viewer may see, or those asked for, latest first."""
    asked = narrowed or Narrowed()
    found = Entry.objects.visible_to(viewer)
    if asked.who:
        found = found.filter(actor__icontains=asked.who)
    if asked.verb:
        found = found.filter(verb__startswith=asked.verb)
    if asked.table:
        found = found.filter(table=asked.table)
    return found.order_by("-written_at", "id")


def kept_tables() -> tuple[str, ...]:
    """The tables whose changes the ledger keeps."""
    return tuple(
        sorted(
            model._meta.db_table
            for model in apps.get_models()
            if getattr(model, "ledger", "") in {"append-only", "described"}
        )
    )


def head(_viewer: Viewer, node: str) -> Seal | None:
    """The end of this node's chain, for everybody: a digest tells nothing of what it seals."""
    return Seal.objects.filter(node=node).order_by("-sequence").first()


def changes(versions: list[Entry]) -> list[Change]:
    """What each version changed, oldest first."""
    before: dict[str, object] = {}
    found = []
    for entry in versions:
        content: dict[str, object] = entry.content
        fields = tuple(
            (name, before.get(name), content.get(name))
            for name in sorted(content.keys() - HOUSEKEEPING)
            if before.get(name) != content.get(name)
        )
        found.append(Change(entry, fields))
        before = content
    return found


def verify(expected: Sequence[str] = ()) -> Verified:
    """Recomputes every chain and compares every row with the ledger.

    It is about the whole node, so the caller looks as one who sees all (`seeing(OPERATOR)`).
    `expected`: digests (hexadecimal) written down elsewhere that must still stand in a chain; only
    they can tell that the end of a chain was cut off together with its rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record_entry")
        entries = int(cursor.fetchone()[0])
        cursor.execute("SELECT count(*) FROM record_unsealed")
        waiting = int(cursor.fetchone()[0])
        cursor.execute(
            "SELECT DISTINCT ON (node) node, sequence, encode(digest, 'hex') FROM record_seal"
            " ORDER BY node, sequence DESC"
        )
        heads = tuple(
            (str(node), int(number), str(head)) for node, number, head in cursor.fetchall()
        )
    trouble = broken_chain() or unsealed_and_unknown() or strayed_row() or cut_off(expected)
    return Verified(entries=entries, waiting=waiting, heads=heads, trouble=trouble)


def links() -> Iterator[ledger.Entry]:
    with connection.cursor() as plain:  # as sealing does, whatever the planner knows of the tables
        plain.execute("SET LOCAL enable_seqscan = off")
    with connection.connection.cursor(name="cadre_verify") as cursor:
        cursor.itersize = 5_000
        cursor.execute(
            "SELECT seal.node, seal.sequence, cadre_entry_text(entry), seal.digest"
            " FROM record_seal AS seal JOIN record_entry AS entry ON entry.id = seal.entry_id"
            " ORDER BY seal.node, seal.sequence"
        )
        with connection.cursor() as plain:
            plain.execute("SET LOCAL enable_seqscan = on")
        for node, sequence, text, digest in cursor:
            yield ledger.Entry(node=node, sequence=sequence, text=text, digest=bytes(digest))


def broken_chain() -> Trouble | None:
    found = ledger.first_break(links())
    if found is None:
        return None
    entry = Entry.objects.filter(seal__node=found.node, seal__sequence=found.sequence).first()
    row = f" ({entry.table} {entry.row}, {entry.verb})" if entry else ""
    return Trouble(
        f"The chain of node {found.node} breaks at entry {found.sequence}{row}: {found.sentence}"
    )


def unsealed_and_unknown() -> Trouble | None:
    """An entry that neither waits for its seal nor has one was put in by another way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry.table_name, entry.row_id FROM record_entry AS entry"
            " LEFT JOIN record_seal AS seal ON seal.entry_id = entry.id"
            " LEFT JOIN record_unsealed AS waiting ON waiting.entry = entry.id"
            " WHERE seal.id IS NULL AND waiting.number IS NULL LIMIT 1"
        )
        found = cursor.fetchone()
    if found is None:
        return None
    return Trouble(
        f"The ledger has an entry of {found[0]} {found[1]} that has no place in a chain."
    )


def cut_off(expected: Sequence[str]) -> Trouble | None:
    for digest in filter(None, expected):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM record_seal WHERE encode(digest, 'hex') = %s)",
                [digest.lower()],
            )
            (there,) = cursor.fetchone()
        if not there:
            return Trouble(f"No chain holds the digest {digest}: a part of the ledger has gone.")
    return None


def strayed_row() -> Trouble | None:
    for model in apps.get_models():
        if getattr(model, "ledger", "") in {"append-only", "described"}:
            trouble = strayed(model)
            if trouble:
                return trouble
    return None


def strayed(model: type[models.Model]) -> Trouble | None:
    """A row that is not what its last ledger entry says, that has none, or that has gone."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'")
        cursor.execute(
            f"""
            WITH last AS (
                SELECT DISTINCT ON (row_id) row_id, content FROM record_entry
                WHERE table_name = %s ORDER BY row_id, written_at DESC, id
            )
            SELECT coalesce(last.row_id, kept.id::text), last.row_id IS NULL, kept.id IS NULL
            FROM last FULL JOIN "{table}" AS kept ON kept.id::text = last.row_id
            WHERE last.row_id IS NULL OR kept.id IS NULL
                OR NOT to_jsonb(kept) @> last.content
            ORDER BY 1 LIMIT 1
            """,  # noqa: S608  # the table's name is a model's own
            [table],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    row, unknown, gone = found
    if unknown:
        return Trouble(f"Row {row} of {table} is not in the ledger.")
    if gone:
        return Trouble(f"Row {row} of {table} is in the ledger and has gone from its table.")
    return Trouble(f"Row {row} of {table} is not what the ledger says that it was made.")
