"""Writes what a list would change: all of it or nothing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import Misfit, refusal
from cadre.mission.actions.importing.building import BLAMED
from cadre.mission.actions.importing.planning import Plan, RowPlan, Trouble, compare
from cadre.mission.models import Holding, Organisation, Person, Post, Site
from cadre.mission.queries.lists import Row
from cadre.mission.sheets import Table

BATCH = 1_000


class Changed(Refused):
    """What a list would do is not what was shown."""


def plan(kind: str, table: Table, *, by: Viewer, at: datetime) -> Plan:
    """What a list would change, and everything that is wrong with it. Writes nothing.

    A list without a mistake of its own is tried on the database and taken back, since rows that
    the viewer may not see can stand in its way.
    """
    found = compare(kind, table, by=by, at=at)
    if found.troubles or found.empty:
        return found
    try:
        with transaction.atomic():
            write(found, by=by, at=at)
            transaction.set_rollback(True)
    except IntegrityError as error:
        refused = troubles_by_row(found, by=by, at=at)
        return replace(found, troubles=refused or (trouble(0, refusal(error)),))
    return found


def troubles_by_row(plan: Plan, *, by: Viewer, at: datetime) -> tuple[Trouble, ...]:
    """What the database refuses of each row by itself: it does not tell which row of many."""
    found = []
    with transaction.atomic():
        with acting(f"mission.import_{plan.kind}", by=by, at=at):
            for each in plan.rows:
                try:
                    with transaction.atomic():
                        each.row.save(force_insert=each.is_new)
                except IntegrityError as error:
                    found.append(trouble(each.number, refusal(error)))
        transaction.set_rollback(True)
    return tuple(found)


def trouble(row: int, refused: Refused) -> Trouble:
    column = refused.field if isinstance(refused, Misfit) else ""
    return Trouble(row, BLAMED.get(column, column), str(refused))


def load(kind: str, table: Table, *, shown: str = "", by: Viewer, at: datetime) -> Plan:
    """Writes a list in one transaction, and returns what was done; with any trouble nothing was.

    `shown` is the fingerprint of a plan that the user has seen: raises Changed, and writes
    nothing, where the list would do something else by now.
    """
    found = compare(kind, table, by=by, at=at)
    if shown and found.fingerprint != shown:
        raise Changed(_("The record has changed since; this is what the list would do now."))
    if found.troubles or found.empty:
        return found
    try:
        write(found, by=by, at=at)
    except IntegrityError as error:
        refused = troubles_by_row(found, by=by, at=at)
        return replace(found, troubles=refused or (trouble(0, refusal(error)),))
    return found


def write(plan: Plan, *, by: Viewer, at: datetime) -> None:
    with acting(f"mission.import_{plan.kind}", by=by, at=at):
        new = [each.row for each in plan.rows if each.is_new]
        create(Organisation, new)
        create(Site, new)
        create(Post, new)
        create(Person, new)
        for each in plan.rows:
            save(each)
        write_holdings(plan)


def create[M: (Organisation, Site, Post, Person)](model: type[M], rows: Iterable[Row]) -> None:
    """In one statement a thousand, those of the rows that belong to this table."""
    model.objects.bulk_create([row for row in rows if isinstance(row, model)], batch_size=BATCH)


def save(each: RowPlan) -> None:
    if not each.is_new and each.fields:
        each.row.save(update_fields=each.fields)


def write_holdings(plan: Plan) -> None:
    """Ends first, so that a post is free when the next one takes it over."""
    for each in plan.holdings:
        if not each.is_new:
            each.holding.save(update_fields=["during"])
    new = [each.holding for each in plan.holdings if each.is_new]
    Holding.objects.bulk_create(new, batch_size=BATCH)
