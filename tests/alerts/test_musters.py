"""Musters: everybody who is counted is asked until he is accounted for, then told it is over."""

from datetime import datetime, timedelta

from cadre.access.models import Account
from cadre.accountability import actions as counting
from cadre.accountability.links import entry_of, muster_and_warden_of
from cadre.accountability.models import Muster, MusterEntry
from cadre.alerts.actions import tick
from cadre.alerts.actions.answering import take_check_ins
from cadre.alerts.actions.climbing import climb_due
from cadre.alerts.actions.listening import listen
from cadre.alerts.models import Acknowledgement, Alert, Attempt, Cause, Lane, Phase
from cadre.alerts.queries.sending import messages
from cadre.core.releasability import OPERATOR
from cadre.mission.models import Person
from tests.alerts.conftest import Staff, attempts, make_list, told


def opened(staff: Staff, at: datetime, **more: object) -> Muster:
    new = counting.NewMuster(mission=staff.place.mission, title="After the shots", **more)
    muster = counting.open_muster(new, by=OPERATOR, at=at)
    listen(at=at)
    return muster


def check_in(person: Person, state: str, at: datetime) -> None:
    said = counting.Said(state=state, occurred_at=at)
    counting.check_in(counting.NewCheckIn(person=person, said=said), by=OPERATOR, at=at)
    take_check_ins(at=at)


def asked() -> Alert:
    return Alert.objects.get(cause=Cause.MUSTER, phase=Phase.FIRST, acknowledging="everyone")


def link_of(alert: Alert, who: str, channel: str) -> tuple[str, str]:
    rows = list(
        Attempt.objects.filter(recipient__alert=alert, channel=channel).select_related(
            "recipient__alert__mission", "recipient__person__nation", "recipient__account"
        )
    )
    row = next(each for each in rows if each.recipient.person.code == who)
    message = messages(rows, now=alert.made_at)[row.pk]
    return message.link, message.text


def test_everybody_who_is_counted_is_asked_at_once_with_a_link_of_his_own(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    muster = opened(staff, at, protective_action="Take cover.")

    alert = asked()
    link, text = link_of(alert, "anna", "sms")
    entry = MusterEntry.objects.get(muster=muster, person=staff.anna)
    assert told(alert) == {"anna", "bert", "chloe"}
    assert (alert.lane, alert.protective_action) == (Lane.LIFE_SAFETY, "Take cover.")
    assert entry_of(link.rstrip("/").rpartition("/")[2]) == entry.pk
    assert muster.code in text
    assert "shots" not in text


def test_an_exercise_says_so_in_every_message(staff: Staff, at: datetime) -> None:
    opened(staff, at, exercise=True)

    alert = asked()
    _link, short = link_of(alert, "anna", "sms")
    _link, whole = link_of(alert, "anna", "email")
    assert alert.exercise
    assert "EXERCISE" in short
    assert "EXERCISE" in whole


def test_wardens_get_their_list_at_once_and_nobody_waits_for_them(
    staff: Staff, at: datetime
) -> None:
    make_list(staff, staff.place.camp, warden=staff.anna)
    muster = opened(staff, at)

    alert = Alert.objects.get(cause=Cause.MUSTER, acknowledging="")
    link, _text = link_of(alert, "anna", "sms")
    found = muster_and_warden_of(link.rstrip("/").rpartition("/")[2])
    assert told(alert) == {"anna"}
    assert found is not None and found[0] == muster.pk


def test_who_has_checked_in_is_asked_no_more_and_who_was_unclear_is(
    staff: Staff, at: datetime
) -> None:
    opened(staff, at)
    check_in(staff.anna, "safe", at + timedelta(minutes=1))
    check_in(staff.chloe, "", at + timedelta(minutes=1))

    climb_due(at=at + timedelta(minutes=5))

    alert = asked()
    assert [each.recipient.person for each in Acknowledgement.objects.all()] == [staff.anna]
    assert Acknowledgement.objects.get().at == at + timedelta(minutes=1)
    assert attempts(alert, 1) == {("chloe", "voice")}


def test_who_needs_help_has_answered(staff: Staff, at: datetime) -> None:
    opened(staff, at)
    check_in(staff.anna, "need help", at + timedelta(minutes=1))

    assert Acknowledgement.objects.get().recipient.person == staff.anna


def test_the_ladder_of_a_silent_person_leads_to_deputy_warden_and_duty_officer(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    make_list(staff, staff.place.camp, warden=staff.chloe)
    opened(staff, at)
    check_in(staff.bert, "safe", at)
    check_in(staff.chloe, "safe", at)

    for minutes in (5, 10, 15, 45):
        climb_due(at=at + timedelta(minutes=minutes))

    alert = asked()
    assert [attempts(alert, rung) for rung in range(1, 5)] == [
        {("anna", "voice")},
        set(),  # Bert is her deputy, and has no phone, no account and no browser
        {("chloe", "sms"), ("chloe", "voice")},
        {("duty", "page"), ("duty", "email")},
    ]


def test_closing_is_told_to_everybody_who_was_told_and_ends_the_asking(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    muster = opened(staff, at)
    check_in(staff.anna, "safe", at)
    counting.close_muster(muster, "False alarm.", by=OPERATOR, at=at + timedelta(minutes=2))
    listen(at=at + timedelta(minutes=2))

    climb_due(at=at + timedelta(hours=1))

    clear = Alert.objects.get(phase=Phase.ALL_CLEAR)
    assert (clear.first, clear.lane) == (asked(), Lane.LIFE_SAFETY)
    assert told(clear) == {"anna", "bert", "chloe"}
    assert attempts(asked(), 1) == set()


def test_who_said_something_too_long_ago_is_asked_again_once(staff: Staff, at: datetime) -> None:
    opened(staff, at, recheck_minutes=30)
    check_in(staff.anna, "sheltering", at)

    told_of = [tick(at=at + timedelta(minutes=each)) for each in (29, 30, 31)]
    again = Alert.objects.get(cause=Cause.RECHECK)
    assert (told_of, told(again)) == ([0, 1, 0], {"anna"})

    check_in(staff.anna, "safe", at + timedelta(minutes=40))
    answered = Acknowledgement.objects.filter(recipient__alert=again)
    assert answered.count() == 1
    assert tick(at=at + timedelta(minutes=69)) == 0
    assert tick(at=at + timedelta(minutes=70)) == 1
