"""One viewer's reading of the record: true on one moment, known on another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.db import models

from cadre.core.answers import Said
from cadre.core.releasability import Viewer
from cadre.mission.queries.versions import as_known, live
from cadre.record.models import Claim, Described, Kept, Stated, StatedQuerySet
from cadre.record.queries import began, said

FICTIONAL = "fictional"  # how the name of a made-up pack begins


@dataclass(frozen=True, slots=True)
class Told[M: Stated]:
    """A stated row, and who said it. Nobody said what a node states on its own account."""

    row: M
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value by name, and who said it. None is *not stated*."""

    key: str
    label: str
    value: object
    said: tuple[Said, ...] = ()


def of_one_world[M: Stated](rows: StatedQuerySet[M], row: Kept) -> StatedQuerySet[M]:
    """Of these rows the made-up ones for a made-up row, the real ones for a real one."""
    made_up = models.Q(pack__startswith=FICTIONAL)
    return rows.filter(made_up if row.pack.startswith(FICTIONAL) else ~made_up)


class Book:
    """The claims that a set of rows rests on, read at once, as far as the viewer may see them."""

    def __init__(self, viewer: Viewer, groups: Iterable[Iterable[Stated]]) -> None:
        claims = {str(claim) for row in chain.from_iterable(groups) for claim in row.claims}
        self.said = {each.claim: each for each in said(viewer, sorted(claims))} if claims else {}

    def tell[M: Stated](self, rows: Iterable[M]) -> tuple[Told[M], ...]:
        return tuple(Told(row, self.of(row)) for row in rows)

    def of(self, row: Stated) -> tuple[Said, ...]:
        found = (self.said.get(str(claim)) for claim in row.claims)
        return tuple(each for each in found if each is not None)


class Reading:
    """Who reads, as of which moment, as known on which (None: the present)."""

    def __init__(self, viewer: Viewer, *, on: datetime, known_on: datetime | None) -> None:
        self.viewer = viewer
        self.on = on
        self.known_on = known_on
        self.began = began() if known_on is not None else None

    def stated[M: Stated](self, rows: StatedQuerySet[M]) -> StatedQuerySet[M]:
        """Of these rows, those that were known and not corrected."""
        return live(rows.visible_to(self.viewer), known_on=self.known_on, began=self.began)

    def described[M: Described](self, rows: Iterable[M]) -> list[M]:
        """These rows as they were described then."""
        return as_known(self.viewer, rows, known_on=self.known_on, began=self.began)

    def book(self, *groups: Sequence[Stated]) -> Book:
        return Book(self.viewer, groups)


def claims_called(viewer: Viewer, references: Iterable[str]) -> dict[str, list[UUID]]:
    """The rows of claims by their references; one reference may be used by several packs."""
    found: dict[str, list[UUID]] = {}
    rows = Claim.objects.visible_to(viewer).filter(reference__in=list(references))
    for row, reference in rows.values_list("pk", "reference"):
        found.setdefault(reference, []).append(row)
    return found
