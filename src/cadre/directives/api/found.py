"""What an address names, as far as the viewer may see it."""

from uuid import UUID

from ninja.errors import HttpError

from cadre.core.releasability import Viewer
from cadre.directives.queries import lookups
from cadre.directives.queries.rows import Condition, Directive, LiftProposal, Mission
from cadre.mission.queries import missions
from cadre.web.programs import NOT_FOUND


def there[Row](row: Row | None, what: str = "thing") -> Row:
    """The row; 404 where there is none for this viewer."""
    if row is None:
        raise HttpError(NOT_FOUND, f"There is no such {what} on record.")
    return row


def the_mission(viewer: Viewer, code: str) -> Mission:
    return there(missions.find(viewer, code), "mission")


def the_directive(viewer: Viewer, number: str) -> Directive:
    return there(lookups.directive(viewer, number), "directive")


def the_condition(viewer: Viewer, row: UUID) -> Condition:
    return there(lookups.condition(viewer, row), "condition")


def the_proposal(viewer: Viewer, number: str) -> LiftProposal:
    return there(lookups.proposal(viewer, number), "proposal")
