"""Missions: what each is, on what it rests, who takes part, and who said so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _

from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission.models import (
    ActivityLine,
    Appointment,
    Authorisation,
    HostRequest,
    HostRequestWithdrawal,
    Mandate,
    Mission,
    Presence,
    Relation,
    RelationKind,
    Task,
)
from cadre.mission.queries.basis import withdrawals
from cadre.mission.queries.contributions import ContributionLine, ListLine, contributions, lists
from cadre.mission.queries.contributions import as_said as quantity_in
from cadre.mission.queries.posts import PostLine, posts_of
from cadre.mission.queries.reading import Book, Fact, Reading, Told, of_one_world
from cadre.record.models import Claim
from cadre.record.queries import claims_about
from cadre.record.queries.answers import as_said

type Standing = Literal["in force", "perhaps", "earlier"]

COMMANDER = "commander"
POSTS = 25  # of a mission on its own page; the list of posts has them all


@dataclass(frozen=True, slots=True)
class MissionLine:
    """One mission in the list."""

    mission: Mission
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True)
class Version[M: (Mandate, Appointment)]:
    """A mandate or an appointment, and whether it holds at the moment asked about.

    "perhaps": when it began is not stated closely enough to tell.
    """

    told: Told[M]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Unrelated:
    """Relations to another mission of which nobody said whether they hold."""

    other: Mission
    kinds: tuple[str, ...]  # labels


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A host nation's request, what was authorised on it, and its withdrawals."""

    told: Told[HostRequest]
    withdrawals: tuple[Told[HostRequestWithdrawal], ...]
    authorisations: tuple[Told[Authorisation], ...]

    @property
    def withdrawn(self) -> bool:
        return bool(self.withdrawals)


@dataclass(frozen=True, slots=True)
class MissionView:
    """Everything about one mission, as of a moment, as known on another."""

    mission: Mission
    facts: tuple[Fact, ...]
    mandates: tuple[Version[Mandate], ...]
    appointments: tuple[Version[Appointment], ...]
    lines: tuple[Told[ActivityLine], ...]
    relations: tuple[Told[Relation], ...]
    unrelated: tuple[Unrelated, ...]
    contributions: tuple[ContributionLine, ...]
    lists: tuple[ListLine, ...]
    requests: tuple[RequestLine, ...]
    sites: tuple[Told[Presence], ...]
    posts: tuple[PostLine, ...]
    more_posts: bool
    tasks: tuple[Task, ...]
    also: tuple[Claim, ...]


def missions(viewer: Viewer, *, on: datetime, known_on: datetime | None) -> list[MissionLine]:
    """The missions that are known of, by code, with their activity lines."""
    reading = Reading(viewer, on=on, known_on=known_on)
    by_mission: dict[object, list[ActivityLine]] = {}
    for line in reading.stated(ActivityLine.objects.order_by("name")):
        by_mission.setdefault(line.mission_id, []).append(line)
    return [
        MissionLine(row, tuple(by_mission.get(row.pk, ())))
        for row in reading.stated(Mission.objects.order_by("code"))
    ]


def find(viewer: Viewer, code: str) -> Mission | None:
    """The mission with a code; None when the viewer may know of none."""
    return Mission.objects.visible_to(viewer).filter(code=code).first()


def mission(
    viewer: Viewer, code: str, *, on: datetime, known_on: datetime | None
) -> MissionView | None:
    """One mission with everything; None when none with this code is known of."""
    reading = Reading(viewer, on=on, known_on=known_on)
    row = reading.stated(Mission.objects.filter(code=code)).first()
    if row is None:
        return None
    mandates = list(reading.stated(row.mandates.all()))
    lines = list(reading.stated(row.lines.order_by("name")))
    relations = list(reading.stated(row.relations.select_related("other_mission")))
    appointments = list(reading.stated(row.appointments.all()))
    presences = list(reading.stated(row.presences.select_related("site").order_by("site__path")))
    book = reading.book(mandates, lines, relations, appointments, presences)
    offices = in_office(appointments, book, on)
    about = claims_about(viewer, row.subjects, known_on=known_on, on=on)
    facts = facts_of(row, offices, about)
    shown = posts_of(reading, row, POSTS + 1)
    return MissionView(
        mission=row,
        facts=facts,
        mandates=versions(mandates, book, on),
        appointments=offices,
        lines=book.tell(lines),
        relations=book.tell(relations),
        unrelated=unrelated(reading, row, relations),
        contributions=contributions(reading, row),
        lists=lists(reading, row),
        requests=requests(reading, row),
        sites=book.tell(presences),
        posts=shown[:POSTS],
        more_posts=len(shown) > POSTS,
        tasks=tuple(reading.described(row.tasks.visible_to(viewer).select_related("post"))),
        also=unused(about, facts),
    )


