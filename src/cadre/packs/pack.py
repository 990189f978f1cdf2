"""A pack as it was read, and what can be wrong with one."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cadre.core.releasability import Marking
from cadre.packs.cells import Cell
from cadre.packs.format import Table

type Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a pack: where, and what."""

    file: str
    line: int  # 0: the file as a whole
    field: str
    what: str  # goes on after the field's name, or is a sentence of its own without one

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.field} {self.what}." if self.field else f"{place}: {self.what}."


type Report = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file, with the line on which it stands."""

    table: Table
    line: int
    cells: dict[str, Cell]

    @property
    def key(self) -> Key:
        return tuple(self.text(name) for name in self.table.key)

    def text(self, name: str) -> str:
        return str(self.cells.get(name) or "")

    def parts(self, name: str) -> tuple[str, ...]:
        value = self.cells.get(name)
        return value if isinstance(value, tuple) else ()

    def problem(self, name: str, what: str) -> Problem:
        return Problem(self.table.file, self.line, name, what)


@dataclass(frozen=True, slots=True)
class Description:
    """What pack.toml says of the pack as a whole."""

    key: str
    title: str
    label: str = ""
    fictional: bool = False
    language: str = ""
    default_source: str = ""
    needs: tuple[str, ...] = ()
    marking: Marking = field(default_factory=Marking)


@dataclass(frozen=True, slots=True)
class Pack:
    """The rows of each table by their key, in the order of the file."""

    description: Description
    tables: dict[str, dict[Key, Row]]
    digest: str  # SHA-256 of its files

    @property
    def key(self) -> str:
        return self.description.key

    def rows(self, table: str) -> list[Row]:
        return list(self.tables.get(table, {}).values())
