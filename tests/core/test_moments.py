"""Moments: EDTF in and out, and never more certain than what was said."""

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from cadre.core.moments import Moment, MomentError, asked, together

instants = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # a bound of hypothesis
dates = st.dates(date(2, 1, 1), date(9997, 12, 31))
day_texts = dates.map(date.isoformat)
month_texts = day_texts.map(lambda text: text[:7])
year_texts = day_texts.map(lambda text: text[:4])
date_texts = st.one_of(day_texts, month_texts, year_texts)
clock_texts = instants.map(lambda at: f"{at.replace(tzinfo=None).isoformat()}Z")
minute_texts = instants.map(lambda at: f"{at:%Y}".zfill(4) + f"{at:-%m-%dT%H:%MZ}")
end_texts = st.one_of(date_texts, clock_texts, minute_texts)


def spans(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(texts, texts).filter(
        lambda pair: Moment.parse(f"[{pair[0]}..]").perhaps_by(last_moment(pair[1]))
    )


def last_moment(text: str) -> datetime:
    return Moment.parse(text).latest or datetime.max.replace(tzinfo=UTC)


edtf_texts = st.one_of(
    st.just(""),
    date_texts,
    clock_texts,
    minute_texts,
    date_texts.map("{}~".format),
    end_texts.map("[..{}]".format),
    end_texts.map("[{}..]".format),
    spans(end_texts).map(lambda pair: f"[{pair[0]}..{pair[1]}]"),
    spans(date_texts).map("/".join),
    st.sampled_from(["201X", "20XX", "2020-XX", "2020-01-XX", "2020-XX-XX"]),
)
moments = edtf_texts.map(Moment.parse)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


END_OF_DAY = (23, 59, 59, 999999)


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


def test_a_moment_keeps_the_words_of_its_source() -> None:
    assert Moment.parse("2017-09/2017-12", "late 2017").wording == "late 2017"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Moment(utc(2020, 1, 2), utc(2020, 1, 1), "between"), "cannot lie between"),
        (lambda: Moment(utc(2020, 1, 1), utc(2020, 1, 3), "day"), "cannot lie between"),
        (lambda: Moment(utc(2020, 1, 1), None, "by"), "cannot lie between"),
        (lambda: Moment(None, None, "between"), "cannot lie between"),
        (lambda: Moment(utc(2020, 1, 1), utc(2020, 1, 3, 4), "around"), "cannot lie between"),
        (lambda: Moment(utc(2020, 1, 1), utc(2020, 1, 1), "soon"), "is not a precision"),  # type: ignore[arg-type]
        (lambda: Moment.at(datetime(2020, 1, 1)), "has no time zone"),  # noqa: DTZ001  # refused
    ],
)
def test_bounds_that_do_not_fit_the_precision_are_refused(
    make: Callable[[], Moment], sentence: str
) -> None:
    with pytest.raises(MomentError, match=sentence):
        make()


def test_bounds_are_kept_in_utc() -> None:
    east = timezone(timedelta(hours=3))
    moment = Moment.at(datetime(2020, 1, 6, 3, tzinfo=east))
    assert moment.earliest == utc(2020, 1, 6)
    assert moment.edtf() == "2020-01-06T00:00:00Z"


class TestCertainty:
    STOP = Moment.parse("[2020-01-02..2020-01-06]")

    def test_within_the_bounds_it_has_perhaps_happened_and_not_surely(self) -> None:
        at = asked("2020-01-05")
        assert (self.STOP.perhaps_by(at), self.STOP.surely_by(at)) == (True, False)

    def test_at_the_last_bound_it_has_surely_happened(self) -> None:
        assert self.STOP.surely_by(asked("2020-01-06")) is True

    def test_before_the_first_bound_it_has_not_happened(self) -> None:
        assert self.STOP.perhaps_by(asked("2020-01-01")) is False

    def test_what_is_not_stated_has_always_perhaps_and_never_surely_happened(self) -> None:
        at = asked("2020-01-01")
        unknown = Moment.unknown()
        assert (unknown.perhaps_by(at), unknown.surely_by(at), unknown.stated) == (
            True,
            False,
            False,
        )

    @given(moments, instants)
    def test_what_surely_happened_perhaps_happened(self, moment: Moment, at: datetime) -> None:
        assert moment.perhaps_by(at) >= moment.surely_by(at)


class TestTogether:
    def test_a_second_source_narrows_the_first(self) -> None:
        found = Moment.parse("[2020-01-02..2020-01-06]").narrowed(Moment.parse("[..2020-01-04]"))
        assert str(found) == "between 2 and 4 January 2020"

    def test_the_statement_that_says_most_keeps_its_precision_and_words(self) -> None:
        exact = Moment.parse("2020-01-04", "on Saturday")
        assert Moment.parse("[..2020-01-06]").narrowed(exact) == exact

    def test_statements_that_exclude_each_other_give_their_hull_as_a_conflict(self) -> None:
        found = Moment.parse("2020-01-02").narrowed(Moment.parse("2020-01-05"))
        assert (found.conflicting, str(found)) == (
            True,
            "between 2 and 5 January 2020 (the sources conflict)",
        )

    def test_nothing_said_is_not_stated(self) -> None:
        assert together([]) == Moment.unknown()

    @given(st.permutations([0, 1, 2]), st.tuples(moments, moments, moments))
    def test_the_order_of_sources_does_not_matter(
        self, order: list[int], said: tuple[Moment, Moment, Moment]
    ) -> None:
        assert together(said[place] for place in order) == together(said)

    @given(moments, moments)
    def test_together_they_never_say_less_certain_things_unless_they_conflict(
        self, one: Moment, other: Moment
    ) -> None:
        found = one.narrowed(other)
        if not found.conflicting:
            assert found.earliest == max(
                (each.earliest for each in (one, other) if each.earliest), default=None
            )
            assert found.latest == min(
                (each.latest for each in (one, other) if each.latest), default=None
            )

    @given(moments)
    def test_a_statement_said_twice_says_the_same(self, moment: Moment) -> None:
        assert moment.narrowed(moment) == moment


class TestAsked:
    @pytest.mark.parametrize(
        ("text", "at"),
        [
            ("2020-01-06", utc(2020, 1, 6, *END_OF_DAY)),
            ("2020-02", utc(2020, 2, 29, *END_OF_DAY)),
            ("2020", utc(2020, 12, 31, *END_OF_DAY)),
            ("2020-01-06T18:30", utc(2020, 1, 6, 18, 30)),
            ("2020-01-06T18:30:00.5+03:00", utc(2020, 1, 6, 15, 30, 0, 500000)),
            (" 2020-01-06 ", utc(2020, 1, 6, *END_OF_DAY)),
        ],
    )
    def test_a_question_by_date_is_about_its_last_moment(self, text: str, at: datetime) -> None:
        assert asked(text) == at

    @pytest.mark.parametrize("text", ["", "yesterday", "2020-1-6", "[..2020]", "2020-01-06 18:30"])
    def test_what_names_no_moment_is_refused_with_what_to_write(self, text: str) -> None:
        with pytest.raises(MomentError, match="is not a day such as 2020-01-06"):
            asked(text)

    @given(dates)
    def test_a_day_ends_before_the_next(self, day: date) -> None:
        assert asked(day.isoformat()) + timedelta(microseconds=1) == datetime.combine(
            day + timedelta(days=1), time.min, tzinfo=UTC
        )

    def test_a_month_ends_with_its_last_day(self) -> None:
        assert [asked(f"2019-{month:02}").day for month in range(1, 13)] == [
            calendar.monthrange(2019, month)[1] for month in range(1, 13)
        ]
