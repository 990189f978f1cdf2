"""The record's door for programs, asked about the shipped case."""

import pytest
from django.test import Client

from cadre.core.releasability import Viewer
from cadre.packs import actions
from cadre.record.models import Claim
from tests.rules.readers import browser

HERE = {"secure": True, "headers": {"host": "localhost"}}


@pytest.fixture
def reader(iraq: actions.Loaded, operator: Viewer) -> Client:
    return browser()


def test_subjects_are_listed_with_what_speaks_of_them(reader: Client) -> None:
    lines = reader.get("/api/v1/subjects", **HERE).json()
    nmi = next(line for line in lines if line["key"] == "NMI")

    assert nmi == {"key": "NMI", "title": "NATO Mission Iraq", "kind": "mission", "claims": 11}


def test_a_subject_answers_with_all_that_is_said_of_it_by_attribute(reader: Client) -> None:
    found = reader.get("/api/v1/subjects/Pfeffer-letter", **HERE).json()

    assert [(each["attribute"], each["status"]) for each in found["answers"]] == [
        ("addressed_to", "stated"),
        ("disclosure", "stated"),
    ]


def test_an_unknown_subject_has_no_answer_and_is_no_error(reader: Client) -> None:
    found = reader.get("/api/v1/subjects/a/name/nobody/uses", **HERE)

    assert (found.status_code, found.json()["answers"]) == (200, [])


def test_a_source_has_its_claims_by_sentence(reader: Client) -> None:
    (line,) = reader.get("/api/v1/sources", **HERE).json()
    found = reader.get(f"/api/v1/sources/{line['id']}", **HERE).json()

    assert (line["name"], line["published"]) == ("article", "2020-01-06")
    assert {each["sentence"] for each in found["placed"]} >= {"S22", "S23"}
    assert sum(len(each["claims"]) for each in found["placed"]) == 60


def test_nothing_is_listed_that_could_not_be_known_yet(reader: Client) -> None:
    assert reader.get("/api/v1/sources", {"known_on": "2020-01-05"}, **HERE).json() == []
    assert reader.get("/api/v1/subjects", {"known_on": "2020-01-05"}, **HERE).json() == []


def test_a_claim_names_its_speakers_and_what_it_corrects(reader: Client) -> None:
    row = Claim.objects.get(reference="F55").pk
    found = reader.get(f"/api/v1/claims/{row}", **HERE).json()

    assert found["said_by"] == ["White", "Pfeffer", "letter", "Reuters", "article"]
    assert (found["corrects"], found["corrected_by"]) == (None, [])


def test_the_history_of_a_row_is_every_version_of_it(reader: Client) -> None:
    entry = reader.get("/api/v1/ledger", **HERE).json()[0]
    versions = reader.get(f"/api/v1/ledger/{entry['table']}/{entry['row']}", **HERE).json()

    assert versions == [entry]


def test_what_is_not_on_record_is_404_with_a_sentence(reader: Client) -> None:
    nowhere = "00000000-0000-4000-8000-000000000000"

    for what, sentence in (
        ("sources", "There is no such source on record."),
        ("claims", "There is no such claim on record."),
    ):
        answer = reader.get(f"/api/v1/{what}/{nowhere}", **HERE)
        assert (answer.status_code, answer.json()) == (404, {"detail": sentence})
