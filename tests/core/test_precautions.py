"""How a precaution stands: silence is never done, and the latest occurrence counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.precautions import Deadline, Outcome, Report, State, standing

FIRST = datetime(2020, 1, 6, tzinfo=UTC)


def hour(number: float) -> datetime:
    return FIRST + timedelta(hours=number)


DEADLINE = Deadline(hour(2), hour(4))


def said(outcome: Outcome, at: float, entered: float | None = None) -> Report:
    return Report(outcome, hour(at), hour(at if entered is None else entered))


def test_silence_makes_it_overdue_and_then_somebody_elses() -> None:
    found = [standing(DEADLINE, [], hour(at)).state for at in (0, 1.9, 2, 3.9, 4, 99)]

    assert found == [
        State.OPEN,
        State.OPEN,
        State.OVERDUE,
        State.OVERDUE,
        State.ESCALATED,
        State.ESCALATED,
    ]


@pytest.mark.parametrize(
    ("outcome", "state", "settled"),
    [
        (Outcome.DONE, State.DONE, True),
        (Outcome.NOT_NEEDED, State.NOT_NEEDED, True),
        (Outcome.CANNOT, State.CANNOT, False),
    ],
)
def test_report_says_how_it_stands(outcome: Outcome, state: State, settled: bool) -> None:  # noqa: FBT001  # a table
    found = standing(DEADLINE, [said(outcome, 1)], hour(9))

    assert (found.state, found.state.settled, found.late) == (state, settled, False)


def test_done_after_it_was_due_is_done_late() -> None:
    assert standing(DEADLINE, [said(Outcome.DONE, 3)], hour(9)).late


def test_paper_entered_later_counts_from_when_it_happened() -> None:
    paper = said(Outcome.DONE, 1, entered=30)

    assert standing(DEADLINE, [paper], hour(1)).state is State.DONE


def test_latest_occurrence_wins_whenever_it_was_entered() -> None:
    reports = [said(Outcome.CANNOT, 3, entered=3), said(Outcome.DONE, 1, entered=5)]

    assert standing(DEADLINE, reports, hour(6)).state is State.CANNOT


def test_reports_of_one_moment_that_contradict_are_not_done() -> None:
    reports = [said(Outcome.CANNOT, 1), said(Outcome.DONE, 1)]

    assert standing(DEADLINE, reports, hour(2)).state is State.CANNOT


REPORT = st.builds(said, st.sampled_from(list(Outcome)), st.integers(0, 6), st.integers(6, 9))


@given(st.lists(REPORT, max_size=5), st.randoms(use_true_random=False), st.integers(0, 8))
def test_order_of_arrival_does_not_matter(reports: list[Report], chance: object, at: int) -> None:
    shuffled = list(reports)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own generator

    found, other = (standing(DEADLINE, each, hour(at)) for each in (reports, shuffled))
    assert (found.state, found.late) == (other.state, other.late)
