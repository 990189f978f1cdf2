"""A mission with people at two sites, those who have to know, and what they are told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest

from cadre.access.actions import acting
from cadre.access.models import Account, Role
from cadre.accountability.models import Warden, WardenList
from cadre.alerts.actions.listening import listen
from cadre.alerts.models import Alert, Attempt, Recipient
from cadre.core.releasability import OPERATOR, Classification, Viewer
from cadre.directives import actions as directives
from cadre.directives.models import Directive
from cadre.mission import actions as mission
from cadre.mission.models import Organisation, Person, Post, Site
from tests.directives.conftest import EARLIER, Place, make_place, order, place

__all__ = ["place"]

type Told = Callable[..., list[str]]
PHONE = "+4790000"


@dataclass(frozen=True)
class Staff:
    """Anna and Bert are German and at the camp, Chloé is French and at the fort; Anna reports to
    Bert. Each has an email, Anna and Chloé a phone too.
    """

    place: Place
    anna: Person
    bert: Person
    chloe: Person


@dataclass(frozen=True)
class Who:
    """Somebody to be made: name, nation, site, and how to reach them."""

    code: str
    nation: str
    site: object
    phone: str = ""
    language: str = "en"
    above: Post | None = None


def somebody(place: Place, who: Who) -> tuple[Person, Post]:
    nation = Organisation.objects.get(code=who.nation)
    person = mission.add_person(
        mission.NewPerson(
            code=who.code,
            name=f"{who.code.title()} Fictional",
            nation=nation,
            email=f"{who.code}@people.example",
            phone=who.phone,
            language=who.language,
        ),
        by=OPERATOR,
        at=EARLIER,
    )
    post = mission.add_post(
        mission.NewPost(
            code=f"P-{who.code}",
            title=f"Adviser {who.code}",
            mission=place.mission,
            nation=nation,
            site=who.site,
            reports_to=who.above,
        ),
        by=OPERATOR,
        at=EARLIER,
    )
    mission.hold(
        mission.NewHolding(post=post, person=person, begins_at=EARLIER), by=OPERATOR, at=EARLIER
    )
    return person, post


def make_staff(place: Place) -> Staff:
    bert, above = somebody(place, Who("bert", "DE", place.camp))
    anna, _post = somebody(place, Who("anna", "DE", place.camp, f"{PHONE}0001", above=above))
    chloe, _post = somebody(place, Who("chloe", "FR", place.fort, f"{PHONE}0002", "fr"))
    return Staff(place, anna, bert, chloe)


def make_list(staff: Staff, site: Site, warden: Person) -> WardenList:
    """The list of everybody at a site, and who counts it."""
    with acting("test", by=OPERATOR, at=EARLIER):
        made = WardenList.objects.create(
            mission=staff.place.mission, code=f"L-{site.code}", title=site.name, site=site
        )
        Warden.objects.create(list=made, person=warden, position=0)
    return made


@pytest.fixture
def staff(place: Place) -> Staff:
    return make_staff(place)


def make_account(
    name: str,
    role: str,
    *affiliations: str,
    at: datetime = EARLIER,
    mission: str = "M",
    **more: object,
) -> Account:
    """Somebody with one role in a mission and an account."""
    values = {"clearance": Classification.RESTRICTED.value} | more
    with acting("test", by=OPERATOR, at=at):
        account = Account(
            email=f"{name}@people.example", name=name, affiliations=list(affiliations), **values
        )
        account.set_unusable_password()
        account.save()
        Role.objects.create(account=account, role=role, mission=mission)
    return account


@pytest.fixture
def heads(staff: Staff) -> dict[str, Account]:
    """Commander, duty officer, and the representatives of both contingents."""
    return {
        "commander": make_account("commander", "commander", "CA"),
        "duty": make_account("duty", "duty_officer", "DK"),
        "germany": make_account("germany", "senior_national_representative", "DE"),
        "france": make_account("france", "senior_national_representative", "FR"),
    }


def issue(at: datetime, **changes: object) -> Directive:
    """An order of the mission, and the ledger heard out."""
    made = directives.issue(order(at, **changes), by=OPERATOR, at=at)
    listen(at=at)
    return made


def told(alert: Alert) -> set[str]:
    """Everybody who is told, by the code of the person, else the name of the account."""
    rows = Recipient.objects.filter(alert=alert).select_related("person", "account")
    return {row.person.code if row.person else row.account.name for row in rows}


def attempts(alert: Alert, rung: int = 0) -> set[tuple[str, str]]:
    """Who is told by which channel at a step of the ladder."""
    rows = Attempt.objects.filter(recipient__alert=alert, rung=rung)
    rows = rows.select_related("recipient__person", "recipient__account")
    return {
        (
            row.recipient.person.code if row.recipient.person else row.recipient.account.name,
            row.channel,
        )
        for row in rows
    }


def recipient(alert: Alert, person: Person) -> Recipient:
    return Recipient.objects.filter(alert=alert, person=person).order_by("rung").first()


__all__ += [
    "OPERATOR",
    "UUID",
    "Staff",
    "Told",
    "Viewer",
    "Who",
    "attempts",
    "issue",
    "make_account",
    "make_place",
    "make_staff",
    "recipient",
    "somebody",
    "told",
]  # fmt: skip  # names only
