"""How a person stands, for generated histories: shuffled, doubled, delayed, contradictory."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from cadre.core.accountability import Report, State, Voice, standing
from tests.core.replay import meant, replayed

OPENED = datetime(2020, 1, 8, 1, 30, tzinfo=UTC)
SAYABLE = [None, *(each for each in State if each not in {State.UNCLEAR, State.UNACCOUNTED})]
SAFE_LIKE = {State.SAFE, State.SHELTERING, State.AWAY, State.NOT_REQUIRED}
HELP = [State.NEED_HELP, State.INJURED]


def minute(number: int) -> datetime:
    return OPENED + timedelta(minutes=number)


MINUTES = [0, 1, 2, 5, 8, 13, 30]
minutes = st.sampled_from([*MINUTES, 60])
moments = st.sampled_from([minute(each) for each in MINUTES])
chances = st.randoms(use_true_random=False)


@st.composite
def some_reports(draw: st.DrawFn, keys: str = "abcdef") -> Report:
    """Few keys and few moments, so that doubles and ties are often among them."""
    occurred = draw(moments)
    delay = timedelta(minutes=draw(st.sampled_from([0, 0, 1, 10, 40])))
    return Report(
        draw(st.sampled_from(keys)),
        draw(st.sampled_from(SAYABLE)),
        occurred,
        occurred + delay,
        draw(st.sampled_from(Voice)),
    )


histories = st.lists(some_reports(), max_size=7)


def apart(history: list[Report]) -> list[Report]:
    """The same reports, each with a key of its own."""
    return [replace(each, key=str(number)) for number, each in enumerate(history)]


@settings(max_examples=500)  # whole histories: there are many ways to contradict each other
@given(histories, minutes, st.none() | minutes)
def test_answer_is_that_of_the_plain_model(
    history: list[Report], at: int, known: int | None
) -> None:
    known_on = None if known is None else minute(known)

    for each in (history, apart(history)):
        answer = standing(each, minute(at), known_on=known_on).state
        assert answer == replayed(each, minute(at), known_on)


@given(histories, chances, minutes)
def test_order_and_doubles_do_not_matter(history: list[Report], chance: Random, at: int) -> None:
    mixed = history + [each for each in history if chance.random() < 0.5]
    chance.shuffle(mixed)

    assert standing(mixed, minute(at)) == standing(history, minute(at))


@given(histories, chances, minutes)
def test_answer_is_the_same_however_late_each_report_comes(
    history: list[Report], chance: Random, at: int
) -> None:
    delays = [timedelta(minutes=chance.randrange(90)) for _ in history]
    late = [
        replace(each, entered_at=each.occurred_at + delay)
        for each, delay in zip(history, delays, strict=True)
    ]
    one, other = (standing(each, minute(at)) for each in (history, late))

    def told(reports: tuple[Report, ...]) -> list[tuple[str, State | None, datetime]]:
        return [(each.key, each.state, each.occurred_at) for each in reports]

    assert (one.state, one.since, one.casualty) == (other.state, other.since, other.casualty)
    assert told(one.because) == told(other.because)
    assert told(one.against) == told(other.against)


@given(histories, chances, minutes)
def test_retransmission_after_any_delay_changes_nothing(
    history: list[Report], chance: Random, at: int
) -> None:
    again = [
        replace(each, entered_at=each.entered_at + timedelta(minutes=chance.randrange(1, 90)))
        for each in history
    ]

    assert standing([*again, *history], minute(at)) == standing(history, minute(at))


@given(histories, minutes, chances)
def test_known_on_is_as_if_the_rest_had_not_come(
    history: list[Report], known: int, chance: Random
) -> None:
    so_far = [each for each in history if each.entered_at <= minute(known)]
    chance.shuffle(history)

    asked = standing(history, minute(60), known_on=minute(known))
    assert asked == standing(so_far, minute(60))


@given(
    histories,
    some_reports(keys="abcdefghi"),
    st.sampled_from(HELP),
    st.sampled_from([Voice.SELF, Voice.OTHER]),
    minutes,
)
def test_help_word_never_makes_the_answer_safer(
    history: list[Report], report: Report, state: State, voice: Voice, at: int
) -> None:
    cry = replace(report, state=state, voice=voice)

    before = standing(history, minute(at)).state
    assert standing([*history, cry], minute(at)).state.gravity >= before.gravity


@given(histories, some_reports(keys="z"), st.sampled_from(HELP), minutes)
def test_help_word_stands_until_somebody_in_charge_speaks_later(
    history: list[Report], report: Report, state: State, at: int
) -> None:
    cry = replace(report, state=state)
    later = [
        each
        for each in history
        if each.voice is Voice.IN_CHARGE
        and each.state is not None
        and cry.occurred_at < each.occurred_at <= minute(at)
    ]
    answer = standing([*history, cry], minute(at))

    if cry.occurred_at <= minute(at) and not later:
        assert answer.state in HELP


@given(histories, minutes)
def test_silence_is_never_safe_and_reports_are_never_silence(
    history: list[Report], at: int
) -> None:
    heard = [each for each in history if each.occurred_at <= minute(at)]

    assert (standing(history, minute(at)).state is State.UNACCOUNTED) == (not heard)


@given(histories, minutes)
def test_nobody_is_safe_unless_somebody_said_so(history: list[Report], at: int) -> None:
    answer = standing(history, minute(at))

    if answer.state is not State.UNACCOUNTED:
        assert answer.state in {meant(each) for each in history}
        assert answer.because
        assert answer.since == min(each.occurred_at for each in answer.because)


@given(histories, minutes)
def test_what_speaks_against_was_said_and_differs(history: list[Report], at: int) -> None:
    answer = standing(apart(history), minute(at))

    assert not set(answer.against) & set(answer.because)
    for each in answer.against:
        assert each.occurred_at <= minute(at)
        assert (meant(each) in SAFE_LIKE) or meant(each).held or answer.state.held


@given(histories)
def test_safe_word_after_help_is_always_told(history: list[Report]) -> None:
    cry = Report("cry", State.NEED_HELP, minute(40), minute(40), Voice.SELF)
    safe = Report("safe", State.SAFE, minute(55), minute(55), Voice.SELF)
    answer = standing([*history, cry, safe], minute(60))

    assert answer.state in HELP
    assert safe in answer.against
