"""Posture, asked as people put it: by names, in any letters, with slips of the pen."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cadre.core.moments import asked
from cadre.core.releasability import Viewer
from cadre.directives.queries import Answered, Question, posture

EXAMPLE = Path(__file__).with_name("example-mission")
CASES = Path(__file__).resolve().parents[2] / "cases"

type Ask = Callable[..., Answered]


@pytest.fixture
def ask(load: Callable[[Path], object], operator: Viewer) -> Ask:
    """Asks about the invented mission: mentoring rests in the north, and Spain holds back."""
    load(EXAMPLE)
    return lambda *parts: posture(operator, Question(*parts), on=asked("2024-06-25"), known_on=None)


@pytest.mark.parametrize(
    "parts",
    [
        ("EUXM", "mentoring", "EX-SOUTH", "ES"),
        ("euxm", "Mentoring", "ex-south", "es"),
        ("EU Example Advisory Mission", "MENTORING", "South", "Spain"),
    ],
)
def test_names_and_other_letters_ask_the_same(ask: Ask, parts: tuple[str, ...]) -> None:
    answered = ask(*parts)

    assert answered.question == Question("EUXM", "mentoring", "EX-SOUTH", "ES")
    assert answered.unknown == ()
    assert [reason.directive.key for reason in answered.ruling.because] == ["EUXM-ES-CAVEAT"]


@pytest.mark.parametrize(
    ("parts", "unknown"),
    [
        (("EUXM", "mentoring", "EX-SOUTH", "Spian"), ("nation",)),
        (("EUXM", "mentoring", "EX-SUOTH", "FR"), ("site",)),
        (("EUXM", "mentorign", "EX-SOUTH", "FR"), ("line",)),
        (("EUXN", "mentoring", "EX-SOUTH", "FR"), ("mission",)),
        (("EUXM", "mentorign", "EX-SUOTH", "Spian"), ("line", "site", "nation")),
    ],
)
def test_a_slip_of_the_pen_never_runs(
    ask: Ask, parts: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    answered = ask(*parts)

    assert ask("EUXM", "mentoring", "EX-SOUTH", "FR").ruling.lower.word == "running"
    assert answered.unknown == unknown
    assert (answered.ruling.lower.word, answered.ruling.upper.word) == ("running", "suspended")
    assert (answered.ruling.posture, answered.ruling.basis) == (None, ())


def test_what_is_stopped_for_all_is_stopped_for_those_nobody_named(
    load: Callable[[Path], object], operator: Viewer
) -> None:
    """The article speaks of 29 Allies and names few of them; their people stopped as well."""
    load(CASES / "iraq-2020")
    question = Question("NMI", "training", "", "FR")

    def word(on: str) -> str:
        found = posture(operator, question, on=asked(on), known_on=None)
        assert found.unknown == ("nation",)
        return found.ruling.posture.word if found.ruling.posture else "not stated"

    assert [word("2020-01-06"), word("2019-06-01")] == ["suspended", "not stated"]


def test_a_name_that_two_places_have_is_none(
    load: Callable[[Path], object], write: Callable[..., Path], operator: Viewer
) -> None:
    sites = "code\tname\tkind\tparent\nE\tExampleland\tcountry\t\n"
    load(write({"sites.tsv": sites + "E-1\tSchool\tsite\tE\nE-2\tSchool\tsite\tE\n"}))

    def unknown(site: str) -> tuple[str, ...]:
        question = Question("M", "teaching", site)
        return posture(operator, question, on=asked("2024-03-01"), known_on=None).unknown

    assert [unknown("school"), unknown("e-1"), unknown("exampleland")] == [("site",), (), ()]
