"""From an order to a press on a telephone: the worker tells, the duty officer sees who has it."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cadre.launch.processes import bound, end
from tests.journeys.conftest import TEMPLATE, SignIn
from tests.journeys.product import ROOT, Product, environment
from tests.journeys.test_shock import PHONE, compose, no_wider_than_the_phone, signed
from tests.journeys.walking import Built

pytestmark = pytest.mark.journey
PATIENCE = 300.0  # the worker tells some hundred people first


@pytest.fixture
def worker(built: Built, product: Product, worker_id: str) -> Iterator[None]:
    """Who sends what is due, as `./cadre demo` starts it beside the pages."""
    told = environment(f"{TEMPLATE}_{worker_id}", built.data)
    command = [sys.executable, "-m", "django", "alerts", "work"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**told, "CADRE_ADDRESS": product.root},
        stdout=subprocess.DEVNULL,
        preexec_fn=bound(15),  # noqa: PLW1509  no other thread is here
    ) as child:
        try:
            yield
        finally:
            end(child, 15, 10.0)


def until(found: Callable[[], str]) -> str:
    """What is found at last; "" where it never is."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if answer := found():
            return answer
    return ""


def listed(page: Page, number: str) -> str:
    page.goto("/alerts/?cause=directive")
    return number if page.get_by_text(number).count() else ""


def link_in_outbox(page: Page) -> str:
    """The link of the latest mail to the adviser."""
    page.goto("/channels/outbox/?channel=email&to=adviser@demo")
    own = page.locator("article", has_text="adviser@demo.example")
    found = own.locator("a[href*='/acknowledge/']")
    return found.first.get_attribute("href") or "" if found.count() else ""


def test_an_order_is_told_and_acknowledged_from_the_outbox(
    signed_in: SignIn, browser: Browser, worker: None
) -> None:
    commander, duty, adviser = signed_in("commander"), signed_in("duty"), signed_in("adviser")
    compose(commander, lines="!advising")
    number = signed(commander)

    until(lambda: listed(duty, number))
    duty.get_by_role("link", name=number).first.click()
    expect(duty.get_by_role("heading", name="Who was told")).to_be_visible()
    adviser.goto("/messages/")
    expect(adviser.locator(".bell")).to_contain_text("to answer")

    link = until(lambda: link_in_outbox(adviser))
    stranger = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]  # as it wants
    stranger.goto(link)
    no_wider_than_the_phone(stranger)
    expect(stranger.get_by_text("Acknowledged")).to_have_count(0)
    stranger.get_by_role("button", name="I have read this").click()
    expect(stranger.get_by_text("Acknowledged")).to_be_visible()
    stranger.context.close()

    duty.reload()
    expect(duty.locator(".tile[data-posture='running'] .figure")).not_to_have_text("0")
    adviser.goto("/messages/")
    expect(adviser.locator(".bell")).to_have_count(0)
