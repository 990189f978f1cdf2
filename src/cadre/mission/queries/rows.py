"""The kinds of rows that doors hand on: named here, so that no door reaches for a table itself."""

from cadre.access.models import ClassificationChoices
from cadre.mission.models import (
    Holding,
    HostRequest,
    Mission,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    RelationKind,
    Site,
    SiteKind,
)
from cadre.record.models import Kept

__all__ = [
    "ClassificationChoices",
    "Holding",
    "HostRequest",
    "Kept",
    "Mission",
    "Organisation",
    "OrganisationKind",
    "Person",
    "Post",
    "RelationKind",
    "Site",
    "SiteKind",
]
