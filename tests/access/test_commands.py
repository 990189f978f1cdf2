"""Accounts, keys and the demonstration's people from the machine's shell."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from cadre.access import queries
from cadre.access.demonstration import PASSWORD as KNOWN
from cadre.access.demonstration import PLAYERS
from cadre.access.models import Account, Token
from cadre.core.releasability import Viewer
from tests.access.conftest import PASSWORD, Opener


def said(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What stands on standard input."""
    given = io.StringIO()
    monkeypatch.setattr("sys.stdin", given)
    yield given


def put(typed: io.StringIO, text: str) -> None:
    typed.write(text)
    typed.seek(0)


def test_an_account_is_opened_with_all_that_it_may(operator: Viewer) -> None:
    said(
        "account", "add", "duty@mission.example", "--name", "Duty", "--clearance", "secret",
        "--affiliation", "DE", "--affiliation", "NATO", "--community", "council",
        "--role", "duty_officer:NMI", "--role", "reader",
    )  # fmt: skip

    viewer = queries.viewer_of(Account.objects.get())
    assert (viewer.clearance, viewer.affiliations, viewer.communities) == (
        3, {"DE", "NATO"}, {"council"},
    )  # fmt: skip
    assert viewer.roles == {("duty_officer", "NMI"), ("reader", "")}


def test_an_account_with_a_role_that_there_is_not_is_not_opened_at_all(operator: Viewer) -> None:
    with pytest.raises(CommandError, match="There is no role “king”") as refusal:
        said("account", "add", "k@mission.example", "--name", "K", "--role", "king")

    assert refusal.value.returncode == 2
    assert Account.objects.count() == 0


def test_accounts_are_listed_for_people_and_for_programs(open_account: Opener) -> None:
    open_account(affiliations=["DE"], roles=("reader:NMI",))

    assert said("account", "list") == "somebody@mission.example  Somebody  secret  DE  reader:NMI"
    assert json.loads(said("account", "list", "--json")) == [
        {
            "email": "somebody@mission.example",
            "name": "Somebody",
            "open": True,
            "clearance": "secret",
            "affiliations": ["DE"],
            "communities": [],
            "roles": ["reader:NMI"],
        }
    ]


def test_a_password_is_read_from_standard_input_never_from_the_words(
    open_account: Opener, typed: io.StringIO
) -> None:
    account = open_account()
    put(typed, "another quite long one\n")

    said("account", "password", account.email)

    account.refresh_from_db()
    assert account.check_password("another quite long one") is True
    with pytest.raises(CommandError):
        said("account", "password", account.email, "another quite long one")


def test_a_weak_password_is_refused_in_a_sentence(open_account: Opener, typed: io.StringIO) -> None:
    account = open_account()
    put(typed, "short\n")

    with pytest.raises(CommandError, match="too short"):
        said("account", "password", account.email)
    account.refresh_from_db()
    assert account.check_password(PASSWORD) is True


def test_an_account_is_closed(open_account: Opener) -> None:
    account = open_account()

    said("account", "close", account.email.upper())

    account.refresh_from_db()
    assert account.is_active is False


def test_a_role_is_given_and_ended(open_account: Opener) -> None:
    account = open_account()

    said("account", "role", account.email, "warden:NMI")
    assert queries.viewer_of(account).roles == {("warden", "NMI")}
    said("account", "role", account.email, "warden:NMI", "--end")
    assert queries.viewer_of(account).roles == set()
    with pytest.raises(CommandError, match="is not warden:NMI"):
        said("account", "role", account.email, "warden:NMI", "--end")


def test_a_link_is_made_for_this_site(open_account: Opener) -> None:
    link = said("account", "link", open_account().email, "--site", "https://cadre.example/")

    assert link.startswith("https://cadre.example/accounts/password/link/")


@pytest.mark.parametrize("words", [("account", "close"), ("account", "link"), ("token",)])
def test_an_account_that_there_is_not_is_named_in_a_sentence(
    operator: Viewer, words: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError, match=r"There is no account nobody@mission\.example\."):
        said(*words, "nobody@mission.example")


def test_a_key_is_printed_once_and_reads_only(open_account: Opener) -> None:
    key = said("token", open_account().email, "--days", "7", "--label", "Excel")

    token = queries.live_token(key, at=datetime.now(UTC))
    assert token is not None
    assert (token.label, token.may_change) == ("Excel", False)


@pytest.mark.parametrize("days", ["0", "367", "999999999999"])
def test_a_key_lasts_at_most_a_year(open_account: Opener, days: str) -> None:
    with pytest.raises(CommandError):
        said("token", open_account().email, "--days", days)

    assert Token.objects.count() == 0


def test_the_demonstrations_people_are_opened_once(operator: Viewer, settings: Settings) -> None:
    settings.CADRE_DEMO = True

    told = said("demo_accounts")
    said("demo_accounts")

    assert Account.objects.count() == len(PLAYERS)
    assert KNOWN in told
    assert all(player.email in told for player in PLAYERS)


def test_there_are_none_outside_the_demonstration(operator: Viewer, settings: Settings) -> None:
    settings.CADRE_DEMO = False

    with pytest.raises(CommandError, match="only where CADRE_DEMO=1"):
        said("demo_accounts")
    assert Account.objects.count() == 0
