"""Incidents as entries of the timeline."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from cadre.core.releasability import Viewer
from cadre.situation.models import Incident
from cadre.web.queries.orders import Event, later


def incidents(
    viewer: Viewer, *, on: datetime, known_on: datetime, start: datetime | None, most: int
) -> list[Event]:
    """The latest incidents that somebody dated, as far as begun by `on`; at most so many."""
    begun = Q(occurred_earliest__lte=on) | Q(
        occurred_earliest__isnull=True, occurred_latest__isnull=False
    )
    rows = Incident.objects.visible_to(viewer).known_on(known_on, began=start).filter(begun)
    happened = Coalesce(F("occurred_latest"), F("occurred_earliest"))
    return [of_incident(row) for row in rows.order_by(happened.desc(), "number")[:most]]


def of_incident(row: Incident) -> Event:
    return Event(
        when=row.occurred,
        title=str(row),
        url=f"{reverse('situation:incidents')}?{urlencode({'q': row.number})}",
        text=row.what,
        said_by=(row.source,) if row.source else (),
        posture="none",
        known_on=later(row.occurred, row.known_from),
        packs=frozenset({row.pack}),
    )
