"""Numbered sentences: where they end, and that nothing of a text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.reading import folded, split
from cadre.core.reading.sentences import LONGEST
from tests.core.reading.made_up_documents import ARABIC, ENGLISH, FRENCH


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "It met on Jan. 6 in Brussels.",
        "The U.S. Army and U.S. Lieutenant General Pat White agreed.",
        "Lt. Gen. Ida Falk met Mr. Brandt and Dr. A. B. Okafor.",
        "NATO Secretary-General Ada Lindqvist spoke.",
        "It grew by 3.5 percent to 1.200 people at 14.30.",
        "Units (e.g. engineers, medics, etc.) left under the U.S.–led mission.",
        "“Is it over?” Lucas Brandt asked.",
        "“It is not!” said Maria Keller.",
        "See No. 5 and Art. 12 of the order.",
        "Le Dr. Martin et Mme. Dupont ont vu M. Durand le 3 janv. 2020.",
        "It was, as Mr. P. J. de Wit told us, over.",
        "قال د. أحمد إن العدد 3.5 مليون.",
        "She spoke on Feb. 10, 2031. (Otto Brandt/Meren Press)",
    ],
)
def test_one_sentence_stays_whole(whole: str) -> None:
    assert texts(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ended. He left.", ["It ended.", "He left."]),
        ("It is in the U.S. The army left.", ["It is in the U.S.", "The army left."]),
        ("“We won. We are ready,” he said.", ["“We won.", "We are ready,” he said."]),
        (
            "It was set up in 2014. 29 countries joined.",
            ["It was set up in 2014.", "29 countries joined."],
        ),
        ("Is it over? No! Wait… It is.", ["Is it over?", "No!", "Wait…", "It is."]),
        ("« Oui. » Il est parti.", ["« Oui. »", "Il est parti."]),
        ("Il sera « réduit ». Aucune date.", ["Il sera « réduit ».", "Aucune date."]),
        ("هل انتهى؟ لا. نعم۔ حسنا.", ["هل انتهى؟", "لا.", "نعم۔", "حسنا."]),
        ("A heading\n\nA sentence.", ["A heading", "A sentence."]),
        (
            "Orders:\n- stop training\n- count people",
            ["Orders:", "- stop training", "- count people"],
        ),
        ("1. First rule. 2. Second rule.", ["1. First rule.", "2. Second rule."]),
        ("Names:\r\nAda Lindqvist\r\nOtto Brandt", ["Names:", "Ada Lindqvist", "Otto Brandt"]),
    ],
)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_lines_that_something_wrapped_are_one_paragraph() -> None:
    wrapped = (
        "The Northern Assistance Pact has paused its courses in Varda, it said, and\n"
        "that this is for the time being. Its people stay where they are until the\n"
        "Pact Council has met, which is expected to take place on Friday in the same\n"
        "place as before.\n"
    )
    assert len(texts(wrapped)) == 2


def test_the_document_is_numbered_as_a_reader_would_number_it() -> None:
    numbered = {sentence.reference: sentence.text for sentence in split(ENGLISH)}
    assert len(numbered) == 24
    assert numbered["S04"] == "Lena Okafor"
    assert numbered["S08"] == "We are keeping this under close review.”"
    assert numbered["S24"] == "Meren Press contributed to this report."


SOME_TEXT = st.one_of(
    st.text(max_size=300),
    st.text(alphabet='ab AB.!?“”"»« \n\t(1)…؟نم', max_size=300),
    st.lists(st.sampled_from([ENGLISH, FRENCH, ARABIC, "\n", " "]), max_size=3).map("".join),
)


@given(SOME_TEXT)
def test_nothing_of_a_text_is_lost_or_added(text: str) -> None:
    sentences = split(text)
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text.split())
    assert [s.number for s in sentences] == list(range(1, len(sentences) + 1))


@given(SOME_TEXT)
def test_each_sentence_keeps_its_place(text: str) -> None:
    end = 0
    for sentence in split(text):
        assert end <= sentence.start < sentence.end <= len(text)
        assert folded(text[sentence.start : sentence.end]) == sentence.text
        end = sentence.end


@given(SOME_TEXT)
def test_it_always_comes_out_the_same(text: str) -> None:
    assert split(text) == split(text)


@pytest.mark.parametrize("text", ["a" * (LONGEST * 3), "word " * LONGEST, "." * LONGEST * 3])
def test_no_sentence_is_longer_than_can_be_read(text: str) -> None:
    assert max(len(sentence.text) for sentence in split(text)) <= LONGEST
