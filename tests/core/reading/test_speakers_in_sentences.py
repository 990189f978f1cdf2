"""Who said it: the whole chain, or nothing where it is not certain."""

from collections.abc import Sequence

import pytest

from cadre.core.moments import Moment
from cadre.core.reading import Kind, Known, KnownNames, propose


def spoken(*sentences: str, names: Sequence[Known] = ()) -> list[tuple[int, str, str]]:
    return [
        (each.sentence, each.value, each.certainty.value)
        for each in propose(
            sentences, published=Moment.unknown(), source="article", names=KnownNames(names)
        )
        if each.kind is Kind.SPEAKER
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. responded with airstrikes on Sunday.",
        "The militia claimed responsibility for it.",
        "The mission concluded its work in May.",
    ],
)
def test_what_somebody_does_is_no_saying(sentence: str) -> None:
    assert spoken(sentence) == []


def test_in_arabic_he_added_goes_on_with_a_colon() -> None:
    assert spoken("قال سالم الراوي إن العدد كبير.", "وأضاف: «السلامة أولا».") == [
        (1, "سالم الراوي > article", "stated"),
        (2, "سالم الراوي > article", "inferred"),
    ]


@pytest.mark.parametrize(
    ("sentence", "chain"),
    [
        ("Stoltenberg noted that it is so.", "Stoltenberg > article"),
        (
            "“It is so,” NATO Secretary-General Ada Lindqvist told reporters.",
            "Ada Lindqvist > article",
        ),
        ("“It is so,” said Ada Lindqvist, the head.", "Ada Lindqvist > article"),
        ("The Northern Pact (NAP) announced Monday that it met.", "NAP > article"),
        (
            "Separately, the German military said on Friday that it left.",
            "German military > article",
        ),
        ("According to Reuters, it left.", "Reuters > article"),
        (
            "In a letter seen by Reuters, Lieutenant-General Ida Falk said Moreau had decided.",
            "Moreau > Ida Falk > letter > Reuters > article",
        ),
        ("The U.S. Army said in a statement that it left.", "U.S. Army > statement > article"),
        (
            "In a memo obtained by The Associated Press, Brig. Gen. William Dahl wrote that.",
            "William Dahl > memo > Associated Press > article",
        ),
        (
            "A spokesman for the Foreign Ministry said no.",
            "spokesman for the Foreign Ministry > article",
        ),
        ("Le secrétaire général, Jens Dahl, a déclaré que oui.", "Jens Dahl > article"),
        ("« Nous restons », a déclaré Florence Paul.", "Florence Paul > article"),
        ("Selon le ministère allemand, ils restent.", "ministère allemand > article"),
        ("قال ينس دال إن التدريب توقف.", "ينس دال > article"),
        ("أعلن حلف الشمال يوم الاثنين أنه توقف.", "حلف الشمال > article"),
        ("وبحسب قائد البعثة، ستُستأنف الدورات.", "قائد البعثة > article"),
        ("Col. J. Bergman (COS) stated that it continues.", "J. Bergman > article"),
        ("The mission maintained that it left.", "mission > article"),
    ],
)
def test_the_chain_goes_from_the_first_speaker_to_the_source(sentence: str, chain: str) -> None:
    assert spoken(sentence)[0] == (1, chain, "stated")


@pytest.mark.parametrize(
    "sentence",
    [
        "Officials in Baghdad said that all was calm.",
        "In Brussels Stoltenberg said nothing.",
        "The group in Iraq and Syria said so.",
        "Ada Lindqvist and Otto Brandt said so.",
        "On Friday said nobody.",
        "He left.",
        "“Ada said so to me.”",
        "أعلن تعليق التدريب في العراق.",
        "Reuters contributed to this report.",
    ],
)
def test_nobody_is_named_where_it_is_not_certain_who_speaks(sentence: str) -> None:
    assert spoken(sentence) == []


def test_a_quotation_goes_on_over_sentences() -> None:
    assert spoken(
        "“We stop,” Ada Lindqvist told reporters.",
        "“As such, we wait.",
        "We watch.”",
        "“We are ready.",
        "But we wait,” she said.",
    ) == [
        (1, "Ada Lindqvist > article", "stated"),
        (2, "Ada Lindqvist > article", "inferred"),
        (3, "Ada Lindqvist > article", "inferred"),
        (4, "Ada Lindqvist > article", "inferred"),
        (5, "Ada Lindqvist > article", "inferred"),
    ]


def test_he_and_she_are_only_people_and_only_near() -> None:
    assert spoken("The U.S. Army said so.", "He said so.")[1:] == [(2, "", "unclear")]
    assert spoken("Ada Lindqvist said so.", "She said so.")[1:] == [
        (2, "Ada Lindqvist > article", "inferred")
    ]
    far = spoken("Ada Lindqvist said so.", "Otto Brandt left.", "She said so.")
    assert far[1:] == [(3, "", "unclear")]


def test_a_quotation_of_somebody_unknown_is_not_the_last_speaker_s() -> None:
    assert spoken("Ada Lindqvist said so.", "“Weeks,” an official who left said.")[1:] == []
    assert spoken("Ada Lindqvist said so.", "“One.", "Two,” an official who left said.")[1:] == []


def test_what_was_handed_on_once_is_not_handed_on_for_ever() -> None:
    chains = spoken("Gen. Ida Falk said Moreau had decided to leave.", "She said so again.")
    assert [chain for _sentence, chain, _certainty in chains] == [
        "Moreau > Ida Falk > article",
        "Ida Falk > article",
    ]


def test_the_record_s_own_name_for_a_speaker_is_used() -> None:
    known = [Known("Lindqvist", ("ada lindqvist",)), Known("Pact")]
    assert spoken("Pact Secretary-General Ada Lindqvist said so.", names=known) == [
        (1, "Lindqvist > article", "stated")
    ]
    known = [Known("German-military")]
    assert spoken("The German military said so.", names=known) == [
        (1, "German military > article", "stated")
    ]


def test_what_is_said_of_a_letter_itself_is_known_through_who_saw_it() -> None:
    chains = spoken("In a letter to lawmakers seen by Reuters, Gen. Ida Falk said so.")
    assert [chain for _sentence, chain, _certainty in chains] == [
        "Ida Falk > letter > Reuters > article",
        "Reuters > article",
    ]
