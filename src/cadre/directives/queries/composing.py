"""The drafts that there are."""

from uuid import UUID

from cadre.core.releasability import Viewer
from cadre.directives.models import Draft


def drafts(viewer: Viewer) -> list[Draft]:
    """Drafts that are neither signed nor dropped, the latest first."""
    rows = Draft.objects.visible_to(viewer).filter(signed_as=None, dropped_at=None)
    return list(rows.select_related("mission").order_by("-written_at"))


def draft(viewer: Viewer, row: UUID) -> Draft | None:
    found = Draft.objects.visible_to(viewer).filter(pk=row)
    return found.select_related("mission", "signed_as").first()
