"""The hash chain."""

from dataclasses import replace
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.ledger import START, Break, Entry, LedgerError, chain_digest, first_break, merge

texts = st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=6)


def chain(node: str, said: list[str]) -> list[Entry]:
    entries: list[Entry] = []
    digest = START
    for sequence, text in enumerate(said, start=1):
        digest = chain_digest(digest, text)
        entries.append(Entry(node, sequence, text, digest))
    return entries


HOME = chain("home", ["a directive", "a lift", "a review"])


def test_a_digest_is_that_of_the_one_before_and_the_text_in_utf_8() -> None:
    assert chain_digest(b"\x01", "é") == sha256(b"\x01\xc3\xa9").digest()


def test_a_whole_chain_has_no_break() -> None:
    assert first_break(HOME) is None


def test_an_empty_ledger_has_no_break() -> None:
    assert first_break([]) is None


def test_a_changed_text_breaks_the_chain_where_it_was_changed() -> None:
    tampered = [HOME[0], replace(HOME[1], text="no lift"), HOME[2]]
    assert first_break(tampered) == Break(
        "home", 2, "Its digest is not that of its text and the entry before it."
    )


def test_an_entry_that_was_changed_with_its_digest_breaks_the_one_after_it() -> None:
    forged = Entry("home", 2, "no lift", chain_digest(HOME[0].digest, "no lift"))
    assert first_break([HOME[0], forged, HOME[2]]) == Break(
        "home", 3, "Its digest is not that of its text and the entry before it."
    )


def test_a_missing_entry_is_named() -> None:
    assert first_break([HOME[0], HOME[2]]) == Break("home", 2, "Entry 2 is missing.")


def test_a_chain_without_its_beginning_is_broken_at_the_beginning() -> None:
    assert first_break(HOME[1:]) == Break("home", 1, "Entry 1 is missing.")


def test_an_entry_that_comes_twice_is_named() -> None:
    assert first_break([HOME[0], HOME[0]]) == Break("home", 1, "Entry 1 comes a second time.")


@given(texts, texts, st.randoms(use_true_random=False))
def test_chains_of_several_nodes_may_alternate(
    one: list[str], other: list[str], chance: Random
) -> None:
    left, right = chain("one", one), chain("other", other)
    mixed: list[Entry] = []
    while left or right:
        mixed.append((left if left and (not right or chance.random() < 1 / 2) else right).pop(0))
    assert first_break(mixed) is None


@given(texts, texts, st.integers(0, 6), st.integers(0, 6))
def test_copies_that_were_apart_merge_as_a_union_and_still_verify(
    one: list[str], other: list[str], seen_of_one: int, seen_of_other: int
) -> None:
    """Each node has all of its own chain and what it last saw of the other's."""
    ours, theirs = chain("one", one), chain("other", other)
    at_one = [*ours, *theirs[:seen_of_other]]
    at_other = [*theirs, *ours[:seen_of_one]]
    union = merge(at_one, at_other)
    assert union == (*ours, *theirs)
    assert union == merge(at_other, at_one)
    assert first_break(union) is None


def test_copies_that_differ_in_the_same_place_do_not_merge() -> None:
    with pytest.raises(LedgerError, match="different entries 1 of node home"):
        merge(HOME, chain("home", ["something else"]))


@given(texts.filter(bool), st.data())
def test_no_single_change_goes_unnoticed(said: list[str], data: st.DataObject) -> None:
    entries = chain("home", said)
    place = data.draw(st.integers(0, len(entries) - 1))
    text = data.draw(st.text(st.characters(codec="utf-8"), max_size=8))
    entries[place] = replace(entries[place], text=text)
    found = first_break(entries)
    assert (found.sequence if found else None) == (place + 1 if text != said[place] else None)
