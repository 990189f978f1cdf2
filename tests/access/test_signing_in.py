"""Signing in, without a browser: the doors, the limits, the identity provider."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from pytest_django.fixtures import Settings

from cadre.access import actions
from cadre.access.links import password_link
from cadre.access.models import Account
from cadre.access.queries import viewer_of
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.record.models import Entry
from tests.access.conftest import PASSWORD, Opener
from tests.access.provider import Provider, running

LOGIN = "/accounts/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: object) -> object:
    return client.post(LOGIN, {"login": email, "password": password}, **more)  # type: ignore[arg-type]  # headers


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_right_password_signs_in_and_leads_to_the_page_that_was_asked(
    client: Client, open_account: Opener
) -> None:
    open_account()

    answer = client.post(
        LOGIN,
        {
            "login": "somebody@mission.example",
            "password": PASSWORD,
            "next": "/account/?on=2020-01-06",
        },
    )

    assert answer["Location"] == "/account/?on=2020-01-06"
    assert is_signed_in(client) is True


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"],
)
def test_signing_in_never_leads_to_another_host(
    client: Client, open_account: Opener, elsewhere: str
) -> None:
    open_account()

    answer = client.post(
        LOGIN, {"login": "somebody@mission.example", "password": PASSWORD, "next": elsewhere}
    )

    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("/language/setlang/", {"language": "fr"}),
        ("/accounts/reauthenticate/", {"password": PASSWORD}),
        ("/accounts/logout/", {}),
    ],
)
@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_no_other_form_leads_to_another_host(
    client: Client, open_account: Opener, page: str, form: dict[str, str], elsewhere: str
) -> None:
    open_account()
    sign_in(client, "somebody@mission.example")

    there = client.post(page, form | {"next": elsewhere})["Location"]
    assert (there.startswith("/"), "evil" in there) == (True, False)


def test_a_wrong_password_and_an_unknown_address_are_told_apart_by_nobody(
    client: Client, open_account: Opener
) -> None:
    open_account()

    wrong = sign_in(client, "somebody@mission.example", "wrong")
    unknown = sign_in(client, "nobody@mission.example", "wrong")

    assert told(wrong) == told(unknown) != []
    assert is_signed_in(client) is False


def told(answer: object) -> list[str]:
    return list(answer.context["form"].non_field_errors())  # type: ignore[attr-defined]  # a test answer


def test_the_session_is_a_new_one_after_signing_in(client: Client, open_account: Opener) -> None:
    open_account()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted

    sign_in(client, "somebody@mission.example")

    assert client.cookies["sessionid"].value != planted


def test_signing_out_needs_a_form_and_ends_the_session(
    client: Client, open_account: Opener
) -> None:
    client.force_login(open_account())

    client.get("/accounts/logout/")
    assert is_signed_in(client) is True
    client.post("/accounts/logout/")
    assert is_signed_in(client) is False


def test_a_host_that_is_not_ours_is_refused(client: Client, db: None) -> None:
    assert client.get(LOGIN, headers={"host": "evil.example"}).status_code == 400


def test_guessing_passwords_of_one_account_stops_after_five(
    client: Client, open_account: Opener
) -> None:
    open_account()
    for attempt in range(5):
        sign_in(client, "somebody@mission.example", "wrong", REMOTE_ADDR=f"192.0.2.{attempt}")

    answer = sign_in(client, "somebody@mission.example", REMOTE_ADDR="192.0.2.99")

    assert told(answer) == ["Too many failed login attempts. Try again later."]
    assert is_signed_in(client) is False


def test_guessing_from_one_place_stops_after_ten(client: Client, db: None) -> None:
    answers = [sign_in(client, f"n{attempt}@mission.example", "wrong") for attempt in range(11)]

    assert told(answers[9]) != ["Too many failed login attempts. Try again later."]
    assert told(answers[10]) == ["Too many failed login attempts. Try again later."]


def test_the_place_cannot_be_made_up_unless_a_proxy_is_trusted(
    client: Client, db: None, settings: Settings
) -> None:
    def attempts(count: int) -> list[str]:
        for number in range(count):
            answer = sign_in(
                client,
                f"n{number}@mission.example",
                "wrong",
                headers={"X-Forwarded-For": f"198.51.100.{number}"},
            )
        return told(answer)

    assert attempts(11) == ["Too many failed login attempts. Try again later."]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert attempts(11) != ["Too many failed login attempts. Try again later."]


# --- pages that are closed --------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "signup/", "email/", "password/reset/", "confirm-email/", "3rdparty/", "3rdparty/signup/",
        "login/code/", "sessions/", "2fa/webauthn/signup/", "social/signup/",
    ],
)  # fmt: skip
def test_what_is_not_offered_does_not_exist(client: Client, db: None, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}").status_code == 404


def test_nobody_can_sign_himself_up(client: Client, db: None) -> None:
    for name in ("account_signup", "socialaccount_signup", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert "account_login" in get_resolver().reverse_dict


# --- links to set a password ------------------------------------------------------------------


def test_a_link_sets_a_password_once(client: Client, operator: Viewer, at: datetime) -> None:
    account = Account(email="new@mission.example", name="New")
    actions.open_account(account, password=None, by=OPERATOR, at=at)
    link = password_link(account, by=OPERATOR, at=at)

    form = client.get(link, follow=True)
    done = client.post(
        form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD}, follow=True
    )

    assert done.status_code == 200
    sign_in(client, "new@mission.example")
    assert is_signed_in(client) is True
    assert "This link is spent" in Client().get(link).content.decode()


def test_a_weak_password_is_not_set_by_a_link(
    client: Client, open_account: Opener, at: datetime
) -> None:
    account = open_account()
    page = client.get(password_link(account, by=OPERATOR, at=at), follow=True).redirect_chain[-1][0]

    answer = client.post(page, {"password1": "short", "password2": "short"})

    assert "too short" in answer.content.decode()


def test_changing_the_password_ends_the_other_sessions(open_account: Opener) -> None:
    account, here, there = open_account(), Client(), Client()
    sign_in(here, account.email)
    sign_in(there, account.email)

    changed = {"oldpassword": PASSWORD, "password1": PASSWORD + "!", "password2": PASSWORD + "!"}
    here.post("/accounts/password/change/", changed)

    assert is_signed_in(here) is True
    assert is_signed_in(there) is False


# --- the ledger of it -------------------------------------------------------------------------


def kept(account: Account) -> list[tuple[str, str]]:
    """Who did what to how an account signs in, oldest first."""
    entries = Entry.objects.filter(row=str(account.pk)).order_by("written_at")
    return [(entry.actor, entry.verb) for entry in entries if entry.change == "update"]


def test_the_ledger_keeps_who_made_a_link_and_that_it_was_used(
    client: Client, open_account: Opener, at: datetime
) -> None:
    account, administrator = open_account(), open_account("admin", roles=("administrator",))
    page = client.get(
        password_link(account, by=viewer_of(administrator), at=at), follow=True
    ).redirect_chain[-1][0]

    client.post(page, {"password1": "short", "password2": "short"})
    assert kept(account) == [("admin@mission.example", "access.make_link")]

    client.post(page, {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert kept(account) == [
        ("admin@mission.example", "access.make_link"),
        ("somebody@mission.example", "access.set_password"),
    ]


def test_the_ledger_keeps_a_password_that_was_changed_and_not_the_password(
    open_account: Opener, at: datetime
) -> None:
    account, client = open_account(), Client()
    sign_in(client, account.email)

    new = {"oldpassword": PASSWORD, "password1": PASSWORD + "!", "password2": PASSWORD + "!"}
    client.post("/accounts/password/change/", new | {"oldpassword": "wrong"})
    assert kept(account) == []
    client.post("/accounts/password/change/", new)
    actions.change_password(account, PASSWORD, by=OPERATOR, at=at)

    assert kept(account) == [
        ("somebody@mission.example", "access.set_password"),
        ("operator", "access.change_password"),
    ]
    assert [
        entry.pk for entry in Entry.objects.all() if account.password in str(entry.content)
    ] == []


def test_the_ledger_keeps_second_factors_that_come_and_go(
    open_account: Opener,
    at: datetime,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    account, client = open_account(), Client()
    sign_in(client, account.email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    actions.reset_factors(account, by=OPERATOR, at=at)

    assert kept(account) == [
        ("somebody@mission.example", "access.add_factor"),
        ("somebody@mission.example", "access.add_factor"),  # the recovery codes that come with it
        ("operator", "access.reset_factors"),
    ]


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


# --- a second factor --------------------------------------------------------------------------

SECOND = "/accounts/2fa/authenticate/"


@pytest.fixture
def with_app(open_account: Opener) -> tuple[Account, str]:
    """An account with an authenticator app, and the app's secret."""
    account, secret = open_account(), generate_totp_secret()
    TOTP.activate(account, secret)
    return account, secret


