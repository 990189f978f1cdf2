"""When a directive is to be looked at again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.reviews import Due, Held, Rhythm, next_review

BEGAN = datetime(2020, 1, 6, 18, tzinfo=UTC)


def after(hours: float) -> datetime:
    return BEGAN + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("held", "due"),
    [([], 24), ([20], 44), ([24, 48], 72), ([24 * 6], 24 * 7), ([24 * 7], 24 * 14)],
)
def test_first_after_a_day_then_daily_for_a_week_then_weekly(held: list[int], due: int) -> None:
    assert Rhythm().due(BEGAN, map(after, held)) == after(due)


def test_latest_review_names_the_next_and_its_owner() -> None:
    held = [Held(after(48), after(60), "J7"), Held(after(24), after(48), "J3")]

    assert next_review(after(24), "J2", [], after(1)) == Due(after(24), "J2")
    assert next_review(after(24), "J2", held, after(47)) == Due(after(48), "J3", 1)
    assert next_review(after(24), "J2", held, after(48)) == Due(after(60), "J7", 2)


def test_what_nobody_dated_is_not_stated_and_never_overdue() -> None:
    due = next_review(None, "", [], after(1_000))

    assert (due, due.overdue(after(10_000))) == (Due(None), False)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 100))
def test_overdue_stays_overdue_until_a_review_is_held(first: int, one: int, later: int) -> None:
    due = next_review(after(first), "J3", [], after(one))
    if due.overdue(after(one)):
        assert next_review(after(first), "J3", [], after(one + later)).overdue(after(one + later))
