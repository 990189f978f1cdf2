"""A board in a browser: its numbers change by themselves, and it says so when they do not."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from cadre.launch.companions import Companion
from cadre.launch.streaming import any_port, live_stream
from cadre.launch.web_server import Place
from tests.journeys.conftest import TEMPLATE, copied, dropped, one_at_a_time
from tests.journeys.mustering import Field, Mustered
from tests.journeys.product import environment, served
from tests.journeys.walking import Built

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Live(Field):
    """The product with the live stream beside it."""

    stream: Companion

    def open_stream(self) -> None:
        self.stream.start(self.told)


@pytest.fixture(scope="module")
def live(
    built: Built,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Live]:
    own = f"live_{TEMPLATE}_{worker_id}"
    base = tmp_path_factory.getbasetemp()
    lock = (base if worker_id == "master" else base.parent) / "product.lock"
    with django_db_blocker.unblock():
        with one_at_a_time(lock):
            copied(TEMPLATE, own)
        told = environment(own, built.data) | {"CADRE_LIVE_PORT": str(any_port("127.0.0.1"))}
        stream, added = live_stream(Place("127.0.0.1", 1), told, behind_proxy=False)
        told |= added
        with served(told) as running:
            yield Live(running, told, stream)
        stream.stop()
        dropped(own)


@pytest.fixture(scope="module")
def muster(live: Live) -> Mustered:
    return live.muster("site-01")


@pytest.fixture
def board(browser: Browser, live: Live, muster: Mustered) -> Iterator[Page]:
    """The board as the duty officer has it open."""
    context = browser.new_context(base_url=live.product.root, locale="en")
    context.add_cookies(live.product.session("duty").cookies())  # type: ignore[arg-type]  # as it wants
    page = context.new_page()
    page.goto(f"/musters/{muster.number}/")
    yield page
    context.close()


def press(browser: Browser, live: Live, address: str, button: str) -> None:
    """Somebody reports on a phone."""
    context = browser.new_context(base_url=live.product.root, locale="en")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name=button).click()
    expect(page.locator("[data-show=heard]")).to_contain_text("Recorded")
    context.close()


def test_board_without_a_stream_says_so_and_asks(
    board: Page, browser: Browser, live: Live, muster: Mustered
) -> None:
    state = board.locator("[data-live-state]")
    expect(state).to_contain_text("Not live: asked again every 15 seconds.")
    press(browser, live, muster.pages[0], "I need help")

    expect(board.locator("[data-number=help]")).to_have_text("1", timeout=40_000)


def test_numbers_and_names_change_by_themselves_and_a_lost_stream_is_told(
    board: Page, browser: Browser, live: Live, muster: Mustered
) -> None:
    live.open_stream()
    board.reload()
    state = board.locator("[data-live-state]")
    expect(state).to_have_text("Live.", timeout=60_000)
    before = int(board.locator("[data-number=help]").inner_text())
    press(browser, live, muster.pages[1], "I am injured")

    expect(board.locator("[data-number=help]")).to_have_text(f"{before + 1}", timeout=4_000)
    first = board.locator("#live").get_by_role("row").nth(1)
    expect(first).to_contain_text(muster.names[1], timeout=20_000)
    live.stream.stop()
    expect(state).to_contain_text("Not live", timeout=20_000)


def test_board_of_the_past_is_not_live(board: Page) -> None:
    board.goto(f"{board.url}?on=2020-01-06")

    expect(board.locator("[data-live-state]")).to_have_count(0)
    expect(board.locator("h1")).to_be_visible()
