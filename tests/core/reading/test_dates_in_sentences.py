"""Dates and periods: as precise as they are written, and never more."""

import pytest

from cadre.core.moments import Moment, MomentError
from cadre.core.reading import Kind, moment_in, propose

PUBLISHED = Moment.parse("2020-01-06")  # a Monday


def found(text: str, published: Moment = PUBLISHED) -> list[tuple[str, str, str]]:
    return [
        (each.wording, each.value, each.certainty.value)
        for each in propose([text], published=published)
        if each.kind in {Kind.DATE, Kind.PERIOD}
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Jan. 6, 2020, it met", ("Jan. 6, 2020", "2020-01-06", "stated")),
        ("the Jan. 2 killing", ("Jan. 2", "2020-01-02", "inferred")),
        ("after the Jan. 2 killing", ("Jan. 2", "2020-01-02", "inferred")),
        ("on Dec. 28 it", ("Dec. 28", "2019-12-28", "inferred")),
        ("said on Friday, Jan. 3, that", ("Friday, Jan. 3", "2020-01-03", "inferred")),
        ("in October 2018, after", ("October 2018", "2018-10", "stated")),
        ("In October it", ("October", "2019-10", "inferred")),
        ("the country in late 2017.", ("late 2017", "2017-09/2017-12", "inferred")),
        ("mid-October 2018", ("mid-October 2018", "2018-10-08/2018-10-23", "inferred")),
        ("was set up in 2014 to", ("2014", "2014", "stated")),
        ("by 3 January it", ("by 3 January", "[..2020-01-03]", "inferred")),
        ("since 3 January 2020 it", ("since 3 January 2020", "[2020-01-03..]", "stated")),
        ("Review NLT 101200Z JAN 20", ("NLT 101200Z JAN 20", "[..2020-01-10T12:00Z]", "stated")),
        ("suspended wef 5 Jan 2020", ("wef 5 Jan 2020", "[2020-01-05..]", "stated")),
        ("until March 2021", ("until March 2021", "[..2021-03-31]", "stated")),
        ("before 2014 it", ("before 2014", "[..2013-12-31]", "stated")),
        ("after 3 January 2020 it", ("after 3 January 2020", "[2020-01-04..]", "stated")),
        (
            "between 2 and 6 January",
            ("between 2 and 6 January", "[2020-01-02..2020-01-06]", "inferred"),
        ),
        ("from 2003 to 2011", ("from 2003 to 2011", "2003-01/2011-12", "stated")),
        ("Jan. 2–6, 2020", ("Jan. 2–6, 2020", "2020-01-02/2020-01-06", "stated")),
        ("around 2017 it", ("around 2017", "2017~", "stated")),
        ("announced Monday that", ("Monday", "2020-01-06", "inferred")),
        ("in the 1990s", ("the 1990s", "[1990-01-01..1999-12-31]", "stated")),
        ("summer 2019", ("summer 2019", "2019", "stated")),
        ("on 13/01/2020", ("13/01/2020", "2020-01-13", "stated")),
        ("at 061830ZJAN20 it", ("061830ZJAN20", "2020-01-06T18:30Z", "stated")),
        ("le vendredi 3 janvier", ("vendredi 3 janvier", "2020-01-03", "inferred")),
        ("le 1er janvier 2020", ("1er janvier 2020", "2020-01-01", "stated")),
        ("depuis octobre 2018", ("depuis octobre 2018", "[2018-10-01..]", "stated")),
        ("fin 2017", ("fin 2017", "2017-09/2017-12", "inferred")),
        ("d’ici au 3 janvier", ("d’ici au 3 janvier", "[..2020-01-03]", "inferred")),
        ("يوم الجمعة 3 يناير 2020", ("يوم الجمعة 3 يناير 2020", "2020-01-03", "stated")),
        ("في 3 كانون الثاني/يناير ٢٠٢٠", ("3 كانون الثاني/يناير ٢٠٢٠", "2020-01-03", "stated")),
        ("وأواخر عام 2017", ("أواخر عام 2017", "2017-09/2017-12", "inferred")),
        ("ومنذ عام 2014", ("منذ عام 2014", "[2014-01-01..]", "stated")),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("on Friday, Jan. 4, it", "Friday, Jan. 4"),  # it was a Saturday
        ("on Feb. 30 it", "Feb. 30"),
        ("on 30 June it", "30 June"),  # half a year away either way
        ("on 06/01/2020 it", "06/01/2020"),
        ("will meet on Monday", "Monday"),
        ("met last Friday", "Friday"),
        ("it ends by Friday", "Friday"),
        ("the winter of 2019", "winter of 2019"),
    ],
)
def test_what_is_not_certain_has_no_value(text: str, wording: str) -> None:
    assert found(text) == [(wording, "", "unclear")]


@pytest.mark.parametrize(
    "text",
    [
        "In May 20 soldiers left.", "It may 5 times.", "a total of 2014 soldiers",
        "in 2014 troops left",
        "Resolution 2014", "Good Friday came", "every Monday", "he marched on", "Article 5, 2.3",
        "spoke to May", "Sun set", "14:30",
    ],
)  # fmt: skip  # short lines
def test_no_date_is_found_where_none_is_said(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["on Jan. 2 it", "announced Monday that", "yesterday it"])
def test_without_the_document_s_date_nothing_is_filled_in(text: str) -> None:
    assert {value for _wording, value, _certainty in found(text, Moment.unknown())} <= {""}


def test_a_document_dated_to_a_month_tells_the_year_if_all_its_days_do() -> None:
    assert found("on Jan. 2 it", Moment.parse("2020-01")) == [("Jan. 2", "2020-01-02", "inferred")]
    assert found("on Jan. 2 it", Moment.parse("2020")) == [("Jan. 2", "", "unclear")]


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("", ""),
        ("[..2020-01-03]", "[..2020-01-03]"),
        (" 6 January 2020 ", "2020-01-06"),
        ("by 3 January 2020", "[..2020-01-03]"),
        ("late 2017", "2017-09/2017-12"),
        ("octobre 2018", "2018-10"),
    ],
)
def test_people_may_type_plain_dates(typed: str, edtf: str) -> None:
    assert moment_in(typed).edtf() == edtf


@pytest.mark.parametrize("typed", ["3 January", "soon", "06/01/2020", "6 January 2020 and more"])
def test_a_plain_date_that_leaves_something_open_is_refused(typed: str) -> None:
    with pytest.raises(MomentError, match="is not a moment"):
        moment_in(typed)
