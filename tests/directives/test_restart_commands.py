"""The commands of restart and review, and what they say where something is missing."""

import io
import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from cadre.core.moments import Moment
from cadre.core.releasability import OPERATOR
from cadre.directives import actions
from cadre.directives.actions import NewCondition, NewEvidence, NewProposal
from cadre.directives.models import (
    Assessment,
    Condition,
    Directive,
    Evidence,
    Lift,
    LiftProposal,
    ProposalEnd,
    Review,
)
from cadre.directives.queries.reviews import agenda
from tests.directives.commanding import refused, refused_for_the_role, told, told_json
from tests.directives.conftest import COMMANDER, DUTY, Issue, Place, Somebody

pytestmark = pytest.mark.usefixtures("clock")

GATE = NewCondition(text="The gate is repaired", owner="J4", wanted="A photograph")
REVIEW = (
    "outcome=keep", "reason=Nothing has changed", "authority=Commander",
    "next_at=2026-01-06T10:00Z", "next_owner=J3", "dissents=FR: Too long.",
)  # fmt: skip


@pytest.fixture
def stopped(issued: Issue) -> Directive:
    """Training is suspended, with one restart condition for all of it."""
    return issued(COMMANDER, conditions=(GATE,))


@pytest.fixture
def condition(stopped: Directive) -> Condition:
    return Condition.objects.get()


@pytest.fixture
def proposal(stopped: Directive, place: Place, at: datetime) -> LiftProposal:
    part = actions.Stop(mission=place.mission, site="CAMP", lines=frozenset({"training"})).scope
    new = NewProposal(part=part, reason="Ready")
    return actions.propose_lift(stopped, new, by=DUTY, at=at + timedelta(minutes=5))


# --- restart ----------------------------------------------------------------------------------


def test_part_is_lifted_by_commands_and_exactly_what_was_proposed(
    stopped: Directive, somebody: Somebody
) -> None:
    number, commander, duty = stopped.number, somebody("commander"), somebody("duty_officer")
    told(
        "restart", "condition", number, "text=The yard is cleared", "owner=J4", "wanted=A look",
        "lines=training", "sites=FORT", "shelf_life=24", "--as", duty,
    )  # fmt: skip
    gate, yard = Condition.objects.order_by("recorded_at")
    assert (yard.text, yard.sites, yard.shelf_life) == (
        "The yard is cleared",
        ["FORT"],
        timedelta(hours=24),
    )
    brought = told_json(
        "restart", "evidence", str(gate.pk), "supports=yes", "text=It stands", "source=Photo",
        "occurred=2026-01-05T12:10Z", "--as", duty,
    )  # fmt: skip
    shown = Evidence.objects.get()
    assert brought == {"number": str(shown.pk)}
    told(
        "restart", "decide", str(gate.pk), "verdict=met", f"evidence={shown.pk}",
        "authority=Commander", "--as", commander,
    )  # fmt: skip
    proposed = told(
        "restart", "propose", number, "lines=training", "sites=CAMP", "reason=Ready", "--as", duty
    )
    assert proposed == f"Proposed as {number}-P001. Another person has to lift it."
    assert told("restart", "lift", f"{number}-P001", "--as", commander) == (
        f"Lifted by {number}-L001."
    )

    lift = Lift.objects.get()
    assert (lift.lines, lift.sites, lift.recorded_by) == (["training"], ["CAMP"], commander)
    out = told_json("restart", "show", number)
    assert isinstance(out, dict)
    assert [(each["text"], each["state"]) for each in out["conditions"]] == [
        ("The gate is repaired", "met"),
        ("The yard is cleared", "not assessed"),
    ]
    assert [each["id"] for each in out["conditions"][0]["evidence"]] == [str(shown.pk)]
    assert [(each["number"], each["open"]) for each in out["proposals"]] == [
        (f"{number}-P001", False)
    ]


def test_restart_is_shown_as_text(
    condition: Condition, proposal: LiftProposal, at: datetime
) -> None:
    against = NewEvidence(
        supports=False, text="It is open", source="Patrol", occurred=Moment.at(at)
    )
    row = actions.bring_evidence(condition, against, by=DUTY, at=at)

    assert told("restart", "show", condition.directive.number).splitlines() == [
        "It may be lifted by: Commander; and never by one person alone.",
        f"condition {condition.pk}: The gate is repaired",
        "  not assessed; owner: J4; evidence wanted: A photograph",
        f"  evidence {row.pk} against it: It is open (Patrol, 2026-01-05T12:00:00Z)",
        f"proposal {proposal.number} of duty_officer: waits for another person",
    ]


def test_refused_lift_prints_everything_that_is_missing_a_line_each(
    proposal: LiftProposal, somebody: Somebody, settings: Settings, at: datetime
) -> None:
    settings.CADRE_CLOCK = (at + timedelta(days=2)).isoformat()
    missing = [
        "This needs one of these roles in M: Commander.",
        "Not assessed: The gate is repaired",
        "Its review is overdue: hold it first.",
    ]
    words = ("restart", "lift", proposal.number, "--as", somebody("duty_officer"))
    out = io.StringIO()
    with pytest.raises(CommandError) as shut:
        call_command(*words, "--json", stdout=out)

    assert refused(*words).splitlines() == missing
    assert (json.loads(out.getvalue()), shut.value.returncode) == ({"missing": missing}, 2)
    assert str(shut.value).splitlines() == missing
    assert Lift.objects.count() == 0


