"""EDTF in and out: nothing is read as more certain than it was written."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from cadre.core.moments import Moment, MomentError
from tests.core.said import (
    END_OF_DAY,
    date_texts,
    edtf_texts,
    instants,
    moments,
    spans,
    utc,
    year_texts,
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "words"),
    [
        ("", None, None, "not stated", "not stated"),
        (
            "2020-01-06",
            utc(2020, 1, 6),
            utc(2020, 1, 6, *END_OF_DAY),
            "day",
            "6 January 2020",
        ),
        ("2018-10", utc(2018, 10, 1), utc(2018, 10, 31, *END_OF_DAY), "month", "October 2018"),
        ("2014", utc(2014, 1, 1), utc(2014, 12, 31, *END_OF_DAY), "year", "2014"),
        ("[..2020-01-03]", None, utc(2020, 1, 3, *END_OF_DAY), "by", "by 3 January 2020"),
        ("../2020-01-03", None, utc(2020, 1, 3, *END_OF_DAY), "by", "by 3 January 2020"),
        ("[2018-01-01..]", utc(2018, 1, 1), None, "after", "1 January 2018 or later"),
        (
            "[2020-01-02..2020-01-06]",
            utc(2020, 1, 2),
            utc(2020, 1, 6, *END_OF_DAY),
            "between",
            "between 2 and 6 January 2020",
        ),
        (
            "[2020-01-02,2020-01-06]",
            utc(2020, 1, 2),
            utc(2020, 1, 6, *END_OF_DAY),
            "between",
            "between 2 and 6 January 2020",
        ),
        (
            "[2019-12-30..2020-01-06]",
            utc(2019, 12, 30),
            utc(2020, 1, 6, *END_OF_DAY),
            "between",
            "between 30 December 2019 and 6 January 2020",
        ),
        (
            "[2020-01-30..2020-02-06]",
            utc(2020, 1, 30),
            utc(2020, 2, 6, *END_OF_DAY),
            "between",
            "between 30 January and 6 February 2020",
        ),
        (
            "2017-09/2017-12",
            utc(2017, 9, 1),
            utc(2017, 12, 31, *END_OF_DAY),
            "season",
            "between September and December 2017",
        ),
        ("2017~", utc(2016, 1, 1), utc(2018, 12, 31, *END_OF_DAY), "around", "around 2017"),
        (
            "2017-09~",
            utc(2017, 8, 1),
            utc(2017, 10, 31, *END_OF_DAY),
            "around",
            "around September 2017",
        ),
        (
            "2020-01-06T18:30+03:00",
            utc(2020, 1, 6, 15, 30),
            utc(2020, 1, 6, 15, 30, 59, 999999),
            "minute",
            "6 January 2020, 15:30 UTC",
        ),
        (
            "2020-01-06T18:30:05Z",
            utc(2020, 1, 6, 18, 30, 5),
            utc(2020, 1, 6, 18, 30, 5),
            "instant",
            "6 January 2020, 18:30:05 UTC",
        ),
        (
            "[..2020-01-03T18:00Z]",
            None,
            utc(2020, 1, 3, 18, 0, 59, 999999),
            "by",
            "by 3 January 2020, 18:00 UTC",
        ),
        (
            "201X",
            utc(2010, 1, 1),
            utc(2019, 12, 31, *END_OF_DAY),
            "between",
            "between January 2010 and December 2019",
        ),
    ],
)
def test_edtf_is_read_with_bounds_and_precision(
    text: str, earliest: datetime | None, latest: datetime | None, precision: str, words: str
) -> None:
    found = Moment.parse(text)
    assert (found.earliest, found.latest, found.precision) == (earliest, latest, precision)
    assert str(found) == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tomorrow", "“tomorrow” is not a moment in EDTF"),
        ("2020-02-30", "“2020-02-30” is not in the calendar."),
        ("2020-13", "“2020-13” is not in the calendar."),
        ("0000", "“0000” is not in the calendar."),
        ("2020-1-6", "“2020-1-6” is not a moment in EDTF"),
        ("20200106", "“20200106” is not a moment in EDTF"),
        ("٢٠٢٠", "“٢٠٢٠” is not a moment in EDTF"),
        ("2020-01-06T18:30", "does not say its offset from UTC"),
        ("2020-01-06T24:00Z", "is not a moment in EDTF"),
        ("0001-01-01T00:00+03:00", "is not in the calendar"),
        ("9999-12-31T23:00-03:00", "is not in the calendar"),
        ("2017-21", "does not say which months are meant; write 2017-09/2017-12."),
        ("2020-01-06?", "write between which dates it lies"),
        ("[..]", "has no bound"),
        ("/", "has no bound"),
        ("[2020-01-06..2020-01-02]", "the first moment is later than the last"),
        ("2020-01-06/2020-01-02", "the first moment is later than the last"),
        ("2020-01-06T18:30Z~", "only a year, a month or a day can be approximate"),
        ("9999~", "out of the range of years"),
        ("0001-01-01~", "out of the range of years"),
        ("2XX", "is not a moment in EDTF"),
    ],
)
def test_what_is_no_moment_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(MomentError) as refused:
        Moment.parse(text)
    assert sentence in str(refused.value)
    assert (str(refused.value).endswith("."), "\n" in str(refused.value)) == (True, False)


@given(st.text(st.sampled_from("0129-./[]~X?TZ:,+ "), max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert sentence_about(text) in {"", "."}


def sentence_about(text: str) -> str:
    """The end of the sentence that refuses a text; empty if it is read."""
    try:
        Moment.parse(text)
    except MomentError as refused:
        return str(refused)[-1:]
    return ""


@given(moments)
def test_what_is_written_reads_back_as_the_same_moment(moment: Moment) -> None:
    assert Moment.parse(moment.edtf()) == moment


@given(moments)
def test_every_moment_has_words(moment: Moment) -> None:
    assert str(moment) != ""


@settings(max_examples=30)
@given(st.one_of(date_texts, spans(date_texts).map("/".join)))
def test_bounds_of_dates_are_those_of_the_edtf_package(text: str) -> None:
    first, last = parse_edtf(text).lower_strict(), parse_edtf(text).upper_strict()
    found = Moment.parse(text)
    assert (found.earliest, found.latest) == (
        utc(*first[:3]),
        datetime.combine(date(*last[:3]), time(*END_OF_DAY), tzinfo=UTC),
    )


@settings(max_examples=30)
@given(year_texts.filter(lambda text: text > "1000").map("{}~".format))
def test_approximate_years_have_the_bounds_of_the_edtf_package(text: str) -> None:
    """Years only: of an approximate January or first of the month the package's are wrong."""
    first, last = parse_edtf(text).lower_fuzzy(), parse_edtf(text).upper_fuzzy()
    found = Moment.parse(text)
    assert found.earliest == utc(*first[:3])
    assert found.latest == datetime.combine(date(*last[:3]), time(*END_OF_DAY), tzinfo=UTC)


@settings(max_examples=30)
@given(edtf_texts.filter(lambda text: text != "" and "T" not in text))
def test_every_date_that_is_written_is_edtf(text: str) -> None:
    written = Moment.parse(text).edtf()
    try:
        parse_edtf(written)
    except EDTFParseException:
        pytest.fail(f"{written} is not EDTF")


@given(instants, st.integers(-14 * 60, 14 * 60))
def test_an_instant_with_an_offset_is_the_same_instant_in_utc(at: datetime, minutes: int) -> None:
    local = at.astimezone(timezone(timedelta(minutes=minutes)))
    assert Moment.parse(local.isoformat()) == Moment.at(at)
