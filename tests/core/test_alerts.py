"""Ladders, what became of attempts, retries, quiet hours, times of answers."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.alerts import (
    MOST_TRIES,
    Acknowledging,
    Ladder,
    Outcome,
    Quiet,
    Rung,
    State,
    Telling,
    Times,
    loud_from,
    misfits,
    standing,
    times,
    wait_before,
)

AT = datetime(2020, 1, 3, 20, tzinfo=UTC)


def ladder(*minutes: int, window: int = 60, **more: object) -> Ladder:
    rungs = tuple(Rung(timedelta(minutes=each), "self", ("sms",)) for each in minutes)
    values: dict[str, object] = {"acknowledging": Acknowledging.EVERYONE} | more
    return Ladder(window=timedelta(minutes=window), rungs=rungs, **values)  # type: ignore[arg-type]  # the test says which


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (ladder(0, 5, 20), []),
        (ladder(), ["empty"]),
        (ladder(5, 20), ["late"]),
        (ladder(0, 20, 20), ["order"]),
        (ladder(0, 30, window=30), ["window"]),
        (ladder(0, 45, 40, window=30), ["order", "window"]),
        (ladder(0, acknowledging=Acknowledging.SOME), ["wanted"]),
    ],
)
def test_ladder_that_cannot_be_climbed_says_why(given: Ladder, why: list[str]) -> None:
    assert [each.why for each in misfits(given)] == why


def test_window_that_ends_before_the_last_step_is_told_with_both_figures() -> None:
    assert [each.figures for each in misfits(ladder(0, 45, window=30))] == [
        {"last": 45, "window": 30}
    ]


@pytest.mark.parametrize(
    ("given", "answered", "enough"),
    [
        (ladder(0), 4, False),
        (ladder(0), 5, True),
        (ladder(0, acknowledging=Acknowledging.FIRST), 0, False),
        (ladder(0, acknowledging=Acknowledging.FIRST), 1, True),
        (ladder(0, acknowledging=Acknowledging.SOME, wanted=2), 1, False),
        (ladder(0, acknowledging=Acknowledging.SOME, wanted=2), 2, True),
        (ladder(0, acknowledging=Acknowledging.SOME, wanted=9), 4, False),
        (ladder(0, acknowledging=Acknowledging.SOME, wanted=9), 5, True),
    ],
)
def test_how_many_of_five_are_enough(given: Ladder, answered: int, *, enough: bool) -> None:
    assert given.enough(answered, 5) == enough


@given(st.lists(st.sampled_from(list(State))), st.randoms())
def test_what_became_of_an_attempt_depends_on_no_order(said: list[State], chance: object) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random

    assert standing(shuffled) is standing(said)


@pytest.mark.parametrize(
    ("said", "is_now"),
    [
        ([], State.QUEUED),
        ([State.SENDING], State.SENDING),
        ([State.SENDING, State.DEFERRED, State.SENDING], State.DEFERRED),
        ([State.SENDING, State.SENT], State.SENT),
        ([State.SENT, State.FAILED], State.FAILED),  # the letter came back
        ([State.FAILED, State.DELIVERED], State.DELIVERED),
        ([State.READ, State.DELIVERED, State.SENT], State.READ),
    ],
)
def test_what_became_of_an_attempt(said: list[State], is_now: State) -> None:
    assert standing(said) is is_now


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (Telling(()), Outcome.NOT_REACHED),
        (Telling((State.FAILED, State.FAILED)), Outcome.NOT_REACHED),
        (Telling((State.FAILED, State.QUEUED)), Outcome.WAITING),
        (Telling((State.SENDING,), late=True), Outcome.WAITING),
        (Telling((State.SENT,)), Outcome.WAITING),
        (Telling((State.SENT,), late=True), Outcome.SILENT),
        (Telling((State.READ,), late=True), Outcome.SILENT),
        (Telling((State.SENT,), asked=False), Outcome.SENT),
        (Telling((State.SENT, State.DELIVERED), asked=False), Outcome.REACHED),
        (Telling((State.FAILED,), answered=True), Outcome.ANSWERED),
        (Telling((State.ACKNOWLEDGED,)), Outcome.ANSWERED),
    ],
)
def test_what_the_sender_is_told_of_somebody(told: Telling, outcome: Outcome) -> None:
    assert told.outcome is outcome


def test_waits_grow_and_end() -> None:
    waits = [wait_before(tries) for tries in range(1, MOST_TRIES + 1)]

    assert waits == [*(timedelta(seconds=each) for each in (5, 10, 20, 40)), None]


@pytest.mark.parametrize(
    ("hour", "loud"),
    [(20, 20), (21, 21), (22, 30), (23, 30), (24, 30), (29, 30), (30, 30), (31, 31)],
)
def test_over_midnight_ordinary_messages_wait_for_the_morning(hour: int, loud: int) -> None:
    quiet = Quiet(time(22), time(6), "UTC")
    day = datetime(2020, 1, 3, tzinfo=UTC)

    assert loud_from(day + timedelta(hours=hour), quiet) == day + timedelta(hours=loud)


def test_quiet_hours_are_of_the_place() -> None:
    quiet = Quiet(time(22), time(6), "Asia/Baghdad")  # three hours ahead of UTC

    assert loud_from(AT, quiet) == datetime(2020, 1, 4, 3, tzinfo=UTC)


def test_whoever_set_no_quiet_hours_is_told_at_once() -> None:
    assert loud_from(AT, None) == AT


def test_half_and_nearly_all_are_of_those_who_were_asked() -> None:
    answers = [AT + timedelta(minutes=each) for each in (9, 1, 4)]

    assert times(answers, asked=5) == Times(
        first=AT + timedelta(minutes=1),
        half=AT + timedelta(minutes=9),
        nearly_all=None,
        last=AT + timedelta(minutes=9),
    )
    assert times(answers, asked=3).nearly_all == AT + timedelta(minutes=9)
    assert times([], asked=3) == Times(None, None, None, None)