def versions[M: (Mandate, Appointment)](
    rows: Iterable[M], book: Book, on: datetime
) -> tuple[Version[M], ...]:
    """Rows that may have begun by `on`, latest first. The last that surely has is in force."""
    begun = [row for row in rows if row.since.perhaps_by(on)]
    begun.sort(key=lambda row: (row.since.surely_by(on), *order(row.since)), reverse=True)
    sure = [row for row in begun if row.since.surely_by(on)]
    return tuple(Version(Told(row, book.of(row)), standing(row, sure)) for row in begun)


def standing(row: Mandate | Appointment, sure: Sequence[Mandate | Appointment]) -> Standing:
    if row not in sure:
        return "perhaps"
    return "in force" if row is sure[0] else "earlier"


def order(moment: Moment) -> tuple[float, float]:
    return (
        moment.latest.timestamp() if moment.latest else 0.0,
        moment.earliest.timestamp() if moment.earliest else 0.0,
    )


def in_office(
    rows: Sequence[Appointment], book: Book, on: datetime
) -> tuple[Version[Appointment], ...]:
    """Appointments by office; in each office the latest that has surely begun is in force."""
    offices = sorted({row.office for row in rows})
    return tuple(
        each
        for office in offices
        for each in versions([row for row in rows if row.office == office], book, on)
    )


def facts_of(
    row: Mission, offices: Sequence[Version[Appointment]], about: Sequence[Claim]
) -> tuple[Fact, ...]:
    """The mission's values by name; each with the claims about it of the matching attribute."""

    def fact(key: str, label: str, value: object, *attributes: str) -> Fact:
        said = [claim for claim in about if claim.attribute in attributes]
        if not said and value is not None:
            said = [claim for claim in about if claim.pk in row.claims]
        return Fact(key, label, value, tuple(as_said(claim) for claim in said))

    commanders = [
        each for each in offices
        if each.told.row.office.casefold() == COMMANDER and each.standing != "earlier"
    ]  # fmt: skip
    return (
        fact("status", str(_("The mission itself")), status_of(about), "status"),
        fact("nature", str(_("Nature")), row.nature or None, "nature", "kind"),
        fact("combat", str(_("Combat tasks")), combat_word(combat=row.combat), "nature", "kind"),
        fact("area", str(_("Area")), row.area or None, "area", "purpose"),
        fact("established", str(_("Established")), row.established, "established"),
        Fact(
            "commander",
            str(_("Commander")),
            "; ".join(each.told.row.holder for each in commanders) or None,
            tuple(said for each in commanders for said in each.told.said),
        ),
        fact("size", str(_("Size, as it was said")), size_of(about), "size"),
    )


def combat_word(*, combat: bool | None) -> str | None:
    if combat is None:
        return None
    return str(_("yes")) if combat else str(_("none: a non-combat mission"))


def status_of(about: Sequence[Claim]) -> str | None:
    """How the mission as such stands, in the words of whoever said it; whether its activity lines
    run is another question, which posture answers.
    """
    said = dict.fromkeys(claim.value for claim in about if claim.attribute == "status")
    return "; ".join(said) or None


def size_of(about: Sequence[Claim]) -> object:
    """The size of the whole as it was said; never a sum of the parts."""
    for claim in about:
        if claim.attribute == "size":
            return quantity_in(claim.value.strip(' "“”'))
    return None


def unused(about: Iterable[Claim], facts: Iterable[Fact]) -> tuple[Claim, ...]:
    """What is on record about the mission beyond its facts."""
    used = {said.claim for fact in facts for said in fact.said}
    return tuple(claim for claim in about if str(claim.pk) not in used)


def unrelated(
    reading: Reading, row: Mission, relations: Sequence[Relation]
) -> tuple[Unrelated, ...]:
    """For each other mission the kinds of relation that nobody stated, in either direction."""
    theirs = reading.stated(Relation.objects.filter(other_mission=row))
    stated = {(each.other_mission_id, each.kind) for each in relations}
    stated |= {
        (each.mission_id, each.kind) for each in theirs if each.kind == RelationKind.SISTER_OF
    }
    found = []
    others = of_one_world(Mission.objects.exclude(pk=row.pk), row)
    for other in reading.stated(others.order_by("code")):
        kinds = tuple(
            str(kind.label) for kind in RelationKind if (other.pk, kind.value) not in stated
        )
        if kinds:
            found.append(Unrelated(other, kinds))
    return tuple(found)


def requests(reading: Reading, row: Mission) -> tuple[RequestLine, ...]:
    """The host's requests with what rests on each."""
    rows = list(reading.stated(row.host_requests.select_related("host")))
    gone = withdrawals(reading.viewer, rows, known_on=reading.known_on, began=reading.began)
    opened = list(reading.stated(row.authorisations.select_related("mandate")))
    book = reading.book(rows, gone, opened)
    return tuple(
        RequestLine(
            told=told,
            withdrawals=book.tell(each for each in gone if each.request_id == told.row.pk),
            authorisations=book.tell(
                each for each in opened if each.host_request_id == told.row.pk
            ),
        )
        for told in book.tell(rows)
    )
