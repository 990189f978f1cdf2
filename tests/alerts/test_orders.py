"""What people are told of orders: who, once, chained, and in which lane."""

from datetime import datetime, timedelta

from cadre.access.models import Account
from cadre.alerts.actions.listening import listen
from cadre.alerts.models import Alert, Lane, Unheard
from cadre.core.posture import Posture, Scope
from cadre.core.releasability import OPERATOR
from cadre.directives import actions as directives
from tests.alerts.conftest import Staff, attempts, issue, told

CAMP = Scope("M", frozenset({"training"}), frozenset({"CAMP"}))


def test_an_order_is_told_to_who_is_there_who_represents_them_and_who_has_to_know(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    issue(at, scope=CAMP)

    alert = Alert.objects.get()
    assert told(alert) == {"anna", "bert", "commander", "duty", "germany", "france"}
    assert alert.protective_action == "Stay inside."
    assert alert.lane == Lane.LIFE_SAFETY
    assert attempts(alert) == {
        ("anna", "email"), ("anna", "sms"), ("bert", "email"),
        *((name, channel) for name in heads for channel in ("email", "page")),
    }  # fmt: skip  # pairs


def test_an_order_for_a_nation_is_told_to_its_people_and_its_representative(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    issue(at, scope=Scope("M", None, None, frozenset({"FR"})))

    assert told(Alert.objects.get()) == {"chloe", "commander", "duty", "france"}


def test_what_the_ledger_says_is_told_once_however_often_it_is_heard(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    issue(at)
    again = listen(at=at + timedelta(hours=1))

    assert (again, Alert.objects.count(), Unheard.objects.count()) == (0, 1, 0)


def test_an_order_that_was_only_reported_or_loaded_is_told_to_nobody(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    reported = directives.ReportedDirective(
        number="X-1", surely=CAMP, effect=Posture.SUSPENDED, authority="Somebody"
    )
    directives.report_directive(reported, by=OPERATOR, at=at)

    assert listen(at=at) == 1
    assert Alert.objects.count() == 0
