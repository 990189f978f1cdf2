"""What holds for every page: it is linked, accessible, self-contained, and fits a phone."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import get_resolver
from playwright.sync_api import Page

from cadre.access.demonstration import PASSWORD
from tests.journeys.conftest import SignIn
from tests.journeys.pages import NO_PAGES, REFUSALS, names, page_names
from tests.journeys.product import Product
from tests.journeys.walking import Built

pytestmark = pytest.mark.journey

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
TOO_WIDE = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter(
    (each) => each.getBoundingClientRect().right > root.clientWidth + 1
           || each.getBoundingClientRect().left < -1);
  return wide.slice(0, 5).map((each) => each.outerHTML.slice(0, 160));
}"""
OPEN = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"


class Watched:
    """A page of which everything that goes wrong is written down."""

    def __init__(self, page: Page, root: str) -> None:
        self.page, self.root, self.trouble = page, root, list[str]()
        self.listening = True
        page.on("request", self.note_request)
        page.on("console", lambda said: self.note(said.type, said.text))
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))

    def note_request(self, request: object) -> None:
        url = urlsplit(request.url)  # type: ignore[attr-defined]  # Playwright's request
        if self.listening and url.scheme != "data" and f"{url.scheme}://{url.netloc}" != self.root:
            self.trouble.append(f"request to {url.geturl()}")

    def note(self, kind: str, text: str) -> None:
        # A browser reports the answers 4xx that we ask for on purpose.
        if self.listening and kind in {"error", "warning"} and "status of 4" not in text:
            self.trouble.append(f"{kind}: {text}")

    def open(self, address: str) -> None:
        self.page.goto(address)
        if "/reauthenticate/" in self.page.url and "/reauthenticate/" not in address:
            self.page.locator("main input[type=password]").fill(PASSWORD)
            self.page.locator("main button").first.click()
        self.page.evaluate(OPEN)

    def axe(self, scheme: str, **options: object) -> None:
        self.listening = False  # what axe itself does to the page is not the page's doing
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # light or dark
        found = Axe().run(self.page, options={"preload": False, **options})
        for violation in found.response["violations"]:
            for node in violation["nodes"][:3]:
                where = node["html"][:200]
                self.trouble.append(f"{scheme} {violation['id']}: {violation['help']}: {where}")

    def fits(self, width: str) -> None:
        for wide in self.page.evaluate(TOO_WIDE):
            self.trouble.append(f"too wide for {width}: {wide}")


@pytest.fixture
def watched(signed_in: SignIn, product: Product) -> Callable[..., Watched]:
    def opened(key: str, **settings: object) -> Watched:
        return Watched(signed_in(key, **settings), product.root)

    return opened


def where(built: Built, name: str) -> tuple[str, str]:
    """Who opens which address to see the page of that name."""
    if name in REFUSALS:
        return REFUSALS[name]
    assert name in built.walk.pages, f"no link leads to {name}"
    address = built.walk.fullest(name).address
    return built.walk.walker[address], address


PAGES = [*page_names(), *REFUSALS]


@pytest.mark.parametrize("name", PAGES)
def test_page_in_english_is_accessible_and_needs_nobody_else(
    watched: Callable[..., Watched], built: Built, name: str
) -> None:
    key, address = where(built, name)
    look = watched(key, viewport=DESKTOP)
    look.open(address)
    look.axe("light")
    look.axe("dark", **COLOURS)
    look.fits("a desk")

    assert look.trouble == []


@pytest.mark.parametrize("name", PAGES)
def test_page_in_arabic_on_a_phone_is_accessible_and_fits(
    watched: Callable[..., Watched], built: Built, name: str
) -> None:
    key, address = where(built, name)
    look = watched(key, viewport=PHONE, locale="ar", has_touch=True, is_mobile=True)
    look.open(address)
    look.axe("light")
    look.axe("dark", **COLOURS)
    look.fits("a phone")

    assert (look.page.locator("html").get_attribute("dir"), look.trouble) == ("rtl", [])


def test_no_link_is_broken(built: Built) -> None:
    assert built.walk.broken == []


def test_what_is_called_no_page_exists() -> None:
    assert set(NO_PAGES) - set(names(get_resolver())) == set()
