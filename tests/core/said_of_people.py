"""Reports of one person, in minutes after a muster opened."""

from datetime import UTC, datetime, timedelta

from cadre.core.accountability import Report, Standing, State, Voice, standing

OPENED = datetime(2020, 1, 8, 1, 30, tzinfo=UTC)
SELF, OTHER, IN_CHARGE = Voice.SELF, Voice.OTHER, Voice.IN_CHARGE


def minute(number: float) -> datetime:
    return OPENED + timedelta(minutes=number)


def said(
    state: State | None,
    at: float,
    voice: Voice = SELF,
    *,
    key: str = "",
    entered: float | None = None,
) -> Report:
    told = at if entered is None else entered
    return Report(key or f"{voice} {state} {at}", state, minute(at), minute(told), voice)


def found(*reports: Report, at: float = 600) -> Standing:
    return standing(reports, minute(at))
