"""The worst hour in a browser: a commander, a duty officer on a phone, a representative."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey

PHONE = {"width": 390, "height": 844}
COMPOSE = "/missions/FTM/directives/new/"


def compose(page: Page, **chosen: str) -> None:
    """Fills in what an order must say; `chosen` adds to it. A "!" before a value ticks a box."""
    page.goto(COMPOSE)
    said = {
        "reason_code": "incident", "protective_action": "Under cover; report who is there.",
        "review_owner": "J3",
    }  # fmt: skip  # one form
    for name, value in (said | chosen).items():
        if value.startswith("!"):
            page.locator(f"[name={name}][value='{value[1:]}']").check()
        elif name in {"reason_code", "kind", "effect"}:
            page.locator(f"[name={name}]").select_option(value)
        else:
            page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Keep as a draft and look at it").click()
    expect(page.get_by_role("heading", name="What it would stop")).to_be_visible()


def posture(page: Page, line: str, site: str, nation: str = "") -> str:
    """What may go on there now, in a word."""
    page.goto(f"/posture/?mission=FTM&line={line}&site={site}&nation={nation}")
    return page.locator("[data-posture]").first.get_attribute("data-posture") or ""


def no_wider_than_the_phone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def signed(page: Page) -> str:
    """Signs what the page shows, and says under which number."""
    page.get_by_role("button", name="Sign").click()
    expect(page.locator("h1")).to_contain_text("Suspension")
    return page.locator(".lead .reference").inner_text()


def evidence_and_proposal(page: Page, number: str) -> str:
    """Brings evidence for the one condition and proposes the lift; says where that stands."""
    page.goto(f"/directives/{number}/")
    expect(page.get_by_text("The data propose: met.")).to_be_visible()
    page.get_by_role("link", name="Bring evidence").click()
    for name, value in (
        ("text", "The letter of the host."), ("source", "Liaison"), ("occurred", "2020-01-06"),
    ):  # fmt: skip  # one form
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Put on record").click()
    page.get_by_role("link", name="Propose to lift").click()
    page.locator("[name=reason]").fill("The host consents.")
    page.get_by_role("button", name="Put on record").click()
    expect(page.locator("main")).to_contain_text("Not assessed")
    return page.url


def test_commander_stops_at_one_site_and_restarts_it_by_condition(signed_in: SignIn) -> None:
    commander, duty = signed_in("commander"), signed_in("duty")
    before = posture(commander, "advising", "site-05")
    compose(commander, lines="!advising", sites="!site-05", usual_conditions="!host-consents")
    number = signed(commander)
    stopped = [posture(commander, "advising", site) for site in ("site-05", "site-06")]
    proposal = evidence_and_proposal(duty, number)

    commander.goto(f"/directives/{number}/")
    commander.get_by_role("link", name="Decide").click()
    commander.locator("[name=verdict]").select_option("met")
    commander.locator("[name=evidence]").first.check()
    commander.get_by_role("button", name="Put on record").click()
    commander.goto(proposal)
    commander.get_by_role("button", name="Lift exactly this part").click()
    expect(commander.locator("body")).to_contain_text("Lifted by")
    assert stopped == ["suspended", before]
    assert posture(commander, "advising", "site-05") == before


def test_duty_officer_stops_from_a_phone_and_sees_to_precautions(signed_in: SignIn) -> None:
    page = signed_in("duty", viewport=PHONE)
    page.goto("/")
    no_wider_than_the_phone(page)
    page.get_by_role("link", name="Stop now").click()
    page.locator("a[href*='/missions/FTM/stop/']").click()
    no_wider_than_the_phone(page)
    page.locator("[name=site]").select_option("site-06")
    page.locator("[name=lines][value=advising]").check()
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text("Provisional")
    number = page.locator(".lead .reference").inner_text()
    assert posture(page, "advising", "site-06") == "suspended"

    page.goto(f"/directives/{number}/")
    page.locator("a[href*='/precautions/open/']").first.click()
    expect(page.locator("#id_because")).to_have_value(number)
    page.get_by_role("button", name="Put on record").click()
    no_wider_than_the_phone(page)
    page.get_by_role("link", name="Report", exact=True).first.click()
    page.locator("[name=done_by]").fill("Guard")
    page.get_by_role("button", name="Put on record").click()
    expect(page.locator("main summary")).to_contain_text("One that is settled")
    page.goto("/")
    expect(page.locator(".next")).to_contain_text("Confirm, amend or lift")
    no_wider_than_the_phone(page)


def test_representative_limits_her_own_people_and_nobody_elses(signed_in: SignIn) -> None:
    page = signed_in("germany")
    before = posture(page, "capacity-building", "site-07", "FR")
    compose(page, kind="caveat", lines="!capacity-building", sites="!site-07", nations="!FR",
            reason_code="national")  # fmt: skip  # one form
    expect(page.locator("main")).to_contain_text("name that nation, and no other")
    expect(page.get_by_role("button", name="Sign")).to_have_count(0)

    compose(page, kind="caveat", lines="!capacity-building", sites="!site-07",
            reason_code="national")  # fmt: skip  # one form
    signed(page)
    assert [posture(page, "capacity-building", "site-07", nation) for nation in ("DE", "FR")] == [
        "suspended", before,
    ]  # fmt: skip


def test_raising_a_level_is_shown_first_and_restarts_nothing_when_lowered(
    signed_in: SignIn,
) -> None:
    page = signed_in("protection")
    before = posture(page, "training", "site-08")
    for level, anew in (("protection/P4", True), ("protection/P2", False)):
        page.goto("/missions/FTM/levels/order/")
        page.locator("[name=level]").first.select_option(level)
        page.locator("[name=sites][value=site-08]").first.check()
        page.get_by_role("button", name="Show what it forbids").click()
        expect(page.get_by_text("forbidden anew")).to_have_count(4 if anew else 0)
        page.locator("[name=review_owner]").fill("J3")
        page.get_by_role("button", name="Order it").click()
        expect(page.locator("h1")).to_contain_text("P4" if anew else "P2")
        assert posture(page, "training", "site-08") == before
