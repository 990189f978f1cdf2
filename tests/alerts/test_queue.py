"""The queue: leases, retries within bounds, the next address, doubles, lanes, quiet hours."""

from datetime import datetime, time, timedelta

import pytest

from cadre.access.actions import acting
from cadre.access.models import Account, marking_values
from cadre.alerts import actions
from cadre.alerts.actions.making import make_alert
from cadre.alerts.actions.sending import Done, Leased, begin, drop, finish, lease
from cadre.alerts.channels import Outcome
from cadre.alerts.models import (
    Alert,
    Attempt,
    AttemptEvent,
    Cause,
    Contact,
    Lane,
    Phase,
    QuietHours,
    Recipient,
    Subscription,
    Waiting,
    Why,
)
from cadre.alerts.queries.ladders import DEPUTY, SELF, step
from cadre.alerts.queries.new import Group, NewAlert
from cadre.alerts.queries.sending import over
from cadre.alerts.worker import Throttle
from cadre.core.alerts import MOST_TRIES, Acknowledging, Ladder, Rung, State
from cadre.core.releasability import OPERATOR
from tests.alerts.conftest import Staff, attempts
from tests.alerts.crowd import make_crowd, tell_crowd
from tests.directives.conftest import EARLIER

SENT = Outcome(sent=True, reference="r-1")
BUSY = Outcome(sent=False, again=True, reason="Busy.")
LOST = Outcome(sent=False, again=True, unclear=True, reason="Silent.")
NEVER = Outcome(sent=False, reason="Refused.")
KEYLESS = ("email",)


def tell(
    staff: Staff,
    at: datetime,
    *steps: Rung,
    lane: Lane = Lane.LIFE_SAFETY,
    key: str = "test",
    phase: Phase = Phase.FIRST,
    first: Alert | None = None,
) -> Alert:
    made = make_alert(
        NewAlert(
            cause=Cause.MESSAGE,
            cause_key=key,
            mission=staff.place.mission,
            lane=lane,
            phase=phase,
            first=first,
            content={"texts": {"en": {"subject": "S", "text": "T"}}},
            protective_action="Stay inside.",
            ladder=Ladder(
                Acknowledging.EVERYONE, timedelta(hours=1), steps or (step(0, SELF, "email"),)
            ),
            to=[Group(why=Why.THERE, people=[staff.anna.pk])],
        ),
        by=OPERATOR,
        at=at,
    )
    assert made is not None
    return made


def taken(at: datetime, worker: str = "a", lane: Lane = Lane.LIFE_SAFETY) -> list[Leased]:
    return lease(lane, worker, most=100, at=at)


def tried(at: datetime, outcome: Outcome) -> list[Leased]:
    """A worker takes what is due, sends it, and this comes of it."""
    held = taken(at)
    begin(held, "a", keyless=KEYLESS, at=at)
    finish([Done(each, outcome) for each in held], at=at)
    return held


def states(attempt: Attempt) -> list[str]:
    rows = AttemptEvent.objects.filter(attempt=attempt)
    return [row.state for row in rows.order_by("at")]


def test_what_one_worker_holds_no_other_takes(staff: Staff, at: datetime) -> None:
    tell(staff, at)

    assert [len(taken(at, worker)) for worker in ("a", "b")] == [1, 0]


def test_a_lease_that_ran_out_is_taken_and_its_holder_may_send_no_more(
    staff: Staff, at: datetime
) -> None:
    tell(staff, at)
    held = taken(at, "a")
    Waiting.objects.update(leased_until=datetime(2020, 1, 1, tzinfo=at.tzinfo))

    assert [each.tries for each in taken(at, "b")] == [2]
    assert begin(held, "a", keyless=KEYLESS, at=at) == set()
    assert len(begin(held, "b", keyless=KEYLESS, at=at)) == 1


def test_nothing_is_sent_before_it_is_due(staff: Staff, at: datetime) -> None:
    tell(staff, at)

    assert taken(at - timedelta(seconds=1)) == []


def test_what_did_not_go_out_is_tried_again_later_and_later_and_then_given_up(
    staff: Staff, at: datetime
) -> None:
    tell(staff, at)
    attempt = Attempt.objects.get()
    moment, waits = at, []
    for _each in range(MOST_TRIES):
        assert len(tried(moment, BUSY)) == 1
        row = Waiting.objects.filter(attempt=attempt).first()
        if row is not None:
            waits.append(row.due_at - moment)
            assert taken(row.due_at - timedelta(seconds=1)) == []
            moment = row.due_at

    assert waits == [timedelta(seconds=each) for each in (5, 10, 20, 40)]
    assert states(attempt) == [*["sending", "deferred"] * 4, "sending", "failed"]
    assert Waiting.objects.count() == 0


def test_where_the_other_side_wants_to_hear_nothing_it_hears_nothing(
    staff: Staff, at: datetime
) -> None:
    tell(staff, at)

    tried(at, Outcome(sent=False, again=True, wait=90))

    assert Waiting.objects.get().due_at == at + timedelta(seconds=90)


def test_a_failure_for_good_brings_the_next_address_then_the_next_step_at_once(
    staff: Staff, at: datetime
) -> None:
    with acting("test", by=OPERATOR, at=EARLIER):
        for position in (1, 2):
            Contact.objects.create(
                person=staff.anna, channel="sms", address=f"+4790{position}", position=position,
                **marking_values(staff.anna.marking),
            )  # fmt: skip  # one row
    alert = tell(staff, at, step(0, SELF, "sms"), step(20, DEPUTY, "email"))

    addresses = []
    for _each in range(2):
        addresses += [each.attempt.address for each in tried(at, NEVER)]

    assert addresses == ["+47901", "+47902"]
    assert attempts(alert, 1) == {("bert", "email")}


