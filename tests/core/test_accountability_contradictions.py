"""What speaks against how a person stands is told beside it, and holds a name back."""

from datetime import timedelta

import pytest

from cadre.core.accountability import State, standing
from tests.core.said_of_people import IN_CHARGE, OTHER, found, minute, said

# --- contradiction ----------------------------------------------------------------------------


@pytest.mark.parametrize(("apart", "contradicted"), [(0.5, True), (10, True), (10.5, False)])
def test_help_close_before_a_safe_word_in_charge_is_told(
    apart: float,
    contradicted: bool,  # noqa: FBT001  # a table
) -> None:
    answer = found(said(State.NEED_HELP, 5), said(State.SAFE, 5 + apart, IN_CHARGE))

    assert (answer.state, answer.contradicted) == (State.SAFE, contradicted)
    assert answer.outstanding is contradicted


def test_safe_word_close_before_help_is_told_and_one_long_before_is_not() -> None:
    close, long_before = said(State.SAFE, 55), said(State.SAFE, 5, OTHER)

    assert found(close, long_before, said(State.NEED_HELP, 60)).against == (close,)


def test_somebody_in_charge_who_repeats_a_state_has_weighed_what_was_said_against_it() -> None:
    cry, safe = said(State.NEED_HELP, 5), said(State.SAFE, 30)
    again, later = said(State.NEED_HELP, 50, IN_CHARGE), said(State.SAFE, 70, OTHER)

    assert found(cry, safe).against == (safe,)
    assert found(cry, safe, again).against == ()
    assert found(cry, safe, again, later).against == (later,)


def test_window_is_an_argument() -> None:
    reports = [said(State.NEED_HELP, 5), said(State.SAFE, 7, IN_CHARGE)]

    answer = standing(reports, minute(99), window=timedelta(minutes=1))
    assert not answer.contradicted


def test_reports_that_agree_contradict_nothing() -> None:
    assert not found(said(State.SAFE, 5), said(State.SHELTERING, 6, OTHER)).contradicted
    assert not found(said(State.NEED_HELP, 5), said(State.INJURED, 6, OTHER)).contradicted


# --- casualties -------------------------------------------------------------------------------


def test_claim_that_somebody_is_dead_is_unclear_and_holds_the_name_back() -> None:
    claim = said(State.DECEASED, 5, OTHER)

    assert (found(claim).state, found(claim).casualty) == (State.UNCLEAR, True)
    assert not found(claim, said(State.SAFE, 30, IN_CHARGE)).casualty


def test_injured_who_then_says_safe_is_a_casualty_until_somebody_in_charge_says_otherwise() -> None:
    reports = [said(State.INJURED, 5, OTHER), said(State.SAFE, 30)]

    assert found(*reports).casualty
    assert not found(*reports, said(State.SAFE, 60, IN_CHARGE)).casualty
