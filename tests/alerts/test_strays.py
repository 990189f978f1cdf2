"""Answers that nobody could be found for are shown to whom they concern, by every door."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access.models import Account
from cadre.access.permissions import NotAllowed
from cadre.access.queries import viewer_of
from cadre.accountability.actions import NewMuster, open_muster, place_hold
from cadre.alerts import actions
from cadre.alerts.channels.webhooks import Reply
from cadre.alerts.models import StrayReply
from cadre.alerts.queries.reach import Audience
from cadre.alerts.queries.strays import waiting
from cadre.core.releasability import OPERATOR
from cadre.mission import actions as mission
from cadre.mission.models import Mission
from tests.alerts.conftest import PHONE, Staff, make_account
from tests.directives.commanding import told

STRANGER = "+15550000"
ANNAS, CHLOES = f"{PHONE}0001", f"{PHONE}0002"
WORDS = {"en": actions.Text(subject="Water", text="Boil it.")}


@pytest.fixture(autouse=True)
def clock(settings: Settings, at: datetime) -> datetime:
    now = at + timedelta(minutes=30)
    settings.CADRE_CLOCK = now.isoformat()
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    return now


@pytest.fixture
def other(at: datetime) -> Mission:
    """Another mission, whose duty officer has nothing to do with the first."""
    return mission.found_mission(mission.NewMission(code="OTHER", name="Other"), by=OPERATOR, at=at)


def heard(sender: str, text: str, at: datetime) -> StrayReply:
    said = Reply(id=str(uuid4()), at=at, channel="sms", sender=sender, text=text, attempt="")
    assert actions.hear_answer(said, at=at) == "for a person"
    return StrayReply.objects.get(key=said.key)


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


type Door = Callable[[Account], str]


def by_page(account: Account) -> str:
    return browser(account).get("/alerts/answers/").text


def by_api(account: Account) -> str:
    return browser(account).get("/api/v1/answers").text


def by_command(account: Account) -> str:
    return told("alerts", "answers", "--as", account.email)


def read(door: Door, account: Account) -> set[str]:
    """Whose words an account reads there."""
    text = door(account)
    return {word for word in ("of Anna", "of Chloe", "of somebody") if word in text}


@pytest.mark.parametrize("door", [by_page, by_api, by_command])
def test_one_nations_representative_reads_no_words_of_another_nations_people(
    staff: Staff, heads: dict[str, Account], at: datetime, door: Door
) -> None:
    heard(ANNAS, "Words of Anna", at)
    heard(CHLOES, "Words of Chloe", at)
    heard(STRANGER, "Words of somebody", at)

    assert {name: read(door, heads[name]) for name in heads} == {
        "commander": {"of Anna", "of Chloe", "of somebody"},
        "duty": {"of Anna", "of Chloe", "of somebody"},
        "germany": {"of Anna"},
        "france": {"of Chloe"},
    }


def test_a_number_that_two_nations_share_is_read_by_none_of_them(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    shared = actions.NewContact(person=staff.chloe, channel="sms", address=ANNAS)
    actions.note_contact(shared, by=OPERATOR, at=at)
    heard(ANNAS, "Words of Anna", at)

    assert [read(by_page, heads[name]) for name in ("germany", "france")] == [set(), set()]
    assert [waiting(viewer_of(heads[name]), on=at) for name in ("duty", "germany")] == [1, 0]


def test_nobody_settles_what_does_not_concern_him(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    row = heard(CHLOES, "Words of Chloe", at)
    client = browser(heads["germany"])

    assert client.get(f"/alerts/answers/{row.pk}/").status_code == 404
    assert (
        client.post(f"/api/v1/answers/{row.pk}/settle", {}, "application/json").status_code == 404
    )
    with pytest.raises(NotAllowed):
        actions.settle_stray(row, None, "Mine", by=viewer_of(heads["germany"]), at=at)
    settled = actions.settle_stray(row, None, "Hers", by=viewer_of(heads["france"]), at=at)
    assert settled.note == "Hers"


@pytest.mark.parametrize("asking", ["muster", "message"])
def test_an_answer_is_of_the_missions_that_were_asking_then(
    staff: Staff, heads: dict[str, Account], other: Mission, at: datetime, asking: str
) -> None:
    elsewhere = make_account("elsewhere", "duty_officer", "DE", "FR", mission="OTHER")
    before = heard(STRANGER, "Nobody asked", at)
    if asking == "muster":
        new = NewMuster(mission=staff.place.mission, title="Shock")
        open_muster(new, by=OPERATOR, at=at)
    else:
        to = Audience(mission=staff.place.mission)
        actions.send(actions.NewMessage(to=to, texts=WORDS), by=OPERATOR, at=at)
    after = heard(STRANGER, "Words of somebody", at + timedelta(minutes=1))

    assert (before.missions, after.missions) == ([], ["M"])
    assert read(by_page, elsewhere) == set()
    assert "Nobody asked" in by_page(elsewhere)
    assert read(by_page, heads["duty"]) == {"of somebody"}


def test_a_name_that_is_held_stands_on_the_page_of_who_acts_and_leaves_by_no_other_door(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    heard(STRANGER, "Anna Fictional is hurt", at)
    place_hold(staff.anna, "Hit.", by=OPERATOR, at=at)

    assert "Anna Fictional is hurt" in by_page(heads["duty"])
    assert "Anna" not in by_api(heads["duty"])
    assert "[a name that is held] is hurt" in by_command(heads["duty"])


def test_the_looks_of_a_stranger_are_refused(staff: Staff, at: datetime) -> None:
    planner = browser(make_account("planner", "training_planner", "DE"))
    heard(ANNAS, "Words of Anna", at)

    assert planner.get("/alerts/answers/").status_code == 403
    assert planner.get("/api/v1/answers").status_code == 403
    assert "/alerts/answers/" not in planner.get("/alerts/").text
