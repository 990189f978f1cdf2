"""Reviews: held by who may, with a next one named, and dissent in the nation's own words."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.posture import Posture
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR
from cadre.directives import actions
from cadre.directives.actions import NewCondition, NewReview
from cadre.directives.models import Directive, Dissent, Outcome, Review
from cadre.directives.queries import World, reviews, reviews_due
from cadre.directives.queries.reviews import agenda
from cadre.mission.actions import Stale
from cadre.mission.queries.versions import fingerprint
from tests.directives.conftest import (
    COMMANDER,
    GERMANY,
    Issue,
    Place,
    SignIn,
    make_place,
    order,
    ruling,
    viewer,
)


def result(at: datetime, **changes: object) -> NewReview:
    said: dict[str, object] = {
        "outcome": Outcome.KEEP,
        "reason": "Nothing has changed",
        "authority": "Commander",
        "next_at": at + timedelta(hours=24),
        "next_owner": "J3",
    }
    return NewReview(**said | changes)  # type: ignore[arg-type]  # the test says which


def due_of(number: str, on: datetime) -> tuple[datetime | None, str, bool]:
    found = {each.number: each for each in reviews_due(World(OPERATOR, known_on=None), on)}
    return found[number].due.at, found[number].due.owner, found[number].overdue


def test_review_names_the_next_one_and_changes_no_posture(issued: Issue, at: datetime) -> None:
    row = issued(COMMANDER)
    soon = at + timedelta(hours=25)
    before = due_of(row.number, soon)
    actions.hold_review(row, result(soon, outcome=Outcome.LIFT), by=COMMANDER, at=soon)

    assert before == (at + timedelta(days=1), "J3", True)
    assert due_of(row.number, soon) == (soon + timedelta(hours=24), "J3", False)
    assert ruling("training", soon).posture == Posture.SUSPENDED


def test_silence_ends_nothing(issued: Issue, at: datetime) -> None:
    row = issued(COMMANDER)
    much_later = at + timedelta(days=900)

    assert due_of(row.number, much_later)[2]
    assert ruling("training", much_later).posture == Posture.SUSPENDED


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "A review says why."),
        ({"next_owner": ""}, "Name the owner of the next review."),
        ({"authority": ""}, "A review names its authority."),
        ({"next_at": datetime.fromisoformat("2026-01-05T12:00Z")}, "comes after this one"),
        ({"next_at": datetime.fromisoformat("2026-01-07T12:00Z")}, "rhythm asks for the next"),
        ({"held_at": datetime.fromisoformat("2026-01-05T12:01Z")}, "at a moment that has come"),
        ({"dissents": {"XX": "No"}}, "There is no nation “XX” on record."),
        ({"dissents": {"DE": " "}}, "in the nation's own words"),
    ],
)
def test_review_that_says_too_little_is_refused(
    issued: Issue, at: datetime, changes: dict[str, object], sentence: str
) -> None:
    row = issued(COMMANDER)
    with pytest.raises(Refused, match=sentence):
        actions.hold_review(row, result(at, **changes), by=COMMANDER, at=at)

    assert (Review.objects.count(), Dissent.objects.count()) == (0, 0)


def test_dissent_is_a_nations_own(issued: Issue, at: datetime) -> None:
    row = issued(COMMANDER)
    held = actions.hold_review(row, result(at, dissents={"FR": "Too long"}), by=COMMANDER, at=at)
    actions.dissent(held, "DE", "Too short", by=GERMANY, at=at)
    with pytest.raises(NotAllowed, match="speaks for that nation only"):
        actions.dissent(held, "FR", "Never", by=GERMANY, at=at)
    with pytest.raises(NotAllowed):
        actions.hold_review(row, result(at), by=viewer("press_officer"), at=at)

    read = reviews(OPERATOR, row, on=at, known_on=None)
    assert [(each.nation, each.text) for each in read.held[0].dissents] == [
        ("DE", "Too short"),
        ("FR", "Too long"),
    ]


def test_review_by_somebody_who_has_not_seen_the_last_is_refused(
    issued: Issue, at: datetime
) -> None:
    row = issued(COMMANDER)
    first = actions.hold_review(row, result(at), by=COMMANDER, at=at)
    with pytest.raises(Refused, match="A review was held in the meantime: keep"):
        actions.hold_review(row, result(at), by=COMMANDER, at=at)
    later = at + timedelta(hours=1)
    assert (
        actions.hold_review(
            row, result(later, last=str(first.pk)), by=COMMANDER, at=later
        ).directive
        == row
    )


def test_agenda_has_what_changed_and_what_goes_stale(issued: Issue, at: datetime) -> None:
    fresh = NewCondition(text="Watched", owner="J2", wanted="y", shelf_life=timedelta(hours=3))
    row = issued(COMMANDER, conditions=(fresh,))
    held = actions.hold_review(row, result(at), by=COMMANDER, at=at + timedelta(minutes=1))
    condition = row.conditions.get()
    later = at + timedelta(hours=1)
    shown = actions.bring_evidence(
        condition,
        actions.NewEvidence(supports=True, text="Seen", source="J2", occurred=Moment.at(later)),
        by=COMMANDER,
        at=later,
    )
    met = actions.NewAssessment(verdict="met", authority="C", evidence=(shown.pk,))
    actions.assess(condition, met, by=COMMANDER, at=later)
    found = agenda(OPERATOR, row, on=later, known_on=None)

    assert found.since == held.held_at
    assert {(each.what, each.text.partition(" ")[0]) for each in found.changes} == {
        ("evidence", "Seen"),
        ("decision about a condition", str(condition.pk)),
    }
    assert [each.text for each in found.going_stale] == ["Watched"]
    assert found.as_kept()["conditions"] == [["Watched", "met"]]


def test_rhythm_is_the_missions_own_and_a_stale_change_is_refused(
    place: Place, issued: Issue, at: datetime
) -> None:
    hours = {"first_hours": 12, "then_hours": 48, "then_days": 2, "later_hours": 96}
    with pytest.raises(NotAllowed):
        actions.set_rhythm(place.mission, hours, by=GERMANY, at=at)
    row = actions.set_rhythm(place.mission, hours, by=COMMANDER, at=at)
    seen = fingerprint(row)
    actions.set_rhythm(place.mission, hours | {"then_hours": 40}, seen=seen, by=COMMANDER, at=at)
    with pytest.raises(Stale):
        actions.set_rhythm(place.mission, hours, seen=seen, by=COMMANDER, at=at)
    soon = result(at, next_at=at + timedelta(hours=40))

    assert actions.hold_review(issued(COMMANDER), soon, by=COMMANDER, at=at)


def test_two_reviews_at_once_come_to_one(scratch: str, at: datetime) -> None:
    with seeing(OPERATOR):
        make_place(by=OPERATOR, at=at - timedelta(days=9))
        row = actions.issue(order(at), by=COMMANDER, at=at)

    def held(number: int) -> str:
        try:
            with seeing(COMMANDER):
                directive = Directive.objects.get(pk=row.pk)
                new = result(at, reason=f"reason {number}")
                return actions.hold_review(directive, new, by=COMMANDER, at=at).outcome
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        found = sorted(pool.map(held, range(3)))
    refusal = "A review was held in the meantime: keep. Look at it, then hold another."
    assert found == [refusal, refusal, "keep"]


def test_pages_of_reviews_hold_one_and_keep_what_was_typed(issued: Issue, sign_in: SignIn) -> None:
    number = issued().number
    client = sign_in("commander")
    address = f"/directives/{number}/review/"
    wrong = client.post(address, {"outcome": "keep", "reason": "Because", "dissents": "DE"})
    typed = {
        "outcome": "narrow", "reason": "Because", "authority": "C", "next_owner": "J3",
        "next_at": re.findall(r'name="next_at" value="([^"]+)"', client.get(address).text)[0],
        "dissents": "DE: no", "present": "Ada\nBob",
    }  # fmt: skip

    assert (wrong.status_code, "Because" in wrong.text) == (422, True)
    assert "write the code of the nation, a colon" in wrong.text
    assert client.post(address, typed).status_code == 302
    assert "narrow" in client.get(f"/directives/{number}/").text
    assert Review.objects.get().present == ["Ada", "Bob"]
    assert client.get("/reviews/").status_code == 200
    reader = sign_in("reader")
    assert reader.post(address, typed).status_code == 403
    assert "Hold the review" not in reader.get(address).text
