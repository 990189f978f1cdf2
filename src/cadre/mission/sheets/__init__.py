"""Tables in files: CSV and XLSX, read without trusting them and written so that others can."""

from cadre.mission.sheets.reading import SheetError, Table, TableRow, read_table
from cadre.mission.sheets.writing import csv_bytes, plain, xlsx_bytes

__all__ = [
    "SheetError",
    "Table",
    "TableRow",
    "csv_bytes",
    "plain",
    "read_table",
    "xlsx_bytes",
]
