"""The ladder of a mission for a cause: its own, else the one that is shipped."""

from datetime import timedelta
from typing import Final

from cadre.accountability.models import MusterSettings
from cadre.alerts.models import Cause, Lane, Rung
from cadre.alerts.models import Ladder as LadderRow
from cadre.core.alerts import Acknowledging, Ladder
from cadre.core.alerts import Rung as Step
from cadre.mission.models import Mission

SELF: Final = "self"
DEPUTY: Final = "deputy"
WARDEN: Final = "warden"
DUTY: Final = "duty_officer"


def step(minutes: int, to: str, *channels: str) -> Step:
    return Step(timedelta(minutes=minutes), to, channels)


AT_ONCE: Final = step(0, SELF, "sms", "push", "page", "email")
QUIETLY: Final = step(0, SELF, "page", "email")
URGENT: Final = Ladder(
    Acknowledging.EVERYONE,
    timedelta(hours=1),
    (
        AT_ONCE,
        step(5, SELF, "voice", "chat"),
        step(10, DEPUTY, "sms", "push", "page"),
        step(20, DUTY, "sms", "push", "page", "email"),
    ),
)
ORDERED: Final = Ladder(
    Acknowledging.EVERYONE,
    timedelta(days=1),
    (QUIETLY, step(120, SELF, "sms", "push"), step(480, DUTY, "page", "email")),
)
TO_DO: Final = Ladder(
    Acknowledging.FIRST,
    timedelta(hours=8),
    (QUIETLY, step(60, SELF, "sms", "push"), step(240, DUTY, "page", "email", "sms")),
)
TOLD: Final = Ladder(Acknowledging.FIRST, timedelta(days=1), (QUIETLY,))
OF_THE_NATION: Final = Ladder(
    Acknowledging.EVERYONE,
    timedelta(hours=2),
    (QUIETLY, step(15, SELF, "sms", "push"), step(45, SELF, "voice")),
)
SHIPPED: Final = {
    Cause.REVIEW: TO_DO,
    Cause.PRECAUTION: TO_DO,
    Cause.HOLD: OF_THE_NATION,
    Cause.SESSION: TOLD,
    Cause.TEST: TOLD,
    Cause.DIGEST: TOLD,
}
# Nobody is asked to acknowledge these: they are for information.
UNASKED: Final = frozenset({Cause.SESSION, Cause.DIGEST})


def ladder_for(mission: Mission | None, cause: str, lane: int) -> Ladder:
    """The mission's own ladder for a cause, else its one for all causes, else the shipped one of
    the cause and the lane.
    """
    own = LadderRow.objects.filter(mission=mission, cause__in=[cause, ""]).order_by("-cause")
    row = own.first() if mission is not None else None
    if row is not None:
        return as_core(row)
    if mission is not None and cause in {Cause.MUSTER, Cause.RECHECK}:
        return of_musters(MusterSettings.objects.filter(mission=mission).first())
    return SHIPPED.get(Cause(cause), URGENT if lane == Lane.LIFE_SAFETY else ORDERED)


def of_musters(settings: MusterSettings | None) -> Ladder:
    """The shipped ladder of a muster: a call halfway to the deputy, then the warden, then whoever
    has to begin a search, at the times that the mission set for these.
    """
    times = settings or MusterSettings()
    steps = [AT_ONCE]
    for each in (
        step(times.call_minutes // 2, SELF, "voice", "chat"),
        step(times.call_minutes, DEPUTY, "sms", "push", "page"),
        step(times.warden_minutes, WARDEN, "sms", "push", "page", "voice"),
        step(times.search_minutes, DUTY, "sms", "push", "page", "email"),
    ):
        if each.after > steps[-1].after:  # a mission may set them in another order
            steps.append(each)
    window = max(timedelta(hours=times.affected_hours), steps[-1].after + timedelta(minutes=1))
    return Ladder(Acknowledging.EVERYONE, window, tuple(steps))


def as_core(row: LadderRow) -> Ladder:
    rungs = Rung.objects.filter(ladder=row, dropped=False).order_by("position")
    return Ladder(
        Acknowledging(row.acknowledging),
        timedelta(minutes=row.window_minutes),
        tuple(step(each.after_minutes, each.to, *each.channels) for each in rungs),
        row.wanted,
    )


def as_kept(ladder: Ladder) -> list[dict[str, object]]:
    """The steps as an alert keeps them: what a mission changes later changes no alert."""
    return [
        {
            "after": round(each.after.total_seconds() / 60),
            "to": each.to,
            "channels": list(each.channels),
        }
        for each in ladder.rungs
    ]


def kept(rungs: list[dict[str, object]]) -> tuple[Step, ...]:
    """The steps that an alert keeps."""
    return tuple(
        step(int(str(each["after"])), str(each["to"]), *listed(each["channels"])) for each in rungs
    )


def listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
