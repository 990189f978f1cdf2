"""Pages of links on a phone whose network is cut: nothing is lost, doubled or called safe."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect
from pytest_django import DjangoDbBlocker

from tests.journeys.conftest import FLAGS, TEMPLATE, copied, dropped, one_at_a_time
from tests.journeys.mustering import Field, Line, Mustered
from tests.journeys.product import environment, served
from tests.journeys.test_pages import COLOURS, DESKTOP, PHONE, Watched
from tests.journeys.walking import Built

pytestmark = pytest.mark.journey

MOST = 30_000  # bytes, compressed: page, style, scripts, worker, manifest, icon
KEPT = "[data-show=kept]"
CACHED = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      texts.push(await (await cache.match(request)).text());
    }
  }
  return texts;
}"""
WORKER = """() => fetch("/check-in/worker.js").then((each) => each.text())
  .then((text) => text.match(/[^"]+[.]js/g))"""
FETCH = "(part) => fetch(part, {cache: 'no-store'}).then((each) => each.text())"

type Phone = Callable[..., Page]


@pytest.fixture(scope="module")
def field(
    built: Built,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Field]:
    """The product on a database of its own, so that no other journey meets these musters."""
    own = f"field_{TEMPLATE}_{worker_id}"
    base = tmp_path_factory.getbasetemp()
    lock = (base if worker_id == "master" else base.parent) / "product.lock"
    with django_db_blocker.unblock():
        with one_at_a_time(lock):
            copied(TEMPLATE, own)
        told = environment(own, built.data)
        with served(told) as running:
            yield Field(running, told)
        dropped(own)


@pytest.fixture(scope="module")
def muster(field: Field) -> Mustered:
    return field.muster("site-01")


@pytest.fixture
def phone(browser: Browser, field: Field) -> Iterator[Phone]:
    """Opens a page as a stranger's phone does: `phone(address, locale="ar")`."""
    contexts: list[BrowserContext] = []

    def opened(address: str, **settings: object) -> Page:
        language = str(settings.pop("locale", "en"))
        context = browser.new_context(
            base_url=field.product.root, locale=language, **{"viewport": PHONE, **settings}
        )  # type: ignore[arg-type]  # the settings are Playwright's own
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def kept(page: Page) -> None:
    """Waits until the page opens without a network."""
    expect(page.locator(KEPT)).to_be_visible(timeout=60_000)


def heard(page: Page) -> str:
    return page.locator("[data-show=heard]").inner_text()


def unsent(page: Page, said: str) -> None:
    """The page says that something waits, and calls nobody safe for it."""
    expect(page.locator(".waiting")).to_contain_text(said)
    assert heard(page) == "Nothing has been heard of you yet."


def delivered(page: Page) -> None:
    expect(page.locator("[data-show=sent]")).to_contain_text("Sent", timeout=60_000)
    expect(page.locator(".waiting")).to_be_hidden()


def first_numbers(page: Page) -> tuple[int, int]:
    """How many of how many are outstanding, as a list says."""
    found = re.findall(r"\d+", page.locator("[data-show=summary]").inner_text())
    return int(found[0]), int(found[1])


@contextmanager
def installed(playwright: Playwright, chromium: str, profile: Path, line: Line) -> Iterator[Page]:
    """A browser that remembers from one start to the next, as a phone's does."""
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium, args=FLAGS, base_url=line.root, viewport=PHONE,
        locale="en",
    )  # fmt: skip  # one call
    context.set_default_timeout(60_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def test_report_waits_through_reload_and_restart_and_arrives_once_with_its_moment(
    playwright: Playwright, chromium: str, field: Field, tmp_path: Path
) -> None:
    muster, line = field.muster("site-02"), Line(field.product)
    address = muster.pages[0]
    line.mend()
    with installed(playwright, chromium, tmp_path, line) as page:
        page.goto(address)
        kept(page)
        line.cut()
        page.get_by_role("button", name="I am safe").click()
        unsent(page, "wait for the network: 1.")
        page.reload()
        unsent(page, "safe. Kept here at")
    assert field.reports(muster) == []
    with installed(playwright, chromium, tmp_path, line) as page:
        page.goto(address)
        unsent(page, "not yet sent")
        page.wait_for_timeout(3000)
        line.mend()
        delivered(page)
        expect(page.locator("[data-show=heard]")).to_contain_text(re.compile(r"Recorded .*: safe"))
        line.cut()

    (report,) = field.reports(muster)
    assert (report.name, report.state, report.voice) == (muster.names[0], "safe", "self")
    assert 3 < (report.recorded_at - report.occurred_at).total_seconds() < 120


def test_answer_that_is_lost_on_the_way_doubles_no_report(
    phone: Phone, field: Field, muster: Mustered
) -> None:
    page = phone(muster.pages[1])
    lost = []

    def lose(route: Route) -> None:
        route.fetch()  # the node takes it, and the phone never hears so
        lost.append(1)
        route.abort()

    page.route("**/reports", lose)
    page.get_by_role("button", name="I am injured").click()
    expect(page.locator(".waiting")).to_contain_text("not yet sent")
    page.wait_for_timeout(500)
    page.unroute("**/reports")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-show=heard]")).to_contain_text("injured")

    assert len(lost) >= 1
    states = [each.state for each in field.reports(muster) if each.name == muster.names[1]]
    assert states == ["injured"]


def test_node_that_is_away_is_as_good_as_no_network(phone: Phone, muster: Mustered) -> None:
    page = phone(muster.pages[2])
    page.route("**/reports", lambda route: route.fulfill(status=502))
    page.get_by_role("button", name="I need help").click()

    expect(page.locator("[data-show=away]")).to_be_visible()
    expect(page.locator(".waiting")).to_contain_text("needs help. Kept here at")
    assert heard(page) == "Nothing has been heard of you yet."


