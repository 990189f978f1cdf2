"""Who is to receive a directive, and who has: derived from what it reaches, never a stored list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cadre.core.conditions import common, meet
from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.models import (
    AddresseeKind,
    Directive,
    LevelOrder,
    LevelReceipt,
    Receipt,
)
from cadre.directives.queries.levels import scope_of
from cadre.directives.queries.scopes import widest
from cadre.mission.models import Mission, Site
from cadre.mission.queries.offers import offered
from cadre.mission.queries.reading import Reading


@dataclass(frozen=True, slots=True)
class Addressee:
    """A contingent or a site that an order reaches; no receipt: it is silent."""

    kind: AddresseeKind
    code: str
    name: str
    receipt: Receipt | LevelReceipt | None

    @property
    def key(self) -> str:
        """The addressee as a form names it."""
        return f"{self.kind}:{self.code}"


def addressees(
    viewer: Viewer, directive: Directive, *, on: datetime, known_on: datetime | None
) -> list[Addressee]:
    """Every contingent and site of the mission that the directive may reach: the silent first."""
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = reading.stated(Receipt.objects.filter(directive=directive, received_at__lte=on))
    return answered(reached(viewer, directive), rows)


def level_addressees(
    viewer: Viewer, order: LevelOrder, *, on: datetime, known_on: datetime | None
) -> list[Addressee]:
    """The same for an order about a level."""
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = reading.stated(LevelReceipt.objects.filter(order=order, received_at__lte=on))
    return answered(level_reached(viewer, order), rows)


def answered(
    everybody: Iterable[tuple[AddresseeKind, str, str]], rows: Iterable[Receipt | LevelReceipt]
) -> list[Addressee]:
    received = {(row.addressee, row.code): row for row in rows}
    found = [
        Addressee(kind, code, name, received.get((kind.value, code)))
        for kind, code, name in everybody
    ]
    return sorted(found, key=lambda each: (each.receipt is not None, each.kind, each.name))


def reached(viewer: Viewer, directive: Directive) -> list[tuple[AddresseeKind, str, str]]:
    return list(within(viewer, directive.mission, widest(directive)))


def level_reached(viewer: Viewer, order: LevelOrder) -> list[tuple[AddresseeKind, str, str]]:
    return list(within(viewer, order.mission, scope_of(order)))


def within(
    viewer: Viewer, mission: Mission, scope: Scope
) -> Iterator[tuple[AddresseeKind, str, str]]:
    there = offered(viewer, mission)
    for code, name in there.nations:
        if common(scope.nations, frozenset({code})):
            yield AddresseeKind.NATION, code, name
    codes = {code for code, _name in there.sites} | set(scope.sites or ())
    sites = Site.objects.visible_to(viewer).filter(code__in=codes).only("code", "path")
    paths = {each.code: tuple(each.path) for each in sites}
    for code, name in there.sites:
        if meet(scope, Scope(mission.code, sites=frozenset({code})), paths):
            yield AddresseeKind.SITE, code, name
