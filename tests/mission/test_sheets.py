"""Tables in files: anybody may have made them, and anybody may open ours."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from cadre.mission.sheets import SheetError, csv_bytes, read_table, xlsx_bytes
from cadre.mission.sheets.writing import DANGEROUS, guarded, plain

patient = settings(deadline=None, max_examples=60)  # the machine may be busy
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)


def workbook(*rows: list[object]) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_recognised(encoding: str, delimiter: str) -> None:
    text = f"code{delimiter}name\r\nP1{delimiter}Zoë\r\n"
    table = read_table("x.csv", text.encode(encoding))
    assert (table.head, table.rows[0].cells) == (("code", "name"), ("P1", "Zoë"))
    assert bool(table.note) == (encoding == "cp1252")


def test_arabic_of_windows_is_told_from_accents() -> None:
    text = "code,name,rank\nP1,محمد علي,Maj\n"
    table = read_table("x.csv", text.encode("cp1256"))
    assert (table.rows[0].cells[1], "Windows-1256" in table.note) == ("محمد علي", True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("sep=;\r\ncode;name\r\nP1;Zoë\r\n", 3),
        ("People of DE\ncode;name\nP1;Zoë\n", 3),
        ("People of DE,,\n\ncode,name\nP1,Zoë\n", 4),
    ],
)
def test_what_stands_above_the_head_is_passed_over(text: str, number: int) -> None:
    table = read_table("x.csv", text.encode())
    assert [(table.head[:2], row.number, row.cells[:2]) for row in table.rows] == [
        (("code", "name"), number, ("P1", "Zoë"))
    ]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.csv", b"code,name\n", "The list has no row under its head."),
        ("x.csv", b"\xef\xbb\xbf\n", "The file is empty."),
        ("x.xlsx", b"code,name\nP1,a\n", "This is neither a CSV file nor an XLSX workbook."),
        ("x.csv", b"%PDF-1.7 code", "This is neither a CSV file nor an XLSX workbook."),
    ],
)
def test_a_file_without_a_list_says_what_it_is(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(SheetError) as refused:
        read_table(name, data)
    assert str(refused.value) == sentence


def test_rows_keep_their_numbers_over_empty_ones_and_line_breaks_in_cells() -> None:
    table = read_table("x.csv", b'code,name\n\n"P1","a\nb"\n,\nP2,c\n')
    assert [(row.number, row.cells) for row in table.rows] == [
        (3, ("P1", "a\nb")),
        (6, ("P2", "c")),
    ]


def test_a_formula_is_a_mistake_and_never_evaluated() -> None:
    table = read_table("x.xlsx", workbook(["code", "name"], ["P1", "=1+1"]))
    assert table.rows[0].cells == ("P1", "")
    assert list(table.rows[0].troubles) == [1]


def test_numbers_days_and_yes_or_no_come_as_text() -> None:
    rows = (["a", "b", "c", "d"], [3.0, 2.5, datetime(2020, 1, 6), True])  # noqa: DTZ001  # workbooks know no zone
    assert read_table("x.xlsx", workbook(*rows)).rows[0].cells == ("3", "2.5", "2020-01-06", "true")


def with_part(name: str, content: bytes) -> bytes:
    data = io.BytesIO(workbook(["code"], ["P1"]))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(name, content)
    return data.getvalue()


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 101 * 1024 * 1024)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("x.csv", b"", "empty"),
        ("x.csv", b"\xef\xbb\xbf\n ,\n", "empty"),
        ("x.csv", b'code,name\n"P1,a\n', "Line 2"),
        ("x.csv", b"\x89PNG\x00\x01", "neither"),
        ("x.csv", b"a" * (10 * 1024 * 1024 + 1), "larger"),
        ("x.csv", b"code\n" + b"P\n" * 20_001, "rows"),
        ("x.csv", b",".join([b"a"] * 61), "columns"),
        ("x.xls", b"\xd0\xcf\x11\xe0", "macros"),
        ("x.xlsm", b"PK\x03\x04", "macros"),
        ("x.xlsx", b"PK\x03\x04 and nothing more", "not an XLSX"),
        ("x.xlsx", with_part("xl/vbaProject.bin", b"\x01"), "macros"),
        ("x.xlsx", bomb(), "unpacks"),
    ],
)
def test_a_file_that_cannot_be_a_list_is_refused_in_one_sentence(
    name: str, data: bytes, told: str
) -> None:
    with pytest.raises(SheetError, match=told):
        read_table(name, data)


def test_what_is_too_much_in_a_row_is_told_in_that_row() -> None:
    table = read_table("x.csv", b"code,name\nP1,a,b\nP2," + b"x" * 2_001 + b"\n")
    assert [(row.number, list(row.troubles)) for row in table.rows] == [(2, [2]), (3, [1])]


@patient
@given(CELLS)
def test_no_cell_that_goes_out_is_a_formula_and_each_comes_back(text: str) -> None:
    assert not guarded(text).startswith(DANGEROUS)
    assert plain(guarded(text)) == text


@patient
@given(st.lists(st.tuples(CELLS, CELLS).filter(any), min_size=1, max_size=5))
def test_lists_come_back_from_both_formats(kept: list[tuple[str, str]]) -> None:
    for name, data in (
        ("x.csv", csv_bytes(("code", "name"), kept)),
        ("x.xlsx", xlsx_bytes("List", ("code", "name"), kept)),
    ):
        assert [row.cells for row in read_table(name, data).rows] == kept


def test_a_workbook_that_goes_out_holds_text_only() -> None:
    data = xlsx_bytes("People", ("code",), [("=HYPERLINK(1)",), ("+49 30",)])
    cells = [row[0] for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=HYPERLINK(1)", "s"),
        ("+49 30", "s"),
    ]


def sentence_about(name: str, data: bytes) -> str:
    """What a file is refused with; nothing for a table."""
    try:
        read_table(name, data)
    except SheetError as error:
        return str(error)
    return ""


@patient
@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_one_sentence(data: bytes) -> None:
    sentences = [sentence_about(name, data) for name in ("x.csv", "x.xlsx")]
    assert [text for text in sentences if text and not text.endswith(".")] == []
