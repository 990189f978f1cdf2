"""Somebody who may do everything but manage accounts, signed in, for tests that walk all pages."""

from datetime import timedelta

from django.test import Client

from cadre.access import actions
from cadre.access.models import Account, RoleChoices
from cadre.core.releasability import OPERATOR, Classification
from tests.rules.planting import AT


def reader() -> Account:
    """An account with every role in every mission, cleared for everything."""
    account = Account(
        email="reader@mission.example",
        name="Reader",
        clearance=Classification.SECRET,
        affiliations=["DE", "NATO"],
    )
    actions.open_account(account, password=None, by=OPERATOR, at=AT)
    for role in RoleChoices.values:
        actions.give_role(account, role, mission="", by=OPERATOR, at=AT)
    return account


def browser() -> Client:
    """A browser of the reader's; an error is an answer 500, as everywhere."""
    client = Client(raise_request_exception=False)
    client.force_login(reader())
    return client


LIFE = timedelta(days=30)
