"""The fictional mission walked: five of eight sites stop for twelve nations, and restart in turns.

The same was walked at ten times the size: fifty of eighty sites, 600 of 7,680 cells.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.releasability import OPERATOR, Viewer
from cadre.directives import actions
from cadre.directives.actions import NewAssessment, NewDirective, NewEvidence, NewProposal, Shut
from cadre.directives.forms.issuing import usual_condition
from cadre.directives.models import Condition, Directive, Kind, Verdict
from cadre.directives.queries import Question, bounds_in_sql
from cadre.directives.queries.rulings import cells
from cadre.mission.models import Site
from cadre.packs.sample.actions import make_sample
from cadre.packs.sample.plan import Wish
from cadre.training.queries import impact
from tests.directives.conftest import viewer

START = date(2019, 11, 4)
AT = datetime(2019, 11, 5, 18, tzinfo=UTC)  # nothing is stopped there yet
HOUR = timedelta(hours=1)
COMMANDER = viewer("commander", mission="FTM")
DUTY = viewer("duty_officer", mission="FTM")
GERMANY = viewer("senior_national_representative", "DE", mission="FTM", name="germany")

type Standing = Mapping[Question, tuple[Posture, Posture]]


@pytest.fixture
def sites(operator: Viewer) -> list[str]:
    make_sample(Wish(people=400, seed=1, scale=1, start=START), by=operator, at=AT)
    return sorted(Site.objects.filter(kind="site").values_list("code", flat=True))


def nations() -> list[str]:
    found = cells(OPERATOR, "FTM", on=AT, known_on=None)
    return sorted({each.nation for each in found if each.nation})


def standing(sites: list[str], on: datetime) -> Standing:
    asked = [
        Question("FTM", line, site, nation)
        for line in ("training", "advising", "capacity-building")
        for site in sites
        for nation in nations()
    ]
    found = bounds_in_sql(OPERATOR, asked, on=on, known_on=None)
    return {each.question: (each.lower, each.upper) for each in found}


def differing(one: Standing, other: Standing) -> set[Question]:
    return {question for question in one if one[question] != other[question]}


def stopped(scope: Scope) -> Directive:
    new = NewDirective(
        effect=Posture.SUSPENDED, scope=scope, authority="Commander", reason_code="incident",
        protective_action="Under cover.", first_review_at=AT + timedelta(days=1),
        review_owner="J3", effective=Moment.at(AT), conditions=(usual_condition("host-consents"),),
    )  # fmt: skip  # reads as one sentence
    return actions.issue(new, by=COMMANDER, at=AT)


def found_met(directive: Directive, at: datetime) -> None:
    condition = Condition.objects.get(directive=directive)
    letter = NewEvidence(supports=True, text="Letter", source="Liaison", occurred=Moment.at(at))
    evidence = actions.bring_evidence(condition, letter, by=DUTY, at=at)
    met = NewAssessment(verdict=Verdict.MET, authority="Commander", evidence=(evidence.pk,))
    actions.assess(condition, met, by=COMMANDER, at=at)


def lifted(directive: Directive, part: Scope, at: datetime) -> None:
    proposal = actions.propose_lift(directive, NewProposal(part=part, reason="x"), by=DUTY, at=at)
    actions.lift(proposal, by=COMMANDER, at=at)


def test_five_of_eight_sites_stop_for_twelve_nations_and_restart_in_turns(
    sites: list[str],
) -> None:
    five, twelve = sites[:5], frozenset(nations()[:12])
    scope = Scope("FTM", frozenset({"training"}), frozenset(five), twelve)
    before = standing(sites, AT + HOUR)
    reached = impact(OPERATOR, scope, at=AT, known_on=None).windows[3]
    directive = stopped(scope)
    after = standing(sites, AT + HOUR)
    expected = {
        each
        for each in before
        if each.line == "training" and each.site in five and each.nation in twelve
    }

    assert (len(sites), len(before), len(expected)) == (8, 3 * 8 * 32, 5 * 12)
    assert differing(before, after) == expected
    assert {after[each] for each in expected} == {(Posture.SUSPENDED, Posture.SUSPENDED)}
    assert reached.left is not None
    assert reached.sessions == reached.left.somebody + reached.left.nobody > 0

    now = AT + HOUR
    first = Scope("FTM", frozenset({"training"}), frozenset(five[:2]), twelve)
    with pytest.raises(Shut, match="Not assessed"):
        lifted(directive, first, now)
    found_met(directive, now)
    for turn, part in enumerate((five[:2], five[2:4], five[4:]), 1):
        at = AT + (turn + 1) * HOUR
        previous = standing(sites, at)
        lifted(directive, Scope("FTM", frozenset({"training"}), frozenset(part), twelve), at)
        current = standing(sites, at + HOUR / 2)
        assert differing(previous, current) == {each for each in expected if each.site in part}
    assert standing(sites, AT + 5 * HOUR) == before


def test_a_nations_caveat_reaches_its_own_people_everywhere_and_no_others(
    sites: list[str],
) -> None:
    before = standing(sites, AT + HOUR)
    new = NewDirective(
        kind=Kind.CAVEAT, nation="DE", effect=Posture.SUSPENDED, authority="SNR",
        scope=Scope("FTM", frozenset({"advising"}), None, frozenset({"DE"})),
        reason_code="national", protective_action="Stay in camp.",
        first_review_at=AT + timedelta(days=1), review_owner="SNR", effective=Moment.at(AT),
    )  # fmt: skip  # reads as one sentence
    actions.issue(new, by=GERMANY, at=AT)

    assert differing(before, standing(sites, AT + HOUR)) == {
        Question("FTM", "advising", site, "DE") for site in sites
    }
