"""Indicators: what data propose of a restart condition, and when they do not say."""

from datetime import datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.accountability import actions as musters
from cadre.core.moments import Moment
from cadre.core.posture import Scope
from cadre.core.releasability import OPERATOR
from cadre.directives import actions
from cadre.directives.actions import NewAnswer, NewLevelOrder, NewScale
from cadre.directives.forms.issuing import usual_condition
from cadre.directives.models import (
    Condition,
    Consultation,
    Directive,
    Level,
    Position,
    Track,
    Verdict,
)
from cadre.directives.queries import restart
from cadre.directives.queries.indicators import consulted, proposed_of
from cadre.directives.queries.library import BY_KEY
from cadre.directives.queries.mustered import Proposed
from cadre.mission import actions as mission_actions
from cadre.mission import coordinates
from cadre.mission.actions import Misfit
from cadre.mission.models import Holding, HostRequest, Organisation, Person, Post
from cadre.situation import actions as situation_actions
from cadre.situation.actions import NewIncident
from tests.directives.conftest import COMMANDER, DUTY, EARLIER, GERMANY, Issue, Place, viewer

FRANCE = viewer("senior_national_representative", "FR", name="france")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def condition(row: Directive, key: str, at: datetime, part: Scope | None = None) -> Condition:
    new = usual_condition(key)
    if part is not None:
        new = type(new)(**{name: getattr(new, name) for name in new.__slots__} | {"part": part})
    return actions.write_condition(row, new, by=COMMANDER, at=at)


def proposal(row: Condition, on: datetime) -> Proposed:
    found = proposed_of(OPERATOR, row, on=on, known_on=None)
    assert found is not None
    return found


def test_conditions_without_an_indicator_have_no_proposal(issued: Issue, at: datetime) -> None:
    row = condition(issued(), "unit-vetted", at)

    assert proposed_of(OPERATOR, row, on=at, known_on=None) is None


def test_an_indicator_proposes_and_decides_nothing(
    place: Place, issued: Issue, at: datetime
) -> None:
    directive = issued()
    row = condition(directive, "host-consents", at)
    shown = restart(OPERATOR, directive, on=at, known_on=None).conditions[0]

    assert proposal(row, at).verdict == Verdict.MET
    assert (shown.proposed, shown.standing.state) == (proposal(row, at), "not assessed")


def test_a_withdrawn_request_of_the_host_is_not_met(
    place: Place, issued: Issue, at: datetime
) -> None:
    row = condition(issued(), "host-consents", at)
    request = HostRequest.objects.get(mission=place.mission)
    mission_actions.withdraw_host_request(
        request, "Go.", effective=Moment.at(at), by=OPERATOR, at=at
    )

    assert proposal(row, at + HOUR) == Proposed(
        Verdict.NOT_MET,
        (
            "Advising: no request of the host nation and mandate stand.",
            "Training: no request of the host nation and mandate stand.",
        ),
    )


def test_nobody_accounted_for_is_not_stated(issued: Issue, at: datetime) -> None:
    row = condition(issued(), "accounted-for", at)

    assert proposal(row, at) == Proposed(None, ("No muster is on record.",))


def put_on_posts(place: Place) -> tuple[Person, Person]:
    """Somebody at each of the two sites."""
    people = []
    with acting("test", by=OPERATOR, at=EARLIER):
        for code, site in (("anna", place.camp), ("carl", place.fort)):
            germany = Organisation.objects.get(code="DE")
            person = Person.objects.create(code=code, name=code.title(), nation=germany)
            post = Post.objects.create(code=code, title="Trainer", mission=place.mission, site=site)
            during = DateTimeTZRange(EARLIER, None)
            Holding.objects.create(post=post, person=person, during=during)
            people.append(person)
    return people[0], people[1]


def safe(person: Person, at: datetime) -> None:
    said = musters.Said(state="safe", occurred_at=at)
    musters.check_in(musters.NewCheckIn(person=person, said=said), by=OPERATOR, at=at)


