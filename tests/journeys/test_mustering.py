"""Counting people in a browser: a duty officer opens, three are heard of, one is decided about."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn
from tests.journeys.test_shock import PHONE, no_wider_than_the_phone

pytestmark = pytest.mark.journey


def report(page: Page, person: int, state: str, at: str, voice: str = "other") -> str:
    """Reports of the person in that line of the board; says the name."""
    name = page.locator("#live table tbody th a").nth(person).inner_text()
    page.locator("#live").get_by_role("link", name="Report", exact=True).nth(person).click()
    for field, value in (("state", state), ("voice", voice)):
        page.locator(f"[name={field}]").select_option(value)
    for field, value in (("said_by", "Ada"), ("how", "telephone")):
        page.locator(f"[name={field}]").fill(value)
    if at:
        page.locator("[name=occurred_at]").fill(at)
    page.get_by_role("button", name="Put on record").click()
    expect(page.locator("#live")).to_be_visible()
    return name


def share(page: Page) -> str:
    return page.locator("span[data-number=accounted]").inner_text()


def opened(page: Page) -> int:
    """Opens a muster from the first screen, in two presses; says how many are counted."""
    page.goto("/")
    page.get_by_role("link", name="Open a muster").click()
    expect(page.get_by_role("heading", name="Who would be counted")).to_be_visible()
    no_wider_than_the_phone(page)
    page.locator("[name=sites][value=site-03]").check()
    page.locator("[name=title]").fill("Smoke over the camp")
    page.get_by_text("Nations, other places").click()
    page.locator("[name=counts_from]").fill("2020-01-06T18:00Z")
    page.get_by_role("button", name="Show who would be counted").first.click()
    counted = re.search(r"(\d+) people are counted", page.locator("aside").inner_text())
    assert counted is not None
    page.get_by_role("button", name="Open the muster now").first.click()
    expect(page.locator("h1")).to_have_text("Smoke over the camp")
    return int(counted[1])


def decided(page: Page) -> None:
    """Decides about the one person of whom two things are said."""
    page.get_by_role("link", name="Decide how the person is").click()
    page.locator("[name=state]").select_option("safe")
    page.locator("[name=how]").fill("spoke to them")
    page.get_by_role("button", name="Put on record").click()
    expect(page.locator("#unclear")).to_have_count(0)


def closed(page: Page) -> None:
    """Closes the muster, which needs a reason while somebody is outstanding."""
    page.get_by_role("link", name="Close the muster").click()
    page.get_by_role("button", name="Put on record").click()
    expect(page.locator(".error").first).to_be_visible()
    page.locator("[name=reason]").fill("The rest is with the convoy.")
    page.get_by_role("button", name="Put on record").click()
    expect(page.locator("#live")).to_contain_text("The rest is with the convoy.")


def test_duty_officer_musters_from_the_board_decides_and_closes(signed_in: SignIn) -> None:
    page = signed_in("duty", viewport=PHONE)
    counted = opened(page)
    no_wider_than_the_phone(page)
    assert share(page) == f"0 of {counted}"

    first = report(page, 0, "need help", "2020-01-06T18:10Z")
    report(page, 1, "safe", "2020-01-06T18:11Z")
    report(page, 1, "safe", "2020-01-06T18:12Z")
    assert share(page) == f"3 of {counted}"
    assert report(page, 0, "safe", "2020-01-06T18:13Z") == first
    expect(page.locator("#unclear")).to_be_visible()
    decided(page)
    expect(page.locator("#live")).not_to_contain_text(first)

    closed(page)
    no_wider_than_the_phone(page)
