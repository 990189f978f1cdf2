"""Directives and lifts as entries of the timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre.core.moments import Moment
from cadre.core.posture import Posture
from cadre.core.releasability import Viewer
from cadre.directives.models import Clock, Directive, Lift, Timing
from cadre.directives.queries import Names, ScopeRead
from cadre.directives.queries.scopes import part_of, surely, widest

# What happened to an order, as whole phrases: another language may inflect each word of them.
TITLES = {
    (Posture.SUSPENDED, Clock.DECIDED): _("Suspension decided"),
    (Posture.SUSPENDED, Clock.EFFECTIVE): _("Suspension takes effect"),
    (Posture.SUSPENDED, Clock.ANNOUNCED): _("Suspension announced"),
    (Posture.SUSPENDED, "lifted"): _("Suspension lifted"),
    (Posture.SUSPENDED, "lifted in part"): _("Suspension lifted in part"),
    (Posture.RESTRICTED, Clock.DECIDED): _("Restriction decided"),
    (Posture.RESTRICTED, Clock.EFFECTIVE): _("Restriction takes effect"),
    (Posture.RESTRICTED, Clock.ANNOUNCED): _("Restriction announced"),
    (Posture.RESTRICTED, "lifted"): _("Restriction lifted"),
    (Posture.RESTRICTED, "lifted in part"): _("Restriction lifted in part"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: when, what, who said so."""

    when: Moment
    title: str
    url: str
    text: str
    said_by: tuple[str, ...]
    posture: str  # "none" for what is no order
    known_on: datetime | None  # None where it could be known on the day itself
    packs: frozenset[str]
    attribute: str = ""  # of a claim
    meaning: str = ""  # of its attribute
    number: str = ""  # of an order
    scope: ScopeRead | None = None
    without: str = ""  # what of its scope goes without saying


def orders(
    viewer: Viewer,
    directives: Mapping[object, Directive],
    *,
    on: datetime,
    known_on: datetime,
    start: datetime | None,
) -> list[Event]:
    """What was said of the clocks of these directives, and their lifts, as far as begun by `on`.

    A directive of which no more than a time could be known yet tells no reason.
    """
    known = set(
        Directive.objects.visible_to(viewer)
        .known_on(known_on, began=start)
        .values_list("pk", flat=True)
    )
    timings = Timing.objects.visible_to(viewer).known_on(known_on, began=start)
    lifts = Lift.objects.visible_to(viewer).known_on(known_on, began=start)
    told = [row for row in timings if row.directive_id in directives and dated(row.moment, on)]
    lifted = [row for row in lifts if row.directive_id in directives and dated(row.effective, on)]
    names = Names(
        viewer,
        [
            *(surely(directives[row.directive_id]) for row in told),
            *(part_of(row, directives[row.directive_id].mission.code) for row in lifted),
        ],
    )
    return [
        *(
            of_timing(directives[row.directive_id], row, names, whole=row.directive_id in known)
            for row in told
        ),
        *(of_lift(directives[row.directive_id], row, names) for row in lifted),
    ]


def dated(when: Moment, on: datetime) -> bool:
    return when.stated and when.perhaps_by(on)


def later(when: Moment, known_from: datetime) -> datetime | None:
    return None if when.latest is not None and known_from <= when.latest else known_from


def of_timing(row: Directive, timing: Timing, names: Names, *, whole: bool) -> Event:
    effect = Posture(row.effect)
    return Event(
        when=timing.moment,
        title=str(TITLES[effect, Clock(timing.clock)]),
        url=reverse("directives:directive", args=[row.number]),
        text=row.reason if whole else "",
        said_by=(row.authority,),
        posture=effect.word,
        known_on=later(timing.moment, timing.known_from),
        packs=frozenset({row.pack, timing.pack}),
        number=row.number,
        scope=names.of(surely(row)),
    )


def of_lift(row: Directive, lift: Lift, names: Names) -> Event:
    scope = part_of(lift, row.mission.code)
    how = "lifted" if widest(row).within(scope) else "lifted in part"
    return Event(
        when=lift.effective,
        title=str(TITLES[Posture(row.effect), how]),
        url=reverse("directives:directive", args=[row.number]),
        text=lift.reason,
        said_by=(lift.authority,),
        posture="running",
        known_on=later(lift.effective, lift.known_from),
        packs=frozenset({row.pack, lift.pack}),
        number=lift.number,
        scope=names.of(scope),
    )
