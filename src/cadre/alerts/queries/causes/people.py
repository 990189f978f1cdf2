"""Musters, holds, movements and changes of sessions: what concerns people by name or by place."""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse

from cadre.access.models import Role, RoleChoices
from cadre.accountability.models import (
    Movement,
    MovementEnd,
    Muster,
    MusterEnd,
    MusterEntry,
    NextOfKinHold,
    Warden,
)
from cadre.alerts.models import Alert, Cause, Lane, Phase, Why
from cadre.alerts.queries.causes.entries import Heard, first_about, following, told_of
from cadre.alerts.queries.causes.orders import staff, wardens_at
from cadre.alerts.queries.new import Group, NewAlert
from cadre.alerts.queries.who import people_at, teachers
from cadre.core.posture import Scope
from cadre.core.releasability import Marking
from cadre.record.models import Entry
from cadre.training.models import Session

SOON: Final = timedelta(days=14)  # a change to what comes later can be read in the plan


def of_muster(heard: Heard) -> list[NewAlert]:
    """Everybody who is counted is asked; the wardens are told to count."""
    row = Muster.objects.select_related("mission", "corrects").get(pk=heard.row)
    phase, first = following(row)
    entries = MusterEntry.objects.filter(muster=row, excluded="")
    lists = entries.filter(list__isnull=False).values("list")
    counting = Warden.objects.filter(list__in=lists, dropped=False)
    written = row.protective_action
    asked = NewAlert(
        cause=Cause.MUSTER,
        cause_key=heard.key,
        cause_entry=heard.entry.pk,
        mission=row.mission,
        lane=Lane.LIFE_SAFETY,
        phase=phase,
        first=first,
        about=reverse("accountability:muster", args=[row.number]),
        content={
            "muster": row.number,
            "title": row.title,
            **({} if written else {"action": "muster"}),
        },
        protective_action=written or "Go to a safe place and say how you are.",
        exercise=row.exercise,
        marking=row.marking,
        to=[Group(why=Why.COUNTED, people=list(entries.values_list("person_id", flat=True)))],
    )
    return [asked, *to_wardens(asked, list(counting.values_list("person_id", flat=True)))]


def to_wardens(asked: NewAlert, wardens: list[UUID]) -> list[NewAlert]:
    """The page of their list, at once: nobody waits for them to acknowledge it."""
    if not wardens or asked.phase != Phase.FIRST:
        return []
    return [
        replace(
            asked,
            cause_key=f"{asked.cause_key}:wardens",
            to=[Group(why=Why.WARDEN, people=wardens)],
            asks=False,
        )
    ]


def of_muster_end(heard: Heard) -> list[NewAlert]:
    """The all-clear goes to everybody who was told of the muster, whoever stood in too."""
    row = MusterEnd.objects.select_related("muster__mission").get(pk=heard.row)
    first = first_about(row.muster)
    return [] if first is None else [all_clear(heard, first, {"title": row.muster.title})]


def all_clear(heard: Heard, first: Alert, content: dict[str, object]) -> NewAlert:
    return NewAlert(
        cause=Cause(first.cause),
        cause_key=heard.key,
        cause_entry=heard.entry.pk,
        mission=first.mission,
        lane=Lane(first.lane),
        phase=Phase.ALL_CLEAR,
        first=first,
        about=first.about,
        content=content,
        exercise=first.exercise,
        marking=first.marking,
        to=[told_of(first, Why.COUNTED if first.cause == Cause.MUSTER else Why.THERE)],
    )


def of_hold(heard: Heard) -> list[NewAlert]:
    """The representatives of the person's own nation and nobody else, whatever its marking."""
    row = NextOfKinHold.objects.select_related("person__nation").get(pk=heard.row)
    nation = row.person.nation.code
    held = Role.objects.filter(
        role=RoleChoices.REPRESENTATIVE,
        ended_at__isnull=True,
        account__is_active=True,
        account__affiliations__contains=[nation],
    )
    return [
        NewAlert(
            cause=Cause.HOLD,
            cause_key=heard.key,
            cause_entry=heard.entry.pk,
            about=reverse("accountability:holds"),
            marking=Marking(row.marking.classification, frozenset({nation})),
            to=[
                Group(
                    why=Why.REPRESENTS,
                    accounts=list(held.values_list("account_id", flat=True).distinct()),
                )
            ],
        )
    ]


def of_movement(heard: Heard) -> list[NewAlert]:
    """Who is at the place that is left, or where people are to stay."""
    row = Movement.objects.select_related("mission", "from_site", "corrects").get(pk=heard.row)
    phase, first = following(row)
    scope = Scope(row.mission.code, sites=frozenset({row.from_site.code}))
    there = people_at(row.mission, at=heard.at, sites=scope.sites)
    return [
        NewAlert(
            cause=Cause.MOVEMENT,
            cause_key=heard.key,
            cause_entry=heard.entry.pk,
            mission=row.mission,
            lane=Lane.LIFE_SAFETY,
            phase=phase,
            first=first,
            about=reverse("accountability:movement", args=[row.number]),
            content={
                "number": row.number,
                "kind": row.kind,
                "sites": [row.from_site.code],
                "action": "movement",
            },
            protective_action="Get ready, stay with your people, and wait for instructions.",
            exercise=row.exercise,
            marking=row.marking,
            to=[
                *staff(row.mission),
                Group(why=Why.WARDEN, people=wardens_at(row.mission, scope)),
                Group(why=Why.THERE, people=there),
            ],
        )
    ]


def of_movement_end(heard: Heard) -> list[NewAlert]:
    row = MovementEnd.objects.select_related("movement").get(pk=heard.row)
    first = first_about(row.movement)
    return [] if first is None else [all_clear(heard, first, {"number": row.movement.number})]


def of_session(heard: Heard) -> list[NewAlert]:
    """A session that takes place at another time or place than was known: told to who teaches it,
    while it lies ahead and is near.
    """
    row = Session.objects.select_related("mission", "site").get(pk=heard.row)
    begins, ends = row.during.lower, row.during.upper
    if not moved(heard.entry) or not heard.at <= begins < heard.at + SOON:
        return []
    return [
        NewAlert(
            cause=Cause.SESSION,
            cause_key=f"{heard.key}:{heard.entry.pk}",
            cause_entry=heard.entry.pk,
            mission=row.mission,
            about=reverse("training:sessions", args=[row.mission.code]),
            content={
                "title": row.title,
                "begins": begins.isoformat(),
                "ends": ends.isoformat(),
                "sites": [row.site.code],
            },
            marking=row.marking,
            to=[Group(why=Why.TEACHES, people=teachers([row.pk], at=begins))],
        )
    ]


def moved(entry: Entry) -> bool:
    """Time or place differ from the version before this one."""
    before = (
        Entry.objects.filter(table=entry.table, row=entry.row, written_at__lt=entry.written_at)
        .order_by("-written_at")
        .values_list("content", flat=True)
        .first()
    )
    names = ("during", "site_id")
    return before is None or any(before.get(each) != entry.content.get(each) for each in names)
