"""Who holds which post, as far as the viewer may see."""

from datetime import datetime
from uuid import UUID

from cadre.access.models import MarkedQuerySet
from cadre.core.releasability import Viewer
from cadre.mission.models import Holding
from cadre.mission.queries.reading import Reading


def find(viewer: Viewer, row: UUID) -> Holding | None:
    """One holding as it is now; None when the viewer may know of none with this id."""
    rows = Holding.objects.visible_to(viewer).select_related("post", "person")
    return rows.filter(pk=row).first()


def held(reading: Reading, rows: MarkedQuerySet[Holding]) -> list[Holding]:
    """Of these holdings, those that the viewer may see and that run at the moment asked about."""
    visible = rows.visible_to(reading.viewer).select_related(
        "person", "post__mission", "post__site"
    )
    if reading.known_on is None:
        return list(visible.filter(during__contains=reading.on))
    return [each for each in reading.described(visible) if contains(each, reading.on)]


def contains(holding: Holding, on: datetime) -> bool:
    during = holding.during
    if during.isempty:
        return False
    return (during.lower is None or during.lower <= on) and (
        during.upper is None or on < during.upper
    )


def began_at(holding: Holding) -> float:
    lower = holding.during.lower
    return lower.timestamp() if lower else 0.0