def test_what_the_node_refuses_stays_in_sight_with_the_reason(
    phone: Phone, muster: Mustered
) -> None:
    page = phone(muster.pages[3])
    page.get_by_text("Report for somebody else").click()
    page.get_by_label("Name", exact=True).fill("Ito")
    page.get_by_label("injured").check()
    page.get_by_label("How you know").fill("seen")
    name = page.get_by_label("Your name")
    name.fill(" ")
    page.get_by_role("button", name="Report", exact=True).click()

    expect(page.locator(".waiting")).to_contain_text("was not taken: Say who you are.")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".waiting")).to_be_hidden()


def test_list_counts_without_a_network_and_says_what_is_not_sent(
    phone: Phone, field: Field
) -> None:
    muster = field.muster("site-03")
    page = phone(muster.lists[0])
    kept(page)
    assert "kept on this phone until the muster ends" in page.locator(KEPT).inner_text()
    rows = page.locator(".people li")
    before, total = first_numbers(page)
    assert (before > 3, rows.count()) == (True, total)
    page.context.set_offline(True)
    page.reload()
    assert page.locator(".people li").count() == total
    rows.nth(0).get_by_role("button", name="safe").click()
    for number in (1, 2):
        rows.nth(number).get_by_role("checkbox").check()
    page.get_by_label("called").check()
    page.locator(".marked").get_by_role("button", name="sheltering").click()
    expect(page.locator(".waiting")).to_contain_text("wait for the network: 3.")
    expect(rows.nth(0)).to_contain_text("not yet sent")
    expect(rows.nth(0).locator("[data-heard]")).to_have_text("no word")
    page.reload()
    expect(page.locator(".waiting")).to_contain_text("wait for the network: 3.")
    page.context.set_offline(False)
    delivered(page)
    expect(rows.nth(0).locator("[data-heard]")).to_contain_text("safe since")
    assert first_numbers(page) == (before - 3, total)

    found = [(each.state, each.voice) for each in field.reports(muster)]
    assert found == [("safe", "in charge"), *[("sheltering", "in charge")] * 2]


def test_own_page_keeps_nobody_else_and_nothing_once_the_muster_is_over(
    phone: Phone, field: Field
) -> None:
    muster = field.muster("site-04")
    page = phone(muster.pages[0])
    kept(page)
    texts = page.evaluate(CACHED)
    told = {name for name in muster.names for text in texts if name in text}
    assert len(texts) >= 5
    assert told <= {muster.names[0]}
    field.close(muster)
    page.reload()

    expect(page.locator("[data-show=closed]")).to_be_visible()
    page.wait_for_function("caches.keys().then((names) => !names.length)")
    page.get_by_role("button", name="I am safe").click()
    expect(page.locator("[data-show=heard]")).to_contain_text("safe")


@pytest.mark.parametrize("kind", ["pages", "lists"])
def test_page_is_light(
    phone: Phone, muster: Mustered, kind: str, record_property: Callable[[str, object], None]
) -> None:
    page = phone("/check-in/none/")
    page.context.clear_cookies()
    wire = page.context.new_cdp_session(page)
    loaded: dict[str, int] = {}
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on(
        "Network.loadingFinished",
        lambda event: loaded.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    address = getattr(muster, kind)[0]
    page.goto(address)
    kept(page)
    parts = page.evaluate(WORKER)
    for part in (f"{address}manifest.webmanifest", "/check-in/worker.js", *parts):
        page.evaluate(FETCH, part)  # what the browser fetches where this session does not see it
    total = sum(loaded.values())
    record_property("bytes", total)

    assert len(loaded) >= 9
    assert total <= MOST, f"{total} bytes in {len(loaded)} requests"


@pytest.mark.parametrize("kind", ["pages", "lists"])
@pytest.mark.parametrize(("language", "size"), [("en", DESKTOP), ("fr", PHONE), ("ar", PHONE)])
def test_page_is_accessible_and_fits(
    phone: Phone, field: Field, muster: Mustered, kind: str, language: str, size: object
) -> None:
    address = getattr(muster, kind)[4 if kind == "pages" else 0]
    page = phone(f"{address}?lang={language}", viewport=size)
    kept(page)
    look = Watched(page, field.product.root)
    page.evaluate("() => document.querySelectorAll('details').forEach((each) => each.open = true)")
    look.axe("light")
    look.axe("dark", **COLOURS)
    look.fits(f"{size}")

    direction = "rtl" if language == "ar" else "ltr"
    assert (page.locator("html").get_attribute("dir"), look.trouble) == (direction, [])


def test_everything_is_reached_by_keyboard(phone: Phone, muster: Mustered) -> None:
    page = phone(muster.pages[5])
    focused = ":focus"
    for _stop in range(6):
        page.keyboard.press("Tab")
        if "I am sheltering" in page.locator(focused).inner_text():
            break
    page.keyboard.press("Enter")

    expect(page.locator("[data-show=heard]")).to_contain_text("sheltering")


def test_without_script_the_same_press_is_recorded(phone: Phone, muster: Mustered) -> None:
    page = phone(muster.pages[6], java_script_enabled=False)
    page.get_by_role("button", name="I am away").click()
    assert "away" in heard(page)
    page.goto(muster.lists[0])
    page.locator(".people li").first.get_by_role("button", name="safe").click()

    expect(page.locator(".people [data-state=safe] [data-heard]").first).to_contain_text("safe")


def test_exercise_cannot_be_mistaken(phone: Phone, field: Field) -> None:
    drill = field.muster("site-05", exercise=True)
    page = phone(drill.pages[0])

    expect(page.locator("body > :first-child")).to_have_text(re.compile("Exercise, exercise"))
