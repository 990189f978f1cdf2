"""Many people of the mission M at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cadre.access.actions import acting
from cadre.alerts.actions.making import make_alert
from cadre.alerts.models import Alert, Cause, Lane, Why
from cadre.alerts.queries.ladders import SELF, step
from cadre.alerts.queries.new import Group, NewAlert
from cadre.core.alerts import Acknowledging, Ladder
from cadre.core.releasability import OPERATOR
from cadre.mission.models import Organisation, Person
from tests.directives.conftest import EARLIER, NATIONS, Place


def make_crowd(number: int) -> list[Person]:
    """So many people, each with an email and a phone."""
    nation = Organisation.objects.get(code=NATIONS[0][0])
    with acting("test", by=OPERATOR, at=EARLIER):
        return Person.objects.bulk_create(
            Person(
                code=f"crowd-{each:05}",
                name=f"Crowd {each}",
                nation=nation,
                email=f"crowd-{each:05}@people.example",
                phone=f"+47900{each:05}",
                language="en",
            )
            for each in range(number)
        )


def tell_crowd(
    place: Place,
    people: Sequence[Person],
    at: datetime,
    *channels: str,
    lane: Lane = Lane.LIFE_SAFETY,
    key: str = "crowd",
) -> Alert:
    """One message to all of them, by these channels at once."""
    made = make_alert(
        NewAlert(
            cause=Cause.MESSAGE,
            cause_key=key,
            mission=place.mission,
            lane=lane,
            content={"texts": {"en": {"subject": "Subject", "text": "Text"}}},
            protective_action="Stay inside.",
            ladder=Ladder(Acknowledging.EVERYONE, timedelta(hours=1), (step(0, SELF, *channels),)),
            to=[Group(why=Why.WRITTEN_TO, people=[each.pk for each in people])],
        ),
        by=OPERATOR,
        at=at,
    )
    assert made is not None
    return made
