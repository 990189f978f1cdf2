"""What is on record of one person's stay with a mission: the post, and what differs from it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cadre.accountability.models import PersonnelStatus, PlaceSource, StatusKind
from cadre.accountability.queries.places import NOWHERE, Place
from cadre.mission.models import Person, Post

ABSENT: Final = frozenset({StatusKind.LEAVE, StatusKind.TRANSIT, StatusKind.LENT})
WITHOUT_POST: Final = frozenset(
    {StatusKind.VISITOR, StatusKind.LOCAL_STAFF, StatusKind.INTERPRETER}
)


@dataclass(slots=True)
class Stay:
    """What is on record of one person's stay: the post held, and the statuses in force."""

    person: Person
    mission: str = ""
    post: Post | None = None
    statuses: list[PersonnelStatus] = field(default_factory=list)

    @property
    def kind(self) -> PersonnelStatus | None:
        """The status that says what sort of stay it is: an absence before all others, then the
        latest; None for none.
        """
        kinds = [each for each in self.statuses if each.kind != StatusKind.PRESENT]
        return max(kinds, key=weight, default=None)

    @property
    def of_post(self) -> Place:
        """Where the post is; a visitor or local has none, and is where the status says."""
        if self.post is None or self.post.site is None:
            return NOWHERE
        return Place(PlaceSource.POST, site=self.post.site.code)

    @property
    def of_status(self) -> Place | None:
        """Where the latest status that names a place says that the person is."""
        named = [each for each in self.statuses if each.site is not None or each.place]
        last = max(named, key=begun, default=None)
        if last is None:
            return None
        return Place(
            PlaceSource.STATUS,
            site=last.site.code if last.site else "",
            words=last.place,
            seen_at=last.begins_at,
            said_by=last.recorded_by,
        )


def weight(status: PersonnelStatus) -> tuple[bool, datetime, datetime]:
    return status.kind in ABSENT, status.begins_at, status.recorded_at


def begun(status: PersonnelStatus) -> tuple[datetime, datetime]:
    return status.begins_at, status.recorded_at
