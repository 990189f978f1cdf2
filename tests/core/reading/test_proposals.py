"""What is proposed for whole documents, and that none of it is made up."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.moments import Moment
from cadre.core.quantities import OpenList, Quantity
from cadre.core.reading import Certainty, Kind, Known, KnownNames, propose, split
from tests.core.reading.made_up_documents import ARABIC, ENGLISH, FRENCH

PUBLISHED = Moment.parse("2031-02-10")

EXPECTED = [
    ("S03", "date", "2031-02-10"), ("S05", "speaker", "NAP > press"), ("S05", "date", "2031-02-10"),
    ("S05", "date", "2031-02-06"), ("S06", "speaker", "Ada Lindqvist > press"),
    ("S07", "speaker", "Ada Lindqvist > press"), ("S08", "speaker", "Ada Lindqvist > press"),
    ("S09", "speaker", "Lindqvist > press"), ("S10", "speaker", "Lindqvist > press"),
    ("S11", "speaker", "Lindqvist > press"), ("S12", "date", "2028-09/2028-12"),
    ("S13", "date", "2029-10"), ("S13", "quantity", "exactly 3 years"),
    ("S14", "quantity", "up to several hundred trainers, clerks and other people"),
    ("S14", "quantity", "exactly 21 member countries"),
    ("S14", "list", "such as Orland, Tessia and Quill"),
    ("S15", "speaker", ""),  # too far from where a person was named
    ("S16", "quantity", "several times"), ("S16", "speaker", ""),
    ("S19", "speaker", "Lindqvist > press"), ("S20", "speaker", "Tessian military > press"),
    ("S20", "date", "2031-02-07"), ("S21", "date", "2025"),
    ("S22", "speaker", "Moreau > Ida Falk > letter > Meren Press > press"),
    ("S22", "speaker", "Meren Press > press"), ("S23", "quantity", "around 120 troops"),
]  # fmt: skip  # a table reads best so


def sentences_of(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


def test_a_whole_document_is_read_as_a_person_would() -> None:
    proposals = propose(sentences_of(ENGLISH), published=PUBLISHED, source="press")
    assert [(f"S{p.sentence:02}", p.kind.value, p.value) for p in proposals] == EXPECTED


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            FRENCH,
            {
                "Pacte du Nord > press", "2031-02-10", "[2031-02-07..]", "Ada Lindqvist > press",
                "2029-10", "up to: “jusqu’à plusieurs centaines de formateurs”",
                "exactly 21 pays membres", "such as la Tessie, l’Orland and la Quillie",
                "ministère tessien > press", "around 120 militaires", "armée tessienne > press",
                "2031-02-07", "[..2031-03-01]",
            },
        ),
        (
            ARABIC,
            {
                "الأمينة العامة آدا ليندكفست > press", "حلف الشمال > press", "2031-02-10",
                "[2031-02-07..]", "2029-10", "around 120 جنديا", "such as تيسيا, أورلاند and كويل",
                "2028-09/2028-12",
            },
        ),
    ],
)  # fmt: skip  # sets of short values
def test_french_and_arabic_are_read_too(text: str, values: set[str]) -> None:
    proposals = propose(sentences_of(text), published=PUBLISHED, source="press")
    assert {proposal.value for proposal in proposals} == values


WORDS = st.sampled_from(
    [
        "Jan.", "2", "2020", "by", "since", "3", "January", "late", "around", "120", "troops",
        "up to",
        "several hundred", "the", "29", "Allied", "countries", "such as", "Australia,", "Sweden,",
        "and", "Finland", "Stoltenberg", "said", "that", "he", "told", "“", "”", "White", "had",
        "decided", "In a letter", "seen by", "Reuters,", "Friday,", "environ", "militaires",
        "a déclaré", "قال", "إن", "نحو", "120", "جنديا", "أكتوبر", "between", "from", "to", "–",
        ",",
        ".", "NATO", "(NATO)", "mid-2017", "30 February", "\u200f", "2014", "in", "until",
        "Lt. Gen.",
    ]
)  # fmt: skip  # words
TEXTS = st.one_of(st.lists(WORDS, max_size=30).map(" ".join), st.text(max_size=120))
DATED = st.sampled_from(["", "2020-01-06", "2020-01", "0001-01-01", "9999-12-31", "2020-02-29"])


@given(st.lists(TEXTS, max_size=4), DATED)
def test_every_wording_stands_literally_in_its_sentence(texts: list[str], dated: str) -> None:
    known = KnownNames([Known("NATO"), Known("Stoltenberg", ("jens stoltenberg",))])
    for each in propose(texts, published=Moment.parse(dated), source="source", names=known):
        sentence = texts[each.sentence - 1]
        assert sentence[each.start : each.end] == each.wording != ""
        assert (each.meant is None) == (each.certainty is Certainty.UNCLEAR) == (not each.value)
        assert each.why != ""


@given(st.lists(TEXTS, max_size=4))
def test_every_number_and_name_of_a_value_comes_from_its_document(texts: list[str]) -> None:
    for each in propose(texts, published=Moment.parse("2020-01-06"), source="source"):
        whole = " ".join(texts)
        match each.meant:
            case tuple():
                assert all(name in whole for name in each.meant[:-1])
            case OpenList():
                assert all(item in each.wording for item in each.meant.items)
            case Quantity() if each.meant.low == each.meant.high and each.meant.low is not None:
                digits = "".join(re.findall(r"\d", each.wording))
                assert not digits or int(digits) == each.meant.low
            case _:
                assert isinstance(each.meant, Moment | Quantity | None)


@pytest.mark.parametrize(
    "unit", ["A ", "A, ", "In a letter ", "12 ", "“", "said ", "Jan. 1 ", "قال ", "the "]
)
def test_no_text_takes_long_to_read(unit: str) -> None:
    assert isinstance(propose([(unit * 2_000)[:2_000]], published=PUBLISHED), list)


def test_a_name_in_a_longer_word_is_not_that_name() -> None:
    known = KnownNames([Known("NATO"), Known("Pact"), Known("We"), Known("article")])
    text = "We saw non-NATO and NATO-led partners in the Pactum, an article says."
    names = [p for p in propose([text], published=PUBLISHED, names=known) if p.kind is Kind.NAME]
    assert [(p.wording, p.start) for p in names] == [("NATO", 20)]


def test_a_name_that_the_record_knows_for_two_things_is_unclear() -> None:
    known = KnownNames([Known("NMI", ("the mission",)), Known("OIR", ("The Mission",))])
    (found,) = propose(["At The Mission it rained."], published=PUBLISHED, names=known)
    assert (found.certainty, found.meant, found.details["names"]) == (
        Certainty.UNCLEAR, None, "NMI, OIR",
    )  # fmt: skip  # short
