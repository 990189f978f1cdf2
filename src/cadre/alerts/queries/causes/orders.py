"""Directives, stops, lifts and levels: who has to know of an order."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse

from cadre.access.models import RoleChoices
from cadre.accountability.models import Warden, WardenList
from cadre.alerts.models import Cause, Lane, Phase, Why
from cadre.alerts.queries.causes.entries import Heard, first_about, following, told_of
from cadre.alerts.queries.new import Group, NewAlert
from cadre.alerts.queries.who import MACHINE, people_at, teachers, with_role
from cadre.core.moments import later
from cadre.core.posture import Posture, Scope
from cadre.directives.models import Confirmation, Directive, Kind, LevelOrder, Lift, ReasonCode
from cadre.directives.queries.levels import scope_of
from cadre.directives.queries.receipts import within
from cadre.directives.queries.reviews import began_at
from cadre.directives.queries.scopes import part_of, surely, widest
from cadre.mission.models import Mission, Person, Site
from cadre.training.queries.impact import AHEAD
from cadre.training.queries.sessions import EVERY, Span, reached

# Why something is stopped that cannot wait for the morning.
PRESSING: Final = frozenset(
    {
        ReasonCode.THREAT_WARNING,
        ReasonCode.INCIDENT,
        ReasonCode.FORCE_PROTECTION,
        ReasonCode.INSIDER,
    }
)


def of_directive(heard: Heard) -> list[NewAlert]:
    """An order that was issued here; what was only reported is told to nobody."""
    row = Directive.objects.select_related("mission", "corrects").get(pk=heard.row)
    if row.reported:
        return []
    phase, first = following(row)
    stop = row.kind == Kind.STOP
    urgent = bool(row.protective_action) and (stop or row.reason_code in PRESSING)
    scope = widest(row)
    return [
        NewAlert(
            cause=Cause.STOP if stop else Cause.DIRECTIVE,
            cause_key=heard.key,
            cause_entry=heard.entry.pk,
            mission=row.mission,
            lane=Lane.LIFE_SAFETY if urgent else Lane.ORDINARY,
            phase=phase,
            first=first,
            about=reverse("directives:directive", args=[row.number]),
            content={
                "number": row.number,
                "effect": "suspend" if row.effect == Posture.SUSPENDED else "restrict",
                "authority": row.authority,
                "effective": began_at(row).isoformat(),
                **scope_values(scope),
            },
            protective_action=row.protective_action,
            marking=row.marking,
            to=concerned(row.mission, scope, at=heard.at),
        )
    ]


def of_confirmation(heard: Heard) -> list[NewAlert]:
    """That a competent authority took a stop over as it is, or amended it: to whoever was told of
    the stop. Refused it is by a lift, of which they are told as well.
    """
    rows = Confirmation.objects.select_related("directive__mission", "corrects")
    row = rows.get(pk=heard.row)
    directive = row.directive
    first = first_about(directive)
    if first is None:
        return []
    return [
        NewAlert(
            cause=Cause.STOP,
            cause_key=heard.key,
            cause_entry=heard.entry.pk,
            mission=directive.mission,
            lane=Lane(first.lane),
            phase=Phase.UPDATE,
            first=first,
            about=reverse("directives:directive", args=[directive.number]),
            content={
                "number": directive.number,
                "outcome": row.outcome,
                "authority": row.authority,
                "note": row.note,
            },
            protective_action=directive.protective_action,
            marking=row.marking,
            to=[told_of(first, Why.THERE)],
        )
    ]


def of_lift(heard: Heard) -> list[NewAlert]:
    """What restarts, and for which scope: to whom that concerns, and to whoever was told of the
    order, wherever he is by now. With the whole of an order lifted its alert is over.
    """
    row = Lift.objects.select_related("directive__mission", "corrects").get(pk=heard.row)
    if row.reported:
        return []
    directive = row.directive
    scope = part_of(row, directive.mission.code)
    phase, first = following(row, first_about(directive))
    whole = surely(directive).within(scope) and row.effective.surely_by(heard.at)
    return [
        NewAlert(
            cause=Cause.LIFT,
            cause_key=heard.key,
            cause_entry=heard.entry.pk,
            mission=directive.mission,
            phase=Phase.ALL_CLEAR if whole and first else phase,
            first=first,
            about=reverse("directives:directive", args=[directive.number]),
            content={
                "number": directive.number,
                "authority": row.authority,
                "effective": said(row.effective.earliest),
                **scope_values(scope),
            },
            marking=row.marking,
            to=[
                *concerned(directive.mission, scope, at=heard.at),
                *([told_of(first, Why.THERE)] if first else []),
            ],
        )
    ]


def of_level(heard: Heard) -> list[NewAlert]:
    """A protection level that was ordered here; one that is raised cannot wait."""
    rows = LevelOrder.objects.select_related("mission", "corrects", "level_from", "level_to__scale")
    row = rows.get(pk=heard.row)
    if row.reported or row.level_to is None:
        return []
    raised = row.level_from is None or row.level_to.rank > row.level_from.rank
    phase, first = following(row)
    scope = scope_of(row)
    return [
        NewAlert(
            cause=Cause.LEVEL,
            cause_key=heard.key,
            cause_entry=heard.entry.pk,
            mission=row.mission,
            lane=Lane.LIFE_SAFETY if raised else Lane.ORDINARY,
            phase=phase,
            first=first,
            about=reverse("directives:level_order", args=[row.number]),
            content={
                "number": row.number,
                "level": row.level_to.name,
                "authority": row.authority,
                "effective": said(row.effective.earliest),
                **({} if row.level_to.means else {"action": "level"}),
                **scope_values(scope),
            },
            protective_action=row.level_to.means or "Follow the measures of this level.",
            marking=row.marking,
            to=concerned(row.mission, scope, at=heard.at, teaching=False),
        )
    ]


def concerned(
    mission: Mission, scope: Scope, *, at: datetime, teaching: bool = True
) -> list[Group]:
    """Whom an order for a scope concerns: who represents its contingents, commands, is on duty and
    protects; wardens there, who teaches what it reaches over the next 72 hours, and who is there.
    """
    nations = [code for kind, code, _name in within(MACHINE, mission, scope) if kind == "nation"]
    representing = with_role(mission, RoleChoices.REPRESENTATIVE, of=nations) if nations else []
    there = people_at(mission, at=at, sites=scope.sites, nations=scope.nations)
    if scope.people is not None:
        named = Person.objects.filter(code__in=scope.people)
        there = list(named.values_list("pk", flat=True))
    return [
        Group(why=Why.REPRESENTS, accounts=representing),
        *staff(mission),
        Group(why=Why.WARDEN, people=wardens_at(mission, scope)),
        Group(why=Why.TEACHES, people=teaching_within(scope, at=at) if teaching else []),
        Group(why=Why.THERE, people=there),
    ]


def staff(mission: Mission) -> list[Group]:
    """Who has to know of everything that happens to a mission."""
    return [
        Group(why=Why.COMMANDS, accounts=with_role(mission, RoleChoices.COMMANDER)),
        Group(why=Why.ON_DUTY, accounts=with_role(mission, RoleChoices.DUTY_OFFICER)),
        Group(why=Why.PROTECTS, accounts=with_role(mission, RoleChoices.FORCE_PROTECTION)),
    ]


def teaching_within(scope: Scope, *, at: datetime) -> list[UUID]:
    keys, _total = reached(MACHINE, scope, Span(at, later(at, AHEAD[0]), EVERY))
    return teachers(keys, at=at)


def wardens_at(mission: Mission, scope: Scope) -> list[UUID]:
    """The wardens of lists that lie in a scope's places or around them, or in no place."""
    lists = WardenList.objects.filter(mission=mission, dropped=False).select_related("site")
    above: set[str] = set()
    for path in Site.objects.filter(code__in=scope.sites or ()).values_list("path", flat=True):
        above.update(path)
    meant = [
        each.pk
        for each in lists
        if scope.sites is None
        or each.site is None
        or each.site.code in above
        or not scope.sites.isdisjoint(each.site.path)
    ]
    rows = Warden.objects.filter(list__in=meant, dropped=False).order_by("position")
    return list(rows.values_list("person_id", flat=True))


def scope_values(scope: Scope) -> dict[str, object]:
    dimensions = {"lines": scope.lines, "sites": scope.sites, "nations": scope.nations}
    return {name: None if codes is None else sorted(codes) for name, codes in dimensions.items()}


def said(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
