"""Answers from the record. The first argument is the viewer; moments are aware."""

from cadre.record.queries.answers import ask, began, claims_about, corrected, said
from cadre.record.queries.ledger import Trouble, Verified, changes, entries, history, verify
from cadre.record.queries.reading import (
    about,
    claim,
    holds_fiction,
    source,
    sources,
    subjects,
    vocabulary,
)

__all__ = [
    "Trouble",
    "Verified",
    "about",
    "ask",
    "began",
    "changes",
    "claim",
    "claims_about",
    "corrected",
    "entries",
    "history",
    "holds_fiction",
    "said",
    "source",
    "sources",
    "subjects",
    "verify",
    "vocabulary",
]
