"""What time alone brings: told once to whoever owns it, then to whom it passes."""

from datetime import datetime, timedelta

import pytest

from cadre.access.actions import acting
from cadre.access.models import Account
from cadre.alerts import actions
from cadre.alerts.models import Alert, Attempt, Cause, Subscription
from cadre.alerts.queries.sending import messages
from cadre.core.posture import Scope
from cadre.core.releasability import OPERATOR, Marking
from cadre.directives.models import Checklist, Precaution
from cadre.mission.actions import Grounds
from tests.alerts.conftest import Staff, issue, told
from tests.directives.conftest import EARLIER


@pytest.mark.parametrize(
    ("owner", "whom"),
    [
        ("P-anna", {"anna"}),
        ("adviser anna", {"anna"}),
        ("Duty officer", {"duty"}),
        ("duty_officer", {"duty"}),
        ("Officier de permanence", {"duty"}),
        ("J3", {"duty", "commander"}),  # nobody is called so: it is not left to nobody
    ],
)
def test_an_overdue_review_is_told_once_to_whoever_owns_it(
    staff: Staff, heads: dict[str, Account], at: datetime, owner: str, whom: set[str]
) -> None:
    issue(at, review_owner=owner)

    counts = [actions.tick(at=at + timedelta(hours=each)) for each in (23, 24, 25)]

    assert counts == [0, 1, 0]
    assert told(Alert.objects.get(cause=Cause.REVIEW)) == whom


def open_list(staff: Staff, at: datetime, *sites: str) -> None:
    stated = {"recorded_at": at, "recorded_by": "x", "known_from": at}
    with acting("test", by=OPERATOR, at=at):
        checklist = Checklist.objects.create(
            mission=staff.place.mission, number="M-P-1", title="Usual", sites=list(sites),
            opened_at=at, opened_by="x", **stated,
        )  # fmt: skip  # one row
        for site in sites:
            Precaution.objects.create(
                checklist=checklist, position=1, text="Shut the gate", site=site, owner="P-anna",
                due_at=at + timedelta(minutes=30), escalates_to="Duty officer",
                escalates_at=at + timedelta(minutes=60), **stated,
            )  # fmt: skip  # one row


def test_overdue_precautions_of_one_owner_are_told_together_and_passed_on_once(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    open_list(staff, at, "CAMP", "FORT")

    counts = [actions.tick(at=at + timedelta(minutes=each)) for each in (29, 30, 59, 60, 61)]

    assert counts == [0, 1, 0, 1, 0]
    first, second = Alert.objects.order_by("made_at")
    assert (told(first), first.content["count"]) == ({"anna"}, 2)
    assert told(second) == {"duty"}


# --- the daily digest ---------------------------------------------------------------------------


def want(account: Account, *causes: str) -> None:
    with acting("test", by=OPERATOR, at=EARLIER):
        Subscription.objects.create(account=account, causes=list(causes), digest=True)


def digest_of(name: str) -> str:
    alert = Alert.objects.get(cause=Cause.DIGEST)
    rows = list(
        Attempt.objects.filter(recipient__alert=alert, channel="page").select_related(
            "recipient__alert__mission", "recipient__person__nation", "recipient__account"
        )
    )
    assert [row.recipient.account.name for row in rows] == [name]
    return messages(rows, now=alert.made_at)[rows[0].pk].text


def test_once_a_day_whoever_wants_it_reads_what_he_may_see_of_the_day(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    want(heads["france"], "directive", "stop")
    issue(at, reason_code="other", reason="Rest")
    hidden = Grounds(marking=Marking(releasable_to=frozenset({"DE"})))
    issue(
        at + timedelta(minutes=1), scope=Scope("M", None, None, frozenset({"DE"})), grounds=hidden
    )

    counts = [
        actions.tick(at=(at + timedelta(days=days)).replace(hour=hour))
        for days, hour in ((0, 13), (1, 4), (1, 6), (1, 7))
    ]

    assert [Alert.objects.filter(cause=Cause.DIGEST).count(), counts[0]] == [1, 0]
    assert digest_of("france").splitlines()[0] == "M-A-2026-0001: M-D-2026-001: suspended"
    assert "M-D-2026-002" not in digest_of("france")


def test_on_a_day_without_anything_there_is_no_digest(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    want(heads["france"], "incident")
    issue(at)

    actions.tick(at=at + timedelta(hours=20))

    assert not Alert.objects.filter(cause=Cause.DIGEST).exists()
