"""Going up the ladder: each step once, for whom nobody has answered, and nobody else."""

from datetime import datetime, timedelta

import pytest

from cadre.access.models import Account
from cadre.alerts.actions import Answer, acknowledge, set_ladder
from cadre.alerts.actions.climbing import climb_due
from cadre.alerts.actions.making import make_alert
from cadre.alerts.models import (
    Alert,
    Attempt,
    Cause,
    Climb,
    Lane,
    Phase,
    Recipient,
    StandIn,
    Waiting,
    Why,
)
from cadre.alerts.queries.ladders import DEPUTY, SELF, WARDEN, ladder_for, step
from cadre.alerts.queries.new import Group, NewAlert
from cadre.core.alerts import Acknowledging, Ladder, Rung
from cadre.core.releasability import OPERATOR
from cadre.mission.actions import Misfit
from tests.alerts.conftest import Staff, attempts, make_list, recipient
from tests.directives.conftest import viewer

HOUR = timedelta(hours=1)
STEPS = (
    step(0, SELF, "email"),
    step(5, SELF, "sms"),
    step(10, DEPUTY, "email"),
    step(15, WARDEN, "email"),
    step(30, "duty_officer", "page"),
)


def told_of(
    staff: Staff,
    at: datetime,
    *,
    steps: tuple[Rung, ...] = STEPS,
    people: tuple[str, ...] = ("anna", "chloe"),
    acknowledging: Acknowledging = Acknowledging.EVERYONE,
    wanted: int | None = None,
) -> Alert:
    made = make_alert(
        NewAlert(
            cause=Cause.MESSAGE,
            cause_key=f"test {at}",
            mission=staff.place.mission,
            content={"texts": {"en": {"subject": "S", "text": "T"}}},
            ladder=Ladder(acknowledging, HOUR, steps, wanted),
            to=[Group(why=Why.THERE, people=[getattr(staff, each).pk for each in people])],
        ),
        by=OPERATOR,
        at=at,
    )
    assert made is not None
    return made


def answer(alert: Alert, person: object, at: datetime) -> None:
    acknowledge(recipient(alert, person), Answer(how="api", by="x"), by=OPERATOR, at=at)


def later(at: datetime, minutes: int) -> datetime:
    moment = at + timedelta(minutes=minutes)
    climb_due(at=moment)
    return moment


def test_whoever_does_not_answer_is_told_by_the_next_channel_once(
    staff: Staff, at: datetime
) -> None:
    alert = told_of(staff, at)
    assert attempts(alert) == {("anna", "email"), ("chloe", "email")}

    later(at, 4)
    assert attempts(alert, 1) == set()
    for minutes in (5, 6, 9):
        later(at, minutes)

    assert attempts(alert, 1) == {("anna", "sms"), ("chloe", "sms")}
    assert Attempt.objects.filter(recipient__alert=alert, rung=1).count() == 2


def test_an_answer_stops_the_steps_to_come_for_that_person_only(staff: Staff, at: datetime) -> None:
    alert = told_of(staff, at)
    answer(alert, staff.anna, at + timedelta(minutes=1))

    later(at, 5)

    assert attempts(alert, 1) == {("chloe", "sms")}


def test_the_deputy_is_whoever_the_post_reports_to_unless_one_is_named(
    staff: Staff, at: datetime
) -> None:
    alert = told_of(staff, at, people=("anna",))

    later(at, 10)

    assert attempts(alert, 2) == {("bert", "email")}
    bert = Recipient.objects.get(alert=alert, rung=2)
    silent = StandIn.objects.get(recipient=bert).silent
    assert (bert.why, silent.person) == (Why.STANDS_IN, staff.anna)


def test_the_deputy_who_answers_answers_for_the_silent(staff: Staff, at: datetime) -> None:
    alert = told_of(staff, at, people=("anna",))
    moment = later(at, 10)
    answer_by = Recipient.objects.get(alert=alert, rung=2)
    acknowledge(answer_by, Answer(how="api", by="x"), by=OPERATOR, at=moment)

    later(at, 30)

    assert attempts(alert, 3) | attempts(alert, 4) == set()


