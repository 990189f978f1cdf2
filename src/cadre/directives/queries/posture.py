"""What posture rests on, and the rulings that follow; as of a moment, as known on another."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cadre.core.moments import together
from cadre.core.posture import (
    Authorisation,
    Cell,
    Directive,
    Lift,
    Orders,
    Posture,
    Ruling,
    Scope,
)
from cadre.core.releasability import Viewer
from cadre.directives import models
from cadre.directives.models import Clock, as_scope
from cadre.directives.queries.origins import Origins
from cadre.mission.models import Authorisation as AuthorisationRow
from cadre.mission.models import HostRequestWithdrawal, Site
from cadre.record.models import Stated, StatedQuerySet
from cadre.record.queries import began


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about, by codes. No site: the mission as a whole; no nation: all of them."""

    mission: str
    line: str
    site: str = ""
    nation: str = ""


class World:
    """Everything that posture rests on, as one viewer may know it at one moment."""

    def __init__(self, viewer: Viewer, *, known_on: datetime | None) -> None:
        self.viewer = viewer
        self.known_on = known_on
        self.began = began() if known_on is not None else None
        self.origins = Origins(viewer)
        self.paths = {
            site.code: tuple(site.path)
            for site in Site.objects.visible_to(viewer).only("code", "path")
        }
        self.directives = self.load_directives()
        self.lifts = self.load_lifts()
        self.authorisations = self.load_authorisations()
        self.orders = Orders(
            self.directives, self.lifts, self.authorisations, places=self.paths.values()
        )

    def known[M: Stated](self, rows: StatedQuerySet[M]) -> StatedQuerySet[M]:
        seen = rows.visible_to(self.viewer)
        return seen if self.known_on is None else seen.known_on(self.known_on, began=self.began)

    def load_directives(self) -> list[Directive]:
        """A directive is known as soon as anything about its times is; of one of which no more is
        known yet, neither the reason nor whether it is temporary is told.
        """
        timings: dict[object, list[models.Timing]] = defaultdict(list)
        for timing in self.known(models.Timing.objects.all()):
            timings[timing.directive_id].append(timing)
        seen = models.Directive.objects.visible_to(self.viewer).select_related("mission")
        known = set(self.known(models.Directive.objects.all()).values_list("pk", flat=True))
        rows = list(seen.filter(pk__in=known | timings.keys()).order_by("number"))
        for row in rows:
            begun = [each for each in timings[row.pk] if each.clock == Clock.EFFECTIVE]
            self.origins.note(row.number, row, *begun)
        return [as_core(row, timings[row.pk], whole=row.pk in known) for row in rows]

    def load_lifts(self) -> list[Lift]:
        rows = list(self.known(models.Lift.objects.select_related("directive__mission")))
        for row in rows:
            self.origins.note(("lift", row.number), row)
        return [
            Lift(
                key=row.number,
                directive=row.directive.number,
                scope=as_scope(row.directive.mission.code, row.lines, row.sites, row.nations),
                effective=row.effective,
                claims=tuple(str(claim) for claim in row.claims),
            )
            for row in rows
        ]

    def load_authorisations(self) -> list[Authorisation]:
        taken_back: dict[object, list[HostRequestWithdrawal]] = defaultdict(list)
        for gone in self.known(HostRequestWithdrawal.objects.all()):
            taken_back[gone.request_id].append(gone)
        rows = list(self.known(AuthorisationRow.objects.select_related("mission")))
        for row in rows:
            self.origins.note(str(row.pk), row, *taken_back[row.host_request_id])
        return [
            Authorisation(
                key=str(row.pk),
                scope=as_scope(row.mission.code, row.lines, None, None),
                begins=row.begins,
                withdrawn=together(gone.effective for gone in taken_back[row.host_request_id])
                if taken_back[row.host_request_id]
                else None,
                claims=tuple(str(claim) for claim in row.claims),
            )
            for row in rows
        ]

    def rule(self, question: Question, at: datetime) -> Ruling:
        """The ruling at a moment. A site that is not on record raises LookupError."""
        return self.orders.rule_once(self.cell(question), at)

    def cell(self, question: Question) -> Cell:
        path = self.paths[question.site] if question.site else ()
        return Cell(question.mission, question.line, path, question.nation or None)

    def packs(self, question: Question, ruling: Ruling, at: datetime) -> frozenset[str]:
        """The packs that the ruling rests on: of what stops it or may have, with what was said of
        when that takes effect, of what lifts it, and of what opens the line.

        Only for pages: the first call asks the database once more.
        """
        cell = self.cell(question)
        keys: set[object] = {reason.directive.key for reason in ruling.because}
        keys |= {
            each.key
            for each in self.directives
            if each.effective.perhaps_by(at) and reaches((each.surely, each.perhaps), cell)
        }
        keys |= {
            ("lift", lift.key)
            for lift in self.lifts
            if lift.directive in keys
            and lift.effective.perhaps_by(at)
            and reaches((lift.scope,), cell)
        }
        keys |= {
            each.key
            for each in self.authorisations
            if each.scope.covers(cell) and each.begins.perhaps_by(at)
        }
        return frozenset(pack for key in keys for pack in self.origins.of(key))


def reaches(scopes: Iterable[Scope], cell: Cell) -> bool:
    return any(scope.touches(cell) for scope in scopes)


def as_core(row: models.Directive, timings: list[models.Timing], *, whole: bool) -> Directive:
    mission = row.mission.code
    rests_on = [
        *(row.claims if whole else ()),
        *(each for timing in timings for each in timing.claims),
    ]
    return Directive(
        key=row.number,
        effect=Posture(row.effect),
        authority=row.authority,
        reason=row.reason if whole else "",
        surely=as_scope(mission, row.sure_lines, row.sure_sites, row.sure_nations),
        perhaps=as_scope(mission, row.perhaps_lines, row.perhaps_sites, row.perhaps_nations),
        effective=together(timing.moment for timing in timings if timing.clock == Clock.EFFECTIVE),
        temporary=row.temporary if whole else None,
        claims=tuple(dict.fromkeys(str(claim) for claim in rests_on)),
    )
