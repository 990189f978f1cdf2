"""Small problems and plans for the tests: any plan, legal or not, of one or two weeks."""

from datetime import date

from hypothesis import strategies as st

from cadre.core.planning import (
    Break,
    Calendar,
    Course,
    Days,
    Horizon,
    LocalTime,
    Placement,
    Plan,
    Problem,
    Prohibition,
    Room,
    Session,
    TraineeClass,
    Trainer,
    Weights,
)

STEP = 60
DAYS = 14
OPENS, CLOSES = 8 * 60, 13 * 60
SITES = ("north", "south")
NATIONS = ("DK", "ES")
COURSES = ("C1", "C2")
SESSIONS = ("C1.1", "C1.2", "C2.1", "C2.2")
ROOMS = ("R1", "R2", "R3")
TRAINERS = ("T1", "T2", "T3")

days = st.integers(0, DAYS - 1)
minutes = st.integers(OPENS // STEP, CLOSES // STEP).map(lambda steps: steps * STEP)
moments = st.builds(LocalTime, days, minutes)
spans = st.tuples(days, st.integers(1, DAYS)).map(lambda pair: Days(pair[0], sum(pair)))


def subsets(names: tuple[str, ...], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(names), min_size=least) if names else st.just(frozenset())


placements = st.builds(Placement, days, minutes, st.sampled_from(ROOMS), subsets(TRAINERS))
plans = st.dictionaries(st.sampled_from(SESSIONS), placements).map(Plan)
prohibitions = st.builds(
    Prohibition,
    line=st.sampled_from((None, "training", "advising")),
    site=st.sampled_from((None, *SITES)),
    nation=st.sampled_from((None, *NATIONS)),
    begins=moments,
    ends=st.none() | moments,
    order=st.just("D-1"),
    source=st.just("order of the commander"),
)


@st.composite
def rooms(draw: st.DrawFn) -> tuple[Room, ...]:
    return tuple(
        Room(
            key,
            draw(st.sampled_from(SITES)),
            draw(st.sampled_from(("classroom", "range"))),
            draw(st.sampled_from((5, 10))),
            OPENS,
            draw(st.sampled_from((11 * 60, CLOSES))),
        )
        for key in ROOMS
    )


@st.composite
def trainers(draw: st.DrawFn) -> tuple[Trainer, ...]:
    return tuple(
        Trainer(
            key=key,
            nation=draw(st.sampled_from(NATIONS)),
            qualifications=draw(subsets(("medic", "engineer"))),
            base=draw(st.sampled_from(SITES)),
            sites=draw(subsets(SITES, 1)),
            present=(draw(spans), Days(0, DAYS)) if draw(st.booleans()) else (draw(spans),),
            leave=tuple(draw(st.lists(spans, max_size=1))),
            day_minutes=draw(st.sampled_from((60, 120, 300))),
            week_minutes=draw(st.sampled_from((60, 180, 600))),
        )
        for key in TRAINERS
    )


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Session, ...]:
    return tuple(
        Session(
            key=key,
            course=key[:2],
            room_kind=draw(st.sampled_from(("classroom", "classroom", "range"))),
            minutes=draw(st.sampled_from((60, 120))),
            trainers=draw(st.sampled_from((0, 1, 1, 2))),
            qualification=draw(st.sampled_from(("medic", "engineer"))),
            after=tuple(draw(subsets(SESSIONS[:number]))),
            at_least=draw(st.sampled_from((0, 0, 6))),
            at_most=draw(st.sampled_from((None, None, 8))),
        )
        for number, key in enumerate(SESSIONS)
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    published = draw(plans)
    now = draw(moments)
    return Problem(
        horizon=Horizon(date(2020, 1, 5), 2, STEP),
        calendar=Calendar(
            weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=3))),
            feasts=frozenset(draw(st.sets(days, max_size=2))),
            breaks=(Break(12 * 60, 13 * 60),) if draw(st.booleans()) else (),
        ),
        rooms=draw(rooms()),
        trainers=draw(trainers()),
        classes=(TraineeClass("one", 5), TraineeClass("two", draw(st.sampled_from((5, 9))))),
        courses=tuple(
            Course(
                key,
                draw(st.sampled_from(("one", "two"))),
                draw(st.sampled_from(("training", "advising"))),
                draw(st.sampled_from(SITES)),
                draw(st.none() | days),
            )
            for key in COURSES
        ),
        sessions=draw(sessions()),
        prohibitions=tuple(draw(st.lists(prohibitions, max_size=3))),
        published=published,
        held=frozenset(
            key
            for key, at in published.placements.items()
            if LocalTime(at.day, at.start) < now and draw(st.booleans())
        ),
        told=draw(subsets(SESSIONS)),
        now=now,
        weights=Weights(uneven=2, travel=3),
    )
