"""Hours of the week in words, as a scope names them: "mon-08" is Monday from 08:00 to 09:00 UTC."""

from collections.abc import Collection, Iterator

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from cadre.core.posture import DAYS_OF_THE_WEEK

DAY, WEEK = 24, 168

type Run = tuple[int, int]  # the first hour of the week, counted from Monday 00:00, and how many


def in_words(hours: Collection[str]) -> str:
    """Such as "Monday to Friday 18:00 to 06:00 UTC": what several days have alike is named once."""
    days: dict[Run, list[int]] = {}
    for first, length in runs(sorted(map(number_of, hours))):
        days.setdefault((first % DAY, length), []).append(first // DAY)
    return "; ".join(
        _("%(days)s %(from)s to %(until)s UTC")
        % {"days": days_in_words(found), "from": clock(start), "until": clock(start + length)}
        for (start, length), found in sorted(days.items())
    )


def runs(numbers: list[int]) -> Iterator[Run]:
    """Hours that follow each other, over midnight and over the end of the week too."""
    there = set(numbers)
    if len(there) == WEEK:
        yield 0, WEEK
    for first in numbers:
        if (first - 1) % WEEK not in there:
            length = 1
            while (first + length) % WEEK in there:
                length += 1
            yield first, length


def number_of(hour: str) -> int:
    day, _dash, clock_hour = hour.partition("-")
    return DAYS_OF_THE_WEEK.index(day) * DAY + int(clock_hour)


def clock(hour: int) -> str:
    return f"{hour % DAY:02}:00"


def days_in_words(days: list[int]) -> str:
    """Three or more days that follow each other as "Monday to Friday", else one by one."""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:  # noqa: PLR2004  # two are a pair
        return _("%(first)s to %(last)s") % {
            "first": WEEKDAYS[days[0]],
            "last": WEEKDAYS[days[-1]],
        }
    return ", ".join(str(WEEKDAYS[day]) for day in days)
