"""Opening and closing accounts, giving roles and keys."""

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from cadre.access import actions, queries
from cadre.access.models import Account, Role, Token
from cadre.access.permissions import NotAllowed
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification, Viewer
from cadre.record.models import Entry
from tests.access.conftest import PASSWORD, Opener


def stranger() -> Viewer:
    return Viewer("S", Classification.SECRET, account="stranger@mission.example")


def test_an_account_signs_in_with_its_address_in_any_case(open_account: Opener) -> None:
    account = open_account("Mixed.Case")

    assert account.email == "mixed.case@mission.example"
    assert authenticate(None, email="MIXED.case@mission.example", password=PASSWORD) == account


def test_the_administrator_vouches_for_the_address(open_account: Opener) -> None:
    account = open_account()

    assert EmailAddress.objects.get(user=account).verified is True


def test_an_address_has_one_account(open_account: Opener, at: datetime) -> None:
    open_account("twice")

    with pytest.raises(Refused, match=r"There is an account twice@mission\.example already\."):
        open_account("TWICE")
    with pytest.raises(IntegrityError), actions.acting("test", by=OPERATOR, at=at):
        Account.objects.create(email="Twice@mission.example", name="Other")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"email": "nowhere"}, "“nowhere” is not an email address."),
        ({"name": "  "}, "An account needs the name of its person."),
        ({"clearance": 7}, "There is no such clearance."),
        ({"affiliations": [""]}, "1 to 40 characters"),
        ({"communities": ["administration"]}, "come with a role only"),
        ({"communities": ["representation"]}, "come with a role only"),
    ],
)
def test_an_account_that_is_not_right_is_not_opened(
    open_account: Opener, values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        open_account(**values)

    assert Account.objects.count() == 0


def test_a_weak_password_is_refused(open_account: Opener, at: datetime) -> None:
    account = open_account()

    with pytest.raises(Refused, match="too short"):
        actions.change_password(account, "short", by=OPERATOR, at=at)


@pytest.mark.parametrize("change", ["open", "describe", "password", "close", "role", "factors"])
def test_only_who_manages_accounts_changes_them(
    open_account: Opener, at: datetime, change: str
) -> None:
    account, by = open_account(), stranger()
    changes = {
        "open": lambda: actions.open_account(
            Account(email="new@mission.example", name="N"), password=None, by=by, at=at
        ),
        "describe": lambda: actions.describe_account(account, by=by, at=at),
        "password": lambda: actions.change_password(account, PASSWORD, by=by, at=at),
        "close": lambda: actions.close_account(account, by=by, at=at),
        "role": lambda: actions.give_role(account, "reader", mission="", by=by, at=at),
        "factors": lambda: actions.reset_factors(account, by=by, at=at),
    }

    with pytest.raises(NotAllowed):
        changes[change]()


def test_closing_an_account_ends_all_that_it_could_do(open_account: Opener, at: datetime) -> None:
    account = open_account(roles=("duty_officer:NMI",))
    client = Client()
    client.force_login(account)
    key = actions.issue_token(account, "k", lasts=timedelta(days=1), by=OPERATOR, at=at)
    Authenticator.objects.create(user=account, type="totp", data={})
    assert client.get("/account/").status_code == 200
    assert queries.live_token(key, at=at) is not None

    actions.close_account(account, by=OPERATOR, at=at)

    assert client.get("/account/").status_code == 302
    assert queries.live_token(key, at=at) is None
    assert queries.viewer_of(account).roles == frozenset()
    assert Authenticator.objects.filter(user=account).count() == 0
    assert authenticate(None, email=account.email, password=PASSWORD) is None


def test_an_account_that_is_opened_again_has_nothing_of_before(
    open_account: Opener, at: datetime
) -> None:
    account = open_account(roles=("duty_officer:NMI",))
    client = Client()
    client.force_login(account)
    actions.close_account(account, by=OPERATOR, at=at)

    actions.reopen_account(account, by=OPERATOR, at=at)

    assert client.get("/account/").status_code == 302
    assert queries.viewer_of(account).roles == frozenset()
    assert authenticate(None, email=account.email, password=PASSWORD) is None


def test_nobody_closes_his_own_account(open_account: Opener, at: datetime) -> None:
    administrator = open_account("admin", roles=("administrator",))

    with pytest.raises(Refused, match="Nobody closes his own account"):
        actions.close_account(administrator, by=queries.viewer_of(administrator), at=at)


def test_nobody_raises_himself(open_account: Opener, at: datetime) -> None:
    """His name he may change, another's clearance too; what he may see and do others decide."""
    administrator = open_account("admin", roles=("administrator",), clearance=0)
    other, by = open_account("other", clearance=0), queries.viewer_of(administrator)

    for account, name in ((other, "Other"), (administrator, "New name")):
        account.name = name
        actions.describe_account(account, by=by, at=at)
    for account in (other, administrator):
        account.clearance = Classification.SECRET
    actions.describe_account(other, by=by, at=at)
    with pytest.raises(Refused, match="Nobody changes what he himself may see"):
        actions.describe_account(administrator, by=by, at=at)
    actions.give_role(other, "commander", mission="", by=by, at=at)
    with pytest.raises(Refused, match="Nobody gives himself a role"):
        actions.give_role(administrator, "commander", mission="", by=by, at=at)

    assert set(Account.objects.values_list("name", "clearance")) == {("Other", 3), ("New name", 0)}
    assert queries.viewer_of(administrator).roles == {("administrator", "")}


def test_the_last_administrator_stays(open_account: Opener, at: datetime) -> None:
    first = open_account("first", roles=("administrator",))
    by = queries.viewer_of(first)
    role = Role.objects.get(account=first)

    with pytest.raises(Refused, match="The last administrator stays"):
        actions.end_role(role, by=by, at=at)
    open_account("second", roles=("administrator",))
    actions.end_role(role, by=by, at=at)

    assert Role.objects.get(account=first).ended_at == at


def test_a_role_is_given_once_and_can_be_given_again_after_its_end(
    open_account: Opener, at: datetime
) -> None:
    account = open_account(roles=("reader:NMI", "reader:NMI"))
    role = Role.objects.get(account=account)

    actions.end_role(role, by=OPERATOR, at=at)
    actions.give_role(account, "reader", mission="NMI", by=OPERATOR, at=at)

    assert Role.objects.filter(account=account, ended_at=None).count() == 1


def test_the_database_refuses_a_role_that_is_held_twice(open_account: Opener, at: datetime) -> None:
    account = open_account(roles=("reader:NMI",))

    with pytest.raises(IntegrityError), actions.acting("test", by=OPERATOR, at=at):
        Role.objects.create(account=account, role="reader", mission="NMI")


def test_a_role_through_a_post_stands_beside_the_same_role_without_one(
    open_account: Opener, at: datetime
) -> None:
    account = open_account(roles=("reader:NMI",))
    for _twice in range(2):
        actions.give_role(account, "reader", mission="NMI", post="J3", by=OPERATOR, at=at)
    through, plain = (account.roles.get(post=post) for post in ("J3", ""))

    actions.end_role(through, by=OPERATOR, at=at)

    assert queries.viewer_of(account).roles == {("reader", "NMI")}
    actions.end_role(plain, by=OPERATOR, at=at)
    assert queries.viewer_of(account).roles == frozenset()


@pytest.mark.parametrize(
    ("role", "mission", "sentence"),
    [
        ("king", "", "There is no role “king”"),
        ("administrator", "NMI", "An administrator is one for every mission."),
    ],
)
def test_a_role_that_there_cannot_be_is_refused(
    open_account: Opener, at: datetime, role: str, mission: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.give_role(open_account(), role, mission=mission, by=OPERATOR, at=at)


def test_the_ledger_keeps_every_change_and_never_a_secret(
    open_account: Opener, at: datetime
) -> None:
    account = open_account(roles=("reader",))
    key = actions.issue_token(account, "k", lasts=timedelta(days=1), by=OPERATOR, at=at)
    actions.close_account(account, by=OPERATOR, at=at)

    entries = Entry.objects.all()
    told = " ".join(str(entry.content) for entry in entries)

    assert {entry.verb for entry in entries} == {
        "access.open_account", "access.give_role", "access.issue_token", "access.close_account",
    }  # fmt: skip
    assert {entry.actor for entry in entries} == {"operator"}
    assert [
        secret for secret in (key, account.password, "digest", "scrypt") if secret in told
    ] == []


def test_an_administrator_of_any_clearance_reads_what_was_done_to_accounts(
    open_account: Opener, at: datetime
) -> None:
    account = open_account("plain")
    administrator = open_account("admin", roles=("administrator",), clearance=0)
    commander = open_account("chief", roles=("commander",))

    def read(reader: Account) -> set[str]:
        with queries.seeing(queries.viewer_of(reader)):
            return {entry.verb for entry in Entry.objects.filter(row=str(account.pk))}

    assert read(administrator) == {"access.open_account"}
    assert read(commander) == set()


def test_a_key_is_told_once_and_only_its_digest_is_kept(open_account: Opener, at: datetime) -> None:
    account = open_account()
    key = actions.issue_token(account, "k", lasts=timedelta(days=1), by=OPERATOR, at=at)

    assert key not in str(Token.objects.values_list().get())
    assert len(key) >= 43


def test_a_key_expires_and_can_be_revoked(open_account: Opener, at: datetime) -> None:
    account = open_account()
    key = actions.issue_token(account, "k", lasts=timedelta(days=1), by=OPERATOR, at=at)

    assert queries.live_token(key, at=at + timedelta(hours=23)) is not None
    assert queries.live_token(key, at=at + timedelta(hours=24)) is None
    assert queries.live_token("x" + key, at=at) is None

    actions.revoke_token(Token.objects.get(), by=OPERATOR, at=at)
    assert queries.live_token(key, at=at) is None


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_key_lasts_no_longer_than_a_year(open_account: Opener, at: datetime, days: int) -> None:
    with pytest.raises(Refused, match=r"A key lasts between 1 and 366 days\."):
        actions.issue_token(open_account(), "k", lasts=timedelta(days=days), by=OPERATOR, at=at)


def test_nobody_makes_a_key_for_somebody_else(open_account: Opener, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.issue_token(open_account(), "k", lasts=timedelta(1), by=stranger(), at=at)


def test_a_change_that_nobody_is_named_for_is_refused_by_the_database(
    open_account: Opener,
) -> None:
    account = open_account()
    account.clearance = 0

    with pytest.raises(DatabaseError, match="Nobody is named"), transaction.atomic():
        account.save()


def test_an_action_inside_another_gives_the_pen_back(open_account: Opener, at: datetime) -> None:
    account = open_account()

    with actions.acting("test.outer", by=OPERATOR, at=at):
        actions.give_role(account, "reader", mission="", by=OPERATOR, at=at)
        account.name = "Other"
        account.save()

    assert list(Entry.objects.order_by("written_at").values_list("verb", flat=True))[-2:] == [
        "access.give_role", "test.outer",
    ]  # fmt: skip
