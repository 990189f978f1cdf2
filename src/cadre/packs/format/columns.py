"""What a column of a pack's file can hold."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the text of a cell is read. The value is how the reference page names it."""

    TEXT = "text"
    CODE = "code"
    MOMENT = "moment"
    LIST = "list"
    CHAIN = "chain"
    SCOPE = "all or a list"
    YES_NO = "yes, no or nothing"
    COUNT = "whole number"
    DEGREES = "degrees"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `to` names the table whose keys it holds; `choices` are its only values."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    limit: int = 0  # characters of the text, or of each part of a list; 0: no limit of its own
    choices: tuple[str, ...] = ()
    to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One file. `stated` rows are never changed; `shared` keys hold across all packs."""

    name: str
    purpose: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    stated: bool = True
    shared: bool = False  # its keys are unique on the whole node

    @property
    def file(self) -> str:
        return f"{self.name}.tsv"

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)


def key_column(meaning: str, limit: int = 60) -> Column:
    return Column("key", Kind.CODE, meaning, required=True, limit=limit)


def text(name: str, meaning: str, limit: int = 0, *, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, meaning, required=required, limit=limit)


def moment(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.MOMENT, meaning, required=required)


def reference(name: str, meaning: str, to: str, *, required: bool = True) -> Column:
    return Column(name, Kind.CODE, meaning, required=required, limit=120, to=to)


def scope(name: str, meaning: str, to: str, *, required: bool = True) -> Column:
    return Column(name, Kind.SCOPE, meaning, required=required, limit=40, to=to)


def rests_on() -> Column:
    return Column("claims", Kind.LIST, "The claims that this row rests on.", limit=120, to="claims")


def corrects(table: str) -> Column:
    meaning = "The row of this table that this one corrects."
    return Column("corrects", Kind.CODE, meaning, limit=120, to=table)
