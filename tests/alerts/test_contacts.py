"""Contacts: one's own and others', unverified until shown to be right; wishes; messages written."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from cadre.access.models import Account
from cadre.access.permissions import NotAllowed
from cadre.access.queries import viewer_of
from cadre.accountability.actions import place_hold
from cadre.accountability.queries.when import When
from cadre.alerts import actions
from cadre.alerts.links import recipient_of, told_token
from cadre.alerts.models import (
    Alert,
    Attempt,
    Contact,
    Lane,
    Phase,
    QuietHours,
    Recipient,
    Subscription,
)
from cadre.alerts.queries.contacts import contacts, unreachable
from cadre.alerts.queries.ladders import DEPUTY, SELF, step
from cadre.alerts.queries.lists import by_link, own, to_acknowledge
from cadre.alerts.queries.reach import Audience, reach_of
from cadre.alerts.queries.shown import alert_shown
from cadre.core.alerts import Acknowledging, Ladder, Outcome, State
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.actions import Misfit
from cadre.mission.models import Person
from tests.alerts.conftest import Staff, attempts, make_account, recipient, told
from tests.directives.conftest import viewer

DUTY = viewer("duty_officer", "DE")
READER = viewer("reader")
REPRESENTATIVE = "senior_national_representative"


def noted(person: Person, by: Viewer, at: datetime, **values: object) -> Contact:
    given: dict[str, object] = {"channel": "sms", "address": "+47 900 11"} | values
    return actions.note_contact(actions.NewContact(person=person, **given), by=by, at=at)  # type: ignore[arg-type]  # the test says which


def test_own_contacts_come_before_the_directory_and_what_was_dropped_is_used_no_more(
    staff: Staff, at: datetime
) -> None:
    phone = staff.anna.phone
    first = noted(staff.anna, DUTY, at)
    listed = noted(staff.anna, DUTY, at, address=phone, position=2)

    def addresses() -> list[str]:
        found = contacts(OPERATOR, [staff.anna])[staff.anna]
        return [each.address for each in found if each.channel == "sms"]

    before = addresses()
    actions.drop_contact(first, by=DUTY, at=at)
    actions.drop_contact(listed, by=DUTY, at=at)

    assert (before, addresses()) == (["+47 900 11", phone], [])


def test_who_is_not_in_charge_of_contacts_notes_his_own_only(staff: Staff, at: datetime) -> None:
    anna = viewer("reader", "DE", name="anna")
    me = Viewer(**{**vars_of(anna), "account": staff.anna.email})

    assert noted(staff.anna, me, at).person == staff.anna
    with pytest.raises(NotAllowed):
        noted(staff.bert, me, at)


def vars_of(viewer: Viewer) -> dict[str, object]:
    return {name: getattr(viewer, name) for name in Viewer.__slots__}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"channel": "page"}, "channel"),
        ({"address": " "}, "address"),
        ({"channel": "email", "address": "no address"}, "address"),
    ],
)
def test_what_is_no_address_is_refused(
    staff: Staff, at: datetime, values: dict[str, object], field: str
) -> None:
    with pytest.raises(Misfit) as refused:
        noted(staff.anna, DUTY, at, **values)

    assert refused.value.field == field


def test_an_address_is_verified_by_whoever_answers_what_was_sent_to_it_alone(
    staff: Staff, at: datetime
) -> None:
    contact = noted(staff.anna, DUTY, at)
    alert = actions.ask_to_verify(contact, by=DUTY, at=at)
    attempt = Attempt.objects.get()
    assert (attempt.address, attempt.verified) == (contact.address, False)

    token = told_token(recipient(alert, staff.anna).pk)
    actions.acknowledge_by_link(token, at=at + timedelta(minutes=3))

    contact.refresh_from_db()
    assert (contact.verified_at, contact.verified_how) == (at + timedelta(minutes=3), "link")


def test_the_page_shows_no_link_that_would_verify_an_address(staff: Staff, at: datetime) -> None:
    make_account("anna", "reader", "DE")
    contact = noted(staff.anna, DUTY, at)
    alert = actions.ask_to_verify(contact, by=DUTY, at=at)
    me = viewer_of(Account.objects.get())

    (message,) = own(me, page=1, when=When(at, None, at)).object_list
    actions.acknowledge_as(alert, how="page", by=me, at=at)

    contact.refresh_from_db()
    assert (message.notice.link, contact.verified_at) == ("", None)


def test_nobody_vouches_for_his_own_address(staff: Staff, at: datetime) -> None:
    contact = noted(staff.anna, DUTY, at)
    me = Viewer(**{**vars_of(DUTY), "account": staff.anna.email})

    with pytest.raises(Refused):
        actions.verify_contact(contact, "I know it", by=me, at=at)
    actions.verify_contact(contact, "Called her", by=DUTY, at=at)

    contact.refresh_from_db()
    assert contact.verified_how == "Called her"


def test_who_cannot_be_reached_at_all_is_named(staff: Staff, at: datetime) -> None:
    with_all = unreachable(OPERATOR, staff.place.mission, now=at)
    contact = noted(staff.bert, DUTY, at, channel="email", address=staff.bert.email)
    actions.drop_contact(contact, by=DUTY, at=at)

    assert (with_all, unreachable(OPERATOR, staff.place.mission, now=at)) == ([], [staff.bert])


def test_wishes_are_ones_own(staff: Staff, heads: dict[str, Account], at: datetime) -> None:
    me = viewer_of(heads["france"])
    actions.set_quiet_hours(actions.Quiet(begins=time(22), ends=time(6)), by=me, at=at)
    wish = actions.Wish(mission=staff.place.mission, causes=["incident"], digest=True)
    actions.subscribe(wish, by=me, at=at)
    actions.subscribe(replace(wish, causes=[]), by=me, at=at)

    assert QuietHours.objects.get().account == heads["france"]
    assert Subscription.objects.get().dropped
    with pytest.raises(Refused):
        actions.subscribe(wish, by=READER, at=at)


# --- messages that somebody writes --------------------------------------------------------------

TEXTS = {"en": actions.Text(subject="Water", text="Do not drink it.")}


def message(staff: Staff, **more: object) -> actions.NewMessage:
    to = Audience(mission=staff.place.mission)
    values: dict[str, object] = {"to": to, "texts": TEXTS} | more
    return actions.NewMessage(**values)  # type: ignore[arg-type]  # the test says which


def test_a_message_reaches_its_audience_once_and_is_followed_by_an_all_clear(
    staff: Staff, at: datetime
) -> None:
    new = message(staff, to=Audience(mission=staff.place.mission, sites=frozenset({"CAMP"})))
    sent = actions.send(new, by=DUTY, at=at)
    with pytest.raises(Refused):
        actions.send(new, by=DUTY, at=at)
    clear = actions.follow(sent, Phase.ALL_CLEAR, TEXTS, key=uuid4(), by=DUTY, at=at)
    with pytest.raises(Refused):
        actions.follow(sent, Phase.UPDATE, TEXTS, key=uuid4(), by=DUTY, at=at)

    assert (told(sent), told(clear)) == ({"anna", "bert"}, {"anna", "bert"})
    assert (sent.number, clear.number) == ("M-A-2026-0001", "M-A-2026-0002")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"texts": {}}, "text"),
        ({"texts": {"en": actions.Text(subject="Water", text=" ")}}, "text"),
        ({"lane": Lane.LIFE_SAFETY}, "protective_action"),
        (
            {
                "ladder": Ladder(
                    Acknowledging.FIRST,
                    timedelta(minutes=10),
                    (step(0, SELF, "sms"), step(15, DEPUTY, "sms")),
                )
            },
            "ladder",
        ),
    ],
)
def test_a_message_that_lacks_something_is_refused_before_anybody_is_told(
    staff: Staff, at: datetime, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Misfit) as refused:
        actions.send(message(staff, **more), by=DUTY, at=at)

    assert (refused.value.field, Alert.objects.count()) == (field, 0)


def test_not_everybody_writes_messages(staff: Staff, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.send(message(staff), by=READER, at=at)


def test_before_it_is_sent_it_says_whom_it_would_reach_by_what(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    to = Audience(mission=staff.place.mission, roles=frozenset({"commander"}))

    found = reach_of(OPERATOR, to, at=at)

    assert (found.people, found.accounts) == (3, 1)
    assert found.by == {"email": 4, "sms": 2, "voice": 2, "page": 1}


# --- what the sender is shown -------------------------------------------------------------------


def shown(alert: Alert, viewer: Viewer, at: datetime) -> object:
    when = When(on=at, known_on=None, now=at)
    return alert_shown(viewer, alert.pk, page=1, when=when, live_page=True)


def test_the_sender_sees_who_was_not_reached_first_and_how_fast_the_others_were(
    staff: Staff, at: datetime
) -> None:
    ladder = Ladder(Acknowledging.EVERYONE, timedelta(hours=1), (step(0, SELF, "sms"),))
    alert = actions.send(message(staff, ladder=ladder), by=DUTY, at=at)
    anna = recipient(alert, staff.anna)
    later = at + timedelta(minutes=4)
    actions.acknowledge(anna, actions.Answer(how="api", by="x"), by=OPERATOR, at=later)

    found = shown(alert, OPERATOR, later)

    assert dict(found.counts) == {
        Outcome.NOT_REACHED: 1, Outcome.WAITING: 1, Outcome.ANSWERED: 1,
    }  # fmt: skip  # a table
    lines = found.recipients.object_list
    assert [each.row.person.code for each in lines[:2]] == ["bert", "chloe"]
    assert (lines[0].no_address, lines[1].unverified, lines[2].unverified) == (True, True, True)
    assert (found.asked, found.times.first, found.times.half) == (3, later, None)


def test_who_was_told_and_does_not_answer_in_time_is_silent_and_what_never_left_still_waits(
    staff: Staff, at: datetime
) -> None:
    ladder = Ladder(Acknowledging.EVERYONE, timedelta(hours=1), (step(0, SELF, "sms"),))
    alert = actions.send(message(staff, ladder=ladder), by=DUTY, at=at)
    sent = Attempt.objects.get(recipient__person=staff.anna)
    actions.note_receipt(str(sent.pk), State.DELIVERED, at=at)

    found = [shown(alert, OPERATOR, at + timedelta(minutes=each)).counts for each in (59, 60)]

    assert [dict(each) for each in found] == [
        {Outcome.NOT_REACHED: 1, Outcome.WAITING: 2},
        {Outcome.NOT_REACHED: 1, Outcome.WAITING: 1, Outcome.SILENT: 1},
    ]


def test_who_may_not_see_a_name_finds_it_counted(staff: Staff, at: datetime) -> None:
    alert = actions.send(message(staff), by=DUTY, at=at)

    found = shown(alert, viewer("duty_officer", "DE"), at)

    names = {each.row.person.code for each in found.recipients.object_list}
    assert names == {"anna", "bert"}
    assert (sum(found.counts.values()), sum(found.unnamed.values())) == (3, 1)


def test_a_name_that_is_held_is_counted_only_also_for_who_may_see_it_otherwise(
    staff: Staff, at: datetime
) -> None:
    alert = actions.send(message(staff), by=DUTY, at=at)
    place_hold(staff.anna, "Hit by the roadside.", by=viewer("commander", "DE"), at=at)
    when = When(on=at, known_on=None, now=at)

    def named(who: Viewer, *, live_page: bool) -> set[str]:
        found = alert_shown(who, alert.pk, page=1, when=when, live_page=live_page)
        return {each.row.person.code for each in found.recipients.object_list}

    planner, germany = viewer("training_planner", "DE"), viewer(REPRESENTATIVE, "DE")
    assert named(planner, live_page=True) == {"bert"}
    assert named(germany, live_page=True) == {"anna", "bert"}
    assert named(germany, live_page=False) == {"bert"}


# --- one's own ----------------------------------------------------------------------------------


def test_the_bell_counts_what_one_has_yet_to_acknowledge(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    to = Audience(mission=staff.place.mission, roles=frozenset({"commander"}), only_roles=True)
    alert = actions.send(message(staff, to=to), by=DUTY, at=at)
    me, other = viewer_of(heads["commander"]), viewer_of(heads["france"])
    before = (to_acknowledge(me, on=at), to_acknowledge(other, on=at))

    actions.acknowledge_as(alert, how="page", by=me, at=at)

    assert (before, to_acknowledge(me, on=at)) == ((1, 0), 0)
    with pytest.raises(Refused):
        actions.acknowledge_as(alert, how="page", by=other, at=at)
    assert attempts(alert) == {("commander", "page"), ("commander", "email")}


def test_a_link_shows_its_recipient_his_message_and_a_changed_one_nobody(
    staff: Staff, at: datetime
) -> None:
    alert = actions.send(message(staff), by=DUTY, at=at)
    token = told_token(recipient(alert, staff.anna).pk)
    wrong = ("B" if token[0] == "A" else "A") + token[1:]

    assert by_link(token, now=at).notice.text == "Do not drink it."
    assert (by_link(wrong, now=at), by_link("", now=at), recipient_of(token + "=")) == (
        None,
        None,
        None,
    )
    with pytest.raises(Refused):
        actions.acknowledge_by_link(wrong, at=at)


def test_who_acknowledges_twice_has_done_so_once(staff: Staff, at: datetime) -> None:
    alert = actions.send(message(staff), by=DUTY, at=at)
    token = told_token(Recipient.objects.get(alert=alert, person=staff.anna).pk)

    first = actions.acknowledge_by_link(token, at=at)

    assert actions.acknowledge_by_link(token, at=at + timedelta(minutes=1)) == first
