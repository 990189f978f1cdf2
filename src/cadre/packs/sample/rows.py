"""The planned mission as rows: bulk inserts, one transaction, whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadre.access.models import marking_values
from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.directives.models import Clock, Directive, Effect, Lift, Timing
from cadre.mission.actions import marking_of_person
from cadre.mission.models import (
    ActivityLine,
    Authorisation,
    Contribution,
    Holding,
    HostRequest,
    Mandate,
    Mission,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    Presence,
    Site,
)
from cadre.packs.sample.incidents import make_incidents
from cadre.packs.sample.names import FICTIONAL, LINES, NATIONS
from cadre.packs.sample.plan import HOST, MISSION, Plan, PlannedDirective, Wish
from cadre.packs.sample.programme import plan_programme
from cadre.packs.sample.protection import make_protection
from cadre.packs.sample.teaching import make_programme
from cadre.record.fields import moment_values
from cadre.record.models import Claim, Source, StatusChoices

PACK = "fictional"
BATCH = 2_000
# These nations do not release their people's names to the mission: it sees how many, not who.
WITHHELD = frozenset({"FR", "TR", "GR", "HU", "IS", "PT"})


@dataclass(frozen=True, slots=True)
class Making:
    """Who makes the rows, when, and what they have in common."""

    wish: Wish
    by: Viewer
    at: datetime

    @property
    def start(self) -> Moment:
        return Moment.parse(self.wish.start.isoformat())

    def stated(self, known_from: date | None = None) -> dict[str, object]:
        return {
            "pack": PACK,
            "recorded_at": self.at,
            "recorded_by": self.by.account or self.by.name,
            "known_from": instant(known_from or self.wish.start),
        }


def instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def moment(day: date) -> Moment:
    return Moment.parse(day.isoformat())


def make(plan: Plan, making: Making) -> dict[str, int]:
    """Inserts everything and counts it by kind."""
    mission = make_mission(making)
    organisations = make_organisations()
    sites = make_sites(plan)
    make_basis(mission, organisations[HOST], making)
    make_presences(mission, sites.values(), making)
    people = make_people(plan, mission, organisations, sites)
    make_contributions(plan, mission, organisations, making)
    directives = make_directives(plan, mission, making)
    programme = plan_programme(making.wish, plan)
    make_protection(plan, mission, making.stated())
    make_incidents(plan, sites, making.stated())
    sessions = make_programme(programme, mission, sites, pack=PACK, batch=BATCH)
    return {
        "sites": len(sites),
        "people": people,
        "directives": directives,
        "courses": len(programme.courses),
        "sessions": sessions,
    }


def make_mission(making: Making) -> Mission:
    source = Source.objects.create(
        name="scenario",
        kind="scenario",
        title=f"Scenario of the fictional mission {FICTIONAL}",
        author="Cadre",
        language="en",
        note=making.wish.text,
        **moment_values("published", making.start),
        **making.stated(),
    )
    claim = Claim.objects.create(
        source=source,
        reference="X1",
        subject=MISSION,
        attribute="nature",
        value=f"non-combat {FICTIONAL}",
        summary="Everything about this mission is made up from a seed number.",
        said_by=["scenario"],
        sentences=[],
        status=StatusChoices.STATED,
        **moment_values("when", making.start),
        **making.stated(),
    )
    return Mission.objects.create(
        code=MISSION,
        name=f"Training mission Fictonia {FICTIONAL}",
        combat=False,
        nature="train-and-advise",
        area=f"Fictonia {FICTIONAL}",
        subjects=[MISSION],
        claims=[claim.pk],
        **moment_values("established", making.start),
        **making.stated(),
    )


def make_organisations() -> dict[str, Organisation]:
    """The nations that are not on record yet, and the host. One that is stays as it is."""
    wanted = {code: (name, OrganisationKind.NATION) for code, name in NATIONS}
    wanted[HOST] = (f"Fictonia {FICTIONAL}", OrganisationKind.NATION)
    wanted[MISSION] = (f"Training mission Fictonia {FICTIONAL}", OrganisationKind.ORGANISATION)
    there = {row.code: row for row in Organisation.objects.filter(code__in=wanted)}
    new = [
        Organisation(code=code, name=name, kind=kind, pack=PACK)
        for code, (name, kind) in wanted.items()
        if code not in there
    ]
    return there | {row.code: row for row in Organisation.objects.bulk_create(new)}


def make_sites(plan: Plan) -> dict[str, Site]:
    made: dict[str, Site] = {}
    for depth in sorted({len(site.path) for site in plan.sites}):
        level = [
            Site(
                code=site.code,
                name=site.name,
                kind=site.kind,
                parent=made.get(site.path[-2]) if depth > 1 else None,
                path=list(site.path),
                latitude=site.latitude,
                longitude=site.longitude,
                capacity=site.capacity,
                pack=PACK,
            )
            for site in plan.sites
            if len(site.path) == depth
        ]
        made |= {row.code: row for row in Site.objects.bulk_create(level, batch_size=BATCH)}
    return made


def make_basis(mission: Mission, host: Organisation, making: Making) -> None:
    said = making.stated()
    mandate = Mandate.objects.create(
        mission=mission,
        wording=f"Train and advise the forces of Fictonia; no combat {FICTIONAL}",
        **moment_values("since", making.start),
        **said,
    )
    lines = [ActivityLine(mission=mission, code=code, name=name, **said) for code, name in LINES]
    ActivityLine.objects.bulk_create(lines)
    request = HostRequest.objects.create(
        mission=mission,
        host=host,
        wording=f"The government of Fictonia asks for the mission {FICTIONAL}",
        form="exchange of letters",
        made=making.start,
        **said,
    )
    Authorisation.objects.create(
        mission=mission,
        host_request=request,
        mandate=mandate,
        **moment_values("begins", making.start),
        **said,
    )


def make_presences(mission: Mission, sites: Iterable[Site], making: Making) -> None:
    rows = [
        Presence(mission=mission, site=site, since=making.start, **making.stated())
        for site in sites
        if site.kind == "site"
    ]
    Presence.objects.bulk_create(rows, batch_size=BATCH)


def make_people(
    plan: Plan,
    mission: Mission,
    organisations: dict[str, Organisation],
    sites: dict[str, Site],
) -> int:
    people, posts, holdings = [], [], []
    for planned in plan.people:
        nation = organisations[planned.nation]
        shared = () if planned.nation in WITHHELD else (MISSION,)
        marking = marking_values(marking_of_person(planned.nation, shared_with=shared))
        person = Person(
            code=planned.code,
            name=planned.name,
            rank=planned.rank,
            nation=nation,
            email=f"{planned.code.lower()}@fictional.invalid",
            language="en",
            pack=PACK,
            **marking,
        )
        post = Post(
            code=f"P-{planned.code}",
            title=planned.title,
            mission=mission,
            line=planned.line,
            nation=nation,
            site=sites[planned.site],
            pack=PACK,
        )
        span = DateTimeTZRange(instant(planned.begins), instant(planned.ends))
        people.append(person)
        posts.append(post)
        holdings.append(Holding(post=post, person=person, during=span, pack=PACK, **marking))
    Person.objects.bulk_create(people, batch_size=BATCH)
    Post.objects.bulk_create(posts, batch_size=BATCH)
    Holding.objects.bulk_create(holdings, batch_size=BATCH)
    return len(people)


def make_contributions(
    plan: Plan, mission: Mission, organisations: dict[str, Organisation], making: Making
) -> None:
    """What each nation says it lends; every third nation says it vaguely."""
    counted: dict[str, int] = {}
    for person in plan.people:
        counted[person.nation] = counted.get(person.nation, 0) + 1
    rows = [
        Contribution(
            mission=mission,
            organisation=organisations[code],
            quantity=f"around {round(number, -1) or number}" if index % 3 == 0 else f"{number}",
            roles="trainers, advisers, support",
            when=making.start,
            **making.stated(),
        )
        for index, (code, number) in enumerate(sorted(counted.items()))
    ]
    Contribution.objects.bulk_create(rows, batch_size=BATCH)


def make_directives(plan: Plan, mission: Mission, making: Making) -> int:
    directives, timings, lifts = [], [], []
    for planned in plan.directives:
        row = directive_of(planned, mission, making)
        said = making.stated(planned.effective)
        directives.append(row)
        timings += [
            Timing(
                directive=row,
                clock=clock,
                **moment_values("moment", moment(planned.effective)),
                **said,
            )
            for clock in (Clock.DECIDED, Clock.EFFECTIVE)
        ]
        if planned.lifted:
            lifts.append(lift_of(planned, row, making))
    Directive.objects.bulk_create(directives, batch_size=BATCH)
    Timing.objects.bulk_create(timings, batch_size=BATCH)
    Lift.objects.bulk_create(lifts, batch_size=BATCH)
    return len(directives)


def directive_of(planned: PlannedDirective, mission: Mission, making: Making) -> Directive:
    scope = {"lines": planned.lines, "sites": planned.sites, "nations": planned.nations}
    listed = {name: None if codes is None else list(codes) for name, codes in scope.items()}
    return Directive(
        number=planned.number,
        mission=mission,
        effect=Effect.SUSPEND if planned.effect == "suspend" else Effect.RESTRICT,
        authority=planned.authority,
        temporary=True,
        reason_code=planned.reason_code,
        reason=planned.reason,
        **{f"sure_{name}": codes for name, codes in listed.items()},
        **{f"perhaps_{name}": codes for name, codes in listed.items()},
        **making.stated(planned.effective),
    )


def lift_of(planned: PlannedDirective, row: Directive, making: Making) -> Lift:
    day, sites = planned.lifted or (planned.effective, None)
    kept = sites if sites is not None else planned.sites
    return Lift(
        directive=row,
        number=f"{planned.number}-L1",
        authority=planned.authority,
        lines=None if planned.lines is None else list(planned.lines),
        sites=None if kept is None else list(kept),
        nations=None if planned.nations is None else list(planned.nations),
        reason=f"Escorts are back {FICTIONAL}",
        **moment_values("effective", moment(day)),
        **making.stated(day),
    )
