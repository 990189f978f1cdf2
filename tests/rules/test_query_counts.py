"""Pages ask the database as often for three rows of everything as for one."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cadre.core.releasability import Marking, Viewer
from tests.rules.planting import Planted
from tests.rules.readers import browser

CLOCKS = "on=2026-01-06&known_on=2026-12-31"
LISTS = (
    "/",
    "/missions/",
    "/timeline/",
    "/map/",
    "/sources/",
    "/subjects/",
    "/incidents/",
    "/musters/",
    "/movements/",
    "/holds/",
    "/alerts/",
    "/directives/",
    "/organisations/",
    "/sites/",
    "/posts/",
    "/people/",
    "/intake/",
    "/search/?q=qzx",
    "/api/v1/incidents",
    "/api/v1/musters",
    "/api/v1/movements",
    "/api/v1/missions",
    "/api/v1/people",
    "/api/v1/posts",
    "/api/v1/sites",
    "/api/v1/organisations",
    "/api/v1/intake",
)

# Of these a mission (or the one account and the one ladder that are planted) has one row.
ONCE = (
    "directives.Rhythm",
    "directives.RiskAuthority",
    "accountability.MusterSettings",
    "alerts.Subscription",
    "alerts.Ladder",
    "alerts.Rung",
)


def queries(client: Client, address: str) -> tuple[int, str]:
    """How many queries a page takes, and what it says."""
    separator = "&" if "?" in address else "?"
    client.get(f"{address}{separator}{CLOCKS}")  # fills what is kept between requests
    with CaptureQueriesContext(connections["default"]) as captured:
        answer = client.get(f"{address}{separator}{CLOCKS}")
    assert answer.status_code == 200
    return len(captured), answer.text


@pytest.mark.parametrize("address", LISTS)
def test_list_takes_no_more_queries_for_more_rows(operator: Viewer, address: str) -> None:
    first = Planted("a", Marking()).plant()
    client = browser()
    with_one, _text = queries(client, address)
    more = [Planted(letter, Marking()).plant() for letter in "bc"]
    with_three, text = queries(client, address)

    for planted in (first, *more):
        assert f"qzx{planted.letter}" in text  # else the page shows no rows at all
    assert with_three == with_one


def test_mission_page_takes_no_more_queries_for_more_of_everything_in_it(operator: Viewer) -> None:
    first = Planted("a", Marking()).plant()
    mission = first.rows["mission.Mission"]
    client = browser()
    address = f"/missions/{mission.code}/"  # type: ignore[attr-defined]  # a mission has one
    with_one, _text = queries(client, address)
    for letter in "bc":
        planted = Planted(letter, Marking())
        planted.rows["mission.Mission"] = mission
        for label in ONCE:
            planted.rows[label] = first.rows[label]
        planted.plant()
    with_three, text = queries(client, address)

    assert "qzxc" in text
    assert with_three == with_one
