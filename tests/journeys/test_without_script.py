"""Without script every page can be read, and forms do what they say."""

import pytest
from playwright.sync_api import expect

from cadre.access.demonstration import PASSWORD
from tests.journeys.conftest import SignIn
from tests.journeys.pages import page_names
from tests.journeys.walking import Built

pytestmark = pytest.mark.journey


def test_every_page_has_its_heading_and_content(signed_in: SignIn, built: Built) -> None:
    opened = {
        key: signed_in(key, java_script_enabled=False) for key in {*built.walk.walker.values()}
    }
    silent = []
    for name in page_names():
        address = built.walk.fullest(name).address
        page = opened[built.walk.walker[address]]
        page.goto(address)
        if not page.locator("main h1").is_visible() or not page.locator("main").inner_text():
            silent.append(name)

    assert silent == []


def test_signing_in_and_asking(signed_in: SignIn) -> None:
    page = signed_in("", java_script_enabled=False)
    page.goto("/ask/")
    page.get_by_label("Email").fill("duty@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("main [name=subject]").fill("NMI")
    page.locator("main [name=attribute]").fill("nature")
    page.locator("main").get_by_role("button", name="Ask").click()

    expect(page.locator(".answer .said").first).to_be_visible()


def test_clock_and_language(signed_in: SignIn) -> None:
    page = signed_in("duty", java_script_enabled=False)
    page.goto("/")
    page.get_by_label("True on").fill("2020-01-04")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".clock")).to_contain_text("as of 4 January 2020")

    page.locator("footer button[lang=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
