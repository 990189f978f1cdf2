"""From a folder to a pack: every row of every file, or every reason why not.

Reads only the files that the format names, follows no link out of the folder, and needs no
database.
"""

import csv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from cadre.packs.cells import Cell, CellError, read_cell
from cadre.packs.description import DESCRIPTION, VERSION, read_description
from cadre.packs.files import as_text, read_bytes
from cadre.packs.format import TABLES, Table
from cadre.packs.pack import Key, Pack, Problem, Report, Row

LARGEST: Final = 256 * 1024 * 1024  # bytes of one file
LONGEST: Final = 100_000  # characters of one line


class NotAPack(Exception):
    """The folder cannot be read as a pack at all; the message is one sentence."""


def read_pack(folder: Path, report: Report) -> Pack:
    """The pack in `folder`, each problem told to `report`. Raises NotAPack without a folder."""
    if not folder.is_dir():
        raise NotAPack(f"There is no folder “{folder}”.")
    description = read_description(folder, report)
    tables = {table.name: read_table(folder, table, report) for table in TABLES.values()}
    report_strangers(folder, report)
    return Pack(description, tables, digest_of(folder))


def digest_of(folder: Path) -> str:
    """One digest of everything that was read, so that an unchanged pack is known by it."""
    digest = sha256(f"{VERSION}".encode())
    for name in (DESCRIPTION, *(table.file for table in TABLES.values())):
        content = read_bytes(folder, name, largest=LARGEST, report=lambda _problem: None)
        if content is not None:
            digest.update(f"\n{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def report_strangers(folder: Path, report: Report) -> None:
    """A misspelt file name would otherwise lose every row of the file without a word."""
    known = {table.file for table in TABLES.values()}
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() in {".tsv", ".csv", ".xlsx", ".toml"} and path.name not in {
            *known,
            DESCRIPTION,
        }:
            report(Problem(path.name, 0, "", "This file is none of those of the case format"))


def read_table(folder: Path, table: Table, report: Report) -> dict[Key, Row]:
    content = read_bytes(folder, table.file, largest=LARGEST, report=report)
    text = None if content is None else as_text(content, table.file, report)
    if text is None:
        return {}
    lines = numbered_cells(text, table, report)
    header = read_header(next(lines, (1, []))[1], table, report)
    if header is None:
        return {}
    rows: dict[Key, Row] = {}
    for line, texts in lines:
        row = read_row(line, texts, header, table, report)
        if row is None:
            continue
        first = rows.setdefault(row.key, row)
        if first is not row:
            name = table.key[-1]
            what = f"“{' '.join(row.key)}” stands on line {first.line} already"
            report(row.problem(name, what))
    return rows


def numbered_cells(text: str, table: Table, report: Report) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line. Empty lines and those that begin with # are left out."""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if len(line) > LONGEST:
            report(
                Problem(table.file, number, "", f"The line has {len(line)} characters, too many")
            )
            continue
        try:
            yield number, next(csv.reader([line], "excel-tab", strict=True))
        except csv.Error:
            what = "A cell begins with a quotation mark that is not closed, or goes on after it"
            report(Problem(table.file, number, "", what))


def read_header(names: list[str], table: Table, report: Report) -> list[str] | None:
    names = [name.strip() for name in names]
    known = [column.name for column in table.columns]
    problems = [
        *(
            Problem(
                table.file,
                1,
                name,
                "is a column that this file does not have; it has: " + ", ".join(known),
            )
            for name in names
            if name not in known
        ),
        *(
            Problem(table.file, 1, name, "is a column twice")
            for name in sorted({name for name in names if names.count(name) > 1})
        ),
        *(
            Problem(table.file, 1, column.name, "is a column that this file needs and lacks")
            for column in table.columns
            if column.required and column.name not in names
        ),
    ]
    for problem in problems:
        report(problem)
    return None if problems else names


def read_row(
    line: int, texts: list[str], header: list[str], table: Table, report: Report
) -> Row | None:
    """The row with every cell that could be read; None when even its key could not."""
    if len(texts) > len(header) and any(text.strip() for text in texts[len(header) :]):
        what = f"The line has {len(texts)} cells and the header has {len(header)}"
        report(Problem(table.file, line, "", what))
        return None
    given = dict(zip(header, texts, strict=False))
    cells: dict[str, Cell] = {}
    for column in table.columns:
        try:
            cells[column.name] = read_cell(given.get(column.name, ""), column)
        except CellError as error:
            report(Problem(table.file, line, column.name, str(error)))
    return Row(table, line, cells) if all(name in cells for name in table.key) else None
