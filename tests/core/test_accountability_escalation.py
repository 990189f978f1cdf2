"""The search for a person stands as its table says; time finds nobody."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.accountability import (
    MUSTER,
    SEARCH,
    Act,
    Muster,
    Report,
    Search,
    State,
    Voice,
    search,
    standing,
)
from cadre.core.lifecycles import Event, NoStep

OPENED = datetime(2020, 1, 8, 1, 30, tzinfo=UTC)
DUE_AT = OPENED + timedelta(minutes=15)
HOUR = timedelta(hours=1)
STEP = timedelta(minutes=11)  # beyond the window within which words contradict each other
RUNGS = [Event.CALL, Event.ASK_WARDEN, Event.SEARCH]
WORDS = {
    Event.FIND: (State.SAFE, Voice.IN_CHARGE),
    Event.DECLARE: (State.MISSING, Voice.IN_CHARGE),
    Event.UNSETTLE: (None, Voice.SELF),
}


def minute(number: float) -> datetime:
    return OPENED + timedelta(minutes=number)


def how_far(at: float, acts: list[tuple[Event, float]], *reports: Report) -> Search:
    told = standing(reports, minute(at), recheck=HOUR)
    return search(
        told, [Act(event, minute(when)) for event, when in acts], minute(at), due_at=DUE_AT
    )


def word(event: Event, at: datetime) -> Report:
    state, voice = WORDS[event]
    return Report(f"{event} {at}", state, at, at, voice)


def test_silence_becomes_overdue_and_nothing_else() -> None:
    found = [how_far(at, []) for at in (0, 14.9, 15, 9999)]

    assert found == [Search.WAITING, Search.WAITING, Search.OVERDUE, Search.OVERDUE]


def test_ladder_goes_up_and_what_was_tried_below_does_not_bring_it_down() -> None:
    acts = [(Event.CALL, 16), (Event.SEARCH, 30), (Event.ASK_WARDEN, 20), (Event.CALL, 40)]

    found = [how_far(at, acts) for at in (15, 16, 20, 30, 40)]
    assert found == [
        Search.OVERDUE,
        Search.CALLED,
        Search.WARDEN_ASKED,
        Search.SEARCHED_FOR,
        Search.SEARCHED_FOR,
    ]


def test_who_needs_help_is_found_and_who_is_declared_missing_is_not() -> None:
    cry = Report("a", State.NEED_HELP, minute(5), minute(5), Voice.SELF)
    missing = Report("b", State.MISSING, minute(5), minute(5), Voice.IN_CHARGE)

    assert [how_far(9, [], each) for each in (cry, missing)] == [Search.FOUND, Search.DECLARED]


def test_contradicted_word_opens_the_search_again_and_a_later_call_counts() -> None:
    safe = Report("a", State.SAFE, minute(5), minute(5), Voice.SELF)
    missing = Report("b", State.MISSING, minute(1), minute(1), Voice.IN_CHARGE)
    acts = [(Event.SEARCH, 4), (Event.CALL, 9)]

    assert [how_far(at, acts, missing, safe) for at in (4, 5, 9)] == [
        Search.DECLARED,
        Search.OVERDUE,
        Search.CALLED,
    ]


def test_recheck_that_comes_due_opens_the_search_again() -> None:
    safe = Report("a", State.SAFE, minute(5), minute(5), Voice.SELF)

    assert [how_far(at, [], safe) for at in (64, 65)] == [Search.FOUND, Search.OVERDUE]


def test_time_only_makes_overdue() -> None:
    after = {
        (each.before, each.after)
        for each in SEARCH.steps
        if each.event is Event.TIME and each.before != each.after
    }

    assert after == {(Search.WAITING, Search.OVERDUE), (Search.FOUND, Search.OVERDUE)}


def test_ladder_never_goes_down_but_by_a_word_that_leaves_it_open() -> None:
    order = [
        Search.WAITING,
        Search.OVERDUE,
        Search.CALLED,
        Search.WARDEN_ASKED,
        Search.SEARCHED_FOR,
    ]
    down = {
        each.event
        for each in SEARCH.steps
        if {each.before, each.after} <= set(order)
        and order.index(Search(each.after)) < order.index(Search(each.before))
    }

    assert down == {Event.UNSETTLE}


def test_muster_is_closed_by_a_person_and_late_reports_are_taken_after_that() -> None:
    assert MUSTER.after(Muster.OPEN, Event.TIME) == Muster.OPEN
    assert MUSTER.after(Muster.OPEN, Event.CLOSE) == Muster.CLOSED
    assert MUSTER.after(Muster.CLOSED, Event.REPORT) == Muster.CLOSED
    with pytest.raises(NoStep):
        MUSTER.after(Muster.CLOSED, Event.CLOSE)


def follow(state: Search, event: Event) -> Search:
    """What is not in the table leaves everything as it is."""
    return Search(SEARCH.after(state, event)) if SEARCH.allows(state, event) else state


@given(st.lists(st.sampled_from([*RUNGS, *WORDS])), st.randoms(use_true_random=False))
def test_search_stands_as_its_table_says_whatever_happens(
    events: list[Event], chance: Random
) -> None:
    at, state = OPENED, Search(SEARCH.initial)
    acts: list[Act] = []
    reports: list[Report] = []
    overdue = False
    for event in events:
        at += STEP
        if at >= DUE_AT and not overdue:
            overdue = True
            state = follow(state, Event.TIME) if state is Search.WAITING else state
        if event in WORDS:
            reports.append(word(event, at))
        else:
            acts.append(Act(event, at))
        state = follow(state, event)
        chance.shuffle(acts)
        chance.shuffle(reports)
        assert search(standing(reports, at), acts, at, due_at=DUE_AT) == state
