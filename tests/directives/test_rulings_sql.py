"""Posture in SQL gives the bounds that the core gives, and only from what the viewer may see."""

from datetime import datetime
from itertools import product

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre.access.actions import acting
from cadre.core.posture import Cell, Posture
from cadre.core.releasability import OPERATOR, Classification, Viewer
from cadre.directives.queries import Question, World
from cadre.directives.queries.rulings import Bounds, postures_in_sql
from cadre.mission.models import Mission, Site, SiteKind
from cadre.record import guards
from tests.directives.written_rows import put_on_record
from tests.directives.written_worlds import (
    LINES,
    MISSIONS,
    PATHS,
    WrittenWorld,
    asked_moments,
    day,
    worlds,
)

CLERK = Viewer("a clerk", Classification.RESTRICTED)
often = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def questions_about(world: WrittenWorld) -> list[Question]:
    return [
        Question(*parts) for parts in product(MISSIONS, LINES, ("", *world.tree), ("", "FR", "SE"))
    ]


def by_the_core(
    world: WrittenWorld, question: Question, on: datetime, known_on: datetime | None, viewer: Viewer
) -> Bounds:
    path = PATHS[question.site] if question.site else ()
    cell = Cell(question.mission, question.line, path, question.nation or None)
    ruling = world.rule(cell, on, known_on, cleared=viewer.sees_all)
    return Bounds(question, ruling.lower, ruling.upper)


@often
@given(
    world=worlds(corrections=True, reissues=True),
    on=asked_moments,
    known_on=st.none() | asked_moments,
    viewer=st.sampled_from([OPERATOR, CLERK]),
)
def test_sql_says_what_the_core_says(
    operator: Viewer, world: WrittenWorld, on: datetime, known_on: datetime | None, viewer: Viewer
) -> None:
    questions = questions_about(world)
    with transaction.atomic():
        put_on_record(world, by=operator)
        found = postures_in_sql(viewer, questions, on=on, known_on=known_on)
        transaction.set_rollback(True)
    assert found == [by_the_core(world, each, on, known_on, viewer) for each in questions]


@often
@given(world=worlds(corrections=True, reissues=False), on=asked_moments, known_on=asked_moments)
def test_sql_says_what_the_pages_say(
    operator: Viewer, world: WrittenWorld, on: datetime, known_on: datetime
) -> None:
    questions = questions_about(world)
    with transaction.atomic():
        put_on_record(world, by=operator)
        found = postures_in_sql(operator, questions, on=on, known_on=known_on)
        loaded = World(operator, known_on=known_on)
        shown = [loaded.rule(question, on) for question in questions]
        transaction.set_rollback(True)
    assert [(each.lower, each.upper) for each in found] == [
        (ruling.lower, ruling.upper) for ruling in shown
    ]


@pytest.fixture
def camp(operator: Viewer, at: datetime) -> Site:
    """A secret camp of a mission of which nothing else is known."""
    with acting("mission.describe", by=operator, at=at):
        Mission.objects.create(
            code="M", name="M", recorded_at=at, recorded_by="a clerk", known_from=at
        )
        return Site.objects.create(
            code="camp",
            name="Camp",
            kind=SiteKind.SITE,
            path=["camp"],
            classification=Classification.SECRET.value,
        )


def test_nothing_on_record_is_not_stated_from_running_to_suspended(
    camp: Site, operator: Viewer
) -> None:
    question = Question("M", "training", camp.code)
    assert postures_in_sql(operator, [question], on=day(1), known_on=None) == [
        Bounds(question, Posture.RUNNING, Posture.SUSPENDED)
    ]


@pytest.mark.parametrize("viewer", [OPERATOR, CLERK])
def test_a_site_that_is_not_on_record_is_an_error(
    camp: Site, operator: Viewer, viewer: Viewer
) -> None:
    with pytest.raises(LookupError, match="elsewhere"):
        postures_in_sql(viewer, [Question("M", "training", "elsewhere")], on=day(1), known_on=None)


def test_a_site_that_the_viewer_may_not_see_is_not_on_record_for_him(
    camp: Site, operator: Viewer
) -> None:
    with pytest.raises(LookupError, match="camp"):
        postures_in_sql(CLERK, [Question("M", "training", "camp")], on=day(1), known_on=None)


def test_no_question_has_no_ruling(operator: Viewer) -> None:
    assert postures_in_sql(operator, [], on=day(1), known_on=None) == []


def test_questions_in_a_table_are_answered_by_their_numbers(camp: Site, operator: Viewer) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            'CREATE TEMP TABLE "sessions of today" AS SELECT * FROM (VALUES'
            " (7, 'M', 'training', NULL, NULL, now()), (8, 'M', 'training', 'camp', 'FR', now()),"
            " (9, 'M', 'training', 'elsewhere', '', now()), (10, 'M', 'training', '', '', NULL)"
            ") AS each (question, mission, line, site, nation, at)"
        )
        cursor.execute(
            "SELECT * FROM cadre_rulings('\"sessions of today\"'::regclass, NULL) ORDER BY 1"
        )
        assert cursor.fetchall() == [(7, 0, 2), (8, 0, 2), (9, None, None), (10, None, None)]


@pytest.mark.django_db(databases=["owner"])
def test_installing_the_functions_again_changes_nothing() -> None:
    with connections["owner"].cursor() as cursor:
        count = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'cadre%'"
        cursor.execute(count)
        before = cursor.fetchone()
        guards.install("owner")
        cursor.execute(count)
        assert cursor.fetchone() == before
