"""What keeps a part of a directive from being lifted: exactly what is missing, in sentences."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from cadre.access import looks
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core import conditions as core
from cadre.core import reviews
from cadre.core.conditions import Standing, State
from cadre.core.lifecycles import CONDITION, DIRECTIVE, REVIEW, Event, Force
from cadre.core.moments import Moment
from cadre.core.posture import Scope
from cadre.core.releasability import OPERATOR, Viewer
from cadre.directives.models import Directive, Lift, LiftProposal, Review
from cadre.directives.queries.competence import require_to_lift
from cadre.directives.queries.levels import Levels, at_sites
from cadre.directives.queries.library import BY_KEY
from cadre.directives.queries.posture import Question, World
from cadre.directives.queries.restart import Said, as_core, conditions
from cadre.directives.queries.scopes import part_of
from cadre.mission.models import ActivityLine
from cadre.mission.queries.reading import Reading


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: its kind, for programs, and the sentence for people."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be lifted: a part of a directive from a moment on, and who asked for it first."""

    directive: Directive
    part: Scope
    effective: Moment
    proposed_by: str = ""


def missing(viewer: Viewer, asked: Asked, *, at: datetime) -> tuple[Missing, ...]:
    """Everything that keeps `viewer` from lifting this at a moment; nothing where he may.

    It is worked out from the whole record, not only from what the viewer may see: a condition that
    is secret to him keeps the gate shut all the same, and is then told of without its words.
    """
    seen = {
        each.row.pk for each in conditions(Reading(viewer, on=at, known_on=None), asked.directive)
    }
    known = forbidden(asked, World(viewer, known_on=None), at)
    with seeing(OPERATOR), looks.noted():  # what is read here is not shown to the viewer
        world = World(OPERATOR, known_on=None)
        return (
            *people(viewer, asked),
            *unmet(asked, seen, world, at),
            *basis(asked, world, at),
            *level(forbidden(asked, world, at), known),
            *review(asked, at),
            *already(asked, at),
            *moment(asked, at),
        )


def people(viewer: Viewer, asked: Asked) -> Iterator[Missing]:
    try:
        require_to_lift(viewer, asked.directive, asked.directive.mission.code)
    except NotAllowed as refusal:
        yield Missing("competence", str(refusal))
    if asked.proposed_by and asked.proposed_by == (viewer.account or viewer.name):
        yield Missing(
            "second person", _("Another person than the one who proposed it has to lift it.")
        )


def unmet(asked: Asked, seen: Collection[UUID], world: World, at: datetime) -> Iterator[Missing]:
    every = {str(each.row.pk): each for each in conditions(whole(at), asked.directive)}
    bearing = core.bearing_on(asked.part, map(as_core, every.values()), world.paths)
    if not bearing:
        yield Missing("condition", _("No restart condition is written for this part."))
    for condition in bearing:
        stands = core.standing(condition, at)
        if not CONDITION.allows(stands.state, Event.LIFT):
            said = every[condition.key]
            words = text_of(said) if said.row.pk in seen else ""
            yield Missing("condition", sentence(stands, words))


def whole(at: datetime) -> Reading:
    return Reading(OPERATOR, on=at, known_on=None)


def text_of(said: Said) -> str:
    usual = BY_KEY.get(said.row.library)
    return str(usual.text) if usual else said.row.text


def sentence(stands: Standing, text: str) -> str:
    if not text:
        return _("A condition that you may not see is not met.")
    sentences = {
        "stale": _("Its evidence is stale: %(text)s"),
        "disputed": _("Something speaks against it since it was found met: %(text)s"),
        "waiver ended": _("Its waiver has ended: %(text)s"),
        State.NOT_MET: _("Not met: %(text)s"),
        State.NOT_ASSESSED: _("Not assessed: %(text)s"),
    }
    return sentences[stands.why or stands.state] % {"text": text}


def basis(asked: Asked, world: World, at: datetime) -> Iterator[Missing]:
    """A line without a standing request of the host and a mandate cannot run."""
    mission = asked.directive.mission
    rows = whole(at).stated(ActivityLine.objects.filter(mission=mission))
    lines = asked.part.lines or frozenset(rows.values_list("code", flat=True))
    for line in sorted(lines):
        if not world.rule(Question(mission.code, line), at).basis:
            yield Missing(
                "host request",
                _("No request of the host nation and mandate stand for the line “%(line)s”.")
                % {"line": line},
            )


type Forbidden = dict[tuple[str, str], str]  # the sentence for a site and a line, by code


def forbidden(asked: Asked, world: World, at: datetime) -> Forbidden:
    """What the level in force forbids of a part, as far as the viewer of this world sees it."""
    mission = asked.directive.mission
    levels = Levels(world.viewer, on=at, known_on=None, missions=[mission.pk])
    lines = {
        line.code
        for each in world.missions
        if each.code == mission.code
        for line in each.lines
        if asked.part.lines is None or line.code in asked.part.lines
    }
    return {
        (site.code, line): _(
            "The protection level in force at %(site)s forbids the line “%(line)s”."
        )
        % {"site": site.name, "line": line}
        for site in at_sites(levels, world, mission.code)
        if core.meet(asked.part, Scope(mission.code, sites=frozenset({site.code})), world.paths)
        for line in sorted(line for line in lines if site.forbids(line))
    }


def level(really: Forbidden, known: Forbidden) -> Iterator[Missing]:
    """What is forbidden does not restart; of what the viewer may not see it tells no more."""
    for key in really:
        if key in known:
            yield Missing("protection level", known[key])
    if really.keys() - known.keys():
        yield Missing(
            "protection level",
            _("A protection level that you may not see forbids something of it."),
        )


def review(asked: Asked, at: datetime) -> Iterator[Missing]:
    directive = asked.directive
    held = whole(at).stated(Review.objects.filter(directive=directive, held_at__lte=at))
    last = held.order_by("-held_at").first()
    state = reviews.Due(last.next_at if last else directive.first_review_at).state(at)
    if not REVIEW.allows(state, Event.LIFT):
        sentences = {
            reviews.State.NOT_DATED: _("No review of it has a date: hold one first."),
            reviews.State.OVERDUE: _("Its review is overdue: hold it first."),
        }
        yield Missing("review", sentences[state])


def already(asked: Asked, at: datetime) -> Iterator[Missing]:
    mission = asked.directive.mission.code
    for lift in whole(at).stated(Lift.objects.filter(directive=asked.directive)):
        covered = asked.part.within(part_of(lift, mission))
        if not DIRECTIVE.allows(Force.LIFTED if covered else Force.IN_FORCE, Event.LIFT_PART):
            yield Missing(
                "already lifted",
                _("This part was lifted already, by %(number)s.") % {"number": lift.number},
            )


def moment(asked: Asked, at: datetime) -> Iterator[Missing]:
    earliest = asked.effective.earliest
    if asked.effective.stated and (earliest is None or earliest < at):
        yield Missing(
            "moment",
            _("The moment from which it was to run has passed, or is open: propose it anew."),
        )


def asked_by(proposal: LiftProposal, part: Scope) -> Asked:
    return Asked(proposal.directive, part, proposal.effective, proposal.recorded_by)
