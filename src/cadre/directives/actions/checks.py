"""What every report of an order has in common: it names only what is on record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.utils.translation import gettext as _

from cadre.core.posture import HOURS_OF_THE_WEEK, Scope
from cadre.core.refused import Refused
from cadre.directives.models import Directive, Lift
from cadre.mission.models import (
    ActivityLine,
    Mission,
    Organisation,
    Person,
    Site,
)
from cadre.mission.queries.offers import HOST_UNITS


@dataclass(frozen=True, slots=True)
class Names:
    """The codes that scopes may name, as they are on record."""

    missions: dict[str, Mission]
    lines: frozenset[tuple[str, str]]
    paths: dict[str, frozenset[str]]  # of each site: itself and every place above it
    nations: frozenset[str]
    units: frozenset[str]
    people: frozenset[str]

    @classmethod
    def of(cls, scopes: Iterable[Scope]) -> Self:
        """What is on record of everything that these scopes name, in one query for each kind."""
        scopes = list(scopes)
        missions = {
            row.code: row for row in Mission.objects.filter(code__in={s.mission for s in scopes})
        }
        lines = ActivityLine.objects.filter(mission__in=missions.values())
        sites = Site.objects.filter(code__in=set().union(*(s.sites or () for s in scopes)))
        organisations = Organisation.objects.filter(
            code__in=set().union(*((s.nations or set()) | (s.units or set()) for s in scopes))
        )
        units = organisations.filter(kind__in=HOST_UNITS)
        people = Person.objects.filter(code__in=set().union(*(s.people or () for s in scopes)))
        return cls(
            missions=missions,
            lines=frozenset(lines.values_list("mission__code", "code")),
            paths={code: frozenset(path) for code, path in sites.values_list("code", "path")},
            nations=frozenset(organisations.values_list("code", flat=True)),
            units=frozenset(units.values_list("code", flat=True)),
            people=frozenset(people.values_list("code", flat=True)),
        )

    def require(self, scope: Scope) -> None:
        """Raises Refused for the first name in a scope that is not on record."""
        if scope.mission not in self.missions:
            raise Refused(_("There is no mission “%(code)s” on record.") % {"code": scope.mission})
        for line in sorted(scope.lines or ()):
            if (scope.mission, line) not in self.lines:
                raise Refused(
                    _("Mission %(mission)s has no activity line “%(line)s”.")
                    % {"mission": scope.mission, "line": line}
                )
        known = (
            (scope.sites, self.paths.keys(), _("There is no site “%(code)s” on record.")),
            (scope.nations, self.nations, _("There is no nation “%(code)s” on record.")),
            (scope.units, self.units, _("There is no unit “%(code)s” of the host on record.")),
            (scope.people, self.people, _("There is no person “%(code)s” on record.")),
            (
                scope.hours,
                HOURS_OF_THE_WEEK,
                _("“%(code)s” is no hour of the week; write it as “mon-08”."),
            ),
        )
        for named, on_record, sentence in known:
            for code in sorted((named or frozenset()) - on_record):
                raise Refused(sentence % {"code": code})

    def within(self, inner: Scope, outer: Scope) -> bool:
        """Everything in `inner` is in `outer`; a site lies in every place above it."""
        if inner.sites is not None and outer.sites is not None:
            if any(outer.sites.isdisjoint(self.paths[site]) for site in inner.sites):
                return False
            inner, outer = replace(inner, sites=None), replace(outer, sites=None)
        return inner.within(outer)


def scope_values(prefix: str, scope: Scope) -> dict[str, object]:
    """Columns of a scope. Units, people and hours are as sure as possible: they have no prefix."""
    dimensions = {f"{prefix}{name}": getattr(scope, name) for name in ("lines", "sites", "nations")}
    dimensions |= {name: getattr(scope, name) for name in ("units", "people", "hours")}
    return {name: None if codes is None else sorted(codes) for name, codes in dimensions.items()}


def refuse_taken(model: type[Directive] | type[Lift], numbers: Sequence[str]) -> None:
    """Raises Refused for a number that is empty, given twice, or on record already."""
    seen = set(model.objects.filter(number__in=numbers).values_list("number", flat=True))
    for number in numbers:
        if not number.strip():
            raise Refused(_("An order needs its number."))
        if number in seen:
            raise Refused(_("The number %(number)s is taken already.") % {"number": number})
        seen.add(number)


def directives_by_number(numbers: Sequence[str]) -> dict[str, Directive]:
    """The directives with these numbers. Raises Refused for one that is not on record."""
    rows = Directive.objects.select_related("mission").filter(number__in=set(numbers))
    found = {row.number: row for row in rows}
    for number in numbers:
        if number not in found:
            raise Refused(_("There is no directive %(number)s on record.") % {"number": number})
    return found
