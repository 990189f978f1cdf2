"""Which incidents are near a site: what is unclear is told, and never taken as safe."""

from datetime import datetime

import pytest

from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission import actions as mission_actions
from cadre.mission.actions import NewSite
from cadre.mission.coordinates import Position
from cadre.situation import queries
from cadre.situation.queries import Unclear
from tests.situation.conftest import ONLY_GERMANY, Places, Report, near, viewer

SINCE = datetime.fromisoformat("2026-01-01T00:00Z")


def test_an_incident_at_a_position_is_near_by_its_distance(
    reported: Report, places: Places, at: datetime
) -> None:
    row = reported(site=None, position=Position(33.55, 44.2))
    (found,) = near(places.camp, 6, on=at)

    assert (found.incident, found.unclear) == (row, False)
    assert found.distance == pytest.approx(5.56, abs=0.01)
    assert near(places.camp, 5, on=at) == ()


def test_an_incident_at_another_site_is_near_by_the_distance_of_the_sites(
    reported: Report, places: Places, at: datetime
) -> None:
    reported(site=places.fort)

    assert [each.distance for each in near(places.camp, 17, on=at)] == [
        pytest.approx(16.68, abs=0.01)
    ]
    assert near(places.camp, 16, on=at) == ()


def test_the_position_of_an_incident_counts_more_than_that_of_its_site(
    reported: Report, places: Places, at: datetime
) -> None:
    reported(site=places.fort, position=Position(33.51, 44.2))

    assert [each.distance for each in near(places.camp, 2, on=at)] == [
        pytest.approx(1.11, abs=0.01)
    ]
    assert near(places.fort, 1, on=at)[0].unclear is False  # it lies in it all the same


@pytest.mark.parametrize("inside", ["camp", "room"])
def test_what_lies_in_the_site_is_near_also_without_a_position(
    reported: Report, places: Places, at: datetime, inside: str
) -> None:
    reported(site=getattr(places, inside))
    (found,) = near(places.camp, 0, on=at)

    assert (found.unclear, found.distance) == (False, 0 if inside == "camp" else None)


def test_an_incident_somewhere_in_a_larger_place_is_unclear(
    reported: Report, places: Places, at: datetime
) -> None:
    """The country has a position, 60 km away, and that says nothing of where in it it was."""
    reported(site=places.country)

    for site in (places.camp, places.fort, places.post, places.room):
        (found,) = near(site, on=at)
        assert (found.distance, found.why) == (None, (Unclear.PLACE,))
    assert near(places.country, on=at)[0].unclear is False


@pytest.mark.parametrize("where", [{"site": None, "place": "By the bridge"}, {"site": "post"}])
def test_an_incident_that_cannot_be_placed_is_unclear(
    reported: Report, places: Places, at: datetime, where: dict[str, object]
) -> None:
    named = where.get("site")
    reported(**where | {"site": getattr(places, named) if isinstance(named, str) else None})
    (found,) = near(places.camp, on=at)

    assert (found.distance, found.why) == (None, (Unclear.PLACE,))


def test_from_a_site_without_a_position_only_the_tree_counts(
    reported: Report, places: Places, at: datetime
) -> None:
    inside = reported(site=places.post)
    reported(site=places.camp)  # known to be elsewhere
    reported(site=None, position=Position(33.5, 44.2))
    above = reported(site=places.country)
    nowhere = reported(site=None, place="By the bridge")

    assert (queries.measurable(places.post), queries.measurable(places.camp)) == (False, True)
    assert {each.incident: (each.distance, each.unclear) for each in near(places.post, on=at)} == {
        inside: (None, False),
        above: (None, True),
        nowhere: (None, True),
    }


def test_severity_that_is_not_stated_is_unclear(
    reported: Report, places: Places, at: datetime
) -> None:
    unstated, severe = reported(severity=None), reported(severity=4)
    reported(severity=3)
    found = {each.incident: each.why for each in near(places.camp, on=at, least=4)}

    assert found == {unstated: (Unclear.SEVERITY,), severe: ()}
    assert not any(each.unclear for each in near(places.camp, on=at))  # nobody asked how severe


@pytest.mark.parametrize(
    ("occurred", "found"),
    [
        ("2026-01-03", [()]),
        ("2026-01-01T00:00Z", [()]),
        ("", [(Unclear.MOMENT,)]),
        ("2026-01", [()]),  # not yet over, but surely not before
        ("2025", []),
        ("2025-12-31", []),
        ("[2025-12-30..2026-01-02]", [(Unclear.MOMENT,)]),
        ("[..2026-01-03]", [(Unclear.MOMENT,)]),
        ("[..2025-12-31]", []),
        ("[2026-01-02..]", [()]),
        ("[2025-12-02..]", [(Unclear.MOMENT,)]),
    ],
)
def test_moment_that_may_be_too_early_is_unclear(
    reported: Report,
    places: Places,
    at: datetime,
    occurred: str,
    found: list[tuple[Unclear, ...]],
) -> None:
    reported(occurred=Moment.parse(occurred))

    assert [each.why for each in near(places.camp, on=at, since=SINCE)] == found


def test_everything_that_is_not_stated_is_told(
    reported: Report, places: Places, at: datetime
) -> None:
    reported(severity=None, occurred=Moment.unknown(), site=None, place="By the bridge")
    (found,) = near(places.camp, on=at, since=SINCE, least=3)

    assert found.why == (Unclear.SEVERITY, Unclear.PLACE, Unclear.MOMENT)
    assert all(each.sentence.endswith(".") for each in found.why)


def test_site_that_one_may_not_see_leaves_open_where_it_was(
    reported: Report, places: Places, operator: Viewer, at: datetime
) -> None:
    hidden = mission_actions.add_site(
        NewSite(
            code="HIDDEN",
            name="Hidden",
            kind="site",
            parent=places.country,
            position=Position(33.5, 44.2),
            marking=ONLY_GERMANY,
        ),
        by=operator,
        at=at,
    )
    reported(site=hidden)
    told = {}
    for nation in ("DE", "FR"):
        who = viewer("warden", nation)
        with seeing(who):
            (found,) = near(places.camp, on=at, by=who)
        told[nation] = (found.site and found.site.code, found.distance, found.why)

    assert told == {"DE": ("HIDDEN", 0, ()), "FR": (None, None, (Unclear.PLACE,))}
