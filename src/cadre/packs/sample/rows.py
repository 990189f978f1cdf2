"""The planned mission as rows: bulk inserts, one transaction, whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.directives.models import Clock, Directive, Effect, Lift, Timing
from cadre.mission.models import (
    ActivityLine,
    Authorisation,
    Contribution,
    HostRequest,
    Mandate,
    Mission,
    Organisation,
    OrganisationKind,
    Presence,
    Site,
)
from cadre.packs.sample.counting import Counting
from cadre.packs.sample.incidents import make_incidents
from cadre.packs.sample.names import FICTIONAL, LINES, NATIONS
from cadre.packs.sample.people import make_guests, make_people
from cadre.packs.sample.plan import (
    BATCH,
    HOST,
    MISSION,
    PACK,
    Plan,
    PlannedDirective,
    Wish,
    instant,
)
from cadre.packs.sample.programme import plan_programme
from cadre.packs.sample.protection import make_protection
from cadre.packs.sample.risks import make_risks
from cadre.packs.sample.stays import plan_stays
from cadre.packs.sample.teaching import make_programme
from cadre.packs.sample.wardens import plan_lists
from cadre.record.fields import moment_values
from cadre.record.models import Claim, Source, StatusChoices


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


def moment(day: date) -> Moment:
    return Moment.parse(day.isoformat())


def make(plan: Plan, making: Making) -> dict[str, int]:
    """Inserts everything and counts it by kind."""
    mission = make_mission(making)
    organisations = make_organisations()
    sites = make_sites(plan)
    make_basis(mission, organisations[HOST], making)
    make_presences(mission, sites.values(), making)
    people = make_people(plan, mission, organisations, sites, making.wish)
    stays = plan_stays(making.wish, plan)
    make_guests(stays, organisations, making.wish)
    make_contributions(plan, mission, organisations, making)
    directives = make_directives(plan, mission, making)
    programme = plan_programme(making.wish, plan)
    make_protection(plan, mission, making.stated())
    make_incidents(plan, sites, making.stated())
    make_risks(plan, mission, making.stated())
    sessions = make_programme(programme, mission, sites, pack=PACK, batch=BATCH)
    counting = Counting(mission, sites, making.stated(), BATCH)
    counting.make_statuses(stays.statuses)
    counting.make_sightings(stays.sightings)
    counting.make_lists(plan_lists(making.wish, plan), organisations)
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
