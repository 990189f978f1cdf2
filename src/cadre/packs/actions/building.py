"""From a pack's row to a row of the record, with the same id on every node and at every load."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission.actions import Grounds
from cadre.packs.pack import Key, Pack, Row

NAMESPACE = uuid5(NAMESPACE_URL, "cadre/packs")


def row_id(pack: str, table: str, key: Key) -> UUID:
    """The id of a pack's row: a matter of its pack, file and key alone."""
    return uuid5(NAMESPACE, "\n".join((pack, table, *key)))


@dataclass(frozen=True, slots=True)
class Loading:
    """What all rows of one load have in common.

    `elsewhere` are the ids of rows on record, by table and code, where codes are shared by all
    packs. `known_from` is from when on each claim could be known.
    """

    pack: Pack
    by: Viewer
    at: datetime
    elsewhere: dict[str, dict[str, UUID]]
    known_from: dict[UUID, datetime]

    def id_of(self, table: str, name: str) -> UUID:
        """The row that a name means; whether it is there is checked before."""
        owner, colon, key = name.rpartition(":")
        if colon:
            return row_id(owner, table, (key,))
        here = row_id(self.pack.key, table, (name,))
        return self.elsewhere.get(table, {}).get(name, here)

    def id_or_none(self, table: str, name: str) -> UUID | None:
        return self.id_of(table, name) if name else None

    def own_id(self, row: Row) -> UUID:
        return row_id(self.pack.key, row.table.name, row.key)

    def claims_of(self, row: Row) -> tuple[UUID, ...]:
        return tuple(self.id_of("claims", name) for name in row.parts("claims"))

    def grounds(self, row: Row) -> Grounds:
        """What a typed row rests on; it could be known when the last of its claims could."""
        claims = self.claims_of(row)
        moments = [self.known_from[claim] for claim in claims if claim in self.known_from]
        return Grounds(
            claims=claims,
            known_from=max(moments) if moments else self.default_known_from(),
            marking=self.pack.description.marking,
            pack=self.pack.key,
            corrects=self.id_or_none(row.table.name, row.text("corrects")),
        )

    def default_known_from(self) -> datetime:
        source = self.pack.tables["sources"].get((self.pack.description.default_source,))
        return self.published(source) if source else self.at

    def published(self, source: Row) -> datetime:
        moment = source.cells.get("published")
        return (moment.earliest if isinstance(moment, Moment) else None) or self.at


type Builder = Callable[[Row, Loading], dict[str, object]]


def moment_of(row: Row, name: str) -> Moment:
    value = row.cells.get(name)
    return value if isinstance(value, Moment) else Moment.unknown()


def scope_of(row: Row, name: str) -> list[str] | None:
    return None if row.cells.get(name) is None else sorted(row.parts(name))


def folded(names: Iterable[str]) -> list[str]:
    """Other names as the record compares them: without regard to capital letters."""
    return sorted({name.casefold() for name in names})
