"""Every address is closed to strangers."""

import re

import pytest
from django.test import Client

from tests.rules.addresses import Address, addresses, operations

# Doors that a stranger has to reach: signing in and its factors, the choice of a language, the
# probe of a load balancer. `access.middleware` lets through no more than these.
OPEN = {
    "account_login", "account_logout", "account_inactive", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn",
    "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
    "socialaccount_login_error", "set_language", "health",
    "by_link",  # tests/alerts/test_pages.py: a wrong link says nothing about anybody
    "heartbeat", "receipts",  # for a probe, without data; for a gateway, which signs what it tells
    # Their own tests: a link that was not made here is told nothing.
    "check_in", "check_in_reports", "check_in_manifest", "check_in_worker",
    "warden_list", "warden_reports", "warden_manifest", "warden_worker",
    "push_worker",  # a script without data
    "on_the_spot",  # its own tests: a secret that is unknown is told nothing
}  # fmt: skip

WHERE = [address for address in addresses() if not address.pattern.startswith("static/")]


def sample(address: Address) -> str:
    """The address with something in it that fits its form."""
    fits = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}
    return address.with_values([fits.get(kind, "x") for kind, _name in address.parameters])


@pytest.mark.django_db
@pytest.mark.parametrize("address", WHERE, ids=lambda address: address.pattern or "/")
def test_a_stranger_is_turned_away(client: Client, address: Address) -> None:
    if address.name in OPEN:
        return
    refusals = {"GET": client.get, "POST": client.post, "DELETE": client.delete}
    for method, send in refusals.items():
        answer = send(sample(address))
        where = (method, address.pattern)
        if address.pattern.startswith("api/"):
            assert (where, answer.status_code) == (where, 401)
        else:
            assert (where, answer.status_code) == (where, 302)
            assert answer["Location"].startswith("/accounts/")
            assert answer.content == b""


@pytest.mark.django_db
def test_a_stranger_is_turned_away_from_every_operation_of_the_api(client: Client) -> None:
    answers = {
        (method, path): client.generic(method, re.sub(r"\{\w+\}", "1", path)).status_code
        for method, path in operations()
    }

    assert set(answers.values()) == {401}
