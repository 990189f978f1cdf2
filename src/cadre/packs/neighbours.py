"""The packs that a pack needs, as far as they lie in folders beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cadre.packs.description import DESCRIPTION
from cadre.packs.format import TABLES
from cadre.packs.pack import Key, Pack, Row
from cadre.packs.reading import read_pack


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Needed packs by key; `complete` when each of them, and what they need, could be read."""

    packs: dict[str, Pack]
    complete: bool

    @classmethod
    def beside(cls, folder: Path, pack: Pack) -> Self:
        found: dict[str, Pack] = {}
        asked = list(pack.description.needs)
        complete = True
        while asked:
            key = asked.pop()
            if key in found or key == pack.key:
                continue
            neighbour = read_neighbour(folder.resolve().parent / key, key)
            if neighbour is None:
                complete = False
                continue
            found[key] = neighbour
            asked.extend(neighbour.description.needs)
        return cls(found, complete)

    def find(self, pack: Pack, table: str, name: str) -> Row | None:
        """The row that a name means; None when it is not in the pack or beside it."""
        owner, colon, key = name.rpartition(":")
        if colon:
            return self.row(self.packs.get(owner), table, (key,))
        own = self.row(pack, table, (key,))
        if own is not None or not TABLES[table].shared:
            return own
        others = (self.row(other, table, (key,)) for other in self.packs.values())
        return next((row for row in others if row is not None), None)

    @staticmethod
    def row(pack: Pack | None, table: str, key: Key) -> Row | None:
        return None if pack is None else pack.tables[table].get(key)

    def misses(self, pack: Pack, table: str, name: str) -> str:
        """What is wrong with a name that means no row; empty when nothing is, as far as known."""
        owner, colon, _key = name.rpartition(":")
        file = TABLES[table].file
        if colon and owner not in pack.description.needs:
            return f"names the pack “{owner}”, which is not among the needs in pack.toml"
        if self.find(pack, table, name) is not None:
            return ""
        if colon:
            return f"“{name}” is not in {file} of that pack" if owner in self.packs else ""
        if TABLES[table].shared and not self.complete:
            return ""
        where = f"{file}, nor in that of a pack that this one needs" if self.packs else file
        return f"“{name}” is not in {where}"

    def has_no_line(self, pack: Pack, mission: str, line: str) -> bool:
        """Surely no such line, neither here nor in a needed pack."""
        known = any(
            (mission, line) in each.tables["lines"] for each in (pack, *self.packs.values())
        )
        return not known and self.complete


def read_neighbour(folder: Path, key: str) -> Pack | None:
    if not (folder / DESCRIPTION).is_file():
        return None
    pack = read_pack(folder, lambda _problem: None)  # its own check tells its problems
    return pack if pack.key == key else None