def test_a_password_alone_opens_nothing_where_there_is_a_second_factor(
    client: Client, with_app: tuple[Account, str]
) -> None:
    account, secret = with_app

    assert sign_in(client, account.email)["Location"].startswith(SECOND)  # type: ignore[index]  # an answer
    assert is_signed_in(client) is False
    client.post(SECOND, {"code": "000000"})
    assert is_signed_in(client) is False
    client.post(SECOND, {"code": code_of(secret)})
    assert is_signed_in(client) is True


def test_a_code_of_the_app_works_once(with_app: tuple[Account, str]) -> None:
    account, secret = with_app
    first, second, code = Client(), Client(), code_of(secret)
    for client in (first, second):
        sign_in(client, account.email)
        client.post(SECOND, {"code": code})

    assert [is_signed_in(client) for client in (first, second)] == [True, False]


def test_guessing_codes_stops_after_five(client: Client, with_app: tuple[Account, str]) -> None:
    account, secret = with_app
    sign_in(client, account.email)
    for guess in range(5):
        client.post(SECOND, {"code": f"00000{guess}"})

    client.post(SECOND, {"code": code_of(secret)})

    assert is_signed_in(client) is False


def test_nobody_changes_the_second_factors_without_the_password_once_more(
    open_account: Opener,
) -> None:
    """A session that was left open is not enough to add a factor of one's own."""
    client = Client()
    client.force_login(open_account())

    for page in ("totp/activate/", "webauthn/add/", "recovery-codes/generate/"):
        answer = client.get(f"/accounts/2fa/{page}")
        assert answer["Location"].startswith("/accounts/reauthenticate/")


