"""Answers from the record. The first argument is the viewer; moments are aware."""

from cadre.record.queries.answers import ask, began, claims_about, corrected, said
from cadre.record.queries.ledger import Trouble, history, verify

__all__ = [
    "Trouble",
    "ask",
    "began",
    "claims_about",
    "corrected",
    "history",
    "said",
    "verify",
]
