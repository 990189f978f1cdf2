"""Everything by keyboard: to the content, through the pages, the clock and the search."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey


def test_first_stop_leads_past_the_navigation(signed_in: SignIn) -> None:
    page = signed_in("duty")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_navigation_is_reached_and_followed(signed_in: SignIn) -> None:
    page = signed_in("duty")
    page.goto("/")
    for _stop in range(20):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text().strip() == "Timeline":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")


def test_clock_form_is_sent_with_enter(signed_in: SignIn) -> None:
    page = signed_in("duty")
    page.goto("/")
    page.get_by_label("True on").focus()
    page.keyboard.type("2020-01-04")
    page.keyboard.press("Enter")

    expect(page.locator(".clock")).to_contain_text("as of 4 January 2020")


def test_slash_goes_to_the_search(signed_in: SignIn) -> None:
    page = signed_in("duty")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("training")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.locator(".hits a").first).to_be_visible()
