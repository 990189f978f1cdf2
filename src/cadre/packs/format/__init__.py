"""The case format: which files a pack has and what each column of them means.

Reading, checking, loading and the reference page all go by these tables, so that a column cannot
exist in one of them only.
"""

from cadre.packs.format.columns import Column, Kind, Table
from cadre.packs.format.orders import ORDERS
from cadre.packs.format.record import RECORD
from cadre.packs.format.world import WORLD

TABLES: dict[str, Table] = {table.name: table for table in (*RECORD, *WORLD, *ORDERS)}
"""Every table by its name, in the order in which rows are put on record."""

__all__ = ["TABLES", "Column", "Kind", "Table"]
