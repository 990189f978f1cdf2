"""Reporting incidents, correcting them, and what the database itself refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import IntegrityError, connections

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from cadre.mission.actions import Grounds, Misfit
from cadre.mission.coordinates import Position
from cadre.record.models import Entry
from cadre.situation import actions
from cadre.situation.actions import NewIncident
from cadre.situation.models import Incident
from tests.situation.conftest import ONLY_GERMANY, Places, Report, viewer


def test_a_report_is_numbered_and_stands_in_the_ledger(reported: Report) -> None:
    first, second = reported(), reported(viewer("warden"))

    assert [first.number, second.number] == ["INC-2026-001", "INC-2026-002"]
    entry = Entry.objects.get(row=str(second.pk))
    assert (entry.verb, entry.actor, entry.named) == (
        "situation.report",
        "warden@example.org",
        "INC-2026-002",
    )


def test_what_is_not_stated_stays_so(reported: Report) -> None:
    row = reported(severity=None, occurred=Moment.unknown())
    row.refresh_from_db()

    assert (row.severity, row.occurred.stated, row.occurred_earliest, row.occurred_latest) == (
        (None, False, None, None)
    )
    assert (row.source, row.source_reliability, row.info_credibility) == ("", "", "")
    assert (row.position, row.place) == (None, "")


def test_source_and_content_are_graded_apart(reported: Report) -> None:
    row = reported(source="A guard", source_reliability="B", info_credibility="5")

    assert row.get_source_reliability_display() == "B: usually reliable"
    assert row.get_info_credibility_display() == "5: improbable"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"kind": "ufo"}, "kind", "“ufo” is not a kind of incident."),
        ({"what": " \n"}, "what", "Say what happened."),
        (
            {"site": None, "place": " "},
            "site",
            "Say where it was: a site, a position, or a place in words.",
        ),
        (
            {"occurred": Moment.parse("2026-01-06")},
            "occurred",
            "It happened at a moment that has come.",
        ),
        ({"severity": 6}, "severity", "severity: Value 6 is not a valid choice."),
        (
            {"source_reliability": "G"},
            "source_reliability",
            "source reliability: Value 'G' is not a valid choice.",
        ),
        (
            {"info_credibility": "7"},
            "info_credibility",
            "information credibility: Value '7' is not a valid choice.",
        ),
    ],
)
def test_report_that_cannot_be_is_refused_in_one_sentence(
    reported: Report, changes: dict[str, object], field: str, sentence: str
) -> None:
    with pytest.raises(Misfit) as refused:
        reported(**changes)

    assert (refused.value.field, str(refused.value)) == (field, sentence)
    assert reported().number == "INC-2026-001"  # nothing was written, no number is missing


@pytest.mark.parametrize(
    "where",
    [{"site": None, "place": "By the bridge"}, {"site": None, "position": Position(33.1, 44.2)}],
)
def test_a_place_is_enough_in_any_form(reported: Report, where: dict[str, object]) -> None:
    row = reported(**where)
    row.refresh_from_db()

    assert (row.place, row.position) == (where.get("place", ""), where.get("position"))


def test_the_same_report_sent_twice_is_one(reported: Report) -> None:
    reported(what="A rocket")
    with pytest.raises(Refused, match="on record already, in the same words"):
        reported(what="A rocket")

    assert Incident.objects.count() == 1
    assert reported(what="A second rocket").number == "INC-2026-002"


@pytest.mark.parametrize("role", ["reader", "press_officer", "record_keeper"])
def test_who_has_no_such_role_reports_nothing(reported: Report, role: str) -> None:
    with pytest.raises(NotAllowed, match="one of these roles"):
        reported(viewer(role))

    assert Incident.objects.count() == 0


@pytest.mark.parametrize(
    "role",
    ["commander", "duty_officer", "force_protection_officer", "training_planner",
     "senior_national_representative", "warden", "adviser"],
)  # fmt: skip
def test_whoever_works_in_a_mission_reports(reported: Report, role: str) -> None:
    assert reported(viewer(role)).recorded_by == f"{role}@example.org"


def test_nobody_reports_what_he_could_not_see(reported: Report) -> None:
    with pytest.raises(Misfit, match="could not see this yourself"):
        reported(viewer("warden", "FR"), grounds=Grounds(marking=ONLY_GERMANY))


# --- corrections ------------------------------------------------------------------------------


def correcting(row: Incident) -> Grounds:
    return Grounds(corrects=row.pk)


def test_a_correction_is_a_new_row_under_the_same_number(reported: Report) -> None:
    row = reported()
    corrected = reported(severity=4, grounds=correcting(row))

    assert (corrected.number, corrected.corrects_id) == (row.number, row.pk)
    assert Incident.objects.get(pk=row.pk).severity == 3
    assert reported().number == "INC-2026-002"


def test_a_row_is_corrected_once_and_then_its_correction(reported: Report) -> None:
    row = reported()
    second = reported(severity=4, grounds=correcting(row))
    with pytest.raises(Refused, match="has been corrected already"):
        reported(severity=5, grounds=correcting(row))

    assert reported(severity=5, grounds=correcting(second)).number == row.number


def test_what_one_may_not_see_is_not_there_to_correct(reported: Report) -> None:
    row = reported(grounds=Grounds(marking=ONLY_GERMANY))
    with pytest.raises(Refused, match="There is no such incident"):
        reported(viewer("warden", "FR"), grounds=correcting(row))

    assert reported(viewer("warden", "DE"), grounds=correcting(row)).number == row.number


def test_a_site_that_one_may_not_see_is_not_lost_by_a_correction(
    reported: Report, places: Places, operator: Viewer, at: datetime
) -> None:
    row = reported()
    with acting("test", by=operator, at=at):
        places.camp.classification = Classification.SECRET
        places.camp.save()
    with (
        seeing(viewer("warden")),
        pytest.raises(Refused, match="You may not see the site of this incident"),
    ):
        reported(viewer("warden"), site=None, place="Somewhere", grounds=correcting(row))


# --- numbers ----------------------------------------------------------------------------------


def test_a_number_is_given_once_also_beside_what_one_may_not_see(reported: Report) -> None:
    reported(grounds=Grounds(marking=Marking(classification=Classification.SECRET)))
    with seeing(viewer("warden")):
        assert reported(viewer("warden")).number == "INC-2026-002"


@pytest.mark.django_db(transaction=True)
def test_who_reports_at_the_same_time_waits_and_no_number_is_missing(
    scratch: str, at: datetime
) -> None:
    def one(number: int) -> str:
        new = NewIncident(kind="other", what=f"The {number}th", place="Somewhere")
        try:
            with seeing(OPERATOR):
                return actions.report(new, by=OPERATOR, at=at).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        given = sorted(pool.map(one, range(12)))

    assert given == [f"INC-2026-{number:03}" for number in range(1, 13)]


# --- the database -----------------------------------------------------------------------------


def written(at: datetime, **changes: object) -> Incident:
    """A row as somebody might write it past the actions."""
    values: dict[str, object] = {
        "number": "INC-2026-900", "kind": "other", "what": "A noise", "place": "Somewhere",
        "recorded_at": at, "recorded_by": "x", "known_from": at,
    }  # fmt: skip
    with acting("test", by=OPERATOR, at=at):
        return Incident.objects.create(**values | changes)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("a_severity_lies_between_1_and_5", {"severity": 0}),
        ("a_severity_lies_between_1_and_5", {"severity": 6}),
        ("an_incident_has_a_place", {"place": ""}),
        ("an_incident_says_what_happened", {"what": ""}),
        ("an_incident_is_of_a_kind", {"kind": "ufo"}),
        ("an_incidents_position_is_whole_and_on_earth", {"latitude": 33.0}),
        ("an_incidents_position_is_whole_and_on_earth", {"longitude": 44.0}),
        (
            "an_incidents_position_is_whole_and_on_earth",
            {"latitude": 91.0, "longitude": 44.0},
        ),
        ("a_reliability_is_a_letter_from_a_to_f", {"source_reliability": "G"}),
        ("a_credibility_is_a_digit_from_1_to_6", {"info_credibility": "0"}),
    ],
)
def test_the_database_holds_what_must_hold(
    operator: Viewer, at: datetime, rule: str, changes: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError, match=rule):
        written(at, **changes)


def test_a_number_names_one_incident(operator: Viewer, at: datetime) -> None:
    written(at)
    with pytest.raises(IntegrityError, match="an_incident_has_one_number"):
        written(at)


def test_a_row_has_one_correction(operator: Viewer, at: datetime) -> None:
    row = written(at)
    written(at, corrects=row)
    with pytest.raises(IntegrityError, match="an_incident_is_corrected_once"):
        written(at, corrects=row)


def test_a_correction_keeps_the_number(operator: Viewer, at: datetime) -> None:
    row = written(at)
    with pytest.raises(IntegrityError, match="keeps the number"):
        written(at, corrects=row, number="INC-2026-901")
