"""Incidents' door for programs: as thin as the pages, as strict."""

import json
from collections.abc import Mapping
from http import HTTPStatus

import pytest
from django.http import HttpResponse
from django.test import Client

from cadre.mission.actions import Grounds
from cadre.situation.models import Incident
from tests.directives.conftest import SignIn
from tests.situation.conftest import ONLY_GERMANY, Places, Report

SENT = {"kind": "attack", "what": "Shots", "site": "CAMP", "severity": "3"}


def sent(client: Client, fields: Mapping[str, object]) -> HttpResponse:
    body = json.dumps({"fields": fields})
    return client.post("/api/v1/incidents", body, content_type="application/json")  # type: ignore[return-value]  # as Django's stubs have it


def test_report_is_numbered_and_read_again(places: Places, sign_in: SignIn) -> None:
    duty = sign_in("duty_officer")
    answer = sent(duty, SENT)
    number = json.loads(answer.content)["number"]
    (found,) = duty.get("/api/v1/incidents").json()["incidents"]

    assert answer.status_code == HTTPStatus.CREATED
    assert {name: found[name] for name in ("number", "kind", "severity", "site", "what")} == {
        "number": number, "kind": "attack", "severity": 3, "site": "CAMP", "what": "Shots",
    }  # fmt: skip
    assert [
        found[name]
        for name in ("occurred", "latitude", "place", "source", "source_reliability",
                     "info_credibility", "distance", "corrects")
    ] == [None] * 8  # fmt: skip  # what is not stated is null
    assert found["unclear"] == []


def test_correction_takes_its_place(reported: Report, sign_in: SignIn) -> None:
    row, duty = reported(), sign_in("duty_officer")
    answer = sent(duty, SENT | {"severity": "5", "corrects": str(row.pk)})
    (found,) = duty.get("/api/v1/incidents").json()["incidents"]

    assert json.loads(answer.content) == {"number": row.number}
    assert (found["severity"], found["corrects"]) == (5, str(row.pk))
    again = sent(duty, SENT | {"severity": "1", "corrects": str(row.pk)})
    assert again.status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"what": ""}, "what: This field is required."),
        ({"colour": "red"}, "There is no field “colour”"),
        ({"severity": "9"}, "severity: "),
        ({"site": "XX"}, "site: There is none with the code “XX”."),
    ],
)
def test_bad_field_is_told_in_one_sentence(
    places: Places, sign_in: SignIn, fields: dict[str, str], sentence: str
) -> None:
    answer = sent(sign_in("warden"), SENT | fields)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert json.loads(answer.content)["detail"].startswith(sentence)
    assert Incident.objects.count() == 0


def test_refusal_is_409_and_a_reader_is_403(places: Places, sign_in: SignIn) -> None:
    nowhere = sent(sign_in("warden"), SENT | {"site": ""})

    assert nowhere.status_code == HTTPStatus.CONFLICT
    assert json.loads(nowhere.content)["detail"].startswith("Say where it was")
    assert sent(sign_in("reader"), SENT).status_code == HTTPStatus.FORBIDDEN
    assert Incident.objects.count() == 0


def test_list_is_narrowed_and_says_what_is_unclear(
    reported: Report, places: Places, sign_in: SignIn
) -> None:
    reported(site=places.fort, severity=None)
    reported(severity=1)
    reader = sign_in("reader")
    found = reader.get("/api/v1/incidents?site=CAMP&km=20&least=2&since=2026-01-01").json()
    unmeasured = reader.get("/api/v1/incidents?site=POST&km=20").json()

    assert (found["count"], found["measured"]) == (1, True)
    assert [(each["distance"], each["unclear"]) for each in found["incidents"]] == [
        (pytest.approx(16.679, abs=0.001), ["severity"])
    ]
    assert (unmeasured["count"], unmeasured["measured"]) == (0, False)


@pytest.mark.parametrize(
    "question",
    ["site=CAMP", "site=XX&km=1", "km=-1", "km=nan", "least=6", "since=soon", "page=0",
     "on=soon", "q=%00"],
)  # fmt: skip
def test_bad_question_is_told_in_one_sentence(
    places: Places, sign_in: SignIn, question: str
) -> None:
    answer = sign_in("reader").get(f"/api/v1/incidents?{question}")

    assert (answer.status_code, list(answer.json())) == (422, ["detail"])


def test_marked_incident_reaches_its_own_nation_only(reported: Report, sign_in: SignIn) -> None:
    row = reported(grounds=Grounds(marking=ONLY_GERMANY))
    told = {
        nation: [
            each["number"]
            for each in sign_in("warden", nation).get("/api/v1/incidents").json()["incidents"]
        ]
        for nation in ("DE", "FR")
    }

    assert told == {"DE": [row.number], "FR": []}