# --- an identity provider ---------------------------------------------------------------------


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with running() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "nato",
                        "name": "NATO sign-in",
                        "client_id": "cadre",
                        "secret": "s",
                        "settings": {"server_url": provider.address, "email_authentication": True},
                    }
                ],
            }
        }
        yield provider


def sign_in_with(client: Client, provider: Provider, **says: object) -> object:
    provider.says = {"sub": "42", **says}
    away = client.post("/accounts/oidc/nato/login/")
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    answer = client.get(
        "/accounts/oidc/nato/login/callback/", {"code": "c", "state": asked["state"][0]}
    )
    assert "code_verifier" in provider.asked[-1]
    return answer


def test_the_sign_in_page_offers_the_provider(client: Client, db: None, provider: Provider) -> None:
    page = client.get(LOGIN).content.decode()

    assert "Sign in with NATO sign-in" in page
    assert 'action="/accounts/oidc/nato/login/?process=login"' in page


def test_a_confirmed_address_signs_in_to_its_account(
    client: Client, open_account: Opener, provider: Provider
) -> None:
    account = open_account()

    sign_in_with(client, provider, email=account.email.upper(), email_verified=True)

    assert is_signed_in(client) is True
    assert SocialAccount.objects.count() == 0  # nothing links them but the address


@pytest.mark.parametrize(
    "says",
    [
        {"email": "somebody@mission.example", "email_verified": False},
        {"email": "somebody@mission.example"},
        {"email": "stranger@mission.example", "email_verified": True},
        {"email_verified": True},
    ],
)
def test_whoever_the_provider_does_not_vouch_for_stays_outside(
    client: Client, open_account: Opener, provider: Provider, says: dict[str, object]
) -> None:
    open_account()

    answer = sign_in_with(client, provider, **says)

    assert "No account here" in answer.content.decode()  # type: ignore[attr-defined]  # a test answer
    assert is_signed_in(client) is False
    assert Account.objects.count() == 1


def test_a_closed_account_stays_outside(
    client: Client, open_account: Opener, provider: Provider, at: datetime
) -> None:
    account = open_account()
    actions.close_account(account, by=OPERATOR, at=at)

    sign_in_with(client, provider, email=account.email, email_verified=True)

    assert is_signed_in(client) is False


def test_an_answer_that_was_not_asked_for_is_refused(
    client: Client, open_account: Opener, provider: Provider
) -> None:
    provider.says = {"sub": "42", "email": open_account().email, "email_verified": True}

    answer = client.get("/accounts/oidc/nato/login/callback/", {"code": "c", "state": "made-up"})

    assert "did not confirm who you are" in answer.content.decode()
    assert is_signed_in(client) is False


def test_no_password_is_known_outside_the_demonstration(
    client: Client, open_account: Opener, settings: Settings
) -> None:
    open_account("duty", email="duty@demo.example")
    settings.CADRE_DEMO = False

    sign_in(client, "duty@demo.example")

    assert is_signed_in(client) is False
    with pytest.raises(Refused):
        open_account("duty", email="duty@demo.example")
