"""Who received a directive, and what sister missions ordered beside it."""

from datetime import datetime, timedelta

import pytest

from cadre.access.permissions import NotAllowed
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR
from cadre.directives import actions
from cadre.directives.actions import NewReceipt
from cadre.directives.models import AddresseeKind, Receipt
from cadre.directives.queries.receipts import addressees
from cadre.directives.queries.sisters import sisters
from cadre.mission import actions as mission_actions
from cadre.mission.models import Mission
from tests.directives.conftest import COMMANDER, DUTY, GERMANY, Issue, Place, SignIn, viewer


def got(at: datetime, **changes: object) -> NewReceipt:
    said: dict[str, object] = {
        "addressee": AddresseeKind.NATION, "code": "DE", "received_at": at, "received_by": "Ada",
    }  # fmt: skip
    return NewReceipt(**said | changes)  # type: ignore[arg-type]  # the test says which


def silent(issued: object, at: datetime) -> list[str]:
    everybody = addressees(OPERATOR, issued, on=at, known_on=None)  # type: ignore[arg-type]
    return [each.key for each in everybody if each.receipt is None]


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        (Scope("M"), ["nation:FR", "nation:DE", "site:CAMP", "site:FORT"]),
        (Scope("M", nations=frozenset({"DE"})), ["nation:DE", "site:CAMP", "site:FORT"]),
        (Scope("M", sites=frozenset({"CAMP"})), ["nation:FR", "nation:DE", "site:CAMP"]),
        (
            Scope("M", sites=frozenset({"COUNTRY"})),
            ["nation:FR", "nation:DE", "site:CAMP", "site:FORT"],
        ),
    ],
)
def test_addressees_are_the_contingents_and_sites_that_it_reaches(
    issued: Issue, at: datetime, scope: Scope, reached: list[str]
) -> None:
    assert silent(issued(scope=scope), at) == reached


def test_receipt_ends_silence_from_its_moment_on(issued: Issue, at: datetime) -> None:
    row = issued(COMMANDER)
    later = at + timedelta(minutes=5)
    actions.receive(row, got(later), by=GERMANY, at=later)

    assert "nation:DE" in silent(row, at)
    assert "nation:DE" not in silent(row, later)
    with pytest.raises(Refused, match="receipt is on record already"):
        actions.receive(row, got(later), by=GERMANY, at=later)


def test_who_speaks_for_another_nation_says_how_he_knows(issued: Issue, at: datetime) -> None:
    row = issued(COMMANDER)
    with pytest.raises(Refused, match="Say how you know"):
        actions.receive(row, got(at), by=DUTY, at=at)
    assert actions.receive(row, got(at, note="By radio"), by=DUTY, at=at).note == "By radio"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "IQ"}, "The order does not reach “IQ”."),
        ({"received_by": " "}, "Say who received it."),
        ({"received_at": datetime.fromisoformat("2026-01-05T12:01Z")}, "a moment that has come"),
    ],
)
def test_receipt_that_cannot_be_is_refused(
    issued: Issue, at: datetime, changes: dict[str, object], sentence: str
) -> None:
    row = issued(COMMANDER)
    with pytest.raises(Refused, match=sentence):
        actions.receive(row, got(at, **changes), by=GERMANY, at=at)
    with pytest.raises(NotAllowed):
        actions.receive(row, got(at), by=viewer("press_officer"), at=at)

    assert Receipt.objects.count() == 0


@pytest.fixture
def sister(place: Place, at: datetime) -> Mission:
    """Another mission in the same country, with training of its own."""
    other = mission_actions.found_mission(
        mission_actions.NewMission(code="N", name="Other"), by=OPERATOR, at=at
    )
    line = mission_actions.NewLine(code="training", name="Training")
    mission_actions.add_line(other, line, by=OPERATOR, at=at)
    kin = mission_actions.NewRelation(kind="sister_of", other_mission=place.mission)
    mission_actions.relate(other, kin, by=OPERATOR, at=at)
    return other


def test_sisters_order_stands_beside_ours_and_changes_nothing_here(
    place: Place, sister: Mission, issued: Issue, at: datetime
) -> None:
    late = at + timedelta(hours=1)
    before = sisters(OPERATOR, place.mission, on=late, known_on=None)
    row = issued(scope=Scope("N", frozenset({"training"})))
    after = sisters(OPERATOR, place.mission, on=late, known_on=None)
    training = next(each for each in after.lines if each.code == "training")

    assert [each.code for each in before.missions] == ["M", "N"]
    assert before.unseen == ()
    assert [(each.mission, each.ruling.posture, each.differs) for each in training.beside] == [
        ("M", Posture.RUNNING, True),
        ("N", Posture.SUSPENDED, True),
    ]
    assert {(each.number, each.what) for each in after.unseen} == {
        (row.number, "directive"),
        (row.number, "what was said of its times"),
    }
    actions.note_changes(place.mission, row.number, "Seen", by=DUTY, at=late)
    assert sisters(OPERATOR, place.mission, on=late, known_on=None).unseen == ()


def test_pages_of_receipts_and_sisters(issued: Issue, sister: Mission, sign_in: SignIn) -> None:
    number = issued().number
    client = sign_in("senior_national_representative", "DE", name="de")
    page = client.get(f"/directives/{number}/").text
    assert page.count("silent") == 4
    typed = {"addressee": "nation:DE", "received_at": "2026-01-05", "received_by": "Ada"}
    assert client.post(f"/directives/{number}/received/", typed).status_code == 302
    assert client.get(f"/directives/{number}/").text.count("silent") == 3
    assert client.get("/missions/M/sisters/").status_code == 200
    assert sign_in("reader").get(f"/directives/{number}/received/").status_code == 403
