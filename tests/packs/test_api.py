"""The door for programs, asked about the shipped case."""

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


def test_directives_are_listed_with_when_they_take_effect(reader: Client) -> None:
    lines = reader.get("/api/v1/directives", **HERE).json()

    assert [(each["number"], each["effective"], each["temporary"]) for each in lines] == [
        ("NMI-SUSPENSION-REPORTED", "[2020-01-02..2020-01-06]", True),
        ("OIR-TRAINING-SUSPENSION-REPORTED", "[..2020-01-03]", None),
    ]
    assert reader.get("/api/v1/directives", {"known_on": "2020-01-05"}, **HERE).json() == []


def test_a_directive_has_what_it_surely_and_perhaps_covers_and_its_clocks(reader: Client) -> None:
    found = reader.get("/api/v1/directives/NMI-SUSPENSION-REPORTED", **HERE).json()

    assert found["surely"] == {"lines": ["training"], "sites": None, "nations": None}
    assert found["perhaps"] == {"lines": None, "sites": None, "nations": None}
    assert {each["clock"]: (each["moment"], each["claims"]) for each in found["clocks"]} == {
        "decided": (None, []),
        "effective": ("[2020-01-02..2020-01-06]", ["F09"]),
        "announced": ("2020-01-06", ["F05"]),
    }
    assert found["lifts"] == []


def test_the_board_says_what_is_stopped_and_what_to_do_next(reader: Client) -> None:
    found = reader.get("/api/v1/board", {"on": "2020-01-06"}, **HERE).json()

    assert {
        (group["mission"], row["line"]): row["posture"]
        for group in found["missions"]
        for row in group["rows"]
    } == {
        ("NMI", "Training"): "suspended",
        ("NMI", "Advising"): "not stated",
        ("NMI", "Capacity building"): "not stated",
        ("OIR", "Training of Iraqi forces"): "suspended",
    }
    assert found["unreviewed"] == 2
    assert [len(step["about"]) for step in found["next"]] == [2, 2]


def test_the_timeline_is_narrowed_to_a_subject_by_any_of_its_names(reader: Client) -> None:
    events = reader.get("/api/v1/timeline", {"subject": "NAC"}, **HERE).json()

    assert {(each["when"], each["title"]) for each in events} == {
        ("2020-01-06", "Meeting of the North Atlantic Council on 6 January 2020")
    }


def test_a_search_finds_what_holds_all_the_words(reader: Client) -> None:
    found = reader.get("/api/v1/search", {"q": "german lawmakers"}, **HERE).json()

    assert {each["kind"]: each["total"] for each in found} == {"claims": 1, "subjects": 1}
    assert reader.get("/api/v1/search", {"q": "moon"}, **HERE).json() == []


def test_a_directive_that_is_not_on_record_is_404(reader: Client) -> None:
    answer = reader.get("/api/v1/directives/NONE", **HERE)

    assert (answer.status_code, answer.json()) == (
        404,
        {"detail": "There is no such directive on record."},
    )
