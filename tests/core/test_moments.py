"""Moments: never more certain than what was said of them."""

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.moments import Moment, MomentError, asked, earlier, later, together
from tests.core.said import END_OF_DAY, dates, instants, moments, utc


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


def test_moments_before_the_first_and_after_the_last_are_these() -> None:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    day = timedelta(days=1)
    noon = datetime(2020, 1, 6, 12, tzinfo=UTC)

    assert (earlier(first + day / 2, day), later(last - day / 2, day)) == (first, last)
    assert (earlier(noon, day), later(noon, day)) == (noon - day, noon + day)
