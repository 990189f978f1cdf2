"""Missions' door for programs."""

from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Query, Router, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import StringConstraints

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission import actions, outgoing, schemas
from cadre.mission.actions import importing
from cadre.mission.doors import now, require_somewhere, unknown
from cadre.mission.queries import basis, missions, organisations, people, posts, sites
from cadre.mission.queries.posts import Filter
from cadre.mission.queries.rows import Mission
from cadre.mission.sheets import SheetError, read_table
from cadre.web.programs import Listed, Moments, Problem, Words

router = Router(tags=["mission"])

Code = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]+$", max_length=60)]


class Narrowed(Listed):
    """What a list is narrowed to; empty is no limit."""

    q: Words = ""
    nation: Words = ""
    mission: Words = ""
    site: Words = ""

    def filter(self) -> Filter:
        return Filter(self.q, self.nation, self.mission, self.site)


@router.get("/missions", response=list[schemas.MissionOut])
def mission_list(request: HttpRequest, moments: Query[Moments]) -> list[schemas.MissionOut]:
    """The missions that are known of, by code."""
    found = missions.missions(viewer_in(request), on=moments.true_on(), known_on=moments.known())
    return [outgoing.mission_out(each) for each in found]


@router.get("/missions/{code}", response=schemas.MissionFullOut)
def mission(request: HttpRequest, code: Code, moments: Query[Moments]) -> schemas.MissionFullOut:
    """Everything about one mission; each value with the claims that it rests on."""
    found = missions.mission(
        viewer_in(request), code, on=moments.true_on(), known_on=moments.known()
    )
    if found is None:
        raise unknown(code)
    return outgoing.mission_full_out(found)


@router.get("/organisations", response=list[schemas.OrganisationOut])
def organisation_list(
    request: HttpRequest, narrowed: Query[Narrowed]
) -> list[schemas.OrganisationOut]:
    """Nations and organisations, with what each is to others."""
    found = organisations.organisations(
        viewer_in(request), words=narrowed.q, on=narrowed.true_on(), known_on=narrowed.known()
    )
    return [outgoing.organisation_out(each) for each in found]


@router.get("/sites", response=list[schemas.SiteOut])
def site_list(request: HttpRequest, moments: Query[Moments]) -> list[schemas.SiteOut]:
    """All places but rooms, each after the one that it lies in."""
    found = sites.sites(viewer_in(request), on=moments.true_on(), known_on=moments.known())
    return [outgoing.site_out(each) for each in found]


@router.get("/posts", response=schemas.PostsOut)
def post_list(request: HttpRequest, narrowed: Query[Narrowed]) -> schemas.PostsOut:
    """A page of posts, with the holders whom the viewer may see."""
    found = posts.posts(
        viewer_in(request),
        narrowed.filter(),
        page=narrowed.page,
        on=narrowed.true_on(),
        known_on=narrowed.known(),
    )
    return schemas.PostsOut(
        page=found.number,
        pages=found.paginator.num_pages,
        count=found.paginator.count,
        posts=[outgoing.post_out(each) for each in found.object_list],
    )


@router.get("/people", response=schemas.PeopleOut)
def people_list(request: HttpRequest, narrowed: Query[Narrowed]) -> schemas.PeopleOut:
    """A page of the people whose names are released to the viewer."""
    found = people.people(
        viewer_in(request),
        narrowed.filter(),
        page=narrowed.page,
        on=narrowed.true_on(),
        known_on=narrowed.known(),
    )
    return schemas.PeopleOut(
        page=found.number,
        pages=found.paginator.num_pages,
        count=found.paginator.count,
        people=[outgoing.person_out(each) for each in found.object_list],
    )


@router.post("/missions/{code}/lines", response={201: schemas.LineOut})
def add_line(request: HttpRequest, code: Code, new: schemas.LineIn) -> Status[schemas.LineOut]:
    """Defines an activity line. 409 for a combat line in a non-combat mission."""
    viewer = viewer_in(request)
    row = changeable(viewer, code)
    line = actions.add_line(
        row,
        actions.NewLine(code=new.code, name=new.name or new.code, combat=new.combat),
        by=viewer,
        at=now(),
    )
    return Status(HTTPStatus.CREATED, outgoing.line_out(line))


@router.post("/missions/{code}/tasks", response={201: schemas.TaskOut})
def add_task(request: HttpRequest, code: Code, new: schemas.TaskIn) -> Status[schemas.TaskOut]:
    """Gives a mission a task. 409 for a combat task in a non-combat mission."""
    viewer = viewer_in(request)
    row = changeable(viewer, code)
    post = posts.find(viewer, new.post) if new.post else None
    if new.post and post is None:
        raise unknown(new.post)
    asked_for = actions.NewTask(line=new.line, title=new.title, combat=new.combat, post=post)
    task = actions.add_task(row, asked_for, by=viewer, at=now())
    return Status(
        HTTPStatus.CREATED,
        schemas.TaskOut(id=str(task.pk), line=task.line, title=task.title, combat=task.combat),
    )


def changeable(viewer: Viewer, code: str) -> Mission:
    """The mission, for a viewer who may change it."""
    row = missions.find(viewer, code)
    if row is None:
        raise unknown(code)
    require(viewer, "mission.change", code)
    return row


@router.post("/host-requests/{row}/withdraw", response={201: schemas.LostOut})
def withdraw(request: HttpRequest, row: UUID, new: schemas.WithdrawalIn) -> Status[schemas.LostOut]:
    """Records that the host nation withdrew its request, and tells what loses its basis."""
    viewer = viewer_in(request)
    found = basis.find_request(viewer, row)
    if found is None:
        raise unknown(str(row))
    require(viewer, "mission.withdraw_request", found.mission.code)
    lost = actions.withdraw_host_request(
        found, new.wording, effective=Moment.parse(new.effective), by=viewer, at=now()
    )
    return Status(HTTPStatus.CREATED, outgoing.lost_out(lost))


@router.post("/import/{kind}", response={200: schemas.PlanOut, 422: schemas.PlanOut | Problem})
def import_list(
    request: HttpRequest,
    kind: Literal["people", "posts", "organisations", "sites"],
    file: File[UploadedFile],
    *,
    dry_run: bool = False,
) -> Status[schemas.PlanOut]:
    """A CSV or XLSX list: what it changes, or (422) every mistake by row and column.

    All of it is written or nothing; with `dry_run` nothing.
    """
    viewer = viewer_in(request)
    require_somewhere(viewer, "mission.import")
    try:
        table = read_table(file.name or "", file.read())
    except SheetError as error:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
    verb = importing.plan if dry_run else importing.load
    plan = verb(kind, table, by=viewer, at=now())
    if plan.troubles:
        return Status(HTTPStatus.UNPROCESSABLE_ENTITY, outgoing.plan_out(plan, written=False))
    return Status(HTTPStatus.OK, outgoing.plan_out(plan, written=not dry_run))
