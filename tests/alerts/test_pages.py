"""Pages of alerts: what was sent, whom it reached, one's own messages, links without sign-in."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access.models import Account
from cadre.alerts import actions
from cadre.alerts.actions.resending import send_again
from cadre.alerts.actions.watching import beat, end_beat
from cadre.alerts.links import told_path
from cadre.alerts.models import (
    Acknowledgement,
    Alert,
    Attempt,
    AttemptEvent,
    Contact,
    Ladder,
    Lane,
    Phase,
    QuietHours,
    Recipient,
    Rung,
    Subscription,
)
from cadre.alerts.queries.reach import Audience
from cadre.core.alerts import State
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Marking
from cadre.mission import actions as mission
from cadre.mission.models import Organisation
from tests.alerts.conftest import Place, Staff, issue, make_account, recipient

pytestmark = pytest.mark.usefixtures("clock")

WORDS = {"en": actions.Text(subject="Water", text="Boil it until noon.")}
WRITTEN = {
    "lane": "0", "protective_action": "Boil it.", "to": "everybody", "subject_en": "Water",
    "text_en": "Boil it until noon.", "asks": "everyone", "window_minutes": "60",
}  # fmt: skip  # one form


@pytest.fixture
def clock(settings: Settings, at: datetime) -> datetime:
    now = at + timedelta(minutes=30)
    settings.CADRE_CLOCK = now.isoformat()
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    return now


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def sent(staff: Staff, at: datetime, **changes: object) -> Alert:
    values: dict[str, object] = {
        "to": Audience(mission=staff.place.mission),
        "texts": WORDS,
        "lane": Lane.LIFE_SAFETY,
        "protective_action": "Boil it.",
    }
    return actions.send(actions.NewMessage(**values | changes), by=OPERATOR, at=at)


def failed(of: Recipient, at: datetime) -> None:
    """Every attempt to reach somebody fails, also those by the next steps of the ladder."""
    done: set[object] = set()
    while rows := Attempt.objects.filter(recipient=of).exclude(pk__in=done):
        for attempt in rows:
            actions.note_receipt(
                str(attempt.pk), State.FAILED, at=at, reason="This address is no longer in use."
            )
            done.add(attempt.pk)


def test_who_was_not_reached_stands_first_and_is_named(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    alert = sent(staff, at)
    failed(recipient(alert, staff.chloe), at + timedelta(minutes=1))
    client = browser(make_account("all", "duty_officer", "DE", "FR", "DK"))

    listed = client.get("/alerts/").text
    page = client.get(f"/alerts/{alert.pk}/")

    assert alert.number in listed
    assert "Life-safety messages that did not reach somebody" in listed
    assert page.context["counts"][0] == ("not reached", 1)
    assert page.context["recipients"][0].read.row.person == staff.chloe
    assert "This address is no longer in use." in page.text
    assert "One person was not reached by anything." in page.text


def test_a_name_is_shown_to_its_nation_and_only_counted_for_others(
    place: Place, heads: dict[str, Account], at: datetime
) -> None:
    own = Marking(releasable_to=frozenset(), originator="FR")
    yves = mission.add_person(
        mission.NewPerson(
            code="yves", name="Yves Fictional", nation=Organisation.objects.get(code="FR"),
            email="yves@people.example", marking=own,
        ),
        by=OPERATOR,
        at=at,
    )  # fmt: skip  # one person
    to = Audience(mission=place.mission, people=frozenset({"yves", "anna"}))
    alert = actions.send(actions.NewMessage(to=to, texts=WORDS), by=OPERATOR, at=at)
    france = browser(heads["france"]).get(f"/alerts/{alert.pk}/")
    germany = browser(heads["germany"]).get(f"/alerts/{alert.pk}/")

    assert (yves.name in france.text, yves.name in germany.text) == (True, False)
    assert "yves@people.example" not in germany.text
    assert dict(france.context["counts"]) == dict(germany.context["counts"])
    assert germany.context["unnamed"] == [("waiting", 1)]


def test_who_may_not_read_alerts_is_refused(staff: Staff, at: datetime) -> None:
    alert = sent(staff, at)
    press = browser(make_account("press", "press_officer", "NO"))

    assert press.get("/alerts/").status_code == 403
    assert press.get(f"/alerts/{alert.pk}/").status_code == 403


def test_a_message_is_looked_at_before_it_is_sent(
    staff: Staff, heads: dict[str, Account], clock: datetime
) -> None:
    client = browser(heads["duty"])
    looked = client.post("/missions/M/alerts/new/", WRITTEN | {"look": "1"})
    before = Alert.objects.count()
    key = looked.context["form"]["key"].value()
    answer = client.post("/missions/M/alerts/new/", WRITTEN | {"key": key or "", "send": "1"})

    assert (looked.status_code, before) == (200, 0)
    assert looked.context["looked"].reach.people == 3
    assert looked.context["looked"].fits is True
    assert "Boil it until noon." in looked.text
    alert = Alert.objects.get()
    assert answer["Location"] == f"/alerts/{alert.pk}/"
    assert (alert.protective_action, alert.window_minutes) == ("Boil it.", 60)


def test_a_text_message_is_shown_without_the_words_of_the_message(
    staff: Staff, heads: dict[str, Account]
) -> None:
    looked = browser(heads["duty"]).post("/missions/M/alerts/new/", WRITTEN | {"look": "1"})
    [(_language, carried)] = looked.context["looked"].texts
    by_sms = next(each for each in carried if each.channel == "sms")
    by_mail = next(each for each in carried if each.channel == "email")

    assert "Boil" not in by_sms.text + by_sms.subject
    assert "Boil it until noon." in by_mail.text


def test_a_life_safety_message_without_what_to_do_is_refused_beside_its_field(
    staff: Staff, heads: dict[str, Account]
) -> None:
    answer = browser(heads["duty"]).post(
        "/missions/M/alerts/new/", WRITTEN | {"protective_action": " "}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["protective_action"] == ["Say what people are to do."]
    assert Alert.objects.count() == 0


def test_a_ladder_that_does_not_fit_is_refused_with_the_figures(
    staff: Staff, heads: dict[str, Account]
) -> None:
    short = WRITTEN | {"window_minutes": "15"}
    client = browser(heads["duty"])
    looked = client.post("/missions/M/alerts/new/", short | {"look": "1"})
    answer = client.post("/missions/M/alerts/new/", short)

    assert looked.context["looked"].fits is False
    assert 'name="send"' not in looked.text
    assert (answer.status_code, Alert.objects.count()) == (422, 0)
    assert "after 20 minutes, but there are only 15" in answer.text


def test_who_may_not_send_is_refused(staff: Staff) -> None:
    adviser = browser(make_account("lena", "adviser", "NO"))

    assert adviser.get("/missions/M/alerts/new/").status_code == 403
    assert adviser.post("/missions/M/alerts/new/", WRITTEN).status_code == 403
    assert Alert.objects.count() == 0


def test_an_all_clear_follows_the_first_message_and_ends_it(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    alert = sent(staff, at)
    client = browser(heads["duty"])
    said = {"subject_en": "Water", "text_en": "It is good."}
    answer = client.post(f"/alerts/{alert.pk}/all-clear/", said)
    page = client.get(answer["Location"])
    twice = client.post(f"/alerts/{alert.pk}/cancel/", said)

    last = Alert.objects.get(first=alert)
    assert last.phase == Phase.ALL_CLEAR
    assert [each.pk for each in page.context["found"].chain] == [alert.pk, last.pk]
    assert (twice.status_code, "This is over already." in twice.text) == (422, True)
    assert client.get(f"/alerts/{alert.pk}/nonsense/").status_code == 404


def test_an_exercise_says_so_on_its_page(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    real, exercise = sent(staff, at), sent(staff, at, exercise=True)
    client = browser(heads["duty"])

    pages = {each: client.get(f"/alerts/{each.pk}/").text for each in (real, exercise)}

    assert ("EXERCISE" in pages[real], "EXERCISE" in pages[exercise]) == (False, True)


def test_those_who_were_not_reached_are_told_once_more(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    alert = sent(staff, at)
    of = recipient(alert, staff.chloe)
    failed(of, at + timedelta(minutes=1))
    before = Attempt.objects.filter(recipient=of).count()
    answer = browser(heads["duty"]).post(f"/alerts/{alert.pk}/again/")

    assert answer.status_code == 302
    assert Attempt.objects.filter(recipient=of).count() > before
    others = Recipient.objects.filter(alert=alert).exclude(pk=of.pk).exclude(rung__gt=0)
    assert all(Attempt.objects.filter(recipient=each, number=2).count() == 0 for each in others)


def test_nobody_is_told_again_where_nothing_failed(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    alert = sent(staff, at)

    with pytest.raises(Refused, match="nobody whom nothing reached"):
        send_again(alert, by=OPERATOR, at=at)


# --- one's own ---------------------------------------------------------------------------------


def test_ones_own_message_is_counted_in_the_masthead_and_acknowledged_in_one_press(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    issue(at)
    client = browser(heads["duty"])
    before = client.get("/messages/")
    [own] = before.context["page"].object_list
    client.get(f"/messages/{own.row.pk}/")
    opened = Acknowledgement.objects.count()
    client.post(f"/messages/{own.row.pk}/acknowledge/")
    after = client.get("/messages/")

    assert "1 message to answer" in before.text
    assert opened == 0
    assert [(each.recipient_id, each.how) for each in Acknowledgement.objects.all()] == [
        (own.row.pk, "page")
    ]
    assert "message to answer" not in after.text
    assert AttemptEvent.objects.filter(attempt__recipient=own.row, state="read").count() == 1


def test_nobody_reads_or_acknowledges_the_message_of_another(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    issue(at)
    own = Recipient.objects.get(account=heads["commander"])
    client = browser(heads["duty"])

    assert client.get(f"/messages/{own.pk}/").status_code == 404
    assert client.post(f"/messages/{own.pk}/acknowledge/").status_code == 404
    assert Acknowledgement.objects.count() == 0


# --- without signing in ------------------------------------------------------------------------


def test_a_link_shows_the_message_and_only_the_press_acknowledges(
    staff: Staff, at: datetime
) -> None:
    alert = sent(staff, at)
    of = recipient(alert, staff.anna)
    stranger = Client()
    shown = stranger.get(told_path(of.pk))
    head = stranger.head(told_path(of.pk))
    opened = Acknowledgement.objects.count()
    pressed = stranger.post(told_path(of.pk))

    assert (shown.status_code, head.status_code, opened) == (200, 200, 0)
    assert "Boil it until noon." in shown.text
    assert "Acknowledged" in pressed.text
    assert [(each.recipient_id, each.how) for each in Acknowledgement.objects.all()] == [
        (of.pk, "link")
    ]


def test_a_wrong_link_says_nothing_about_anybody(staff: Staff, at: datetime) -> None:
    alert = sent(staff, at)
    path = told_path(recipient(alert, staff.anna).pk)
    wrong = path[:-3] + ("AA/" if path[-3:-1] != "AA" else "BB/")
    answers = [Client().get(wrong), Client().post(wrong), Client().get("/acknowledge/x/")]

    assert {each.status_code for each in answers} == {404}
    assert len({each.text for each in answers}) == 1
    assert "Water" not in answers[0].text
    assert Acknowledgement.objects.count() == 0


def test_a_link_is_read_in_the_language_of_its_recipient(staff: Staff, at: datetime) -> None:
    words = WORDS | {"fr": actions.Text(subject="Eau", text="Faites-la bouillir.")}
    alert = sent(staff, at, texts=words)

    page = Client().get(told_path(recipient(alert, staff.chloe).pk)).text

    assert ('lang="fr"' in page, "Faites-la bouillir." in page) == (True, True)


def test_a_link_reads_no_more_than_its_recipient_may(staff: Staff, at: datetime) -> None:
    hidden = Marking(releasable_to=frozenset({"FR"}))
    alert = sent(staff, at, marking=hidden)

    german = Client().get(told_path(recipient(alert, staff.anna).pk)).text
    french = Client().get(told_path(recipient(alert, staff.chloe).pk)).text

    assert ("Boil it" in german, "Boil it" in french) == (False, True)


# --- how people are reached --------------------------------------------------------------------


def own_account(staff: Staff) -> Client:
    account = make_account("anna", "adviser", "DE")
    assert account.email == staff.anna.email
    return browser(account)


def test_somebody_notes_and_drops_an_own_address_and_cannot_verify_it(staff: Staff) -> None:
    client = own_account(staff)
    client.post("/people/anna/contacts/new/", {"channel": "sms", "address": "+4711"})
    row = Contact.objects.get(address="+4711")
    page = client.get("/messages/how/").text
    refused = client.post(f"/contacts/{row.pk}/verify/", {"how": "It is mine."})
    client.post(f"/contacts/{row.pk}/ask/")
    asked = Attempt.objects.get(address="+4711")
    of = asked.recipient
    Client().post(told_path(of.pk))
    row.refresh_from_db()
    verified = row.verified_how
    client.post(f"/contacts/{row.pk}/drop/")
    row.refresh_from_db()

    assert ("+4711" in page, "not verified" in page) == (True, True)
    assert refused.status_code in {403, 422}
    assert (verified, row.dropped) == ("link", True)


def test_nobody_changes_the_addresses_of_another_without_the_role(staff: Staff) -> None:
    client = own_account(staff)

    answer = client.post("/people/bert/contacts/new/", {"channel": "sms", "address": "+4711"})

    assert (answer.status_code, Contact.objects.count()) == (403, 0)


def test_quiet_hours_and_wishes_are_ones_own(staff: Staff) -> None:
    client = own_account(staff)
    client.post(
        "/messages/how/quiet/", {"begins": "22:00", "ends": "06:00", "zone": "Asia/Baghdad"}
    )
    client.post("/messages/how/subscribe/", {"when": "daily", "causes": ["incident"]})
    kept = QuietHours.objects.get()
    wish = Subscription.objects.get()
    page = client.get("/messages/how/").text
    client.post("/messages/how/quiet/", {"zone": ""})

    assert (kept.account.email, kept.zone) == (staff.anna.email, "Asia/Baghdad")
    assert (wish.causes, wish.digest, wish.mission) == (["incident"], True, None)
    assert "From 22:00 until 06:00, Asia/Baghdad." in page
    kept.refresh_from_db()
    assert kept.dropped is True


def test_a_mission_sets_its_ladder_and_one_that_does_not_fit_is_refused(
    staff: Staff, heads: dict[str, Account]
) -> None:
    client = browser(heads["duty"])
    said = {
        "acknowledging": "first", "window_minutes": "60",
        "steps": "0 self sms email\n30 duty_officer page",
    }  # fmt: skip  # one form
    client.post("/missions/M/ladders/change/?cause=muster", said)
    late = client.post("/missions/M/ladders/change/?cause=", said | {"window_minutes": "20"})
    unread = client.post("/missions/M/ladders/change/?cause=", said | {"steps": "soon"})

    assert Ladder.objects.get().cause == "muster"
    assert [(each.after_minutes, each.to) for each in Rung.objects.order_by("position")] == [
        (0, "self"), (30, "duty_officer")
    ]  # fmt: skip  # pairs
    assert (late.status_code, "after 30 minutes, but there are only 20" in late.text) == (422, True)
    assert unread.status_code == 422
    assert "duty officer" in client.get("/missions/M/ladders/").text.casefold()


# --- whether it works --------------------------------------------------------------------------


def test_a_probe_hears_whether_anybody_works_and_nothing_else(staff: Staff, at: datetime) -> None:
    silent = Client().get("/heartbeat/")
    beat("one", every=1.0)
    alive = Client().get("/heartbeat/")
    sent(staff, at - timedelta(minutes=10))
    stuck = Client().get("/heartbeat/")
    end_beat("one")

    assert (silent.status_code, silent.text) == (503, "no worker\n")
    assert (alive.status_code, alive.text) == (200, "ok\n")
    assert (stuck.status_code, stuck.text) == (503, "messages wait\n")


def test_the_first_screen_warns_where_nobody_ever_sent_what_waits(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    client, words = browser(heads["duty"]), "No worker answers: nothing goes out."
    nothing_to_send = client.get("/").text
    sent(staff, at)
    waits = [client.get(page).text for page in ("/", "/channels/")]
    beat("one", every=1)

    assert words not in nothing_to_send
    assert [words in text for text in waits] == [True, True]
    assert words not in client.get("/").text


def test_channels_are_tested_by_who_may(staff: Staff, heads: dict[str, Account]) -> None:
    adviser = own_account(staff)

    assert adviser.post("/channels/test/").status_code == 403
    assert browser(heads["duty"]).post("/channels/test/").status_code == 302
    assert "text message" in adviser.get("/channels/").text


def test_the_outbox_is_closed_where_messages_are_real(
    staff: Staff, heads: dict[str, Account], settings: Settings
) -> None:
    adviser = own_account(staff)
    real = adviser.get("/channels/outbox/").status_code
    settings.CADRE_DEMO = True
    played = adviser.get("/channels/outbox/").status_code

    assert (real, played) == (403, 200)
