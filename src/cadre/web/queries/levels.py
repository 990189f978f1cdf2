"""Orders about protection levels as entries of the timeline."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.core.releasability import Viewer
from cadre.directives.models import Direction, LevelOrder
from cadre.directives.queries import Names, ScopeRead
from cadre.directives.queries.levels import scope_of
from cadre.web.queries.orders import Event, dated, later

# What an order does, as whole phrases: another language may inflect each word of them.
TITLES = {
    Direction.RAISE: gettext_lazy("Protection level raised"),
    Direction.LOWER: gettext_lazy("Protection level lowered"),
    Direction.SET: gettext_lazy("Protection level ordered"),
    Direction.NOT_STATED: gettext_lazy("Protection level ordered"),
}


def level_orders(
    viewer: Viewer, mission: str, *, on: datetime, known_on: datetime, start: datetime | None
) -> list[Event]:
    """Those of a mission, or of all (""), that somebody dated, as far as begun by `on`."""
    rows = LevelOrder.objects.visible_to(viewer).known_on(known_on, began=start)
    if mission:
        rows = rows.filter(mission__code=mission)
    told = [row for row in rows.select_related("mission", "level_to") if dated(row.effective, on)]
    names = Names(viewer, [scope_of(row) for row in told])
    return [of_order(row, names.of(scope_of(row))) for row in told]


def of_order(row: LevelOrder, scope: ScopeRead) -> Event:
    title, level = str(TITLES[Direction(row.direction)]), row.level_to
    if level is not None:
        words = {"title": title, "level": f"{level.code} · {level.name}"}
        title = _("%(title)s: %(level)s") % words
    return Event(
        when=row.effective,
        title=title,
        url=reverse("directives:level_order", args=[row.number]),
        text=row.reason,
        said_by=(row.authority,),
        posture="none",
        known_on=later(row.effective, row.known_from),
        packs=frozenset({row.pack}),
        number=row.number,
        scope=scope,
        without="lines",
    )
