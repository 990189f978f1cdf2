"""Camps with and without a position, to report incidents around."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import pytest

from cadre.core.moments import Moment
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from cadre.mission import actions as mission_actions
from cadre.mission.actions import NewSite
from cadre.mission.coordinates import Position
from cadre.mission.models import Site
from cadre.situation import actions, queries
from cadre.situation.actions import NewIncident
from cadre.situation.models import Incident
from cadre.situation.queries import Around, Near, Wish
from tests.directives.conftest import sign_in

__all__ = ["sign_in"]

type Report = Callable[..., Incident]

ONLY_GERMANY = Marking(releasable_to=frozenset({"DE"}))


@dataclass(frozen=True)
class Places:
    """A country; in it two camps 17 km apart, a room of the first, and a post without position."""

    country: Site
    camp: Site
    room: Site
    fort: Site
    post: Site


@pytest.fixture
def places(operator: Viewer, at: datetime) -> Places:
    def made(code: str, kind: str, parent: Site | None, where: str = "") -> Site:
        new = NewSite(
            code=code,
            name=code.title(),
            kind=kind,
            parent=parent,
            position=Position.parse(where) if where else None,
        )
        return mission_actions.add_site(new, by=operator, at=at)

    country = made("COUNTRY", "country", None, "33, 44")
    camp = made("CAMP", "site", country, "33.5, 44.2")
    return Places(
        country,
        camp,
        made("ROOM", "room", camp),
        made("FORT", "site", country, "33.65, 44.2"),
        made("POST", "site", country),
    )


@pytest.fixture
def reported(places: Places, at: datetime) -> Report:
    """Reports an incident of 3 January 2026 at the camp; `changes` replace what is said of it."""
    told = count(1)

    def made(by: Viewer = OPERATOR, **changes: object) -> Incident:
        said: dict[str, object] = {
            "kind": "attack",
            "what": f"Shots, heard for the {next(told)}th time",
            "severity": 3,
            "occurred": Moment.parse("2026-01-03"),
            "site": places.camp,
        }
        return actions.report(NewIncident(**said | changes), by=by, at=at)  # type: ignore[arg-type]  # the test says which

    return made


def viewer(role: str, *affiliations: str) -> Viewer:
    """Somebody with one role in a mission."""
    return Viewer(
        role,
        Classification.RESTRICTED,
        affiliations=frozenset(affiliations),
        roles=frozenset({(role, "M")}),
        account=f"{role}@example.org",
    )


def near(
    site: Site, km: float = 10, *, on: datetime, by: Viewer = OPERATOR, **wish: object
) -> tuple[Near, ...]:
    return queries.near(by, Around(site, km), Wish(**wish), on=on, known_on=None)  # type: ignore[arg-type]  # the test says which
