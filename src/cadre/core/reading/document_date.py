"""What the document's own date tells about a date that its text leaves incomplete."""

from datetime import date, timedelta
from typing import Final

from cadre.core.moments import Moment

NEAR: Final = timedelta(days=120)  # further away two years would be about as likely


def day_of(published: Moment) -> date | None:
    """The one day on which the document is dated; None if it is not known to the day."""
    if published.earliest is None or published.latest is None:
        return None
    first, last = published.earliest.date(), published.latest.date()
    return first if first == last else None


def nearest_year(month: int, day: int, published: Moment) -> int | None:
    """The year in which that day lies within 120 days of the document's own date.

    None if no year does, or if the document is dated so vaguely that its first and its last
    possible day tell different years.
    """
    if published.earliest is None or published.latest is None:
        return None
    years = {
        year_near(month, day, bound.date()) for bound in (published.earliest, published.latest)
    }
    return years.pop() if len(years) == 1 else None


def year_near(month: int, day: int, dated: date) -> int | None:
    for year in (dated.year, dated.year - 1, dated.year + 1):
        try:
            if abs(date(year, month, day) - dated) <= NEAR:
                return year
        except ValueError:
            continue
    return None


def weekday_before(weekday: int, dated: date) -> date | None:
    """The last such day of the week up to `dated`; None before the calendar begins."""
    back = (dated.weekday() - weekday) % 7
    return dated - timedelta(days=back) if dated.toordinal() > back else None
