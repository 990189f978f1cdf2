"""Drafts: composed, looked at, changed, signed or dropped, on the pages and by the API."""

import re

from django.test import Client

from cadre.directives.models import Condition, Directive, Draft
from tests.directives.conftest import Place, SignIn

ORDER = {
    "kind": "order", "effect": "2", "lines": "training", "reason_code": "incident",
    "authority": "Commander", "protective_action": "Stay inside", "review_owner": "J3",
    "first_review_at": "2100-01-01", "usual_conditions": "host-consents",
    "other_conditions": "The gate is repaired; J4; a photograph",
    "days": ["mon", "fri"], "from_hour": "22", "until_hour": "2",
}  # fmt: skip


def composed(client: Client, **changes: object) -> str:
    kept = client.post("/missions/M/directives/new/", ORDER | changes)
    assert kept.status_code == 302, kept.text
    return kept["Location"]


def seen_on(page: str) -> str:
    return re.findall(r'name="seen" value="([^"]+)"', page)[0]


def test_draft_is_looked_at_and_signed_as_it_was_seen(place: Place, sign_in: SignIn) -> None:
    client = sign_in("commander")
    address = composed(client)
    page = client.get(address).text
    assert (Directive.objects.count(), "Before signing" in page) == (0, True)
    signed = client.post(f"{address}sign/", {"seen": seen_on(page)})
    row = Directive.objects.get()

    assert (signed.status_code, row.hours[0], len(row.hours)) == (302, "fri-22", 8)
    assert Condition.objects.count() == 2
    assert "Signed as" in client.get(address).text
    again = client.post(f"{address}sign/", {"seen": seen_on(page)})
    assert (again.status_code, Directive.objects.count()) == (409, 1)


def test_draft_that_changed_since_is_neither_signed_nor_overwritten(
    place: Place, sign_in: SignIn
) -> None:
    client, other = sign_in("commander"), sign_in("duty_officer")
    address = composed(client)
    seen = seen_on(client.get(address).text)
    edit = other.get(f"{address}edit/").text
    typed = ORDER | {"seen": seen_on(edit), "reason": "Theirs"}
    assert other.post(f"{address}edit/", typed).status_code == 302
    assert client.post(f"{address}sign/", {"seen": seen}).status_code == 409
    stale = client.post(f"{address}edit/", ORDER | {"seen": seen, "reason": "Mine"})

    assert (stale.status_code, Directive.objects.count()) == (422, 0)
    assert "Theirs" in stale.text
    assert "Mine" in stale.text


def test_what_a_draft_lacks_is_listed_and_keeps_it_from_being_signed(
    place: Place, sign_in: SignIn
) -> None:
    client = sign_in("commander")
    address = composed(client, effect="1", reason_code="other")
    page = client.get(address).text

    assert "A restriction says what stays allowed." in page
    assert "Another kind of reason needs its text." in page
    assert client.post(f"{address}drop/").status_code == 302
    assert "This draft was dropped." in client.get(address).text
    assert client.post("/missions/M/directives/new/", {}).status_code == 422
    assert sign_in("reader").get("/missions/M/directives/new/").status_code == 403


def test_draft_by_the_api_and_its_order(place: Place, sign_in: SignIn) -> None:
    client = sign_in("commander")
    composed(client)
    row = Draft.objects.get()
    told = client.get(f"/api/v1/directives/drafts/{row.pk}").json()
    assert (told["missing"], told["refusal"]) == ([], "")
    assert len(client.get("/api/v1/directives/drafts").json()) == 1
    client.post(f"/directives/drafts/{row.pk}/sign/", {"seen": told["seen"]})
    number = Directive.objects.get().number
    for language in ("en", "fr", "ar"):
        assert number in client.get(f"/directives/{number}/order/?lang={language}&form=text").text
    paper = client.get(f"/directives/{number}/order/?lang=ar&form=pdf")
    assert paper.content.startswith(b"%PDF")
