"""The hash chain of the ledger: one chain per node, so that copies that were apart still verify.

The digest of an entry is the SHA-256 of the digest before it in its node's chain (nothing before
the first) and the entry's text. A changed, missing, doubled or moved entry breaks the chain there.
A chain that was cut off at its end is still a chain: compare its head with one seen elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

START: Final = b""  # what stands before the first entry of a chain


class LedgerError(ValueError):
    """Two copies of a ledger cannot both be true; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a node's chain; `sequence` counts from 1 within the node."""

    node: str
    sequence: int
    text: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain is broken first, and how, in one sentence."""

    node: str
    sequence: int
    sentence: str


def chain_digest(previous: bytes, text: str) -> bytes:
    """SHA-256 of the digest before and the text in UTF-8: 32 bytes."""
    return sha256(previous + text.encode()).digest()


def first_break(entries: Iterable[Entry]) -> Break | None:
    """The first entry that is not what its chain says; None if every chain is whole.

    Each node's entries come in the order of their sequence; nodes may alternate. Reads the
    entries once and keeps none, so that a ledger of any size can be verified.
    """
    heads: dict[str, tuple[int, bytes]] = {}
    for entry in entries:
        sequence, digest = heads.get(entry.node, (0, START))
        if entry.sequence != sequence + 1:
            return out_of_order(entry, sequence + 1)
        if entry.digest != chain_digest(digest, entry.text):
            return Break(
                entry.node,
                entry.sequence,
                "Its digest is not that of its text and the entry before it.",
            )
        heads[entry.node] = entry.sequence, entry.digest
    return None


def out_of_order(entry: Entry, expected: int) -> Break:
    if entry.sequence > expected:
        return Break(entry.node, expected, f"Entry {expected} is missing.")
    return Break(entry.node, entry.sequence, f"Entry {entry.sequence} comes a second time.")


def merge(ours: Iterable[Entry], theirs: Iterable[Entry]) -> tuple[Entry, ...]:
    """The union of two copies of a ledger, by node and sequence.

    Raises LedgerError where they hold different entries in the same place: one of them was changed.
    """
    union: dict[tuple[str, int], Entry] = {}
    for entry in (*ours, *theirs):
        known = union.setdefault((entry.node, entry.sequence), entry)
        if known != entry:
            raise LedgerError(
                f"The two copies hold different entries {entry.sequence} of node {entry.node}."
            )
    return tuple(union[place] for place in sorted(union))