def test_a_muster_proposes_what_is_known_of_everybody(
    place: Place, issued: Issue, at: datetime
) -> None:
    anna, carl = put_on_posts(place)
    row = condition(issued(), "accounted-for", at)
    musters.open_muster(musters.NewMuster(mission=place.mission), by=OPERATOR, at=at)
    safe(anna, at + HOUR)

    assert proposal(row, at + HOUR) == Proposed(
        Verdict.NOT_MET, ("M-M-2026-001: of 2 counted, 1 are not resolved.",)
    )
    safe(carl, at + HOUR)
    assert proposal(row, at + HOUR) == Proposed(
        Verdict.MET, ("M-M-2026-001: resolved are all 2 counted.",)
    )


def test_a_muster_of_a_part_proposes_nothing_of_the_whole(
    place: Place, issued: Issue, at: datetime
) -> None:
    anna, _carl = put_on_posts(place)
    row = condition(issued(), "accounted-for", at)
    part = musters.NewMuster(mission=place.mission, sites=frozenset({"CAMP"}))
    musters.open_muster(part, by=OPERATOR, at=at)
    safe(anna, at + HOUR)

    assert proposal(row, at + HOUR) == Proposed(
        None, ("M-M-2026-001: resolved are all 1 counted, but not everybody was counted.",)
    )


def test_an_exercise_proposes_nothing(place: Place, issued: Issue, at: datetime) -> None:
    put_on_posts(place)
    row = condition(issued(), "accounted-for", at)
    drill = musters.NewMuster(mission=place.mission, exercise=True)
    musters.open_muster(drill, by=OPERATOR, at=at)

    assert proposal(row, at + HOUR) == Proposed(None, ("No muster is on record.",))


def raised(place: Place, code: str, at: datetime, *sites: str) -> None:
    scale = NewScale(code="P", name="P", track=Track.PROTECTION, example="protection-four")
    made = actions.define_scale(place.mission, scale, by=COMMANDER, at=EARLIER)
    level = Level.objects.select_related("scale__mission").get(scale=made, code=code)
    new = NewLevelOrder(
        level=level, sites=frozenset(sites), authority="Commander", effective=Moment.at(at),
        review_at=at + DAY, review_owner="J3",
    )  # fmt: skip  # reads as one sentence
    actions.order_level(place.mission, new, by=COMMANDER, at=at)


def test_a_level_is_sustainable_until_it_is_held_too_long(
    place: Place, issued: Issue, at: datetime
) -> None:
    camp = Scope("M", sites=frozenset({"CAMP"}))
    row = condition(issued(), "posture-sustainable", at, camp)
    before = proposal(row, at)
    raised(place, "P4", at, "CAMP")
    limit = at + timedelta(hours=72)

    assert before == Proposed(None, ("No protection level is on record for these sites.",))
    assert proposal(row, limit - HOUR) == Proposed(
        Verdict.MET, ("Camp: Highest can be held until 2026-01-08T12:00Z.",)
    )
    assert proposal(row, limit) == Proposed(
        Verdict.NOT_MET, ("Camp: Highest is held longer than it can be.",)
    )


def answer(at: datetime, nation: str, position: Position, **changes: object) -> NewAnswer:
    said: dict[str, object] = {
        "nation": nation, "position": position, "answered_at": at, "answered_by": "Ada",
    }  # fmt: skip
    return NewAnswer(**said | changes)  # type: ignore[arg-type]  # the test says which


