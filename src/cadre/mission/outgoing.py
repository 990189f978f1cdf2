"""Rows and views of missions as programs get them."""

from cadre.core.answers import Said
from cadre.mission import schemas
from cadre.mission.actions import Withdrawn
from cadre.mission.actions.importing import Plan, RowPlan
from cadre.mission.queries.contributions import ContributionLine, ListLine
from cadre.mission.queries.missions import MissionLine, MissionView, RequestLine
from cadre.mission.queries.organisations import OrganisationLine
from cadre.mission.queries.people import PersonLine
from cadre.mission.queries.posts import PostLine
from cadre.mission.queries.reading import Fact, Told
from cadre.mission.queries.rows import ActivityLine, Kept, Membership
from cadre.mission.queries.sites import SiteLine
from cadre.web.programs import moment_out

NOT_STATED = "not stated"


def claims_out(said: tuple[Said, ...]) -> list[schemas.GroundOut]:
    return [
        schemas.GroundOut(
            reference=each.reference,
            source=each.source,
            said_by=list(each.said_by),
            sentences=list(each.sentences),
            inferred=each.inferred,
        )
        for each in said
    ]


def marking_out(row: Kept) -> schemas.MarkingOut:
    return schemas.MarkingOut(
        classification=row.classification,
        releasable_to=row.releasable_to,
        communities=row.communities,
        originator=row.originator,
    )


def fact_out(fact: Fact) -> schemas.FactOut:
    value = NOT_STATED if fact.value is None else str(fact.value)
    return schemas.FactOut(name=fact.key, value=value, claims=claims_out(fact.said))


def line_out(row: ActivityLine) -> schemas.LineOut:
    return schemas.LineOut(code=row.code, name=row.name, combat=row.combat)


def mission_out(line: MissionLine) -> schemas.MissionOut:
    row = line.mission
    return schemas.MissionOut(
        code=row.code,
        name=row.name,
        combat=row.combat,
        nature=row.nature or None,
        area=row.area or None,
        established=moment_out(row.established),
        lines=[line_out(each) for each in line.lines],
    )


def mission_full_out(view: MissionView) -> schemas.MissionFullOut:
    return schemas.MissionFullOut(
        code=view.mission.code,
        name=view.mission.name,
        facts=[fact_out(fact) for fact in view.facts],
        mandates=[
            schemas.MandateOut(
                id=each.told.row.pk,
                wording=each.told.row.wording,
                since=moment_out(each.told.row.since),
                standing=each.standing,
                claims=claims_out(each.told.said),
            )
            for each in view.mandates
        ],
        appointments=[
            schemas.AppointmentOut(
                id=each.told.row.pk,
                office=each.told.row.office,
                holder=each.told.row.holder,
                since=moment_out(each.told.row.since),
                standing=each.standing,
                claims=claims_out(each.told.said),
            )
            for each in view.appointments
        ],
        lines=[line_out(each.row) for each in view.lines],
        relations=relations_out(view),
        contributions=[out for line in view.contributions for out in contributions_out(line)],
        contributor_lists=[list_out(line) for line in view.lists],
        host_requests=[request_out(line) for line in view.requests],
        sites=[each.row.site.code for each in view.sites],
        marking=marking_out(view.mission),
    )


def relations_out(view: MissionView) -> list[schemas.RelationOut]:
    stated = [
        schemas.RelationOut(
            id=each.row.pk,
            kind=str(each.row.get_kind_display()),
            other=each.row.other_mission.code if each.row.other_mission else each.row.other,
            stated=True,
            since=moment_out(each.row.since),
            claims=claims_out(each.said),
        )
        for each in view.relations
    ]
    return stated + [
        schemas.RelationOut(kind=kind, other=each.other.code, stated=False)
        for each in view.unrelated
        for kind in each.kinds
    ]