def test_proposal_is_turned_down_with_a_reason(proposal: LiftProposal, somebody: Somebody) -> None:
    commander = somebody("commander")
    words = ("restart", "end", proposal.number)
    assert refused(*words, "reason=", "--as", commander) == "reason: This field is required."
    assert ProposalEnd.objects.count() == 0
    told(*words, "reason=Not yet", "--as", commander)

    end = ProposalEnd.objects.get()
    assert (end.reason, end.turned_down, end.recorded_by) == ("Not yet", True, commander)
    assert refused("restart", "lift", proposal.number) == (
        "This proposal was taken back or turned down already."
    )


NOBODY = UUID("6a9c7b2e-0000-4000-8000-000000000000")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "M-D-9"), "There is no directive M-D-9 on record."),
        (("lift", "M-D-9-P001"), "There is no proposal M-D-9-P001 on record."),
        (("evidence", "gate", "supports=yes"), "“gate” is no id of a condition."),
        (("decide", str(NOBODY), "verdict=met"), f"There is no condition {NOBODY} on record."),
        (
            ("condition", "M-D-2026-001", "text=x", "shelf_life=long"),
            "shelf_life: Enter a whole number.",
        ),
        (("propose", "M-D-2026-001", "lines=training"), "reason: This field is required."),
        (
            ("propose", "M-D-2026-001", "lines=advising", "reason=x"),
            "lines: Select a valid choice. advising is not one of the available choices.",
        ),
    ],
)
def test_restart_of_what_is_not_there_or_does_not_fit_is_one_sentence(
    stopped: Directive, words: tuple[str, ...], sentence: str
) -> None:
    assert refused("restart", *words) == sentence
    assert (Condition.objects.count(), LiftProposal.objects.count()) == (1, 0)


def test_decision_without_evidence_is_refused(condition: Condition) -> None:
    words = ("restart", "decide", str(condition.pk), "authority=Commander")

    assert refused(*words, "verdict=met") == "A condition is met on evidence: name which."
    assert refused(*words, "verdict=waived", "reason=x", "until=2020") == (
        "A waiver says until when, and that is yet to come."
    )
    assert Assessment.objects.count() == 0


# --- reviews ----------------------------------------------------------------------------------


def test_reviews_are_listed_overdue_first(issued: Issue, at: datetime) -> None:
    dated = issued(COMMANDER, first_review_at=at + timedelta(days=3))
    overdue = issued(COMMANDER, reason="Another")
    day = ("--on", "2026-01-07")

    assert told("reviews", *day).splitlines() == [
        f"overdue: {overdue.number}: due at 2026-01-06T12:00Z, by J3",
        f"{dated.number}: due at 2026-01-08T12:00Z, by J3",
    ]
    found = told_json("reviews", *day)
    assert isinstance(found, list)
    assert found[0] == {
        "directive": overdue.number, "mission": "M", "due": "2026-01-06T12:00:00Z",
        "owner": "J3", "overdue": True, "held": 0,
    }  # fmt: skip
    assert told("reviews", "--on", "2020") == "No directive is in force."


def test_agenda_is_told_before_a_review_is_held(condition: Condition, clock: datetime) -> None:
    number = condition.directive.number

    assert told("reviews", "agenda", number).splitlines() == [
        "Put on record since 2026-01-05T12:00Z:",
        "  nothing",
        "Restart conditions:",
        "  not assessed: The gate is repaired",
        "The next review is to be held by 2026-01-06T12:30Z.",
        "No review was held yet.",
    ]
    kept = agenda(OPERATOR, condition.directive, on=clock, known_on=clock).as_kept()
    assert told_json("reviews", "agenda", number) == kept | {
        "next_by": "2026-01-06T12:30:00Z",
        "last": "",
    }


def test_option_before_the_word_counts_as_after_it(condition: Condition) -> None:
    number = condition.directive.number

    assert json.loads(told("reviews", "--json", "agenda", number)) == told_json(
        "reviews", "agenda", number
    )


def test_review_is_held_by_who_has_seen_the_latest(stopped: Directive, somebody: Somebody) -> None:
    duty = ("--as", somebody("duty_officer"))
    words = ("reviews", "hold", stopped.number, *REVIEW)
    told(*words, *duty)
    row = Review.objects.get()
    assert (row.outcome, row.next_owner) == ("keep", "J3")
    assert [(each.nation, each.text) for each in row.dissents.all()] == [("FR", "Too long.")]
    assert told("reviews", "agenda", stopped.number).splitlines()[-1] == (
        f"The latest review: {row.pk}"
    )
    assert refused(*words, *duty).startswith("A review was held in the meantime: keep.")
    assert Review.objects.count() == 1
    told(*words, f"last={row.pk}", *duty)
    assert Review.objects.count() == 2


def test_review_that_does_not_name_the_next_is_not_held(stopped: Directive) -> None:
    words = ("reviews", "hold", stopped.number, *REVIEW[:3])

    assert refused(*words, "next_owner=J3") == "next_at: This field is required."
    assert refused(*words, "next_owner=J3", "next_at=2027") == (
        "The mission's rhythm asks for the next review by 2026-01-06T12:30Z; name that or sooner."
    )
    assert Review.objects.count() == 0


# --- who may ----------------------------------------------------------------------------------


def test_who_has_not_the_role_neither_restarts_nor_reviews(
    condition: Condition, proposal: LiftProposal, somebody: Somebody
) -> None:
    number, reader = condition.directive.number, ("--as", somebody("reader"))
    row = str(condition.pk)
    for words in (
        ("restart", "condition", number, "library=host-consents"),
        ("restart", "evidence", row, "supports=yes", "text=x", "source=x"),
        ("restart", "decide", row, "verdict=not_met", "authority=x"),
        ("restart", "propose", number, "reason=x"),
        ("restart", "lift", proposal.number),
        ("restart", "end", proposal.number, "reason=x"),
        ("reviews", "hold", number, *REVIEW),
    ):
        assert refused_for_the_role(*words, *reader), words
