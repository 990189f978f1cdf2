"""What was ordered elsewhere is put on record with all its vagueness, and nothing beyond it."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest

from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.models import Directive, Lift
from cadre.mission.actions import (
    Grounds,
    NewLine,
    NewMission,
    NewOrganisation,
    NewSite,
    add_line,
    add_organisation,
    add_site,
    found_mission,
)

type Report = Callable[..., Directive]

TEACHING = Scope("M", frozenset({"teaching"}), frozenset({"COUNTRY"}), None)


@pytest.fixture
def report(operator: Viewer, at: datetime) -> Report:
    """Reports a directive of a mission with two lines and a place in a country."""
    mission = found_mission(NewMission(code="M", name="Mission", combat=False), by=operator, at=at)
    for code in ("teaching", "advice"):
        add_line(mission, NewLine(code=code, name=code.title()), by=operator, at=at)
    country = add_site(NewSite(code="COUNTRY", name="Country", kind="country"), by=operator, at=at)
    add_site(NewSite(code="SCHOOL", name="School", kind="site", parent=country), by=operator, at=at)
    add_site(NewSite(code="OTHER", name="Other", kind="country"), by=operator, at=at)
    add_organisation(NewOrganisation(code="XE", name="Example", kind="nation"), by=operator, at=at)

    def reported(
        surely: Scope = TEACHING,
        perhaps: Scope | None = None,
        effect: Posture = Posture.SUSPENDED,
        grounds: Grounds = Grounds(),  # noqa: B008  # frozen
        number: str = "D1",
    ) -> Directive:
        new = actions.ReportedDirective(
            number=number,
            effect=effect,
            authority="Head",
            surely=surely,
            perhaps=perhaps,
            grounds=grounds,
        )
        return actions.report_directive(new, by=operator, at=at)

    return reported


def test_directive_covers_what_was_said_and_perhaps_more(report: Report) -> None:
    row = report(perhaps=Scope("M", None, frozenset({"COUNTRY"}), None))
    kept = Directive.objects.get(pk=row.pk)
    assert (kept.sure_lines, kept.sure_sites, kept.sure_nations) == (
        ["teaching"],
        ["COUNTRY"],
        None,
    )
    assert (kept.perhaps_lines, kept.perhaps_sites) == (None, ["COUNTRY"])
    assert (kept.reported, kept.temporary, kept.reason_code) == (True, None, "not_stated")


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        (Scope("N"), "There is no mission “N” on record."),
        (Scope("M", frozenset({"drill"})), "Mission M has no activity line “drill”."),
        (Scope("M", None, frozenset({"MOON"})), "There is no site “MOON” on record."),
        (Scope("M", None, None, frozenset({"XX"})), "There is no nation “XX” on record."),
    ],
)
def test_unknown_name_is_refused(report: Report, scope: Scope, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        report(surely=scope)
    assert (str(refused.value), Directive.objects.count()) == (sentence, 0)


def test_number_that_is_taken_is_refused(report: Report) -> None:
    report()
    with pytest.raises(Refused, match=r"The number D1 is taken already."):
        report()


def test_directive_without_a_number_is_refused(report: Report) -> None:
    with pytest.raises(Refused, match=r"An order needs its number."):
        report(number=" ")


def test_claim_that_is_not_on_record_is_refused(report: Report) -> None:
    with pytest.raises(Refused, match="cannot rest on a claim that is not on record"):
        report(grounds=Grounds(claims=(uuid4(),)))


def test_perhaps_narrower_than_surely_is_refused(report: Report) -> None:
    with pytest.raises(Refused, match="leaves out what it surely covers"):
        report(perhaps=Scope("M", frozenset({"advice"}), frozenset({"COUNTRY"}), None))


def test_directive_to_run_is_refused(report: Report) -> None:
    with pytest.raises(Refused, match="to restart, lift what stops"):
        report(effect=Posture.RUNNING)


@pytest.mark.parametrize(
    ("scope", "fits"),
    [
        (TEACHING, True),
        (Scope("M", frozenset({"teaching"}), frozenset({"SCHOOL"}), frozenset({"XE"})), True),
        (Scope("M", frozenset({"teaching"}), frozenset({"OTHER"}), None), False),
        (Scope("M", frozenset({"teaching"}), None, None), False),
        (Scope("M", None, frozenset({"COUNTRY"}), None), False),
    ],
)
def test_lift_stays_within_its_directive(
    report: Report, operator: Viewer, at: datetime, scope: Scope, *, fits: bool
) -> None:
    report()
    new = actions.ReportedLift(number="L1", directive="D1", authority="Head", scope=scope)
    if fits:
        actions.report_lift(new, by=operator, at=at)
    else:
        with pytest.raises(Refused, match=r"Lift L1 reaches beyond what directive D1 covers."):
            actions.report_lift(new, by=operator, at=at)
    assert Lift.objects.count() == int(fits)


def test_times_stand_beside_each_other(report: Report, operator: Viewer, at: datetime) -> None:
    directive = report()
    for moment in ("[2020-01-02..2020-01-06]", "[..2020-01-04]"):
        new = actions.ReportedTiming(directive="D1", clock="effective", moment=Moment.parse(moment))
        actions.report_timing(new, by=operator, at=at)
    assert {row.moment.edtf() for row in directive.timings.all()} == {
        "[2020-01-02..2020-01-06]",
        "[..2020-01-04]",
    }


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("D9", "effective", "2020"), "There is no directive D9 on record."),
        (("D1", "noticed", "2020"), "“noticed” is not a clock of a directive."),
        (
            ("D1", "decided", ""),
            "Nothing is said of the time, so there is nothing to put on record.",
        ),
    ],
)
def test_time_that_says_nothing_is_refused(
    report: Report,
    operator: Viewer,
    at: datetime,
    said: tuple[str, str, str],
    sentence: str,
) -> None:
    report()
    directive, clock, moment = said
    new = actions.ReportedTiming(directive=directive, clock=clock, moment=Moment.parse(moment))
    with pytest.raises(Refused) as refused:
        actions.report_timing(new, by=operator, at=at)
    assert str(refused.value) == sentence
