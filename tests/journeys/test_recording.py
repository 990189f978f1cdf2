"""A record keeper hands in a document, records what it says, and sees it answered."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey

TEXT = "The depot at Fictown was closed on 5 January 2020, a watch officer said."


def test_document_becomes_a_claim_that_ask_answers(signed_in: SignIn) -> None:
    page = signed_in("records")
    page.goto("/intake/")
    page.get_by_label("Text").first.fill(TEXT)
    page.locator("[name=name]").fill("watch-note")
    page.locator("[name=kind]").fill("note")
    page.get_by_role("button", name="Take it in").click()
    expect(page.locator("[data-sentence]")).to_have_count(1)
    expect(page.locator("[data-words]")).to_contain_text("The depot at Fictown")

    form = page.locator("form#claim")
    page.locator("[data-choose]").first.click()
    form.locator("[name=subject]").fill("Fictown-depot")
    form.locator("[name=attribute]").fill("status")
    form.locator("[name=value]").fill("closed")
    form.locator("[name=said_by]").fill("a watch officer")
    form.locator("[name=when]").fill("2020-01-05")
    page.get_by_role("button", name="Record the claim").click()
    expect(page.locator("ul.taken li")).to_contain_text("closed")

    page.goto("/ask/?subject=Fictown-depot&attribute=status")
    expect(page.locator(".answer .said")).to_have_text("closed")
    expect(page.locator(".answer ol.chain li").first).to_have_text("a watch officer")


def test_proposals_alone_put_nothing_on_record(signed_in: SignIn) -> None:
    page = signed_in("records")
    page.goto("/intake/")
    page.get_by_label("Text").first.fill("Around 77 people left Elsetown on 3 January 2020.")
    page.locator("[name=name]").fill("other-note")
    page.locator("[name=kind]").fill("note")
    page.get_by_role("button", name="Take it in").click()

    expect(page.locator("ul.proposals li").first).to_be_visible()
    expect(page.locator("ul.taken")).to_have_count(0)
