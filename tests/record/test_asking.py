"""Asking the record: what was known, true and not corrected, for those who may see it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre.access import looks
from cadre.access.actions import acting
from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.releasability import OPERATOR, Classification, Viewer
from cadre.record.fields import moment_values
from cadre.record.models import Claim, Source, Subject
from cadre.record.queries import ask, claims_about

CLERK = Viewer("a clerk", Classification.RESTRICTED)
NAMES = ("NMI", "nmi", "Mission", "mission in iraq", "OIR")
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
days = st.integers(0, 4).map(lambda number: FIRST_DAY + timedelta(days=number))


@dataclass(frozen=True)
class Written:
    """One claim, with what decides whether an answer has it."""

    subject: str
    attribute: str
    when: Moment
    known_from: datetime
    recorded_at: datetime
    secret: bool
    corrects: int | None
    row: UUID

    def known(self, known_on: datetime | None, began: datetime, viewer: Viewer) -> bool:
        seen = viewer.sees_all or not self.secret
        if known_on is None:
            return seen
        return seen and (self.known_from if known_on < began else self.recorded_at) <= known_on


@st.composite
def claims(draw: st.DrawFn) -> list[Written]:
    return [
        Written(
            subject=draw(st.sampled_from(NAMES)),
            attribute=draw(st.sampled_from(["size", "Size", "status"])),
            when=draw(
                st.one_of(
                    days.map(Moment.at),
                    days.map(lambda at: Moment(None, at, "by")),
                    days.map(lambda at: Moment(at, None, "after")),
                    st.just(Moment.unknown()),
                )
            ),
            known_from=draw(days),
            recorded_at=draw(days),
            secret=draw(st.booleans()),
            corrects=draw(st.none() | st.integers(0, number - 1)) if number else None,
            row=uuid4(),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


def put_on_record(written: list[Written], began: datetime, by: Viewer) -> None:
    """Claims from one source; the mission is also called by its long name, in any letters."""
    stated = {"recorded_by": "a clerk", "known_from": began, "recorded_at": began}
    with acting("record.claims", by=by, at=began):
        source = Source.objects.create(name="letter", kind="letter", title="A letter", **stated)
        Subject.objects.create(key="NMI", title="The mission", also=["Mission in Iraq", "Other"])
        for number, each in enumerate(written):
            Claim.objects.create(
                id=each.row,
                source=source,
                reference=f"F{number}",
                subject=each.subject,
                attribute=each.attribute,
                value="around 120",
                said_by=["the letter"],
                sentences=["S1"],
                status="stated",
                corrects_id=None if each.corrects is None else written[each.corrects].row,
                classification=3 if each.secret else 1,
                recorded_by="a clerk",
                recorded_at=each.recorded_at,
                known_from=each.known_from,
                **moment_values("when", each.when),
            )


def true_on(when: Moment, on: datetime | None) -> bool:
    if on is None or (when.latest is None and when.earliest is None):
        return True
    return when.latest <= on if when.latest is not None else when.perhaps_by(on)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    written=claims(),
    began=days,
    on=st.none() | days,
    known_on=st.none() | days,
    viewer=st.sampled_from([OPERATOR, CLERK]),
    asked=st.sampled_from([*NAMES, "other"]),
)
def test_an_answer_has_what_was_known_true_and_not_corrected(  # noqa: PLR0913, PLR0917  # all that decides
    operator: Viewer,
    written: list[Written],
    began: datetime,
    on: datetime | None,
    known_on: datetime | None,
    viewer: Viewer,
    asked: str,
) -> None:
    with transaction.atomic():
        put_on_record(written, began, operator)
        found = ask(viewer, f" {asked} ", "SIZE", on=on, known_on=known_on)
        transaction.set_rollback(True)
    known = [each for each in written if each.known(known_on, began, viewer)]
    corrected = {each.corrects for each in known}
    names = {asked.lower()}
    if asked.lower() in {"mission in iraq", "other"}:
        names.add("nmi")
    assert {UUID(said.claim) for said in found.said} == {
        each.row
        for number, each in enumerate(written)
        if each in known
        and number not in corrected
        and each.subject.lower() in names
        and each.attribute.lower() == "size"
        and true_on(each.when, on)
    }


@pytest.fixture
def secret(operator: Viewer, at: datetime) -> Written:
    claim = Written("NMI", "size", Moment.unknown(), at, at, True, None, uuid4())
    put_on_record([claim], at, operator)
    return claim


def test_the_latest_stands_first_and_shows_all_that_was_said(
    operator: Viewer, at: datetime
) -> None:
    written = [
        Written("NMI", "size", moment, at, at, False, None, uuid4())
        for moment in (Moment.unknown(), Moment.parse("2018-10"), Moment.parse("2020-01-03"))
    ]
    put_on_record(written, at, operator)
    said = ask(operator, "NMI", "size", on=None, known_on=None).said
    assert [each.when.edtf() for each in said] == ["2020-01-03", "2018-10", ""]
    assert (
        said[0].value,
        said[0].said_by,
        said[0].source,
        said[0].sentences,
        said[0].inferred,
    ) == (
        "around 120",
        ("the letter",),
        "letter",
        ("S1",),
        False,
    )


def test_an_answer_with_a_secret_claim_is_a_look_at_it(operator: Viewer, secret: Written) -> None:
    with looks.noted() as shown:
        ask(operator, "NMI", "size", on=None, known_on=None)
    assert shown == {"record_claim": {secret.row}}


def test_who_looks_is_afterwards_who_looked_before(operator: Viewer, secret: Written) -> None:
    with seeing(CLERK):
        assert len(ask(OPERATOR, "NMI", "size", on=None, known_on=None).said) == 1
        assert Claim.objects.count() == 0
    assert Claim.objects.count() == 1


def test_all_about_a_subject_is_found_in_any_letters(operator: Viewer, secret: Written) -> None:
    assert [row.pk for row in claims_about(operator, ["nmi"], known_on=None)] == [secret.row]


def test_entering_at_an_earlier_moment_makes_nothing_unknown_that_was_loaded(
    operator: Viewer, at: datetime
) -> None:
    """A demonstration is loaded today and stands in the past, where its users go on writing."""
    loaded = Written("NMI", "size", Moment.unknown(), FIRST_DAY, at, False, None, uuid4())
    put_on_record([loaded], at, operator)
    evening = FIRST_DAY + timedelta(days=1)
    with acting("record.subject", by=operator, at=evening):
        Subject.objects.create(key="OIR", title="Another mission")
    answers = {
        moment: [each.claim for each in ask(operator, "NMI", "size", on=None, known_on=moment).said]
        for moment in (FIRST_DAY - timedelta(days=1), evening, at)
    }
    assert answers == {
        FIRST_DAY - timedelta(days=1): [],
        evening: [str(loaded.row)],
        at: [str(loaded.row)],
    }
