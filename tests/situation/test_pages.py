"""Pages of incidents: what they show, what they refuse, and what nobody else may see."""

import re
from datetime import datetime

import pytest
from django.test import Client

from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission.actions import Grounds
from cadre.mission.coordinates import Position
from cadre.record.actions import NewClaim, NewSource, record_claims, record_source
from cadre.situation.models import Incident
from tests.directives.conftest import SignIn
from tests.situation.conftest import ONLY_GERMANY, Places, Report

SENT = {
    "kind": "indirect_fire", "what": "Two rockets", "severity": "4", "occurred": "3 January 2026",
    "site": "CAMP", "position": "33.51, 44.2", "place": "North gate", "source": "A guard",
    "source_reliability": "B", "info_credibility": "2", "classification": "0",
    "releasable_to": "DE, FR",
}  # fmt: skip


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>|[\u2066-\u2069]", " ", response.text).split())


def test_report_is_put_on_record_and_listed(places: Places, sign_in: SignIn) -> None:
    duty = sign_in("duty_officer", "DE")
    answer = duty.post("/incidents/new/", SENT)
    row = Incident.objects.get()

    assert (answer.status_code, answer["Location"]) == (302, "/incidents/")
    assert (row.number, row.severity, row.site, row.position) == (
        "INC-" + row.number[4:8] + "-001",
        4,
        places.camp,
        Position(33.51, 44.2),
    )
    assert (row.occurred.edtf(), row.releasable_to) == ("2026-01-03", ["DE", "FR"])
    shown = text(duty, "/incidents/")
    for said in (
        row.number, "Two rockets indirect fire", "4 severe", "Camp", "North gate", "A guard",
        "B: usually reliable", "2: probably true", "3 January 2026", "releasable to DE, FR",
    ):  # fmt: skip
        assert said in shown


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "This field is required."),
        ({"site": "", "position": "", "place": ""}, "site", "Say where it was"),
        ({"site": "NOWHERE"}, "site", "There is none with the code “NOWHERE”."),
        ({"position": "north"}, "position", "is not a position"),
        ({"occurred": "someday"}, "occurred", "“someday”"),
        ({"occurred": "2999-01-01"}, "occurred", "It happened at a moment that has come."),
        ({"claims": "F99"}, "claims", "There is no claim “F99” on record."),
        ({"releasable_to": "FR"}, "releasable_to", "you could not see this yourself"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(
    places: Places, sign_in: SignIn, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = sign_in("warden", "DE").post("/incidents/new/", SENT | changes)

    assert answer.status_code == 422
    assert any(sentence in error for error in answer.context["form"].errors[field])
    assert Incident.objects.count() == 0


def test_who_may_not_report_finds_no_form(places: Places, sign_in: SignIn) -> None:
    reader = sign_in("reader", "DE")

    assert reader.get("/incidents/new/").status_code == 403
    assert reader.post("/incidents/new/", SENT).status_code == 403
    assert "Report an incident" not in text(reader, "/incidents/")
    assert Incident.objects.count() == 0


def test_correction_begins_with_what_was_said_and_leaves_it_readable(
    reported: Report, operator: Viewer, sign_in: SignIn, at: datetime
) -> None:
    source = record_source(NewSource(name="log", kind="log", title="Log"), by=operator, at=at)
    (claim,) = record_claims(
        source,
        [NewClaim(subject="CAMP", attribute="attacked", value="yes", said_by=("A guard",),
                  sentences=(), reference="F1")],
        by=operator, at=at,
    )  # fmt: skip
    row = reported(
        severity=None, place="Gate", position=Position(33.51, 44.2), info_credibility="3",
        grounds=Grounds(claims=(claim.pk,)),
    )  # fmt: skip
    duty = sign_in("duty_officer")
    form = duty.get(f"/incidents/new/?corrects={row.pk}").context["form"]
    shown = {name: form[name].value() for name in form.fields}

    assert shown | {"what": ""} == {
        "kind": "attack", "what": "", "severity": None, "occurred": "2026-01-03", "site": "CAMP",
        "position": row.position, "place": "Gate", "source": "", "source_reliability": "",
        "info_credibility": "3", "claims": "F1", "classification": 0, "releasable_to": "",
        "communities": "", "corrects": str(row.pk),
    }  # fmt: skip
    sent = {name: "" if value is None else str(value) for name, value in shown.items()}
    assert duty.post("/incidents/new/", sent | {"severity": "5"}).status_code == 302
    corrected = Incident.objects.get(corrects=row)
    assert (corrected.number, corrected.severity, corrected.position) == (
        row.number,
        5,
        row.position,
    )
    assert "5 critical" in text(duty, "/incidents/")
    assert "not stated" in text(duty, f"/incidents/?known_on={row.recorded_at:%Y-%m-%dT%H:%MZ}")


@pytest.mark.parametrize("which", ["", "not-an-id", "00000000-0000-4000-8000-000000000000"])
def test_there_is_no_page_to_correct_what_is_not_there(
    places: Places, sign_in: SignIn, which: str
) -> None:
    answer = sign_in("duty_officer").get(f"/incidents/new/?corrects={which}")

    assert answer.status_code == (404 if which else 200)


def test_marked_incident_is_shown_to_its_own_nation_and_to_no_other(
    reported: Report, sign_in: SignIn
) -> None:
    row = reported(what="Ours alone", grounds=Grounds(marking=ONLY_GERMANY))
    german, french = sign_in("warden", "DE"), sign_in("warden", "FR")
    addresses = ("/incidents/", "/incidents/?q=ours", "/timeline/", "/search/?q=ours",
                 "/incidents/?site=CAMP&km=5")  # fmt: skip

    for address in addresses:
        assert row.number in text(german, address)
        assert row.number not in text(french, address)
        assert "Ours alone" not in text(french, address)
    correcting = f"/incidents/new/?corrects={row.pk}"
    assert (german.get(correcting).status_code, french.get(correcting).status_code) == (200, 404)


def test_list_says_how_far_and_what_is_unclear(
    reported: Report, places: Places, sign_in: SignIn
) -> None:
    reported(site=places.fort)
    reported(site=None, place="By the bridge", severity=None, occurred=Moment.unknown())
    shown = text(sign_in("reader"), "/incidents/?site=CAMP&km=20&least=2&since=1+January+2026")

    for said in (
        "16.7 km away",
        "How severe it was is not stated.",
        "Where it was is not known well enough to tell how far.",
        "When it was is not known well enough to tell whether it counts.",
    ):
        assert said in shown


def test_list_around_a_site_without_position_says_that_no_distance_can_be_told(
    reported: Report, places: Places, sign_in: SignIn
) -> None:
    reader = sign_in("reader")
    sentence = "so no distance can be told"

    assert sentence in text(reader, "/incidents/?site=POST&km=20")
    assert sentence not in text(reader, "/incidents/?site=CAMP&km=20")


@pytest.mark.parametrize(
    ("question", "field"),
    [("site=CAMP", "km"), ("km=5", "site"), ("site=XX&km=5", "site"), ("site=CAMP&km=-1", "km"),
     ("since=soon", "since"), ("since=[..2026-01-03]", "since"), ("least=9", "least")],
)  # fmt: skip
def test_question_that_cannot_be_read_shows_no_list_that_misleads(
    reported: Report, sign_in: SignIn, question: str, field: str
) -> None:
    row = reported()
    answer = sign_in("reader").get(f"/incidents/?{question}")

    assert list(answer.context["form"].errors) == [field]
    assert row.number not in answer.text


def test_timeline_of_one_subject_leaves_out_what_belongs_to_none(
    reported: Report, sign_in: SignIn
) -> None:
    row, undated = reported(), reported(occurred=Moment.unknown())
    reader = sign_in("reader")

    assert row.number in text(reader, "/timeline/")
    assert undated.number not in text(reader, "/timeline/")
    assert row.number not in text(reader, "/timeline/?subject=NMI")


def test_empty_list_says_that_silence_is_no_proof(places: Places, sign_in: SignIn) -> None:
    assert "no proof that there was none" in text(sign_in("reader"), "/incidents/")
