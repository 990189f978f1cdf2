"""People who sign in, for the tests of access."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access import actions
from cadre.access.models import Account
from cadre.core.releasability import OPERATOR, Classification, Viewer

PASSWORD = "correct horse battery staple"

type Opener = Callable[..., Account]


@pytest.fixture
def open_account(operator: Viewer, at: datetime) -> Opener:
    """Opens an account: `open_account("de", affiliations=["DE"], roles=["commander:NMI"])`."""

    def opened(key: str = "somebody", *, roles: tuple[str, ...] = (), **values: object) -> Account:
        account = Account(
            **{
                "email": f"{key}@mission.example",
                "name": key.title(),
                "clearance": Classification.SECRET,
                **values,
            }
        )
        actions.open_account(account, password=PASSWORD, by=OPERATOR, at=at)
        for named in roles:
            role, _colon, mission = named.partition(":")
            actions.give_role(account, role, mission=mission, by=OPERATOR, at=at)
        return account

    return opened


@pytest.fixture
def signed_in(open_account: Opener) -> Callable[..., Client]:
    """A browser in which a new account is signed in."""

    def browser(key: str = "somebody", **values: object) -> Client:
        client = Client()
        client.force_login(open_account(key, **values))
        return client

    return browser


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hashing is slow on purpose; these tests are not about that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
