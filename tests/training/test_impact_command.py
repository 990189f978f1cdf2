"""`./cadre impact`: the same count as on the page, or one sentence."""

import io
import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from pytest_django.fixtures import Settings

from cadre.access.actions import acting
from cadre.access.models import Account
from cadre.core.posture import Scope
from cadre.core.releasability import OPERATOR, Classification, Marking
from cadre.directives import actions
from cadre.directives.models import Draft
from cadre.mission.models import Organisation, Post
from cadre.training.models import Course, Duty, Session, SessionKind
from cadre.training.outgoing import impact_out
from cadre.training.queries import impact
from tests.directives.conftest import COMMANDER, Place, SignIn, order

ON = ("--on", "2026-01-05T12:00Z")
DRAFT = (
    "kind=order", "effect=2", "lines=training", "reason_code=incident", "authority=Commander",
    "protective_action=Stay inside", "review_owner=J3", "first_review_at=2026-01-06T12:00Z",
)  # fmt: skip


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("impact", *words, stdout=out)
    return out.getvalue().rstrip("\n")


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as refusal:
        told(*words)
    assert refusal.value.returncode == 2
    return str(refusal.value)


@pytest.fixture
def programme(place: Place, at: datetime, settings: Settings) -> Place:
    """Two sessions at the camp, one now and one tomorrow, and advice at the fort."""
    settings.CADRE_CLOCK = at.isoformat()
    with acting("test", by=OPERATOR, at=at):
        course = Course.objects.create(
            mission=place.mission, code="C", title="Course", line="training", trainees=12
        )
        post = Post.objects.create(
            code="P", title="Trainer", mission=place.mission, site=place.fort,
            nation=Organisation.objects.get(code="DE"),
        )  # fmt: skip
        for line, site, days in (
            ("training", place.camp, 0),
            ("training", place.camp, 1),
            ("advising", place.fort, 1),
        ):
            begins = at + timedelta(days=days)
            row = Session.objects.create(
                mission=place.mission, line=line, title=line, site=site,
                kind=SessionKind.SESSION if line == "training" else SessionKind.ENGAGEMENT,
                course=course if line == "training" else None,
                during=DateTimeTZRange(begins, begins + timedelta(hours=2)),
            )  # fmt: skip
            Duty.objects.create(session=row, post=post)
    return place


@pytest.mark.parametrize(
    ("words", "limits"),
    [
        ((), {}),
        (("--lines", "training,advising", "--sites", "FORT"),
         {"lines": frozenset({"training", "advising"}), "sites": frozenset({"FORT"})}),
        (("--nations", "FR"), {"nations": frozenset({"FR"})}),
        (("--hours", "mon-12, mon-13"), {"hours": frozenset({"mon-12", "mon-13"})}),
    ],
)  # fmt: skip
def test_command_counts_what_the_query_counts(
    programme: Place, at: datetime, words: tuple[str, ...], limits: dict[str, frozenset[str]]
) -> None:
    found = impact(OPERATOR, Scope("M", **limits), at=at, known_on=at)

    assert json.loads(told("M", *words, *ON, "--json")) == impact_out(found).model_dump()


def test_impact_is_told_as_text(programme: Place, at: datetime) -> None:
    stop = actions.issue(
        order(at, scope=Scope("M", sites=frozenset({"CAMP"}))), by=COMMANDER, at=at
    )
    one, all_of = (
        f"sessions {number}, engagements 0, of these stopped already {number}, institutions 0,"
        " trainees 12, people 1, of these away from base 1"
        for number in (1, 2)
    )
    people = ["  people by nation: Germany 1", "  people by base: Fort 1"]

    assert told("M", "--lines", "training", *ON).splitlines() == [
        f"now: {one}", *people,
        f"72 hours: {all_of}", *people,
        f"14 days: {all_of}", *people,
        f"90 days: {all_of}", *people,
        f"directives in force that overlap: {stop.number}",
    ]  # fmt: skip


def test_without_a_moment_it_is_counted_from_now(programme: Place) -> None:
    assert told("M", "--json") == told("M", *ON, "--json")


def test_draft_is_counted_by_its_own_scope(programme: Place) -> None:
    call_command("order", "draft", "M", *DRAFT, stdout=io.StringIO())
    draft = str(Draft.objects.get().pk)

    assert told("--draft", draft, "--json") == told("M", "--lines", "training", *ON, "--json")
    assert refused("--draft", draft, "--lines", "training") == (
        "A draft says its own scope: leave --lines out."
    )
    assert refused("M", "--draft", draft) == "Name either a mission or a draft."


def test_draft_that_cannot_be_read_any_more_says_why(programme: Place, at: datetime) -> None:
    composed = actions.Composed(
        title="Old", content={"kind": "order"}, marking=Marking(Classification.UNCLASSIFIED)
    )
    draft = actions.write_draft(programme.mission, composed, by=OPERATOR, at=at)

    assert refused("--draft", str(draft.pk)).startswith("The draft cannot be read as a directive: ")


NOBODY = UUID("6a9c7b2e-0000-4000-8000-000000000000")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Name either a mission or a draft."),
        (("X",), "There is no mission X on record."),
        (("--draft", str(NOBODY)), f"There is no draft {NOBODY} on record."),
        (("M", "--lines", "cooking"), "Mission M has no activity line “cooking”."),
        (("M", "--sites", "CAMP,MOON"), "There is no site “MOON” on record."),
        (("M", "--nations", "XX"), "There is no nation “XX” on record."),
        (("M", "--units", "DE"), "There is no unit “DE” of the host on record."),
        (("M", "--people", "P9"), "There is no person “P9” on record."),
        (("M", "--hours", "noon"), "“noon” is no hour of the week; write it as “mon-08”."),
        (("M", "--as", "x@example.org"), "There is no open account x@example.org."),
    ],
)
def test_what_is_not_on_record_is_one_sentence_and_never_nought(
    programme: Place, words: tuple[str, ...], sentence: str
) -> None:
    assert refused(*words) == sentence


def test_what_somebody_may_not_see_is_not_counted_for_him(
    programme: Place, sign_in: SignIn, at: datetime
) -> None:
    with acting("test", by=OPERATOR, at=at):
        Session.objects.filter(line="training").update(classification=Classification.SECRET)
    client = sign_in("reader")
    reader = Account.objects.get(pk=client.session["_auth_user_id"]).email
    counts = [
        [each["sessions"] for each in json.loads(told("M", *ON, "--json", *words))["windows"]]
        for words in ((), ("--as", reader))
    ]

    assert counts == [[1, 2, 2, 2], [0, 0, 0, 0]]


def test_draft_that_somebody_may_not_see_is_not_there_for_him(
    programme: Place, sign_in: SignIn, at: datetime
) -> None:
    call_command("order", "draft", "M", *DRAFT, "classification=3", stdout=io.StringIO())
    draft = Draft.objects.get()
    client = sign_in("commander")
    commander = Account.objects.get(pk=client.session["_auth_user_id"]).email

    assert json.loads(told("--draft", str(draft.pk), "--json"))["windows"][0]["sessions"] == 1
    assert refused("--draft", str(draft.pk), "--as", commander) == (
        f"There is no draft {draft.pk} on record."
    )
