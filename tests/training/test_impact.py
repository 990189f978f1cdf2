"""What a stop would stop, against a plain count over small generated programmes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre.access.actions import acting
from cadre.core.posture import DAYS_OF_THE_WEEK, Scope
from cadre.core.releasability import OPERATOR, Classification, Viewer
from cadre.directives import actions
from cadre.mission.models import Organisation, Post, Site
from cadre.training.models import Course, Duty, Session, SessionKind
from cadre.training.queries import away, impact
from tests.directives.conftest import COMMANDER, Place, SignIn, order

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)  # a Monday
WINDOWS = (timedelta(0), timedelta(hours=72), timedelta(days=14), timedelta(days=90))
LINES, SITES, NATIONS, UNITS = ("training", "advising"), ("CAMP", "FORT"), ("DE", "FR"), ("ARMY",)


@dataclass(frozen=True)
class Drawn:
    """One session: of the first course, the second or none; taught by some of the posts."""

    line: str
    site: str
    course: int | None
    begins: datetime
    hours: int
    posts: frozenset[int]


drawn = st.builds(
    Drawn,
    st.sampled_from(LINES),
    st.sampled_from(SITES),
    st.none() | st.integers(0, 1),
    st.integers(-30, 24 * 95).map(lambda hours: AT + timedelta(hours=hours)),
    st.integers(1, 5),
    st.frozensets(st.integers(0, 2)),
)


def some(names: Sequence[str]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.frozensets(st.sampled_from(names), min_size=1)


scopes = st.builds(
    Scope,
    st.just("M"),
    some(LINES),
    some(("CAMP", "FORT", "COUNTRY")),
    some(NATIONS),
    some(UNITS),
    st.none(),
    some(("mon-12", "mon-13", "tue-08")),
)
POSTS = (("DE", "CAMP"), ("FR", "CAMP"), ("FR", "FORT"))  # nation and base
TRAINEES = (12, None)


def put_on_record(place: Place, programme: Sequence[Drawn]) -> None:
    with acting("test", by=OPERATOR, at=AT):
        army = Organisation.objects.get(code="ARMY")
        courses = [
            Course.objects.create(
                mission=place.mission, code=f"C{n}", title="x", line="training",
                institution=army if n == 0 else None, trainees=number,
            )
            for n, number in enumerate(TRAINEES)
        ]  # fmt: skip
        posts = [
            Post.objects.create(
                code=f"P{n}", title="x", mission=place.mission,
                nation=Organisation.objects.get(code=nation), site=Site.objects.get(code=base),
            )
            for n, (nation, base) in enumerate(POSTS)
        ]  # fmt: skip
        for each in programme:
            row = Session.objects.create(
                mission=place.mission,
                kind=SessionKind.ENGAGEMENT if each.course is None else SessionKind.SESSION,
                course=None if each.course is None else courses[each.course],
                line=each.line,
                title="x",
                site=Site.objects.get(code=each.site),
                during=DateTimeTZRange(each.begins, each.begins + timedelta(hours=each.hours)),
            )
            for number in each.posts:
                Duty.objects.create(session=row, post=posts[number])


def reaches(scope: Scope, each: Drawn) -> bool:
    hours = {each.begins + timedelta(hours=number) for number in range(each.hours)}
    names = {f"{DAYS_OF_THE_WEEK[hour.weekday()]}-{hour.hour:02}" for hour in hours}
    nations = {POSTS[number][0] for number in each.posts}
    return (
        (scope.lines is None or each.line in scope.lines)
        and (scope.sites is None or not scope.sites.isdisjoint({"COUNTRY", each.site}))
        and (scope.nations is None or not scope.nations.isdisjoint(nations))
        and (scope.units is None or each.course == 0)
        and (scope.hours is None or not scope.hours.isdisjoint(names))
    )


def plainly(scope: Scope, programme: Sequence[Drawn], ahead: timedelta) -> tuple[object, ...]:
    met = [
        each
        for each in programme
        if reaches(scope, each)
        and each.begins + timedelta(hours=each.hours) > AT
        and (each.begins < AT + ahead or each.begins <= AT)
    ]
    courses = {each.course for each in met if each.course is not None}
    teaching = {
        (number, POSTS[number][1] != each.site)
        for each in met
        for number in each.posts
        if scope.nations is None or POSTS[number][0] in scope.nations
    }
    numbers = [TRAINEES[course] for course in courses if TRAINEES[course] is not None]
    return (
        sum(each.course is not None for each in met),
        sum(each.course is None for each in met),
        len({course for course in courses if course == 0}),
        sum(numbers) if numbers else None,
        len(courses) - len(numbers),
        len({number for number, _away in teaching}),
        len({number for number, away in teaching if away}),
    )


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(programme=st.lists(drawn, max_size=8), scope=scopes)
def test_counts_are_those_of_a_plain_count(
    place: Place,
    programme: list[Drawn],
    scope: Scope,
) -> None:
    with transaction.atomic():
        put_on_record(place, programme)
        found = impact(OPERATOR, scope, at=AT, known_on=None)
        transaction.set_rollback(True)

    assert [
        (w.sessions, w.engagements, w.institutions, w.trainees, w.unstated, w.people, w.away)
        for w in found.windows
    ] == [plainly(scope, programme, ahead) for ahead in WINDOWS]


MORNING = Drawn("training", "CAMP", 0, AT, 2, frozenset({0, 2}))
AFTERNOON = Drawn("training", "FORT", 0, AT + timedelta(hours=5), 2, frozenset({1}))


@pytest.fixture
def programme(place: Place) -> Place:
    put_on_record(place, [MORNING, AFTERNOON])
    return place


def test_what_is_stopped_already_is_counted_apart_and_the_directive_named(
    programme: Place,
) -> None:
    scope = Scope("M", frozenset({"training"}))
    stop = actions.issue(
        order(AT, scope=Scope("M", sites=frozenset({"CAMP"}))), by=COMMANDER, at=AT
    )
    actions.issue(order(AT, scope=Scope("M", frozenset({"advising"}))), by=COMMANDER, at=AT)
    found = impact(OPERATOR, scope, at=AT, known_on=None)

    assert [(each.sessions, each.already) for each in found.windows] == [(1, 1), *[(2, 1)] * 3]
    assert [each.key for each in found.overlaps] == [stop.number]
    assert found.windows[1].by_nation == {"France": 2, "Germany": 1}
    assert found.windows[1].by_site == {"Camp": 2, "Fort": 1}
    assert [each.nations for each in found.first] == [("DE", "FR"), ("FR",)]


def test_what_the_viewer_may_not_see_is_not_counted(programme: Place) -> None:
    with acting("test", by=OPERATOR, at=AT):
        Session.objects.filter(site__code="CAMP").update(classification=Classification.SECRET)
    clerk = Viewer("clerk", Classification.RESTRICTED)
    found = impact(clerk, Scope("M"), at=AT, known_on=None)

    assert [each.sessions for each in found.windows] == [0, 1, 1, 1]
    assert len(found.first) == 1


def test_pages_show_it_before_signing(programme: Place, sign_in: SignIn) -> None:
    client = sign_in("commander")
    clock = "on=2026-01-05T12:00Z&known_on=2100-01-01"
    page = client.get(f"/missions/M/impact/?lines=training&{clock}")
    listed = client.get(f"/missions/M/sessions/?{clock}")
    answer = client.get(f"/api/v1/missions/M/impact?lines=training&{clock}")

    assert (page.status_code, "What it would stop" in page.text) == (200, True)
    assert "2 posts" in page.text
    assert (listed.status_code, listed.text.count("<tr>")) == (200, 3)
    assert [each["sessions"] for each in answer.json()["windows"]] == [1, 2, 2, 2]
    assert client.get("/missions/NONE/impact/").status_code == 404
    assert Client().get("/missions/M/impact/").status_code == 302


def test_a_nations_stop_tells_what_is_left_of_mixed_teams(programme: Place) -> None:
    def left(*nations: str) -> list[tuple[int, int] | None]:
        scope = Scope("M", nations=frozenset(nations) or None)
        found = impact(OPERATOR, scope, at=AT, known_on=None).windows
        return [(each.left.somebody, each.left.nobody) if each.left else None for each in found]

    assert left("DE") == [(1, 0)] * 4
    assert left("FR") == [(1, 0), (1, 1), (1, 1), (1, 1)]
    assert left("DE", "FR") == [(0, 1), (0, 2), (0, 2), (0, 2)]
    assert left() == [None] * 4


def test_who_would_be_away_from_base_is_told_by_post(place: Place) -> None:
    put_on_record(place, [MORNING, AFTERNOON, Drawn("training", "FORT", 0, AT, 1, frozenset({0}))])
    found = away(OPERATOR, Scope("M"), at=AT, known_on=None)
    french = away(OPERATOR, Scope("M", nations=frozenset({"FR"})), at=AT, known_on=None)

    assert [(each.post.post.code, each.session.site.code) for each in found] == [
        ("P0", "FORT"), ("P2", "CAMP"), ("P1", "FORT"),
    ]  # fmt: skip
    assert [each.post.post.code for each in french] == ["P2", "P1"]


def test_programs_get_the_sessions_that_a_scope_reaches(programme: Place, sign_in: SignIn) -> None:
    client = sign_in("commander")
    clock = "on=2026-01-05T12:00Z&known_on=2100-01-01"
    found = client.get(f"/api/v1/missions/M/sessions?sites=FORT&{clock}").json()
    page = client.get(f"/missions/M/impact/?nations=FR&{clock}")

    assert [(each["site"], each["nations"], each["posture"]) for each in found] == [
        ("FORT", ["FR"], "running")
    ]
    assert client.get(f"/api/v1/missions/M/sessions?page=2&{clock}").json() == []
    assert client.get("/api/v1/missions/X/sessions").status_code == 404
    assert "nobody is left to teach" in page.text


def test_whoever_is_in_charge_of_a_session_is_led_to_stop_it(
    programme: Place, sign_in: SignIn
) -> None:
    clock = "on=2026-01-05T12:00Z&known_on=2100-01-01"
    leading = "/missions/M/stop/?site=CAMP&amp;lines=training"
    warden = sign_in("warden")
    form = warden.get("/missions/M/stop/?site=CAMP&lines=training").context["form"]

    assert leading in warden.get(f"/missions/M/sessions/?{clock}").text
    assert leading not in sign_in("press_officer").get(f"/missions/M/sessions/?{clock}").text
    assert (form["site"].value(), form["lines"].value()) == ("CAMP", ["training"])