def contributions_out(line: ContributionLine) -> list[schemas.ContributionOut]:
    organisation, mission = line.organisation.code, line.mission.code
    if not line.stakes:
        return [
            schemas.ContributionOut(organisation=organisation, mission=mission, quantity=NOT_STATED)
        ]
    return [
        schemas.ContributionOut(
            id=stake.told.row.pk,
            organisation=organisation,
            mission=mission,
            quantity=str(stake.quantity),
            roles=stake.told.row.roles or None,
            when=moment_out(stake.told.row.when),
            claims=claims_out(stake.told.said),
        )
        for stake in line.stakes
    ]


def list_out(line: ListLine) -> schemas.ContributorListOut:
    return schemas.ContributorListOut(
        id=line.told.row.pk,
        wording=line.told.row.wording,
        organisations=list(line.names.items),
        open=line.names.open,
        claims=claims_out(line.told.said),
    )


def request_out(line: RequestLine) -> schemas.RequestOut:
    row = line.told.row
    return schemas.RequestOut(
        id=str(row.pk),
        host=row.host.code,
        wording=row.wording,
        form=row.form or None,
        made=moment_out(row.made),
        lines=row.lines,
        withdrawn=line.withdrawn,
        claims=claims_out(line.told.said),
    )


def membership_out(told: Told[Membership]) -> schemas.MembershipOut:
    return schemas.MembershipOut(
        kind=told.row.kind,
        of=told.row.of.code,
        since=moment_out(told.row.since),
        until=moment_out(told.row.until),
        claims=claims_out(told.said),
    )


def organisation_out(line: OrganisationLine) -> schemas.OrganisationOut:
    row = line.organisation
    return schemas.OrganisationOut(
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent=row.parent.code if row.parent else None,
        memberships=[membership_out(told) for told in line.memberships],
        marking=marking_out(row),
    )


def site_out(line: SiteLine) -> schemas.SiteOut:
    row = line.site
    return schemas.SiteOut(
        code=row.code,
        name=row.name,
        kind=row.kind,
        path=row.path,
        latitude=row.latitude,
        longitude=row.longitude,
        mgrs=line.position.mgrs() if line.position else None,
        capacity=row.capacity,
        marking=marking_out(row),
    )


def post_out(line: PostLine) -> schemas.PostOut:
    row = line.post
    return schemas.PostOut(
        code=row.code,
        title=row.title,
        mission=row.mission.code,
        line=row.line or None,
        nation=row.nation.code if row.nation else None,
        site=row.site.code if row.site else None,
        reports_to=row.reports_to.code if row.reports_to else None,
        holder=line.holder.person.code if line.holder else None,
        marking=marking_out(row),
    )


def person_out(line: PersonLine) -> schemas.PersonOut:
    row = line.person
    return schemas.PersonOut(
        code=row.code,
        name=row.name,
        rank=row.rank or None,
        nation=row.nation.code,
        email=row.email or None,
        phone=row.phone or None,
        language=row.language or None,
        posts=[each.post.code for each in line.holdings],
        marking=marking_out(row),
    )


def plan_out(plan: Plan, *, written: bool) -> schemas.PlanOut:
    return schemas.PlanOut(
        kind=plan.kind,
        written=written,
        new=[row_out(each) for each in plan.new],
        changed=[row_out(each) for each in plan.changed],
        unchanged=plan.unchanged,
        errors=[
            schemas.TroubleOut(row=each.row, column=each.column, sentence=each.sentence)
            for each in plan.troubles
        ],
        note=plan.note,
    )


def row_out(each: RowPlan) -> schemas.RowOut:
    cells = [
        schemas.ChangeOut(column=name, before=before, after=after)
        for name, before, after in each.cells
    ]
    return schemas.RowOut(row=each.number, code=each.code, cells=cells)


def lost_out(lost: Withdrawn) -> schemas.LostOut:
    return schemas.LostOut(
        withdrawal=str(lost.withdrawal.pk),
        authorisations=[str(each.pk) for each in lost.authorisations],
        lines=list(lost.lines),
    )
