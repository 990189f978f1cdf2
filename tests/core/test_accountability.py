"""How a person stands by what was reported: silence is not safe, and help beats safe."""

from datetime import timedelta

import pytest

from cadre.core.accountability import (
    ONLY_IN_CHARGE,
    Standing,
    State,
    Voice,
    standing,
    true_since,
)
from cadre.core.accountability.states import GRAVITY
from tests.core.said_of_people import IN_CHARGE, OTHER, SELF, found, minute, said

# --- states ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "accounted", "resolved", "needs_somebody"),
    [
        (State.SAFE, True, True, False),
        (State.SHELTERING, True, True, False),
        (State.AWAY, True, True, False),
        (State.NEED_HELP, True, True, True),
        (State.INJURED, True, True, True),
        (State.WHEREABOUTS_UNKNOWN, False, True, True),
        (State.MISSING, False, True, True),
        (State.DECEASED, True, True, False),
        (State.NOT_REQUIRED, False, True, False),
        (State.UNCLEAR, False, False, True),
        (State.UNACCOUNTED, False, False, True),
    ],
)
def test_what_each_state_means(
    state: State,
    accounted: bool,  # noqa: FBT001  # a table
    resolved: bool,  # noqa: FBT001  # a table
    needs_somebody: bool,  # noqa: FBT001  # a table
) -> None:
    meant = state.accounted, state.resolved, state.needs_somebody

    assert meant == (accounted, resolved, needs_somebody)


def test_gravity_puts_all_states_in_one_order() -> None:
    assert sorted(GRAVITY) == sorted(State)
    assert len({each.gravity for each in State}) == len(State)


# --- nothing, one, the latest ---------------------------------------------------------------


def test_silence_is_not_safe() -> None:
    silent = found()

    assert silent == Standing(State.UNACCOUNTED)
    assert silent.outstanding


def test_one_report_is_the_answer_with_itself_as_the_reason() -> None:
    safe = said(State.SAFE, 5)

    assert found(safe) == Standing(State.SAFE, because=(safe,), since=minute(5))


def test_latest_occurrence_counts_not_the_latest_arrival() -> None:
    late = said(State.SAFE, 5, entered=90)
    sheltering = said(State.SHELTERING, 20)

    assert found(sheltering, late).state is State.SHELTERING


def test_what_happens_later_or_was_entered_later_does_not_count_yet() -> None:
    reports = [said(State.SAFE, 5, entered=30)]

    answers = [
        standing(reports, minute(at), known_on=minute(known)).state
        for at, known in ((4, 99), (5, 29), (5, 30))
    ]
    assert answers == [State.UNACCOUNTED, State.UNACCOUNTED, State.SAFE]


def test_unclear_words_after_a_safe_one_are_unclear() -> None:
    assert found(said(State.SAFE, 5), said(None, 6)).state is State.UNCLEAR


def test_clear_word_after_unclear_ones_is_the_answer() -> None:
    assert found(said(None, 5), said(State.SAFE, 6)).state is State.SAFE


def test_of_one_moment_the_graver_counts() -> None:
    answers = [
        found(said(one, 5), said(other, 5)).state
        for one, other in (
            (State.SAFE, State.SHELTERING),
            (State.SHELTERING, None),
            (None, State.NEED_HELP),
            (State.NEED_HELP, State.INJURED),
        )
    ]

    assert answers == [State.SHELTERING, State.UNCLEAR, State.NEED_HELP, State.INJURED]


# --- one key ----------------------------------------------------------------------------------


def test_report_delivered_twice_counts_once_as_first_entered() -> None:
    first, again = (said(State.SAFE, 5, key="K", entered=at) for at in (6, 40))

    assert found(again, first, again).because == (first,)


def test_one_key_with_two_contents_counts_as_the_graver() -> None:
    safe = said(State.SAFE, 9, key="K")
    unclear = said(None, 5, key="K")

    assert found(safe).state is State.SAFE
    assert found(safe, unclear).state is State.UNCLEAR


def test_unclear_word_of_a_key_that_somebody_in_charge_used_twice_ends_no_call_for_help() -> None:
    unclear = said(None, 30, IN_CHARGE, key="K")
    lost = said(State.WHEREABOUTS_UNKNOWN, 1, IN_CHARGE, key="K")

    assert found(said(State.NEED_HELP, 5), unclear, lost).state is State.NEED_HELP


# --- who may say what -------------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(ONLY_IN_CHARGE))
@pytest.mark.parametrize("voice", [SELF, OTHER])
def test_formal_state_is_only_a_claim_unless_somebody_in_charge_says_it(
    state: State, voice: Voice
) -> None:
    claim = found(said(state, 5, voice))

    assert (claim.state, claim.because[0].only_a_claim) == (State.UNCLEAR, True)
    assert found(said(state, 5, IN_CHARGE)).state is state


# --- what is held -----------------------------------------------------------------------------


@pytest.mark.parametrize("voice", [SELF, OTHER])
@pytest.mark.parametrize("held", [State.NEED_HELP, State.INJURED, State.MISSING, State.DECEASED])
def test_held_state_stands_against_later_safe_words_and_tells_of_them(
    held: State, voice: Voice
) -> None:
    grave, safe = said(held, 5, IN_CHARGE), said(State.SAFE, 90, voice)

    assert found(grave, safe) == Standing(
        held,
        because=(grave,),
        against=(safe,),
        since=minute(5),
        casualty=held in {State.INJURED, State.DECEASED},
    )


