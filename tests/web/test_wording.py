"""What is vague stays vague in words, in every language."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from cadre.core.moments import Moment
from cadre.core.quantities import OpenList, Quantity
from cadre.web import wording


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2020-01-06T14:05:00Z", "6 January 2020, 14:05 UTC"),
        ("2020-01-06", "6 January 2020"),
        ("2018-10", "October 2018"),
        ("2014", "2014"),
        ("[..2020-01-03]", "by 3 January 2020"),
        ("[2018-01-01..]", "1 January 2018 or later"),
        ("[2020-01-02..2020-01-06]", "between 2 January 2020 and 6 January 2020"),
        ("2017~", "around 2017"),
        ("2017-09~", "around September 2017"),
        ("2017-09/2017-12", "September 2017 to December 2017"),
        ("", "not stated"),
    ],
)
def test_a_moment_is_as_exact_as_it_was_said(edtf: str, words: str) -> None:
    assert plain(wording.moment_html(Moment.parse(edtf))) == words


def test_a_moment_without_bounds_keeps_its_words() -> None:
    assert plain(wording.moment_html(Moment.unknown("recent"))) == "not stated recent"


def test_sources_that_disagree_are_said_to() -> None:
    both = Moment.parse("2020-01-03").narrowed(Moment.parse("2020-01-06"))
    words = "between 3 January 2020 and 6 January 2020 (the sources disagree)"
    assert plain(wording.moment_html(both)) == words


def test_dates_are_in_the_viewers_language() -> None:
    with translation.override("fr"):
        assert plain(wording.moment_html(Moment.parse("2020-01-06"))) == "6 janvier 2020"
    with translation.override("ar"):
        assert plain(wording.moment_html(Moment.parse("2020-01-06"))) == "6 يناير 2020"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("around 120 troops", "around 120 troops"),
        ("29 countries", "29 countries"),
        ("at least 3 sites", "at least 3 sites"),
        ("more than 1500 people", "more than 1,500 people"),
        ("up to several hundred", "up to several hundred"),
        ("", "not stated"),
    ],
)
def test_a_quantity_keeps_its_qualifier(said: str, words: str) -> None:
    assert plain(wording.quantity_html(Quantity.parse(said))) == words


def test_only_an_open_list_says_such_as() -> None:
    names = ("Australia", "Sweden", "Finland")
    shown = [plain(wording.list_html(OpenList(names, open=state))) for state in (True, False)]
    assert shown == ["such as Australia, Sweden and Finland", "Australia, Sweden and Finland"]


def test_what_nobody_said_is_not_stated() -> None:
    assert {plain(wording.value_html(value)) for value in (None, "", Moment.unknown())} == {
        "not stated"
    }


def test_values_are_escaped() -> None:
    assert wording.value_html("<b>") == "<bdi>&lt;b&gt;</bdi>"
    assert "<b>" not in wording.moment_html(Moment.unknown("<b>"))
    assert "<b>" not in wording.quantity_html(Quantity.parse("several <b>"))
    assert "<b>" not in wording.list_html(OpenList(("<b>", "c"), open=True))


def test_the_text_of_an_instant_reads_back() -> None:
    day = datetime(2020, 1, 6, 23, 59, 59, 999999, tzinfo=UTC)
    assert wording.instant_text(day) == "2020-01-06"
    assert wording.instant_text(datetime(2020, 1, 6, 14, 5, tzinfo=UTC)) == "2020-01-06T14:05:00Z"
