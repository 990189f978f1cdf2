"""What an address names, as far as the viewer may see it."""

from uuid import UUID

from ninja.errors import HttpError

from cadre.access.permissions import require
from cadre.alerts.queries import contacts, shown
from cadre.alerts.queries.rows import Alert, Contact, Mission, Person
from cadre.core.releasability import Viewer
from cadre.mission.doors import now, require_somewhere
from cadre.mission.queries import missions
from cadre.web.programs import NOT_FOUND


def there[Row](row: Row | None, what: str = "thing") -> Row:
    """The row; 404 where there is none for this viewer."""
    if row is None:
        raise HttpError(NOT_FOUND, f"There is no such {what} on record.")
    return row


def the_mission(viewer: Viewer, code: str) -> Mission:
    return there(missions.find(viewer, code), "mission")


def the_alert(viewer: Viewer, row: UUID, verb: str) -> Alert:
    """The alert, for who may do that with it."""
    alert = there(shown.find(viewer, row), "alert")
    if alert.mission is None:
        require_somewhere(viewer, verb)
    else:
        require(viewer, verb, alert.mission.code)
    return alert


def the_person(viewer: Viewer, code: str, *, told: bool = False) -> Person:
    """The person; `told`: whose addresses an answer tells, which it does of nobody who is held."""
    found = contacts.reached(viewer, code, now=now(), live_page=not told)
    return there(found, "person")


def the_contact(viewer: Viewer, row: UUID) -> Contact:
    return there(contacts.contact(viewer, row, now=now()), "contact")
