"""Answers from the record. The first argument is the viewer; moments are aware."""

from cadre.record.queries.answers import (
    ask,
    began,
    claims_about,
    corrected,
    packs_of_claims,
    said,
)
from cadre.record.queries.ledger import Trouble, Verified, changes, entries, history, verify
from cadre.record.queries.reading import (
    about,
    claim,
    packs,
    source,
    sources,
    subjects,
    titles,
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
    "packs",
    "packs_of_claims",
    "said",
    "source",
    "sources",
    "subjects",
    "titles",
    "verify",
    "vocabulary",
]