def test_while_another_channel_may_reach_him_the_next_step_waits(
    staff: Staff, at: datetime
) -> None:
    alert = tell(staff, at, step(0, SELF, "email", "sms"), step(20, DEPUTY, "email"))
    held = taken(at)
    begin(held, "a", keyless=KEYLESS, at=at)
    finish([Done(held[0], NEVER)], at=at)
    before = attempts(alert, 1)

    finish([Done(held[1], NEVER)], at=at)

    assert (before, attempts(alert, 1)) == (set(), {("bert", "email")})


def test_a_letter_that_comes_back_is_a_failure_like_any_other(staff: Staff, at: datetime) -> None:
    alert = tell(staff, at, step(0, SELF, "email"), step(20, DEPUTY, "email"))
    tried(at, SENT)

    known = [
        actions.note_receipt("r-1", State.FAILED, at=at, reason="Unknown."),
        actions.note_receipt("r-1", State.FAILED, at=at),
        actions.note_receipt("r-2", State.FAILED, at=at),
    ]

    assert known == [True, True, False]
    assert states(Attempt.objects.get(recipient__alert=alert, rung=0)) == [
        "sending", "sent", "failed",
    ]  # fmt: skip  # in order
    assert attempts(alert, 1) == {("bert", "email")}


@pytest.mark.parametrize(
    ("channel", "first", "perhaps"),
    [("email", LOST, True), ("email", BUSY, False), ("sms", LOST, False)],
)
def test_a_second_try_is_a_possible_double_where_nobody_knows_of_the_first_one(
    staff: Staff, at: datetime, channel: str, first: Outcome, *, perhaps: bool
) -> None:
    tell(staff, at, step(0, SELF, channel))
    tried(at, first)

    later = at + timedelta(minutes=1)
    begin(taken(later), "a", keyless=KEYLESS, at=later)

    last = AttemptEvent.objects.filter(state="sending").order_by("at").last()
    assert last.possible_double == perhaps


def test_after_a_worker_died_a_second_mail_is_a_possible_double(staff: Staff, at: datetime) -> None:
    tell(staff, at)
    begin(taken(at), "a", keyless=KEYLESS, at=at)
    Waiting.objects.update(leased_until=None)

    later = at + timedelta(minutes=1)
    begin(taken(later, "b"), "b", keyless=KEYLESS, at=later)

    doubles = AttemptEvent.objects.order_by("at").values_list("possible_double", flat=True)
    assert list(doubles) == [False, True]


def test_what_is_over_goes_out_no_more_and_says_why(staff: Staff, at: datetime) -> None:
    first = tell(staff, at)
    tell(staff, at, key="clear", phase=Phase.ALL_CLEAR, first=first)
    held = taken(at)
    reasons = over([each.attempt.pk for each in held])

    drop([each for each in held if each.attempt.pk in reasons], reasons, at=at)

    dropped = AttemptEvent.objects.get()
    assert dropped.attempt.recipient.alert == first
    assert (dropped.state, dropped.reason) == ("failed", "It was over before this went out.")
    assert Waiting.objects.get().attempt.recipient.alert.phase == Phase.ALL_CLEAR


# --- lanes --------------------------------------------------------------------------------------


def test_a_flood_of_ordinary_messages_holds_up_none_that_saves_lives(
    staff: Staff, at: datetime
) -> None:
    tell_crowd(staff.place, make_crowd(300), at, "email", "sms", lane=Lane.ORDINARY)
    tell(staff, at + timedelta(minutes=1), key="later")

    first = lease(Lane.LIFE_SAFETY, "a", most=10, at=at + timedelta(minutes=2))

    assert [each.attempt.recipient.alert.cause_key for each in first] == ["later"]
    assert Waiting.objects.filter(lane=Lane.ORDINARY).count() == 600


def test_who_only_wants_to_be_told_waits_in_the_ordinary_lane(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    with acting("test", by=OPERATOR, at=EARLIER):
        Subscription.objects.create(account=heads["france"], causes=["message"], digest=False)
    alert = tell(staff, at, step(0, SELF, "email", "page"))

    lanes = {
        (row.attempt.channel, row.attempt.recipient.why, row.lane)
        for row in Waiting.objects.select_related("attempt__recipient")
    }
    assert lanes == {
        ("email", "there", Lane.LIFE_SAFETY),
        ("email", "subscribed", Lane.ORDINARY),
        ("page", "subscribed", Lane.ORDINARY),
    }
    assert Recipient.objects.filter(alert=alert).count() == 2


@pytest.mark.parametrize(("lane", "hours"), [(Lane.ORDINARY, 10), (Lane.LIFE_SAFETY, 0)])
def test_quiet_hours_hold_up_ordinary_messages_only(
    staff: Staff, at: datetime, lane: Lane, hours: int
) -> None:
    night = at.replace(hour=20)
    with acting("test", by=OPERATOR, at=EARLIER):
        QuietHours.objects.create(person=staff.anna, begins=time(19), ends=time(6))

    tell(staff, night, lane=lane)

    assert Waiting.objects.get().due_at == night + timedelta(hours=hours)


def test_a_throttle_lets_out_so_many_in_a_minute_and_none_is_no_limit() -> None:
    slow, free = Throttle(60), Throttle(0)
    slow.at -= 3  # seconds

    assert (slow.left(16), slow.left(2), free.left(16)) == (3, 2, 16)
    slow.note(2)
    assert slow.left(16) == 0
