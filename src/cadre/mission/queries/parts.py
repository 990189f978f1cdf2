"""What is stated about a mission or an organisation, one by one, so that it can be corrected."""

from typing import Final
from uuid import UUID

from cadre.core.releasability import Viewer
from cadre.mission.models import (
    Appointment,
    Authorisation,
    Contribution,
    ContributorList,
    HostRequest,
    HostRequestWithdrawal,
    Mandate,
    Membership,
    Mission,
    Organisation,
    Presence,
    Relation,
)
from cadre.record.models import Claim, Stated

# Those of the parts of a mission that nothing else on record names, and that can be corrected so.
PARTS: Final[dict[str, type[Stated]]] = {
    "mandate": Mandate,
    "relation": Relation,
    "appointment": Appointment,
    "contribution": Contribution,
    "contributors": ContributorList,
    "authorisation": Authorisation,
    "site": Presence,
}


def part(viewer: Viewer, mission: Mission, what: str, row: UUID) -> Stated | None:
    """A part of a mission; None when the viewer may know of none with this id."""
    model = PARTS.get(what)
    return found(viewer, model, row, mission=mission) if model else None


def membership(viewer: Viewer, organisation: Organisation, row: UUID) -> Stated | None:
    """What an organisation is to another."""
    return found(viewer, Membership, row, organisation=organisation)


def withdrawal(viewer: Viewer, request: HostRequest, row: UUID) -> Stated | None:
    """A withdrawal of a host nation's request."""
    return found(viewer, HostRequestWithdrawal, row, request=request)


def found(viewer: Viewer, model: type[Stated], row: UUID, **of: object) -> Stated | None:
    return model.objects.visible_to(viewer).filter(pk=row, **of).first()


def references(viewer: Viewer, row: Stated) -> tuple[str, ...]:
    """The references of the claims that a row rests on, as far as the viewer may see them."""
    rows = Claim.objects.visible_to(viewer).filter(pk__in=row.claims)
    return tuple(rows.order_by("reference").values_list("reference", flat=True))
