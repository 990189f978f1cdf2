"""Quiet hours: when ordinary messages wait. Life-safety ones never do."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one time of the day to another, over midnight if the second is the earlier one."""

    begins: time
    ends: time
    zone: str

    def covers(self, local: time) -> bool:
        if self.begins < self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends


def loud_from(at: datetime, quiet: Quiet | None) -> datetime:
    """The first moment from `at` on that is in no quiet hour; `at` itself where there is none.

    Raises zoneinfo.ZoneInfoNotFoundError for a zone that is none.
    """
    if quiet is None:
        return at
    local = at.astimezone(ZoneInfo(quiet.zone))
    if not quiet.covers(local.time()):
        return at
    ends = local.replace(
        hour=quiet.ends.hour, minute=quiet.ends.minute, second=quiet.ends.second, microsecond=0
    )
    later = ends if ends > local else ends + timedelta(days=1)
    return later.astimezone(at.tzinfo)
