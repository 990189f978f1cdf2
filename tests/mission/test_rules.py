"""What the database itself refuses, whoever writes."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from cadre.access.actions import acting
from cadre.core.releasability import Viewer
from cadre.mission import actions
from cadre.mission.models import ActivityLine, Organisation, Post, Site, Task
from tests.mission.conftest import World


def site(code: str, kind: str, parent: Site | None) -> Site:
    return Site(code=code, name=code, kind=kind, parent=parent, path=["made", "up"])


def test_a_combat_line_is_refused_in_a_non_combat_mission(
    world: World, operator: Viewer, at: datetime
) -> None:
    row = ActivityLine(
        mission=world.nmi, code="strike", name="Strike", combat=True,
        recorded_at=at, recorded_by="x", known_from=at,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="refuses combat"), acting("x", by=operator, at=at):
        row.save(force_insert=True)
    assert list(ActivityLine.objects.values_list("code", flat=True)) == ["training"]


def test_a_line_named_combat_is_one_whatever_its_writer_says(
    world: World, operator: Viewer, at: datetime
) -> None:
    stated = {"recorded_at": at, "recorded_by": "x", "known_from": at}
    row = ActivityLine(mission=world.nmi, code="Combat", name="Calm", combat=False, **stated)
    with pytest.raises(IntegrityError, match="refuses combat"), acting("x", by=operator, at=at):
        row.save(force_insert=True)
    fight = actions.found_mission(actions.NewMission(code="F", name="F"), by=operator, at=at)
    with acting("x", by=operator, at=at):
        ActivityLine.objects.create(
            mission=fight, code="strike", name="Strike", combat=True, **stated
        )
        task = Task.objects.create(mission=fight, line="strike", title="Storm", combat=False)
    task.refresh_from_db()
    assert task.combat


def test_a_combat_task_is_refused_in_a_non_combat_mission(
    world: World, operator: Viewer, at: datetime
) -> None:
    row = Task(mission=world.nmi, line="training", title="Storm", combat=True)
    with pytest.raises(IntegrityError, match="refuses combat"), acting("x", by=operator, at=at):
        row.save(force_insert=True)
    assert Task.objects.count() == 0


def test_the_path_of_a_site_is_worked_out_from_its_parent(
    world: World, operator: Viewer, at: datetime
) -> None:
    with acting("x", by=operator, at=at):
        room = site("T-1", "room", world.base)
        room.save(force_insert=True)
    room.refresh_from_db()
    assert room.path == ["IRQ", "TAJI", "T-1"]


def test_what_lies_in_a_site_moves_with_it(world: World, operator: Viewer, at: datetime) -> None:
    room = actions.add_site(
        actions.NewSite(code="T-1", name="Room 1", kind="room", parent=world.base),
        by=operator,
        at=at,
    )
    north = actions.add_site(
        actions.NewSite(code="N", name="North", kind="area", parent=world.country),
        by=operator,
        at=at,
    )
    moved = actions.change_site(
        world.base,
        actions.NewSite(code="TAJI", name="Camp Taji", kind="site", parent=north),
        by=operator,
        at=at,
    )
    room.refresh_from_db()
    assert (moved.path, room.path) == (["IRQ", "N", "TAJI"], ["IRQ", "N", "TAJI", "T-1"])


@pytest.mark.parametrize(
    ("code", "kind", "inside"),
    [("C", "country", "IRQ"), ("A", "area", "TAJI"), ("R", "room", None), ("R", "room", "T-1")],
)
def test_a_place_lies_in_a_larger_kind_of_place(
    world: World, operator: Viewer, at: datetime, code: str, kind: str, inside: str | None
) -> None:
    with acting("x", by=operator, at=at):
        site("T-1", "room", world.base).save(force_insert=True)
    parent = Site.objects.get(code=inside) if inside else None
    with pytest.raises(IntegrityError), acting("x", by=operator, at=at):
        site(code, kind, parent).save(force_insert=True)


def test_a_site_never_lies_in_itself(world: World, operator: Viewer, at: datetime) -> None:
    with acting("x", by=operator, at=at):
        inner = site("INNER", "site", world.base)
        inner.save(force_insert=True)
    for parent in (inner, world.base):
        world.base.parent = parent
        with (
            pytest.raises(IntegrityError, match="does not lie in itself"),
            transaction.atomic(),
            acting("x", by=operator, at=at),
        ):
            world.base.save()


def test_no_post_and_no_organisation_stands_above_itself(
    world: World, operator: Viewer, at: datetime
) -> None:
    with acting("x", by=operator, at=at):
        chief = Post.objects.create(code="A", title="Chief", mission=world.nmi)
        clerk = Post.objects.create(code="B", title="Clerk", mission=world.nmi, reports_to=chief)
    chief.reports_to = clerk
    with pytest.raises(IntegrityError, match="above itself"), acting("x", by=operator, at=at):
        chief.save()
    world.germany.parent = world.germany
    with pytest.raises(IntegrityError, match="above itself"), acting("x", by=operator, at=at):
        world.germany.save()
    assert Organisation.objects.filter(parent__isnull=False).count() == 0


def test_a_code_stays_since_orders_and_markings_speak_of_it(
    world: World, operator: Viewer, at: datetime
) -> None:
    for row in (world.base, world.germany):
        row.code = "XX"
        with pytest.raises(IntegrityError, match="stays"), acting("x", by=operator, at=at):
            row.save()
    new = actions.NewSite(code="OTHER", name="Camp Taji", kind="site", parent=world.country)
    with pytest.raises(actions.Misfit, match="stays as it is") as refused:
        actions.change_site(Site.objects.get(code="TAJI"), new, by=operator, at=at)
    assert refused.value.field == "code"
