"""What posture rests on, and the rulings that follow; as of a moment, as known on another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

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
from cadre.core.reviews import Due, Held, next_review
from cadre.directives.models import Clock, Kind, as_scope
from cadre.directives.queries.loading import (
    AuthorisationItem,
    DirectiveItem,
    LiftItem,
    Loaded,
    TimingItem,
    WithdrawalItem,
    load,
)
from cadre.directives.queries.origins import Origins
from cadre.record.fields import as_moment


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about, by codes. No site: the mission as a whole; no nation: all of them; and
    so for units of the host, people and hours of the week in UTC ("mon-08").
    """

    mission: str
    line: str
    site: str = ""
    nation: str = ""
    unit: str = ""
    person: str = ""
    hour: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An activity line of a mission."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class MissionLines:
    """A mission that is on record, with its lines by code."""

    code: str
    name: str
    pack: str
    lines: tuple[Line, ...]


class World:
    """Everything that posture rests on, as one viewer may know it at one moment (None: now)."""

    def __init__(self, viewer: Viewer, *, known_on: datetime | None) -> None:
        self.viewer = viewer
        self.known_on = known_on
        self.origins = Origins(viewer)
        self.loaded = load(viewer, known_on)
        self.paths = {site["code"]: tuple(site["path"]) for site in self.loaded.sites}
        self.names = {site["code"]: site["name"] for site in self.loaded.sites}
        self.directives = self.directives_of(self.loaded)
        self.lifts = self.lifts_of(self.loaded)
        self.authorisations = self.authorisations_of(self.loaded)
        self.orders = Orders(
            self.directives, self.lifts, self.authorisations, places=self.paths.values()
        )

    def directives_of(self, loaded: Loaded) -> list[Directive]:
        """A directive is known as soon as anything about its times is; of one of which no more is
        known yet, neither the reason nor whether it is temporary is told.
        """
        timings: dict[str, list[TimingItem]] = defaultdict(list)
        for timing in loaded.timings:
            timings[timing["directive"]].append(timing)
        for item in loaded.directives:
            begun = [each for each in timings[item["id"]] if each["clock"] == Clock.EFFECTIVE]
            self.origins.note(item["number"], item, *begun)
        return [as_directive(item, timings[item["id"]]) for item in loaded.directives]

    def lifts_of(self, loaded: Loaded) -> list[Lift]:
        for item in loaded.lifts:
            self.origins.note(("lift", item["number"]), item)
        return [as_lift(item) for item in loaded.lifts]

    def authorisations_of(self, loaded: Loaded) -> list[Authorisation]:
        taken_back: dict[str, list[WithdrawalItem]] = defaultdict(list)
        for gone in loaded.withdrawals:
            taken_back[gone["request"]].append(gone)
        for item in loaded.authorisations:
            self.origins.note(item["id"], item, *taken_back[item["request"]])
        return [
            as_authorisation(item, taken_back[item["request"]]) for item in loaded.authorisations
        ]

    @cached_property
    def missions(self) -> tuple[MissionLines, ...]:
        """The missions on record, by code."""
        lines: dict[str, list[Line]] = defaultdict(list)
        for item in self.loaded.lines:
            lines[item["mission"]].append(Line(item["code"], item["name"]))
        return tuple(
            MissionLines(each["code"], each["name"], each["pack"], tuple(lines[each["id"]]))
            for each in self.loaded.missions
            if each["known"]
        )

    @cached_property
    def present(self) -> dict[str, list[str]]:
        """The sites at which each mission is on record to work, by name; both as codes."""
        missions = {each["id"]: each["code"] for each in self.loaded.missions}
        at_site: dict[str, list[str]] = defaultdict(list)
        for item in self.loaded.presences:
            if item["mission"] in missions:  # else one that the viewer may not see
                at_site[item["site"]].append(missions[item["mission"]])
        found: dict[str, list[str]] = defaultdict(list)
        for site in self.loaded.sites:
            for mission in at_site[site["id"]]:
                found[mission].append(site["code"])
        return found

    def live(self, on: datetime) -> list[Directive]:
        """What may be in force: it may have begun, and no lift has surely ended all of it."""
        ended = {
            lift.directive
            for lift in self.lifts
            for each in self.directives
            if each.key == lift.directive
            and each.perhaps.within(lift.scope)
            and lift.effective.surely_by(on)
        }
        return [
            each
            for each in self.directives
            if each.effective.perhaps_by(on) and each.key not in ended
        ]

    def provisional(self, on: datetime) -> list[Directive]:
        """Stops on the spot that may be in force and that nobody competent has decided about."""
        waiting = {
            each["number"]
            for each in self.loaded.directives
            if each["kind"] == Kind.STOP and not each["confirmed"]
        }
        return [each for each in self.live(on) if each.key in waiting]

    @cached_property
    def reviews(self) -> dict[str, list[Held]]:
        """The reviews of each directive, by its number."""
        numbers = {each["id"]: each["number"] for each in self.loaded.directives}
        found: dict[str, list[Held]] = defaultdict(list)
        for item in self.loaded.reviews:
            if (number := numbers.get(item["directive"])) is not None:
                held_at, next_at = (
                    datetime.fromisoformat(each) for each in (item["held_at"], item["next_at"])
                )
                found[number].append(Held(held_at, next_at, item["next_owner"]))
        return found

    @cached_property
    def first_reviews(self) -> dict[str, tuple[datetime | None, str]]:
        return {
            each["number"]: (
                datetime.fromisoformat(each["first_review_at"])
                if each["first_review_at"] and each["whole"]
                else None,
                each["review_owner"],
            )
            for each in self.loaded.directives
        }

    def review_of(self, number: str, on: datetime) -> Due:
        """The review of a directive that is due as of a moment."""
        first, owner = self.first_reviews[number]
        return next_review(first, owner, self.reviews.get(number, ()), on)

    def rule(self, question: Question, at: datetime) -> Ruling:
        """The ruling at a moment. A site that is not on record raises LookupError."""
        return self.orders.rule_once(self.cell(question), at)

    def cell(self, question: Question) -> Cell:
        path = self.paths[question.site] if question.site else ()
        beside = (question.nation, question.unit, question.person, question.hour)
        return Cell(question.mission, question.line, path, *(each or None for each in beside))

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


