"""A name that is held leaves by no way out of alerts: each of them is tried with it and without."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access.actions import acting
from cadre.access.models import Account
from cadre.access.queries import viewer_of
from cadre.accountability.actions import inform_next_of_kin, place_hold
from cadre.accountability.queries import When
from cadre.accountability.queries.held_names import held_names
from cadre.alerts import actions
from cadre.alerts.actions.climbing import climb_due
from cadre.alerts.actions.listening import tick
from cadre.alerts.channels.environment import WaysOut
from cadre.alerts.models import Alert, Attempt, Cause, Lane
from cadre.alerts.queries.ladders import DEPUTY, SELF, step
from cadre.alerts.queries.lists import own
from cadre.alerts.queries.previews import carried
from cadre.alerts.queries.reach import Audience
from cadre.alerts.queries.sending import messages
from cadre.alerts.worker import Budget, Sender
from cadre.core.alerts import Acknowledging, Ladder
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.models import Person
from tests.alerts.conftest import Staff, make_account
from tests.directives.commanding import told

NAME = "Anna Fictional"
NAMES = (NAME, "anna@people.example", "ANNA")
SAID = actions.Text(subject="About Anna  Fictional", text="ANNA FICTIONAL (anna) is missed.")
TEXTS = {"en": SAID}
HELD = "[a name that is held]"

type Hold = Callable[[], None]


@pytest.fixture(autouse=True)
def clock(settings: Settings, at: datetime) -> datetime:
    now = at + timedelta(minutes=30)
    settings.CADRE_CLOCK = now.isoformat()
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.WAYS_OUT = WaysOut(outbox=True)
    return now


@pytest.fixture
def hold(staff: Staff, at: datetime) -> Hold:
    return lambda: place_hold(staff.anna, "Hit.", by=OPERATOR, at=at)


@pytest.fixture
def alert(staff: Staff, heads: dict[str, Account], at: datetime) -> Alert:
    """Anna and Bert are told of Anna; Bert stands in for her."""
    ladder = Ladder(
        Acknowledging.EVERYONE,
        timedelta(hours=1),
        (step(0, SELF, "page", "email"), step(10, DEPUTY, "email")),
    )
    to = Audience(mission=staff.place.mission, nations=frozenset({"DE"}))
    new = actions.NewMessage(
        to=to, texts=TEXTS, ladder=ladder, protective_action="Ask Anna Fictional."
    )
    made = actions.send(new, by=OPERATOR, at=at)
    climb_due(at=at + timedelta(minutes=11))
    return made


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def named(text: str) -> set[str]:
    return {each for each in NAMES if each in text}


# --- what goes out: every channel, digests -------------------------------------------------------


def gone_out(alert: Alert, now: datetime) -> str:
    rows = Attempt.objects.filter(recipient__alert=alert).exclude(recipient__person__code="anna")
    whole = rows.select_related(
        "recipient__alert__mission", "recipient__person__nation", "recipient__account"
    )
    found = messages(list(whole), now=now).values()
    return "\n".join(f"{each.subject}\n{each.text}" for each in found)


def test_a_message_goes_out_without_it(alert: Alert, hold: Hold, clock: datetime) -> None:
    before = gone_out(alert, clock)
    hold()
    after = gone_out(alert, clock)

    assert named(before.replace("  ", " ")) == {NAME, "ANNA"}
    assert "ANNA FICTIONAL (anna)" in before
    assert named(after) == set()
    assert f"{HELD} ({HELD}) is missed." in after
    assert f"Ask {HELD}." in after


def test_when_the_hold_is_over_it_goes_out_again(
    alert: Alert, staff: Staff, at: datetime, clock: datetime
) -> None:
    row = place_hold(staff.anna, "Hit.", by=OPERATOR, at=at)
    inform_next_of_kin(row, at, hours=1, by=OPERATOR, at=at)

    assert HELD in gone_out(alert, clock)
    assert HELD not in gone_out(alert, at + timedelta(hours=1))


def test_a_digest_goes_out_without_it(
    alert: Alert, heads: dict[str, Account], hold: Hold, at: datetime
) -> None:
    wish = actions.Wish(mission=None, causes=[Cause.MESSAGE], digest=True)
    actions.subscribe(wish, by=viewer_of(heads["duty"]), at=at)
    tick(at=at + timedelta(days=1))
    digest = Alert.objects.get(cause=Cause.DIGEST)
    before = gone_out(digest, at)
    hold()

    assert "About Anna  Fictional" in before
    assert f"About {HELD}" in gone_out(digest, at)


def test_the_outbox_shows_neither_his_messages_nor_his_name(
    alert: Alert, hold: Hold, clock: datetime
) -> None:
    for each in Lane:
        Sender(Budget(each, threads=1, most=100), "a", lambda: clock).round()
    client = browser(make_account("watch", "duty_officer", "DE"))
    before = client.get("/channels/outbox/").text, json.dumps(client.get("/api/v1/outbox").json())
    hold()
    after = client.get("/channels/outbox/").text, json.dumps(client.get("/api/v1/outbox").json())

    assert ["anna@people.example" in each for each in before] == [True, True]
    assert [named(each) for each in after] == [set(), set()]
    assert ["bert@people.example" in each for each in after] == [True, True]


# --- what programs, commands and pages are told -------------------------------------------------


def by_api(client: Client, alert: Alert) -> str:
    return client.get(f"/api/v1/alerts/{alert.pk}").text + client.get("/api/v1/alerts").text


def by_command(_client: Client, alert: Alert) -> str:
    return told("alerts", "show", alert.number) + told("alerts", "list")


def by_page(client: Client, alert: Alert) -> str:
    return client.get(f"/alerts/{alert.pk}/").text + client.get("/alerts/").text


@pytest.mark.parametrize("way", [by_api, by_command, by_page])
def test_how_an_alert_stands_is_told_without_it(
    alert: Alert, hold: Hold, way: Callable[[Client, Alert], str]
) -> None:
    client = browser(make_account("planner", "training_planner", "DE"))
    before = way(client, alert)
    hold()

    assert NAME in before
    assert named(way(client, alert)) == set()


@pytest.mark.parametrize("where", ["/api/v1/people/anna/contacts", "/people/anna/contacts/"])
def test_the_addresses_of_who_is_held_are_told_to_nobody(hold: Hold, where: str) -> None:
    client = browser(make_account("planner", "training_planner", "DE"))
    before = client.get(where)
    hold()

    assert "anna@people.example" in before.text
    assert client.get(where).status_code == 404


def test_who_has_to_act_finds_the_addresses_on_the_page_only(staff: Staff, hold: Hold) -> None:
    client = browser(make_account("watch", "duty_officer", "DE"))
    hold()

    assert "anna@people.example" in client.get("/people/anna/contacts/").text
    assert client.get("/api/v1/people/anna/contacts").status_code == 404


def test_who_cannot_be_reached_is_named_without_it(
    staff: Staff, at: datetime, clock: datetime
) -> None:
    client = browser(make_account("planner", "training_planner", "DE"))
    with acting("test", by=OPERATOR, at=at):
        Person.objects.filter(pk=staff.bert.pk).update(email="")
    before = client.get("/missions/M/reach/").text
    place_hold(staff.bert, "Hit.", by=OPERATOR, at=at)

    assert "Bert Fictional" in before
    assert "Bert Fictional" not in client.get("/missions/M/reach/").text


def test_ones_own_message_and_the_preview_are_without_it(
    alert: Alert, staff: Staff, hold: Hold, clock: datetime
) -> None:
    account = make_account("bert", "adviser", "DE")
    actions.follow(alert, "update", TEXTS, key=staff.anna.pk, by=OPERATOR, at=clock)
    me = Viewer("bert", OPERATOR.clearance, account=account.email)
    hold()
    [mine] = own(me, page=1, when=When(clock, None, clock)).object_list
    shown = "\n".join(each.text for each in carried(OPERATOR, alert, "en", now=clock))

    assert named(f"{mine.notice.subject} {mine.notice.text} {shown}") == set()
    assert HELD in mine.notice.subject


@pytest.mark.django_db
def test_a_name_is_found_as_words_only_and_the_longest_first(
    staff: Staff, hold: Hold, at: datetime
) -> None:
    hold()
    held = held_names(now=at)

    assert held.out_of("Savanna, Anna Fictional, anna.") == f"Savanna, {HELD}, {HELD}."
