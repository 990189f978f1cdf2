"""A small mission to test with."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission import actions
from cadre.mission.models import ActivityLine, Mission, Organisation, Site


@dataclass(frozen=True)
class World:
    """What the tests start from."""

    nmi: Mission
    training: ActivityLine
    germany: Organisation
    iraq: Organisation
    country: Site
    base: Site


@pytest.fixture
def world(operator: Viewer, at: datetime) -> World:
    nmi = actions.found_mission(
        actions.NewMission(
            code="NMI",
            name="NATO Mission Iraq",
            combat=False,
            nature="non-combat",
            established=Moment.parse("2018-10"),
            subjects=("NMI", "NATO-training-Iraq"),
        ),
        by=operator,
        at=at,
    )
    training = actions.add_line(
        nmi, actions.NewLine(code="training", name="Training"), by=operator, at=at
    )
    germany, iraq = (
        actions.add_organisation(
            actions.NewOrganisation(code=code, name=name, kind="nation"), by=operator, at=at
        )
        for code, name in (("DE", "Germany"), ("IQ", "Iraq"))
    )
    country = actions.add_site(
        actions.NewSite(code="IRQ", name="Iraq", kind="country"), by=operator, at=at
    )
    base = actions.add_site(
        actions.NewSite(code="TAJI", name="Camp Taji", kind="site", parent=country),
        by=operator,
        at=at,
    )
    return World(nmi, training, germany, iraq, country, base)