def as_directive(item: DirectiveItem, timings: Sequence[TimingItem]) -> Directive:
    mission, whole = item["mission"], item["whole"]
    beside = item["units"], item["people"], item["hours"]
    rests_on = [
        *(item["claims"] if whole else ()),
        *(claim for timing in timings for claim in timing["claims"]),
    ]
    return Directive(
        key=item["number"],
        effect=Posture(item["effect"]),
        authority=item["authority"],
        reason=item["reason"] if whole else "",
        surely=as_scope(
            mission, item["sure_lines"], item["sure_sites"], item["sure_nations"], *beside
        ),
        perhaps=as_scope(
            mission, item["perhaps_lines"], item["perhaps_sites"], item["perhaps_nations"], *beside
        ),
        effective=together(
            as_moment(timing["moment"]) for timing in timings if timing["clock"] == Clock.EFFECTIVE
        ),
        temporary=item["temporary"] if whole else None,
        claims=tuple(dict.fromkeys(rests_on)),
    )


def as_lift(item: LiftItem) -> Lift:
    return Lift(
        key=item["number"],
        directive=item["directive"],
        scope=as_scope(
            item["mission"],
            *(item["lines"], item["sites"], item["nations"]),
            *(item["units"], item["people"], item["hours"]),
        ),
        effective=as_moment(item["effective"]),
        claims=tuple(item["claims"]),
    )


def as_authorisation(item: AuthorisationItem, gone: Sequence[WithdrawalItem]) -> Authorisation:
    return Authorisation(
        key=item["id"],
        scope=as_scope(item["mission"], item["lines"], None, None),
        begins=as_moment(item["begins"]),
        withdrawn=together(as_moment(each["effective"]) for each in gone) if gone else None,
        claims=tuple(item["claims"]),
    )