def test_silent_nations_are_not_consent_and_the_latest_answer_counts(
    issued: Issue, at: datetime
) -> None:
    directive = issued()
    row = condition(directive, "nations-cleared", at)
    steps = [proposal(row, at).data]
    for by, new in (
        (GERMANY, answer(at, "DE", Position.AGREES)),
        (FRANCE, answer(at, "FR", Position.OBJECTS, text="Not yet.")),
        (FRANCE, answer(at + HOUR, "FR", Position.RESERVES, text="By day only.")),
    ):
        actions.answer_consultation(directive, new, by=by, at=new.answered_at)
        steps.append(proposal(row, new.answered_at).data)

    assert steps == [
        ("0 of 2 contingents have answered.", "These have not answered: France, Germany."),
        ("1 of 2 contingents have answered.", "These have not answered: France."),
        ("2 of 2 contingents have answered.", "These object: France."),
        ("2 of 2 contingents have answered.", "These have a reservation: France."),
    ]
    assert [proposal(row, on).verdict for on in (at, at + HOUR)] == [
        Verdict.NOT_MET, Verdict.MET,
    ]  # fmt: skip
    assert [(code, found.position if found else None) for code, _name, found in consulted(
        OPERATOR, directive, on=at, known_on=None
    )] == [("FR", "objects"), ("DE", "agrees")]  # fmt: skip


def test_answers_that_cannot_be_are_refused(issued: Issue, at: datetime) -> None:
    directive = issued()
    for field, by, new in (
        ("nation", DUTY, answer(at, "IQ", Position.AGREES, note="Called.")),
        ("answered_at", GERMANY, answer(at + HOUR, "DE", Position.AGREES)),
        ("answered_by", GERMANY, answer(at, "DE", Position.AGREES, answered_by=" ")),
        ("text", GERMANY, answer(at, "DE", Position.OBJECTS)),
        ("note", GERMANY, answer(at, "FR", Position.AGREES)),
    ):
        with pytest.raises(Misfit) as refused:
            actions.answer_consultation(directive, new, by=by, at=at)
        assert refused.value.field == field
    new = answer(at, "DE", Position.AGREES)
    with pytest.raises(NotAllowed):
        actions.answer_consultation(directive, new, by=viewer("adviser"), at=at)

    assert Consultation.objects.count() == 0


def happened(place: Place, at: datetime, **changes: object) -> None:
    said: dict[str, object] = {
        "kind": "attack", "severity": 4, "what": "Rockets.", "occurred": Moment.at(at),
        "site": place.camp, "source": "Guard",
    }  # fmt: skip
    situation_actions.report(NewIncident(**said | changes), by=OPERATOR, at=at)  # type: ignore[arg-type]  # the test says which


def test_an_incident_near_is_not_met_for_some_days(
    place: Place, issued: Issue, at: datetime
) -> None:
    row = condition(issued(), "threat-assessed", at, Scope("M", sites=frozenset({"CAMP"})))
    silence = proposal(row, at)
    happened(place, at)
    days = BY_KEY["threat-assessed"].parameters["days"]

    assert silence.verdict is None
    assert "perhaps nobody reported" in silence.data[0]
    assert proposal(row, at + DAY).verdict == Verdict.NOT_MET
    assert proposal(row, at + (days + 1) * DAY).verdict is None


def test_what_is_less_severe_or_elsewhere_does_not_count(
    place: Place, issued: Issue, at: datetime
) -> None:
    camp = Scope("M", sites=frozenset({"CAMP"}))
    row = condition(issued(), "threat-assessed", at, camp)
    happened(place, at, severity=1)
    moved = mission_actions.NewSite(
        code="CAMP",
        name="Camp",
        kind="site",
        parent=place.camp.parent,
        position=coordinates.Position(33.0, 44.0),
    )
    mission_actions.change_site(place.camp, moved, by=OPERATOR, at=at)

    assert proposal(row, at + HOUR) == Proposed(
        Verdict.MET,
        ("Camp: no incident of severity 3 or more within 50 km is on record for the last 7 days.",),
    )


def test_an_incident_of_which_severity_nobody_stated_is_open(
    place: Place, issued: Issue, at: datetime
) -> None:
    row = condition(issued(), "threat-assessed", at, Scope("M", sites=frozenset({"CAMP"})))
    happened(place, at, severity=None)
    found = proposal(row, at + HOUR)

    assert (found.verdict, "it is open whether these count" in found.data[0]) == (None, True)
