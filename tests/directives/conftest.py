"""A mission whose training runs, to issue and lift directives in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access.actions import acting
from cadre.access.models import Account, Role
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Ruling, Scope
from cadre.core.releasability import OPERATOR, Classification, Viewer
from cadre.directives import actions
from cadre.directives.actions import NewDirective
from cadre.directives.models import Directive
from cadre.directives.queries import Question, World
from cadre.mission import actions as mission_actions
from cadre.mission.models import Mission, Site

type Issue = Callable[..., Directive]
type SignIn = Callable[..., Client]
type Somebody = Callable[..., str]

EARLIER = datetime(2019, 1, 1, tzinfo=UTC)
NATIONS = (("DE", "Germany"), ("FR", "France"), ("IQ", "Iraq"))


@dataclass(frozen=True)
class Place:
    """The mission M with two lines, a country with two camps, three nations and a host unit."""

    mission: Mission
    camp: Site
    fort: Site


def viewer(role: str, *affiliations: str, mission: str = "M", name: str = "") -> Viewer:
    """Somebody with one role."""
    return Viewer(
        name or role,
        Classification.RESTRICTED,
        affiliations=frozenset(affiliations),
        roles=frozenset({(role, mission)}),
        account=f"{name or role}@example.org",
    )


COMMANDER = viewer("commander")
DUTY = viewer("duty_officer")
GERMANY = viewer("senior_national_representative", "DE", name="germany")


def make_place(*, by: Viewer, at: datetime) -> Place:
    """Founds it all at an earlier moment, so that everything was known and open by then."""
    mission = mission_actions.found_mission(
        mission_actions.NewMission(code="M", name="Mission", combat=False), by=by, at=at
    )
    for code in ("training", "advising"):
        line = mission_actions.NewLine(code=code, name=code.title())
        mission_actions.add_line(mission, line, by=by, at=at)
    country = mission_actions.add_site(
        mission_actions.NewSite(code="COUNTRY", name="Country", kind="country"), by=by, at=at
    )
    camp, fort = (
        mission_actions.add_site(
            mission_actions.NewSite(code=code, name=code.title(), kind="site", parent=country),
            by=by,
            at=at,
        )
        for code in ("CAMP", "FORT")
    )
    for site in (camp, fort):
        mission_actions.place(mission, site, since=Moment.at(EARLIER), by=by, at=at)
    nations = {
        code: mission_actions.add_organisation(
            mission_actions.NewOrganisation(code=code, name=name, kind="nation"), by=by, at=at
        )
        for code, name in NATIONS
    }
    mission_actions.add_organisation(
        mission_actions.NewOrganisation(code="ARMY", name="Army", kind="force"), by=by, at=at
    )
    for code in ("DE", "FR"):
        lent = mission_actions.NewContribution(organisation=nations[code])
        mission_actions.record_contribution(mission, lent, by=by, at=at)
    mandate = mission_actions.set_mandate(
        mission, "To train.", since=Moment.at(EARLIER), by=by, at=at
    )
    request = mission_actions.record_host_request(
        mission, mission_actions.NewHostRequest(host=nations["IQ"], wording="Come."), by=by, at=at
    )
    opened = mission_actions.NewAuthorisation(
        host_request=request, mandate=mandate, begins=Moment.at(EARLIER)
    )
    mission_actions.authorise(mission, opened, by=by, at=at)
    return Place(mission, camp, fort)


@pytest.fixture
def place(operator: Viewer) -> Place:
    return make_place(by=operator, at=EARLIER)


def order(at: datetime, **changes: object) -> NewDirective:
    """An order that says all that it must; `changes` replace what it says."""
    said: dict[str, object] = {
        "effect": Posture.SUSPENDED,
        "scope": Scope("M", frozenset({"training"})),
        "authority": "Commander",
        "reason_code": "threat_warning",
        "protective_action": "Stay inside.",
        "effective": Moment.at(at),
        "first_review_at": at + timedelta(days=1),
        "review_owner": "J3",
    }
    return NewDirective(**said | changes)  # type: ignore[arg-type]  # the test says which


@pytest.fixture
def issued(place: Place, operator: Viewer, at: datetime) -> Issue:
    """Issues an order of the mission."""
    later = count()

    def made(by: Viewer = OPERATOR, **changes: object) -> Directive:
        moment = at + timedelta(minutes=next(later))
        return actions.issue(order(at, **changes), by=by, at=moment)

    return made


def ruling(line: str, on: datetime, *, site: str = "", nation: str = "", **beside: str) -> Ruling:
    """What may go on, as known by now."""
    return World(OPERATOR, known_on=None).rule(Question("M", line, site, nation, **beside), on)


@pytest.fixture
def sign_in(settings: Settings, operator: Viewer, at: datetime) -> SignIn:
    """A browser of somebody with one role in the mission M."""
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    number = count()

    def made(role: str, *affiliations: str, mission: str = "M", name: str = "") -> Client:
        email = f"{name or role}-{next(number)}@example.org"
        with acting("test", by=operator, at=at):
            account = Account(email=email, name=email, clearance=1, affiliations=list(affiliations))
            account.set_unusable_password()
            account.save()
            Role.objects.create(account=account, role=role, mission=mission)
        client = Client()
        client.force_login(account)
        return client

    return made


@pytest.fixture
def somebody(sign_in: SignIn) -> Somebody:
    """The account of somebody with one role in the mission M, by its address."""

    def made(role: str, *affiliations: str) -> str:
        client = sign_in(role, *affiliations)
        return Account.objects.get(pk=client.session["_auth_user_id"]).email

    return made


@pytest.fixture
def clock(settings: Settings, at: datetime) -> datetime:
    """The present: half an hour after what the tests put on record."""
    now = at + timedelta(minutes=30)
    settings.CADRE_CLOCK = now.isoformat()
    return now
