"""A stranger to the case: from what is stopped to who said it, and what was known before."""

import pytest
from playwright.sync_api import Page, expect

from cadre.access.demonstration import PASSWORD
from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey


def row_of(page: Page, mission: str, line: str) -> str:
    """The posture's word that the board shows for a line of a mission."""
    group = page.locator("tbody").filter(has_text=mission)
    row = group.locator("tr[data-posture]").filter(has=page.get_by_role("link", name=line)).first
    return row.get_attribute("data-posture") or ""


def test_duty_officer_signs_in_and_stands_on_the_evening_of_the_case(signed_in: SignIn) -> None:
    page = signed_in("")
    page.goto("/")
    page.get_by_label("Email").fill("duty@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Board")
    expect(page.locator(".clock")).to_contain_text("6 January 2020")


def test_board_tells_suspended_from_not_stated(signed_in: SignIn) -> None:
    page = signed_in("duty")
    page.goto("/")

    assert {
        line: row_of(page, "NATO Mission Iraq", line)
        for line in ("Training", "Advising", "Capacity building")
    } == {"Training": "suspended", "Advising": "not stated", "Capacity building": "not stated"}
    assert row_of(page, "Operation Inherent Resolve", "Training") == "suspended"


def test_not_stated_leads_to_reasons_claim_and_source(signed_in: SignIn) -> None:
    page = signed_in("duty")
    page.goto("/")
    group = page.locator("tbody").filter(has_text="NATO Mission Iraq")
    group.get_by_role("link", name="Advising").click()
    expect(page.locator(".ruling .result")).to_contain_text("not stated")
    expect(page.locator(".reasons")).to_contain_text("perhaps")

    grounds = page.get_by_role("region", name="What this rests on")
    row = grounds.get_by_role("row").filter(has_text="scope wording").first
    said = row.get_by_role("cell").filter(has_text="training").last.inner_text()
    row.locator("a.reference").click()
    expect(page.locator(".answer .said")).to_have_text(said)

    page.locator(".answer dl a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("NATO")
    expect(page.get_by_role("cell", name=said, exact=True).first).to_be_visible()


def test_protection_order_keeps_its_chain_of_speakers(signed_in: SignIn) -> None:
    """White ordered it, Pfeffer wrote so, the letter says it, Reuters saw it, the article tells."""
    page = signed_in("duty")
    page.goto("/ask/?subject=OIR-forces-in-Iraq&attribute=protection")
    speakers = page.locator(".answer ol.chain li").all_inner_texts()

    assert speakers == ["White", "Pfeffer", "letter", "Reuters", "article"]
    page.locator(".answer dl a.reference").click()
    expect(page.locator("ol.chain li")).to_have_text(speakers)


def test_clock_bar_asks_what_was_known_before(signed_in: SignIn) -> None:
    page = signed_in("duty")
    page.goto("/ask/?subject=OIR-training-Iraqi-forces&attribute=status")
    expect(page.locator(".answer-group")).to_have_attribute("data-status", "stated")
    page.get_by_label("Known on").fill("2020-01-01")
    page.get_by_role("button", name="Show").click()

    expect(page.locator(".answer-group")).to_have_attribute("data-status", "not stated")
    expect(page.locator(".clock")).to_contain_text("as known on 1 January 2020")


def test_permalink_shows_another_account_the_same_past(signed_in: SignIn) -> None:
    first = signed_in("duty")
    first.goto("/?on=2020-01-04&known_on=2020-01-04")
    link = first.get_by_role("link", name="Send this view as a link").get_attribute("href") or ""
    second = signed_in("records")
    second.goto(link)

    assert link == "/?on=2020-01-04&known_on=2020-01-04"
    assert second.locator(".posture-table").inner_text() == (
        first.locator(".posture-table").inner_text()
    )