def test_held_state_ends_when_somebody_in_charge_says_otherwise_of_a_later_moment() -> None:
    help_ = said(State.NEED_HELP, 5)
    answers = [found(help_, said(State.SAFE, at, IN_CHARGE)).state for at in (4, 5, 6)]

    assert answers == [State.NEED_HELP, State.NEED_HELP, State.SAFE]


def test_safe_word_in_charge_of_the_same_moment_ends_nothing_later_either() -> None:
    reports = [said(State.NEED_HELP, 5), said(State.SAFE, 5, IN_CHARGE), said(State.SAFE, 40)]

    assert found(*reports).state is State.NEED_HELP


def test_unclear_word_of_somebody_in_charge_ends_nothing() -> None:
    assert found(said(State.NEED_HELP, 5), said(None, 30, IN_CHARGE)).state is State.NEED_HELP


def test_help_since_the_first_call_until_somebody_in_charge_says_otherwise() -> None:
    calls = [said(State.NEED_HELP, 5), said(State.NEED_HELP, 30, IN_CHARGE)]
    again = [said(State.SAFE, 60, IN_CHARGE), said(State.NEED_HELP, 90, OTHER)]

    assert found(*calls).since == minute(5)
    assert found(*calls, *again).since == minute(90)


def test_hearsay_of_help_is_help() -> None:
    assert found(said(State.SAFE, 5), said(State.INJURED, 6, OTHER)).state is State.INJURED


def test_dead_who_calls_for_help_is_helped() -> None:
    dead, call = said(State.DECEASED, 5, IN_CHARGE), said(State.NEED_HELP, 40)
    answer = found(dead, call)

    assert (answer.state, answer.against) == (State.NEED_HELP, (dead,))
    assert answer.casualty


@pytest.mark.parametrize("gone", [State.MISSING, State.DECEASED])
def test_any_word_of_the_missing_or_dead_themselves_is_told(gone: State) -> None:
    word = said(None, 90)

    assert found(said(gone, 5, IN_CHARGE), word).against == (word,)


# --- whereabouts unknown ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voice", "state", "contradicted"),
    [
        (SELF, State.SAFE, False),
        (IN_CHARGE, State.SAFE, False),
        (OTHER, State.WHEREABOUTS_UNKNOWN, True),
    ],
)
def test_whereabouts_unknown_ends_by_direct_contact_never_by_hearsay(
    voice: Voice,
    state: State,
    contradicted: bool,  # noqa: FBT001  # a table
) -> None:
    unknown = said(State.WHEREABOUTS_UNKNOWN, 5, IN_CHARGE)
    answer = found(unknown, said(State.SAFE, 7, voice))

    assert (answer.state, answer.contradicted) == (state, contradicted)


def test_safe_word_of_the_moment_at_which_whereabouts_are_unknown_is_told() -> None:
    unknown, safe = said(State.WHEREABOUTS_UNKNOWN, 5, IN_CHARGE), said(State.SAFE, 5)

    assert (found(unknown, safe).state, found(unknown, safe).against) == (
        State.WHEREABOUTS_UNKNOWN,
        (safe,),
    )


def test_missing_and_found_by_somebody_in_charge_is_no_contradiction() -> None:
    missing, here = said(State.MISSING, 5, IN_CHARGE), said(State.SAFE, 7, IN_CHARGE)

    assert found(missing, here) == Standing(State.SAFE, because=(here,), since=minute(7))


# --- re-check ---------------------------------------------------------------------------------


def test_safe_word_has_to_be_asked_for_again_after_a_while_and_each_word_rearms_it() -> None:
    first, second = said(State.SAFE, 0), said(State.SAFE, 50)
    hour = timedelta(hours=1)
    due = [
        standing(reports, minute(at), recheck=hour).recheck_due
        for reports in ([first], [first, second])
        for at in (59, 60, 109, 110)
    ]

    assert due == [False, True, True, True, False, False, False, True]
    assert not standing([first], minute(9999)).recheck_due


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (State.SHELTERING, True),
        (State.AWAY, True),
        (State.NOT_REQUIRED, False),
        (State.NEED_HELP, False),
    ],
)
def test_only_who_is_safe_somewhere_is_asked_again(state: State, due: bool) -> None:  # noqa: FBT001  # a table
    answer = standing([said(state, 0, IN_CHARGE)], minute(99), recheck=timedelta(hours=1))

    assert answer.recheck_due is due


# --- since when it was known ------------------------------------------------------------------


def test_known_since_it_was_entered_and_not_since_it_happened() -> None:
    late = said(State.SAFE, 5, entered=90)

    known = [true_since([late], minute(at), lambda state: state.accounted) for at in (89, 90, 200)]
    assert known == [None, minute(90), minute(90)]


def test_known_without_a_break() -> None:
    reports = [said(State.SAFE, 5), said(None, 10), said(State.SAFE, 20), said(State.AWAY, 30)]

    known = [
        true_since(reports, minute(at), lambda state: state.accounted) for at in (9, 10, 19, 40)
    ]
    assert known == [minute(5), None, None, minute(20)]