def test_at_a_step_with_nobody_the_next_one_comes_at_once(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    alert = told_of(staff, at, people=("chloe",))  # no post above hers, and no warden

    later(at, 10)

    climbed = Climb.objects.filter(recipient__alert=alert).order_by("rung")
    assert [(each.rung, each.because) for each in climbed] == [
        (1, "silent"), (2, "silent"), (3, "failed"), (4, "failed"),
    ]  # fmt: skip  # pairs
    assert attempts(alert, 4) == {("duty", "page")}


def test_the_warden_is_told_once_for_all_who_are_silent_on_his_list(
    staff: Staff, at: datetime
) -> None:
    make_list(staff, staff.place.camp, warden=staff.chloe)
    alert = told_of(staff, at, people=("anna", "bert"), steps=(STEPS[0], step(15, WARDEN, "email")))

    later(at, 15)

    assert attempts(alert, 1) == {("chloe", "email")}
    assert StandIn.objects.filter(recipient__person=staff.chloe).count() == 2
    assert Attempt.objects.filter(recipient__alert=alert, rung=1).count() == 1


@pytest.mark.parametrize(
    ("acknowledging", "wanted", "goes_on"),
    [
        (Acknowledging.EVERYONE, None, {("anna", "sms"), ("chloe", "sms")}),
        (Acknowledging.SOME, 2, {("anna", "sms"), ("chloe", "sms")}),
        (Acknowledging.SOME, 1, set()),
        (Acknowledging.FIRST, None, set()),
    ],
)
def test_one_answer_of_three_ends_it_where_one_is_enough(
    staff: Staff,
    at: datetime,
    acknowledging: Acknowledging,
    wanted: int | None,
    goes_on: set[tuple[str, str]],
) -> None:
    alert = told_of(
        staff, at,
        people=("anna", "bert", "chloe"), acknowledging=acknowledging, wanted=wanted,
        steps=(STEPS[0], step(5, SELF, "sms")),
    )  # fmt: skip  # one call
    answer(alert, staff.bert, at + timedelta(minutes=1))

    later(at, 5)

    assert attempts(alert, 1) == goes_on


def test_after_an_all_clear_nobody_is_asked_any_more(staff: Staff, at: datetime) -> None:
    alert = told_of(staff, at)
    make_alert(
        NewAlert(
            cause=Cause.MESSAGE,
            cause_key="all clear",
            mission=staff.place.mission,
            phase=Phase.ALL_CLEAR,
            first=alert,
            content={"texts": {"en": {"subject": "S", "text": "T"}}},
            to=[Group(why=Why.THERE, people=[staff.anna.pk])],
        ),
        by=OPERATOR,
        at=at + timedelta(minutes=1),
    )

    later(at, 30)

    assert Climb.objects.count() == 0


def test_steps_that_were_missed_while_nobody_worked_are_taken_all_the_same(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    alert = told_of(staff, at, people=("anna",))

    later(at, 9 * 60)

    assert {rung: attempts(alert, rung) for rung in range(1, 5)} == {
        1: {("anna", "sms")},
        2: {("bert", "email")},
        3: set(),
        4: {("duty", "page")},
    }


def test_who_has_no_address_at_all_is_passed_on_from_the_start(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    steps = (step(0, SELF, "sms"), step(20, "duty_officer", "page"))

    alert = told_of(staff, at, people=("bert",), steps=steps)

    assert (attempts(alert), attempts(alert, 1)) == (set(), {("duty", "page")})


def test_a_representative_stands_in_for_his_own_nation_only(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    steps = (STEPS[0], step(5, "senior_national_representative", "page"))
    alert = told_of(staff, at, people=("anna", "chloe"), steps=steps)

    later(at, 5)

    pairs = {
        (each.recipient.account.name, each.silent.person.code)
        for each in StandIn.objects.filter(recipient__alert=alert)
    }
    assert pairs == {("germany", "anna"), ("france", "chloe")}


# --- what a mission says of its ladders ---------------------------------------------------------

DUTY = viewer("duty_officer")


def test_a_mission_tells_its_people_as_it_says(staff: Staff, at: datetime) -> None:
    mission = staff.place.mission
    shipped = ladder_for(mission, Cause.INCIDENT, Lane.LIFE_SAFETY)
    own = Ladder(Acknowledging.SOME, HOUR, (step(0, SELF, "sms"), step(7, DEPUTY, "voice")), 2)

    set_ladder(mission, "", own, by=DUTY, at=at)
    assert ladder_for(mission, Cause.INCIDENT, Lane.LIFE_SAFETY) == own
    shorter = Ladder(Acknowledging.FIRST, HOUR, (step(0, SELF, "sms"),))
    set_ladder(mission, Cause.INCIDENT, shorter, by=DUTY, at=at)
    set_ladder(mission, "", shorter, by=DUTY, at=at)

    assert shipped != own
    assert ladder_for(mission, Cause.INCIDENT, Lane.LIFE_SAFETY) == shorter
    assert ladder_for(mission, Cause.LEVEL, Lane.ORDINARY) == shorter


@pytest.mark.parametrize(
    ("steps", "cause", "sentence"),
    [
        (
            (step(0, SELF, "sms"), step(90, DEPUTY, "sms")),
            "",
            (
                "The last step comes after 90 minutes, but there are only 60: nobody on it could"
                " answer in time."
            ),
        ),
        (
            (step(0, SELF, "sms"), step(9, "cook", "sms")),
            "",
            "Nobody is called “cook” on a ladder.",
        ),
        ((step(0, SELF, "pigeon"),), "", "Each step goes by at least one channel that there is."),
        ((step(0, DEPUTY, "sms"),), "", "The first step goes to who is told."),
        (
            (step(0, SELF, "sms"), step(9, "duty_officer", "sms")),
            "hold",
            "Of a next-of-kin hold nobody is told but the nation's representatives.",
        ),
    ],
)
def test_a_ladder_that_would_fail_is_refused_before_it_is_needed(
    staff: Staff, at: datetime, steps: tuple[Rung, ...], cause: str, sentence: str
) -> None:
    wrong = Ladder(Acknowledging.EVERYONE, HOUR, steps)

    with pytest.raises(Misfit) as refused:
        set_ladder(staff.place.mission, cause, wrong, by=DUTY, at=at)

    assert str(refused.value) == sentence


def test_what_waits_is_of_the_lane_of_its_alert(staff: Staff, at: datetime) -> None:
    told_of(staff, at)

    assert set(Waiting.objects.values_list("lane", flat=True)) == {Lane.ORDINARY}
