"""Movements: who is at the place that is left is told to get ready, and that it is over."""

from datetime import datetime, timedelta

import pytest

from cadre.access.models import Account
from cadre.accountability.actions import NewMovement, close_movement, order_movement
from cadre.accountability.models import Movement
from cadre.accountability.queries.held_names import NOBODYS
from cadre.alerts.actions.listening import listen
from cadre.alerts.models import Alert, Cause, Lane, Phase
from cadre.alerts.queries.wording.sight import Sight
from cadre.alerts.queries.wording.texts import protective_action, words_of
from cadre.core.releasability import OPERATOR
from tests.alerts.conftest import Staff, attempts, make_list, told

HOUR = timedelta(hours=1)


def ordered(staff: Staff, at: datetime, **changes: object) -> Movement:
    place = staff.place
    values: dict[str, object] = {
        "mission": place.mission, "kind": "evacuate", "title": "To the fort",
        "from_site": place.camp, "to_site": place.fort,
    }  # fmt: skip  # a table
    new = NewMovement(**values | changes)  # type: ignore[arg-type]  # the test says which
    made = order_movement(new, by=OPERATOR, at=at)
    listen(at=at)
    return made


def words(alert: Alert) -> tuple[str, str]:
    return words_of(Sight(alert, OPERATOR, NOBODYS))


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("hibernate", "Stay where you are"),
        ("relocate", "Get ready to relocate"),
        ("evacuate", "Get ready to be evacuated"),
    ],
)
def test_a_movement_is_told_to_who_is_there_to_wardens_and_to_the_staff(
    staff: Staff, heads: dict[str, Account], at: datetime, kind: str, subject: str
) -> None:
    make_list(staff, staff.place.camp, staff.chloe)
    to = {"to_site": None} if kind == "hibernate" else {}
    row = ordered(staff, at, kind=kind, **to)

    alert = Alert.objects.get()
    assert (alert.cause, alert.lane, alert.phase) == (
        Cause.MOVEMENT, Lane.LIFE_SAFETY, Phase.FIRST,
    )  # fmt: skip  # one thing
    assert told(alert) == {"anna", "bert", "chloe", "commander", "duty"}
    assert words(alert) == (subject, f"Ordered as {row.number}. From: Camp.")
    assert protective_action(Sight(alert, OPERATOR, NOBODYS)).startswith("Get ready, stay with")
    assert ("anna", "sms") in attempts(alert)


def test_an_exercise_is_told_as_one(staff: Staff, heads: dict[str, Account], at: datetime) -> None:
    ordered(staff, at, exercise=True)

    assert Alert.objects.get().exercise is True


def test_the_end_of_a_movement_is_the_all_clear_for_whoever_was_told(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    row = ordered(staff, at)
    close_movement(row, "All arrived.", by=OPERATOR, at=at + HOUR)
    listen(at=at + HOUR)

    first, last = Alert.objects.order_by("made_at")
    assert (last.phase, last.first, last.lane) == (Phase.ALL_CLEAR, first, Lane.LIFE_SAFETY)
    assert told(last) == told(first) == {"anna", "bert", "commander", "duty"}
    assert words(last) == (f"Movement {row.number} is over", "Nothing more is to be done.")


def test_a_movement_is_told_once_however_often_it_is_heard(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    ordered(staff, at)

    assert (listen(at=at), Alert.objects.count()) == (0, 1)
