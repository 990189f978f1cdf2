"""Every cell of a mission at once, for programs."""

from datetime import datetime

import pytest
from django.test import Client

from cadre.access.actions import acting, open_account
from cadre.access.models import Account
from cadre.core.releasability import Viewer
from cadre.mission.models import ActivityLine, Mission, Presence, Site, SiteKind

HERE = {"secure": True, "headers": {"host": "localhost"}}


@pytest.fixture
def client_of_a_reader(operator: Viewer, at: datetime) -> Client:
    """Signed in; there is a mission with two lines and one site, and nothing is ordered."""
    account = Account(email="reader@example.test", name="A reader", clearance=1)
    open_account(account, password=None, by=operator, at=at)
    stated = {"recorded_at": at, "recorded_by": "a clerk", "known_from": at}
    with acting("mission.describe", by=operator, at=at):
        mission = Mission.objects.create(code="M", name="M", **stated)
        for code in ("training", "advising"):
            ActivityLine.objects.create(mission=mission, code=code, name=code, **stated)
        site = Site.objects.create(code="camp", name="Camp", kind=SiteKind.SITE, path=["camp"])
        Presence.objects.create(mission=mission, site=site, **stated)
    client = Client()
    client.force_login(account)
    return client


def test_every_line_and_site_has_its_bounds(client_of_a_reader: Client) -> None:
    answer = client_of_a_reader.get(
        "/api/v1/postures", {"mission": "M", "on": "2026-02-01"}, **HERE
    )
    bounds = {"nation": "", "posture": "not stated", "lower": "running", "upper": "suspended"}
    assert answer.json() == [
        {"line": line, "site": site, **bounds}
        for line in ("advising", "training")
        for site in ("", "camp")
    ]


def test_an_unknown_mission_has_no_cells(client_of_a_reader: Client) -> None:
    answer = client_of_a_reader.get(
        "/api/v1/postures", {"mission": "X", "on": "2026-02-01"}, **HERE
    )
    assert answer.json() == []


def test_a_moment_that_cannot_be_read_is_one_sentence(client_of_a_reader: Client) -> None:
    answer = client_of_a_reader.get("/api/v1/postures", {"mission": "M", "on": "soon"}, **HERE)
    assert answer.status_code == 422
