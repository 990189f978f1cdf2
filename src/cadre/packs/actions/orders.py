"""How directives, their times, lifts and levels are put on record: by the rules of their verbs."""

from collections.abc import Callable, Sequence

from cadre.core.posture import Posture, Scope
from cadre.directives.actions import (
    NewLevelOrder,
    ReportedDirective,
    ReportedLift,
    ReportedTiming,
)
from cadre.directives.actions.checks import Names, directives_by_number
from cadre.directives.actions.levels import order_values
from cadre.directives.actions.reports import directive_values, lift_values, timing_values
from cadre.directives.models import Direction, Directive, LevelOrder, Lift, Timing
from cadre.directives.queries.scopes import widest
from cadre.packs.actions.building import Loading, moment_of
from cadre.packs.actions.tables import Target, Values
from cadre.packs.pack import Row
from cadre.packs.scopes import DIMENSIONS, names, perhaps

EFFECTS = {"restrict": Posture.RESTRICTED, "suspend": Posture.SUSPENDED}


def scope(mission: str, row: Row, read: Callable[[Row, str], frozenset[str] | None]) -> Scope:
    lines, sites, nations = (read(row, dimension) for dimension in DIMENSIONS)
    return Scope(mission, lines, sites, nations)


def directives(rows: Sequence[Row], loading: Loading) -> Callable[[Row], Values]:
    def reported(row: Row) -> ReportedDirective:
        mission = row.text("mission")
        return ReportedDirective(
            row=loading.own_id(row),
            number=row.text("number"),
            effect=EFFECTS[row.text("effect")],
            authority=row.text("authority"),
            surely=scope(mission, row, names),
            perhaps=scope(mission, row, perhaps),
            temporary=temporary(row),
            reason_code=row.text("reason_code") or "not_stated",
            reason=row.text("reason"),
            permits=row.text("permits"),
            subjects=row.parts("subjects"),
        )

    known = Names.of(reported(row).perhaps or reported(row).surely for row in rows)
    return lambda row: directive_values(reported(row), known)


def temporary(row: Row) -> bool | None:
    value = row.cells.get("temporary")
    return value if isinstance(value, bool) else None


def timings(rows: Sequence[Row], loading: Loading) -> Callable[[Row], Values]:
    found = directives_by_number([row.text("directive") for row in rows])

    def values(row: Row) -> Values:
        new = ReportedTiming(
            row=loading.own_id(row),
            directive=row.text("directive"),
            clock=row.text("clock"),
            moment=moment_of(row, "moment"),
        )
        return {**timing_values(new), "directive_id": found[new.directive].pk}

    return values


def lifts(rows: Sequence[Row], loading: Loading) -> Callable[[Row], Values]:
    found = directives_by_number([row.text("directive") for row in rows])

    def reported(row: Row) -> ReportedLift:
        code = found[row.text("directive")].mission.code
        return ReportedLift(
            row=loading.own_id(row),
            number=row.text("number"),
            directive=row.text("directive"),
            authority=row.text("authority"),
            scope=scope(code, row, names),
            effective=moment_of(row, "effective"),
            reason=row.text("reason"),
        )

    known = Names.of([*(reported(row).scope for row in rows), *map(widest, found.values())])
    return lambda row: lift_values(reported(row), found[row.text("directive")], known)


def level_orders(rows: Sequence[Row], _loading: Loading) -> Callable[[Row], Values]:
    def place(row: Row) -> Scope:
        sites, nations = names(row, "sites"), names(row, "nations")
        return Scope(row.text("mission"), sites=sites, nations=nations)

    known = Names.of(place(row) for row in rows)

    def values(row: Row) -> Values:
        scope = place(row)
        known.require(scope)
        new = NewLevelOrder(
            authority=row.text("authority"),
            direction=Direction(row.text("direction") or Direction.NOT_STATED),
            sites=scope.sites,
            nations=scope.nations,
            reason=row.text("reason"),
            effective=moment_of(row, "effective"),
            subjects=row.parts("subjects"),
        )
        mission = known.missions[scope.mission]
        return order_values(mission, new, row.text("number"), reported=True)

    return values


ORDERS: dict[str, Target] = {
    "directives": Target(Directive, directives),
    "timings": Target(Timing, timings),
    "lifts": Target(Lift, lifts),
    "level_orders": Target(LevelOrder, level_orders),
}
