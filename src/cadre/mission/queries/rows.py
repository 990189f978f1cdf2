"""The kinds of rows that doors hand on: named here, so that no door reaches for a table itself."""

from cadre.access.models import ClassificationChoices
from cadre.mission.models import (
    ActivityLine,
    Holding,
    HostRequest,
    Membership,
    Mission,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    RelationKind,
    Site,
    SiteKind,
)
from cadre.record.models import Described, Kept, Stated

__all__ = [
    "ActivityLine",
    "ClassificationChoices",
    "Described",
    "Holding",
    "HostRequest",
    "Kept",
    "Membership",
    "Mission",
    "Organisation",
    "OrganisationKind",
    "Person",
    "Post",
    "RelationKind",
    "Site",
    "SiteKind",
    "Stated",
]
