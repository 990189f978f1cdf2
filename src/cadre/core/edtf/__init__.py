"""EDTF (ISO 8601-2) in and out: the text of a moment, and its bounds and precision."""

from cadre.core.edtf.reading import (
    PRECISIONS,
    Bounds,
    MomentError,
    Precision,
    as_utc,
    last_moment_of,
    read,
)
from cadre.core.edtf.writing import check, precision_of, written

__all__ = [
    "PRECISIONS",
    "Bounds",
    "MomentError",
    "Precision",
    "as_utc",
    "check",
    "last_moment_of",
    "precision_of",
    "read",
    "written",
]
