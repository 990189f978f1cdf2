"""One's own account, and the administrator's pages."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from cadre.access import actions, queries
from cadre.access.models import Account, Role, Token
from cadre.core.releasability import OPERATOR
from tests.access.conftest import Opener

type Browser = Callable[..., Client]


@pytest.fixture
def administrator(signed_in: Browser) -> Client:
    return signed_in("admin", roles=("administrator",))


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]  # a test answer


# --- one's own --------------------------------------------------------------------------------


def test_ones_own_page_says_what_one_may_see_and_do(signed_in: Browser) -> None:
    page = text(
        signed_in(affiliations=["DE", "NATO"], roles=("duty_officer:NMI", "reader")).get(
            "/account/"
        )
    )

    assert "Secret" in page
    assert "DE, NATO" in page
    assert "Duty officer in NMI" in page
    assert "Reader in every mission" in page


def test_a_key_that_is_made_is_shown_once_and_works(signed_in: Browser) -> None:
    browser = signed_in()
    page = text(browser.post("/account/keys/", {"label": "Excel", "days": "30"}))
    key = re.search(r'id="new_key">([^<]+)<', page)

    assert key is not None
    assert Token.objects.get().may_change is False
    assert key[1] not in text(browser.get("/account/"))
    assert (
        Client().get("/api/v1/openapi.json", headers={"Authorization": f"Bearer {key[1]}"})
    ).status_code == 200


@pytest.mark.parametrize("days", ["0", "367", "", "many"])
def test_a_key_that_cannot_be_is_not_made_and_what_was_typed_stays(
    signed_in: Browser, days: str
) -> None:
    answer = signed_in().post("/account/keys/", {"label": "My spreadsheet", "days": days})

    assert answer.status_code == 422
    assert 'value="My spreadsheet"' in text(answer)
    assert Token.objects.count() == 0


def test_a_key_is_revoked_by_its_owner_and_nobody_else(
    signed_in: Browser, open_account: Opener
) -> None:
    owner = open_account("owner")
    mine = Client()
    mine.force_login(owner)
    mine.post("/account/keys/", {"label": "Excel", "days": "30"})
    revoke = reverse("access:revoke_key", kwargs={"row": Token.objects.get().pk})

    assert signed_in("other").post(revoke).status_code == 404
    assert Token.objects.get().revoked_at is None
    assert mine.post(revoke).status_code == 302
    assert Token.objects.get().revoked_at is not None


# --- the administrator's ----------------------------------------------------------------------


def test_an_administrator_opens_an_account_gives_a_role_and_makes_a_link(
    administrator: Client,
) -> None:
    form = {
        "email": "New@mission.example",
        "name": "New",
        "clearance": "1",
        "affiliations": "DE, NATO",
        "communities": "",
    }
    page = administrator.post("/access/accounts/new/", form)["Location"]
    administrator.post(f"{page}roles/", {"role": "duty_officer", "mission": "NMI"})
    link = re.search(r'id="new_link">([^<]+)<', text(administrator.post(f"{page}link/")))

    account = Account.objects.get(email="new@mission.example")
    assert (account.clearance, account.affiliations) == (1, ["DE", "NATO"])
    assert queries.viewer_of(account).roles == {("duty_officer", "NMI")}
    assert link is not None
    assert "Set a password" in text(Client().get(link[1], follow=True))


def test_codes_of_nations_are_kept_in_capital_letters(administrator: Client) -> None:
    typed = {"email": "new@mission.example", "name": "New", "clearance": "0"}
    administrator.post("/access/accounts/new/", typed | {"affiliations": "dk، nato,DK"})

    assert Account.objects.get(name="New").affiliations == ["DK", "NATO"]


def test_no_role_is_chosen_beforehand(administrator: Client, open_account: Opener) -> None:
    account = open_account()
    page = f"/access/accounts/{account.pk}/"

    assert '<option value="" selected>' in text(administrator.get(page))
    assert administrator.post(f"{page}roles/", {"role": ""}).status_code == 422
    assert account.roles.count() == 0


def test_what_is_refused_keeps_what_was_typed_and_opens_nothing(administrator: Client) -> None:
    answer = administrator.post(
        "/access/accounts/new/",
        {"email": "admin@mission.example", "name": "Again", "clearance": "0"},
    )

    assert answer.status_code == 422
    assert "There is an account admin@mission.example already." in text(answer)
    assert 'value="Again"' in text(answer)
    assert Account.objects.count() == 1


def test_a_change_that_is_refused_changes_nothing(
    administrator: Client, open_account: Opener
) -> None:
    account = open_account(communities=["x"])

    answer = administrator.post(
        f"/access/accounts/{account.pk}/change/",
        {"name": "Other", "clearance": "0", "communities": "administration"},
    )

    assert answer.status_code == 422
    assert "come with a role only" in text(answer)
    account.refresh_from_db()
    assert (account.name, account.communities) == ("Somebody", ["x"])


def test_an_account_is_changed_closed_and_opened_again(
    administrator: Client, open_account: Opener
) -> None:
    account = open_account()
    page = f"/access/accounts/{account.pk}/"

    administrator.post(f"{page}change/", {"name": "Other", "clearance": "2", "affiliations": "SE"})
    account.refresh_from_db()
    assert (account.name, account.clearance, account.affiliations) == ("Other", 2, ["SE"])

    administrator.post(f"{page}close/")
    account.refresh_from_db()
    assert account.is_active is False
    assert "This account is closed." in text(administrator.get(page))

    administrator.post(f"{page}reopen/")
    account.refresh_from_db()
    assert account.is_active is True


def test_a_role_is_ended(administrator: Client, open_account: Opener) -> None:
    account = open_account(roles=("reader:NMI",))
    role = Role.objects.get(account=account)

    administrator.post(f"/access/accounts/{account.pk}/roles/{role.pk}/end/")

    role.refresh_from_db()
    assert role.ended_at is not None


PAGES = [
    "/access/accounts/",
    "/access/accounts/new/",
    "/access/accounts/{}/",
]
FORMS = ["change/", "roles/", "link/", "close/", "reopen/", "factors/"]


def test_only_administrators_reach_these_pages(signed_in: Browser, open_account: Opener) -> None:
    other = open_account("other").pk
    commander = signed_in("commander", roles=("commander",))

    assert {commander.get(page.format(other)).status_code for page in PAGES} == {403}
    assert {
        commander.post(
            f"/access/accounts/{other}/{form}", {"role": "reader", "name": "x"}
        ).status_code
        for form in FORMS
    } == {403}
    assert commander.get("/looks/").status_code == 403


def test_the_list_of_accounts_asks_as_often_for_three_as_for_one(
    administrator: Client,
    open_account: Opener,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(100) as counted:  # type: ignore[attr-defined]  # a context manager
            administrator.get("/access/accounts/")
        return len(counted)

    open_account("one", roles=("reader",))
    once = asked()
    open_account("two", roles=("reader", "warden"))
    open_account("three", roles=("reader",))

    assert asked() == once


def test_nobody_closes_his_own_account_from_the_page(administrator: Client) -> None:
    account = Account.objects.get(email="admin@mission.example")

    answer = administrator.post(f"/access/accounts/{account.pk}/close/", follow=True)

    assert "Nobody closes his own account" in text(answer)


def test_an_administrator_who_was_one_is_none_from_the_next_request_on(
    administrator: Client, open_account: Opener, at: datetime
) -> None:
    open_account("second", roles=("administrator",))
    role = Role.objects.get(account__email="admin@mission.example")
    assert administrator.get("/access/accounts/").status_code == 200

    actions.end_role(role, by=OPERATOR, at=at)
    assert administrator.get("/access/accounts/").status_code == 403
