"""Push messages on one's own devices: by page, by API, and what a push service says afterwards."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access.models import Account
from cadre.access.queries import viewer_of
from cadre.alerts import actions
from cadre.alerts.actions.watching import try_ways
from cadre.alerts.channels.environment import PUSH_HOSTS, WaysOut
from cadre.alerts.channels.push import Push
from cadre.alerts.channels.push_keys import application_server_key
from cadre.alerts.models import Attempt, Cause, ChannelTest, Lane, PushSubscription, Why
from cadre.alerts.queries.ladders import SELF, step
from cadre.alerts.queries.new import Group, NewAlert
from cadre.alerts.worker import Budget, Sender
from cadre.core.alerts import Acknowledging, Ladder
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR
from tests.alerts.channels.recorder import Recorder
from tests.alerts.conftest import Staff

SECRET = "a push secret that a node keeps in its data folder"
SERVICE = "https://fcm.googleapis.com/fcm/send"
POINT = ec.generate_private_key(ec.SECP256R1()).public_key()
KEYS = {
    "p256dh": base64.urlsafe_b64encode(
        POINT.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    ).decode(),
    "auth": base64.urlsafe_b64encode(b"sixteen bytes :)").decode(),
}
TOLD = {"endpoint": f"{SERVICE}/mine", **KEYS, "label": "Old phone"}
HOW = "/messages/how/"
DEVICES = f"{HOW}devices/"
API = "/api/v1/messages/browsers"


@pytest.fixture(autouse=True)
def ways(settings: Settings, at: datetime) -> WaysOut:
    settings.CADRE_CLOCK = at.isoformat()
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.WAYS_OUT = WaysOut(mail_from="Cadre <cadre@mission.example.org>", push_key=SECRET)
    found: WaysOut = settings.WAYS_OUT
    return found


@pytest.fixture
def duty(heads: dict[str, Account]) -> Account:
    return heads["duty"]


@pytest.fixture
def service(settings: Settings, ways: WaysOut) -> Iterator[Recorder]:
    """A push service of our own, which the settings name whole."""
    with Recorder() as fake:
        settings.WAYS_OUT = replace(ways, push_hosts=(*PUSH_HOSTS, f"http://{fake.place}"))
        yield fake


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def kept(account: Account, name: str, at: datetime, service: str = SERVICE) -> PushSubscription:
    said = actions.Browser(endpoint=f"{service}/{name}", **KEYS, label=name)
    return actions.keep_browser(said, by=viewer_of(account), at=at)


def posted(client: Client, where: str, **fields: object) -> tuple[int, object]:
    answer = client.post(where, json.dumps({"fields": fields}), content_type="application/json")
    return answer.status_code, answer.json()


# --- the page ----------------------------------------------------------------------------------


def test_the_page_gives_a_browser_the_key_of_the_node(duty: Account) -> None:
    page = browser(duty).get(HOW).content.decode()

    assert f'data-push-key="{application_server_key(SECRET)}"' in page
    assert "Tell me on this device" in page
    assert "Nothing leaves this machine" not in page


def test_the_page_offers_nothing_where_push_is_not_set_up(
    duty: Account, settings: Settings
) -> None:
    settings.WAYS_OUT = WaysOut()
    page = browser(duty).get(HOW).content.decode()

    assert "Push messages are not set up on this node." in page
    assert "Tell me on this device" not in page


def test_the_page_says_where_nothing_leaves(
    duty: Account, settings: Settings, ways: WaysOut
) -> None:
    settings.WAYS_OUT = replace(ways, outbox=True)
    page = browser(duty).get(HOW).content.decode()

    assert "Nothing leaves this machine: what a device would be told is kept in the outbox." in page
    assert "Tell me on this device" in page


def test_a_device_is_listed_without_its_address_and_dropped_by_itself(
    duty: Account, at: datetime
) -> None:
    client = browser(duty)
    said = client.post(DEVICES, TOLD, follow=True).content.decode()
    other = kept(duty, "laptop", at)
    mine = PushSubscription.objects.get(label="Old phone")
    page = client.get(HOW).content.decode()
    dropped = client.post(f"{DEVICES}{mine.pk}/drop/", follow=True).content.decode()

    assert "This device is told from now on." in said
    assert "Old phone" in page
    assert "laptop" in page
    assert SERVICE not in page
    assert f'data-told="{sha256(mine.endpoint.encode()).hexdigest()}"' in page
    assert "Old phone" not in dropped
    assert set(PushSubscription.objects.filter(dropped=False)) == {other}


def test_what_is_no_subscription_is_refused_in_a_sentence(duty: Account) -> None:
    page = browser(duty).post(DEVICES, TOLD | {"auth": "<b>"}, follow=True).content.decode()

    assert "auth: Enter a valid value." in page
    assert PushSubscription.objects.count() == 0


def test_a_device_of_somebody_else_is_none_for_anybody(
    duty: Account, heads: dict[str, Account], at: datetime
) -> None:
    theirs = kept(heads["france"], "phone", at)
    client = browser(duty)

    assert client.post(f"{DEVICES}{theirs.pk}/drop/").status_code == 404
    assert posted(client, f"{API}/{theirs.pk}/drop")[0] == 404
    assert client.get(API).json() == []
    with pytest.raises(Refused):
        actions.drop_browser(theirs, by=viewer_of(duty), at=at)
    theirs.refresh_from_db()
    assert not theirs.dropped


def test_who_uses_a_device_now_is_told_on_it(
    duty: Account, heads: dict[str, Account], at: datetime
) -> None:
    kept(heads["france"], "shared", at)
    row = kept(duty, "shared", at)

    assert [row.account for row in PushSubscription.objects.all()] == [duty]
    assert row.account == duty


def test_the_worker_is_a_script_for_anybody_that_serves_the_messages() -> None:
    answer = Client().get("/messages/worker.js")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert answer.content.decode().startswith('importScripts("/static/alerts/push_worker')


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1/send",
        "https://10.0.0.5/send",
        "https://[::1]/send",
        "https://169.254.169.254/latest/meta-data/",
        "https://intranet.mission.example/send",
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/send",
        "https://fcm.googleapis.com@10.0.0.5/send",
    ],
)
def test_no_browser_leads_the_node_to_an_address_of_its_own(duty: Account, endpoint: str) -> None:
    client = browser(duty)
    page = client.post(DEVICES, TOLD | {"endpoint": endpoint}, follow=True).content.decode()
    status, said = posted(client, API, **TOLD | {"endpoint": endpoint})

    assert "This node sends nothing to the push service of this browser." in page
    assert status == 409
    assert "push service of this browser" in str(said)
    assert PushSubscription.objects.count() == 0


# --- by API ------------------------------------------------------------------------------------


def test_a_program_keeps_reads_and_drops_an_own_device(duty: Account) -> None:
    client = browser(duty)
    made, _said = posted(client, API, **TOLD)
    [read] = client.get(API).json()
    dropped, _said = posted(client, f"{API}/{read['id']}/drop")

    assert (made, dropped) == (201, 201)
    assert read == {"id": read["id"], "label": "Old phone", "told": True, "reason": ""}
    assert client.get(API).json() == []


# --- what goes out -----------------------------------------------------------------------------


def told(staff: Staff, account: Account, at: datetime) -> None:
    """A life-safety message to an account, by push only, and one round of a worker."""
    ladder = Ladder(Acknowledging.FIRST, timedelta(hours=1), (step(0, SELF, "push"),))
    actions.make_alert(
        NewAlert(
            cause=Cause.MESSAGE,
            cause_key=f"test:{at.isoformat()}",
            mission=staff.place.mission,
            lane=Lane.LIFE_SAFETY,
            content={"texts": {"en": {"subject": "Water", "text": "Boil it."}}},
            protective_action="Boil it.",
            ladder=ladder,
            to=[Group(why=Why.ON_DUTY, accounts=[account.pk])],
        ),
        by=OPERATOR,
        at=at,
    )
    Sender(Budget(Lane.LIFE_SAFETY, threads=2, most=10), "a", lambda: at).round()


def test_every_device_is_told_and_one_that_is_gone_is_dropped_with_the_reason(
    staff: Staff, duty: Account, service: Recorder, at: datetime
) -> None:
    kept(duty, "phone", at, f"http://{service.place}")
    service.answers(201)
    told(staff, duty, at)
    alive = PushSubscription.objects.get()
    service.answers(410)
    told(staff, duty, at + timedelta(minutes=1))
    gone = PushSubscription.objects.get()
    [read] = browser(duty).get(API).json()
    page = browser(duty).get(HOW).content.decode()

    assert [len(service.requests), Attempt.objects.count()] == [2, 2]
    assert (alive.dropped, alive.dropped_because) == (False, "")
    assert (gone.dropped, gone.dropped_because) == (
        True, "This address is no longer in use. (410)",
    )  # fmt: skip  # one thing
    assert (read["told"], read["reason"]) == (False, gone.dropped_because)
    assert "is told nothing any more:" in page


def test_a_device_that_was_gone_and_comes_back_is_told_again(
    staff: Staff, duty: Account, service: Recorder, at: datetime
) -> None:
    place = f"http://{service.place}"
    kept(duty, "phone", at, place)
    service.answers(404)
    told(staff, duty, at)
    kept(duty, "phone", at, place)

    assert [row.dropped for row in PushSubscription.objects.all()] == [False]


def test_the_test_of_the_channel_goes_to_the_browser_of_the_account_that_is_named(
    duty: Account, service: Recorder, settings: Settings, at: datetime
) -> None:
    settings.CADRE_TEST_ADDRESSES = {"push": duty.email}
    ways = {"push": Push(settings.WAYS_OUT)}
    service.answers(201)
    try_ways(ways, at=at, every=True)
    kept(duty, "phone", at, f"http://{service.place}")
    try_ways(ways, at=at, every=True)

    tests = ChannelTest.objects.order_by("pk")
    assert [(each.channel, each.ok, each.reason) for each in tests] == [
        ("push", False, "No address is set to which a test could go."),
        ("push", True, ""),
    ]
    assert len(service.requests) == 1
