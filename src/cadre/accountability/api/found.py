"""What an address names, as far as the viewer may see it."""

from uuid import UUID

from ninja.errors import HttpError

from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import muster_board
from cadre.accountability.queries.pages import Page
from cadre.accountability.queries.rows import Movement, Muster, MusterEntry, WardenList
from cadre.accountability.queries.when import When
from cadre.core.releasability import Viewer
from cadre.mission.doors import now
from cadre.mission.queries import missions, people
from cadre.mission.queries.rows import Mission, Person
from cadre.web.programs import NOT_FOUND, Moments


def there[Row](row: Row | None, what: str) -> Row:
    """The row; 404 where there is none for this viewer."""
    if row is None:
        raise HttpError(NOT_FOUND, f"There is no such {what} on record.")
    return row


def the_mission(viewer: Viewer, code: str) -> Mission:
    return there(missions.find(viewer, code), "mission")


def the_person(viewer: Viewer, code: str) -> Person:
    return there(people.find(viewer, code), "person")


def the_muster(viewer: Viewer, number: str) -> Muster:
    return there(lookups.muster(viewer, number), "muster")


def the_entry(viewer: Viewer, row: UUID) -> MusterEntry:
    return there(lookups.entry(viewer, row), "person on a list")


def the_list(viewer: Viewer, mission: str, code: str) -> WardenList:
    found = lookups.warden_list(viewer, the_mission(viewer, mission), code)
    return there(found, "list of a warden")


def the_movement(viewer: Viewer, number: str) -> Movement:
    return there(lookups.movement(viewer, number), "movement")


def the_board(viewer: Viewer, number: str, when: When) -> Page:
    """The board of a muster for a program: no held name is in it."""
    return Page(there(muster_board(viewer, number, when), "muster"))


def when_of(moments: Moments) -> When:
    """True on and known on as a program asks, asked at the present of this node."""
    return When(moments.true_on(), moments.known() if moments.known_on else None, now())
