"""Indicators: what data say of a restart condition. They propose; a person decides.

Where the data do not say, an indicator proposes nothing, and says why: no news is not good news.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.models import (
    AddresseeKind,
    Condition,
    Consultation,
    Directive,
    Position,
    Verdict,
)
from cadre.directives.queries.levels import AtSite, Levels, at_sites
from cadre.directives.queries.library import NO_INCIDENT
from cadre.directives.queries.mustered import Proposed, mustered
from cadre.directives.queries.posture import Question, World
from cadre.directives.queries.receipts import reached, within
from cadre.directives.queries.scopes import part_of
from cadre.mission.models import Site
from cadre.mission.queries.reading import Reading
from cadre.situation.queries import Around, Near, Wish, incidents, measurable, near


@dataclass(frozen=True)
class Data:
    """What the indicators of one directive look at, as one viewer may see it; read once."""

    viewer: Viewer
    directive: Directive
    on: datetime
    known_on: datetime | None

    @cached_property
    def world(self) -> World:
        return World(self.viewer, known_on=self.known_on)

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.viewer, on=self.on, known_on=self.known_on)

    @cached_property
    def levels(self) -> list[AtSite]:
        mission = self.directive.mission
        levels = Levels(self.viewer, on=self.on, known_on=self.known_on, missions=[mission.pk])
        return at_sites(levels, self.world, mission.code)

    def sites(self, part: Scope) -> list[str]:
        """The sites of the mission that lie in a part, or in which a part lies; by name."""
        paths = self.world.paths
        return [
            code
            for code in self.world.present[self.directive.mission.code]
            if part.sites is None
            or not part.sites.isdisjoint(paths[code])
            or any(code in paths.get(site, ()) for site in part.sites)
        ]


type Indicator = Callable[[Data, Scope, Mapping[str, object]], Proposed]


def host_request_stands(data: Data, part: Scope, _said: Mapping[str, object]) -> Proposed:
    """The line's basis: a request of the host and a mandate."""
    mission = data.directive.mission.code
    of_mission = next((each for each in data.world.missions if each.code == mission), None)
    lines = [each for each in of_mission.lines if part.lines is None or each.code in part.lines] \
        if of_mission else []  # fmt: skip  # one list
    standing = {
        line.name: bool(data.world.rule(Question(mission, line.code), data.on).basis)
        for line in lines
    }
    sentences = tuple(
        _("%(line)s: a request of the host nation and a mandate stand.") % {"line": name}
        if stands
        else _("%(line)s: no request of the host nation and mandate stand.") % {"line": name}
        for name, stands in standing.items()
    )
    if not standing:
        return Proposed(None, (_("No activity line is on record."),))
    return Proposed(Verdict.MET if all(standing.values()) else Verdict.NOT_MET, sentences)


def posture_sustainable(data: Data, part: Scope, _said: Mapping[str, object]) -> Proposed:
    """The level in force at each site, and whether it is held longer than it can be."""
    reached = set(data.sites(part))
    found = [each for each in data.levels if each.code in reached and each.levels]
    if not found:
        return Proposed(None, (_("No protection level is on record for these sites."),))
    verdicts: set[Verdict | None] = set()
    sentences = []
    for site in found:
        for level in site.levels:
            words = {"site": site.name, "level": level.level.row.name if level.level else ""}
            if level.beyond:
                verdicts.add(Verdict.NOT_MET)
                sentences.append(_("%(site)s: %(level)s is held longer than it can be.") % words)
            elif level.nothing or level.held.without_limit:
                verdicts.add(Verdict.MET)
                sentences.append(_("%(site)s: nothing that has a limit is in force.") % words)
            elif level.held.until is not None and level.level is not None:
                verdicts.add(Verdict.MET)
                words["until"] = f"{level.held.until:%Y-%m-%dT%H:%MZ}"
                sentences.append(_("%(site)s: %(level)s can be held until %(until)s.") % words)
            else:
                verdicts.add(None)
                sentences.append(
                    _("%(site)s: which level is in force, or how long it can be held, is not"
                      " stated.") % words
                )  # fmt: skip  # one sentence
    return Proposed(strictest(verdicts), tuple(sentences))


def strictest(verdicts: set[Verdict | None]) -> Verdict | None:
    """Not met wherever it is not; met only where it is everywhere."""
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    return Verdict.MET if verdicts == {Verdict.MET} else None


def nations_consulted(data: Data, part: Scope, _said: Mapping[str, object]) -> Proposed:
    """Each contingent that the part reaches: its latest answer; the silent make it not met."""
    reached = {
        code: name
        for kind, code, name in within(data.viewer, data.directive.mission, part)
        if kind == AddresseeKind.NATION
    }
    if not reached:
        return Proposed(None, (_("No contingent is on record that this part reaches."),))
    latest = answers(data)
    silent = [name for code, name in reached.items() if code not in latest]
    against = [name for code, name in reached.items()
               if code in latest and latest[code].position == Position.OBJECTS]  # fmt: skip
    reserved = [name for code, name in reached.items()
                if code in latest and latest[code].position == Position.RESERVES]  # fmt: skip
    total = len(reached)
    answered = ngettext(
        "%(number)s of one contingent has answered.",
        "%(number)s of %(total)s contingents have answered.",
        total,
    ) % {"number": total - len(silent), "total": total}
    sentences = [answered]
    for names, sentence in (
        (against, _("These object: %(names)s.")),
        (reserved, _("These have a reservation: %(names)s.")),
        (silent, _("These have not answered: %(names)s.")),
    ):
        if names:
            sentences.append(sentence % {"names": ", ".join(names)})
    return Proposed(Verdict.NOT_MET if silent or against else Verdict.MET, tuple(sentences))


