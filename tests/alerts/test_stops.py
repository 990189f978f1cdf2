"""Whoever was told of a stop is told what became of it: confirmed, amended, or lifted."""

from datetime import datetime, timedelta

import pytest

from cadre.access.actions import acting
from cadre.access.models import Account
from cadre.accountability.queries.held_names import NOBODYS
from cadre.alerts.actions.listening import listen
from cadre.alerts.models import Alert, Cause, Lane, Phase
from cadre.alerts.queries.wording.sight import Sight
from cadre.alerts.queries.wording.texts import words_of
from cadre.core.posture import Scope
from cadre.core.releasability import OPERATOR
from cadre.directives import actions as directives
from cadre.directives.models import ConfirmationOutcome, Directive
from cadre.mission.models import Holding
from tests.alerts.conftest import Staff, told
from tests.directives.conftest import DUTY
from tests.directives.test_lifecycles import lift, waived

HOUR = timedelta(hours=1)
TOLD = {"anna", "bert", "commander", "duty", "germany", "france"}


@pytest.fixture
def stop(staff: Staff, heads: dict[str, Account], at: datetime) -> Directive:
    """Bert and Anna are at the camp when it is stopped there."""
    made = directives.stop_now(
        directives.Stop(mission=staff.place.mission, site="CAMP"), by=DUTY, at=at
    )
    listen(at=at)
    return made


def decided(stop: Directive, outcome: str, note: str, at: datetime) -> None:
    directives.confirm(stop, ConfirmationOutcome(outcome), note, by=DUTY, at=at)
    listen(at=at)


def second() -> tuple[Alert, str, str]:
    _first, alert = Alert.objects.order_by("made_at")
    return alert, *words_of(Sight(alert, OPERATOR, NOBODYS))


@pytest.mark.parametrize(
    ("outcome", "note", "words"),
    [
        ("confirmed", "", "has confirmed this stop: it stands until it is lifted."),
        ("amended", "M-D-7", "has amended this stop: M-D-7. What was stopped stays stopped"),
    ],
)
def test_a_decision_about_a_stop_is_told_to_whoever_was_told_of_it(
    stop: Directive, at: datetime, outcome: str, note: str, words: str
) -> None:
    decided(stop, outcome, note, at + HOUR)

    alert, subject, text = second()
    assert (alert.cause, alert.phase, alert.lane) == (Cause.STOP, Phase.UPDATE, Lane.LIFE_SAFETY)
    assert alert.first == Alert.objects.order_by("made_at").first()
    assert alert.acknowledging == ""
    assert subject == f"Update: {stop.number}: {outcome}"
    assert words in text
    assert told(alert) == told(alert.first) == TOLD


def test_a_lift_is_told_to_whoever_was_told_of_the_stop_wherever_he_is_by_now(
    stop: Directive, staff: Staff, at: datetime
) -> None:
    with acting("test", by=OPERATOR, at=at):
        gone = Holding.objects.get(person=staff.anna)
        gone.during = type(gone.during)(gone.during.lower, at + HOUR / 2)
        gone.save()
    part = Scope("M", frozenset({"training"}), frozenset({"CAMP"}))
    lift(waived(stop, at + HOUR), part, at + HOUR)
    listen(at=at + HOUR)

    alert, _subject, _text = second()
    assert (alert.cause, alert.phase) == (Cause.LIFT, Phase.UPDATE)
    assert told(alert) == TOLD


def test_a_decision_that_is_heard_together_with_its_stop_is_told_after_it(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    new = directives.Stop(mission=staff.place.mission, site="CAMP")
    made = directives.stop_now(new, by=DUTY, at=at)
    directives.confirm(made, ConfirmationOutcome.CONFIRMED, "", by=DUTY, at=at)
    listen(at=at)

    assert [each.phase for each in Alert.objects.order_by("number")] == [Phase.FIRST, Phase.UPDATE]
