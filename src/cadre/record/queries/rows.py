"""The kinds of rows that doors hand on: named here, so that no door reaches for a table itself."""

from cadre.record.models import Pack, Source

__all__ = ["Pack", "Source"]