def answers(data: Data) -> dict[str, Consultation]:
    """The latest answer of each nation, by code."""
    rows = data.reading.stated(
        Consultation.objects.filter(directive=data.directive, answered_at__lte=data.on)
    )
    return {row.nation: row for row in rows.order_by("answered_at", "recorded_at")}


def no_incident(data: Data, part: Scope, said: Mapping[str, object]) -> Proposed:
    """No incident of at least this severity within this distance for this many days."""
    limits = {name: whole(said.get(name), usual) for name, usual in NO_INCIDENT.items()}
    since = data.on - timedelta(days=limits["days"])
    wish = Wish(since=since, least=limits["severity"])
    sites = Site.objects.visible_to(data.viewer).filter(code__in=data.sites(part))
    if not sites:
        return Proposed(None, (_("No site is on record that this part reaches."),))
    heard = incidents(data.viewer, Wish(since=since), page=1, on=data.on, known_on=data.known_on)
    if not heard.object_list:
        return Proposed(
            None,
            (
                _("No incident of any kind is on record for the last %(days)s days, near or far:"
                  " perhaps nobody reported.") % limits,
            ),
        )  # fmt: skip  # one sentence
    verdicts: set[Verdict | None] = set()
    sentences = []
    for site in sites.order_by("name"):
        around = Around(site, float(limits["km"]))
        found = near(data.viewer, around, wish, on=data.on, known_on=data.known_on)
        verdict, sentence = of_site(site, found, limits)
        verdicts.add(verdict)
        sentences.append(sentence)
    return Proposed(strictest(verdicts), tuple(sentences))


def of_site(
    site: Site, found: tuple[Near, ...], limits: Mapping[str, int]
) -> tuple[Verdict | None, str]:
    clear = [each for each in found if not each.unclear]
    words = {
        "site": site.name,
        "numbers": ", ".join(each.incident.number for each in clear or found),
        **limits,
    }
    if clear:
        return Verdict.NOT_MET, _("%(site)s: %(numbers)s, near, recent and severe enough.") % words
    if found:
        return None, _("%(site)s: it is open whether these count: %(numbers)s.") % words
    if not measurable(site):
        return None, _("%(site)s: its position is not stated, so no distance can be told.") % words
    return Verdict.MET, (
        _("%(site)s: no incident of severity %(severity)s or more within %(km)s km is on record"
          " for the last %(days)s days.") % words
    )  # fmt: skip  # one sentence


def whole(value: object, usual: int) -> int:
    return value if isinstance(value, int) and value >= 0 else usual


def muster_resolved(data: Data, part: Scope, _said: Mapping[str, object]) -> Proposed:
    """Whether everybody in the part is accounted for or formally placed in another state."""
    mission = data.directive.mission
    return mustered(data.viewer, mission, part, on=data.on, known_on=data.known_on)


INDICATORS: Final[Mapping[str, Indicator]] = {
    "host_request_stands": host_request_stands,
    "posture_sustainable": posture_sustainable,
    "nations_consulted": nations_consulted,
    "no_incident": no_incident,
    "muster_resolved": muster_resolved,
}
NAMES: Final[Mapping[str, str | Promise]] = {
    "host_request_stands": gettext_lazy("the host nation's request stands"),
    "posture_sustainable": gettext_lazy("the protection level can be sustained"),
    "nations_consulted": gettext_lazy("the nations have answered"),
    "no_incident": gettext_lazy("no incident near for some days"),
    "muster_resolved": gettext_lazy("everybody is accounted for"),
}


def proposed(
    data: Data, indicator: str, part: Scope, parameters: Mapping[str, object]
) -> Proposed | None:
    """What an indicator proposes of a part; None where the condition has no such indicator."""
    found = INDICATORS.get(indicator)
    return found(data, part, parameters) if found else None


def proposed_of(
    viewer: Viewer, condition: Condition, *, on: datetime, known_on: datetime | None
) -> Proposed | None:
    """The same for one condition."""
    directive = condition.directive
    data = Data(viewer, directive, on, known_on)
    part = part_of(condition, directive.mission.code)
    return proposed(data, condition.indicator, part, condition.parameters)


def consulted(
    viewer: Viewer, directive: Directive, *, on: datetime, known_on: datetime | None
) -> list[tuple[str, str, Consultation | None]]:
    """Every contingent that a directive reaches, as code, name and its latest answer: the silent
    first.
    """
    latest = answers(Data(viewer, directive, on, known_on))
    return [
        (code, name, latest.get(code))
        for kind, code, name in sorted(
            reached(viewer, directive), key=lambda each: (each[1] in latest, each[2])
        )
        if kind == AddresseeKind.NATION
    ]
