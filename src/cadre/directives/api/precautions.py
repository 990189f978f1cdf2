"""Precautions for programs: lists with how each item stands, usual lists, reports."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.api.found import the_mission, there
from cadre.directives.api.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.directives.forms.precautions import (
    CloseForm,
    ItemForm,
    OpenForm,
    ReportForm,
    TemplateForm,
)
from cadre.directives.outgoing_precautions import ChecklistOut, checklist_out
from cadre.directives.paper import pdf
from cadre.directives.queries import lookups
from cadre.directives.queries.precautions import (
    ChecklistRead,
    checklist,
    checklists,
    templates,
)
from cadre.directives.queries.rows import Checklist, TemplateItem
from cadre.directives.sheets import sheet
from cadre.web.programs import Moments, Number, Problem, Words

router = Router(tags=["precautions"])


class TemplateItemOut(Schema):
    """Something that is usually done, and to whom it passes so many minutes after it was due."""

    id: UUID
    text: str
    owner: str
    due_minutes: int
    escalates_to: str
    escalates_minutes: int
    wanted: str
    each: str


class TemplateOut(Schema):
    """A usual list, by what it is suggested, and its items by id."""

    code: str
    title: str
    trigger: str
    level: str | None
    reason_code: str
    items: list[TemplateItemOut]


@router.get("/missions/{code}/precautions", response={200: list[ChecklistOut], 404: Problem})
def precautions(request: HttpRequest, code: Words, moments: Query[Moments]) -> list[ChecklistOut]:
    """The lists of a mission: those that are open first; of each the most urgent item first."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    found = checklists(viewer, on=moments.true_on(), known_on=moments.known(), mission=mission)
    return [checklist_out(each) for each in found]


@router.post("/missions/{code}/precautions", response=ANSWERS)
def open_list(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Opens a list: `template` by its code, `sites`, `because`, `opened_at`."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "precautions.open", code)
    form = OpenForm(viewer, mission, typed(sent))
    return done(form, lambda at: actions.open_checklist(mission, form.new(), by=viewer, at=at))


@router.get("/missions/{code}/precautions/usual", response={200: list[TemplateOut], 404: Problem})
def usual(request: HttpRequest, code: Words, moments: Query[Moments]) -> list[TemplateOut]:
    """The usual lists of a mission."""
    viewer = viewer_in(request)
    found = templates(viewer, the_mission(viewer, code), known_on=moments.known())
    return [
        TemplateOut(
            code=each.row.code,
            title=each.row.title,
            trigger=each.row.trigger,
            level=each.row.level.code if each.row.level else None,
            reason_code=each.row.reason_code,
            items=[item_out(item) for item in each.items],
        )
        for each in found
    ]


def item_out(item: TemplateItem) -> TemplateItemOut:
    names = TemplateItemOut.model_fields
    return TemplateItemOut(**{name: getattr(item, name) for name in names})


@router.post("/missions/{code}/precautions/usual", response=ANSWERS)
def write_usual(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Writes a usual list: `code`, `title`, `trigger`, `level`, `reason_code`, `example`."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "precautions.write", code)
    form = TemplateForm(viewer, mission, typed(sent))
    return done(form, lambda at: actions.write_template(mission, form.new(), by=viewer, at=at))


@router.post("/missions/{code}/precautions/usual/{template}/items", response=ANSWERS)
def add_item(
    request: HttpRequest, code: Words, template: Words, sent: TypedIn
) -> Status[NumberOut]:
    """Adds something to be done to a usual list, with the fields of the page's form."""
    viewer = viewer_in(request)
    named = lookups.templates_named(viewer, the_mission(viewer, code))
    row = there(named.get(template), "usual list")
    require(viewer, "precautions.write", code)
    form = ItemForm(viewer, typed(sent, first={"each": "site"}))
    return done(form, lambda at: actions.add_item(row, form.new(), by=viewer, at=at))


@router.post("/precautions/usual/items/{row}", response=ANSWERS)
def change_item(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Changes an item of a usual list; lists that are open stay as they were opened."""
    viewer = viewer_in(request)
    item = there(lookups.template_item(viewer, row), "item")
    require(viewer, "precautions.write", item.template.mission.code)
    form = ItemForm(viewer, typed(sent, first=ItemForm.shows(item) | {"seen": "", "dropped": ""}))

    def act(at: datetime) -> object:
        seen = form.cleaned_data["seen"]
        return actions.change_item(item, form.new(), seen=seen, by=viewer, at=at)

    return done(form, act)


@router.get("/precautions/{number}", response={200: ChecklistOut, 404: Problem})
def one_list(request: HttpRequest, number: Number, moments: Query[Moments]) -> ChecklistOut:
    """One list."""
    return checklist_out(the_list(viewer_in(request), number, moments))


@router.get(
    "/precautions/{number}/sheets/{site}.pdf",
    response={404: Problem},
    openapi_extra={"responses": {200: {"description": "OK", "content": {"application/pdf": {}}}}},
)
def on_paper(
    request: HttpRequest, number: Number, site: Words, moments: Query[Moments]
) -> HttpResponse:
    """The page of one site, to print."""
    found = the_list(viewer_in(request), number, moments)
    items = there(found.at(site) or None, "site in this list")
    return HttpResponse(pdf(sheet(found, items, "en")), content_type="application/pdf")


@router.post("/precautions/items/{row}/reports", response=ANSWERS)
def report(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Reports how an item stands: `outcome`, `occurred_at`, `done_by`, `evidence`, `note`."""
    viewer = viewer_in(request)
    item = there(lookups.precaution(viewer, row), "precaution")
    require(viewer, "precautions.report", item.checklist.mission.code)
    form = ReportForm(viewer, typed(sent))
    return done(form, lambda at: actions.report_precaution(item, form.new(), by=viewer, at=at))


@router.post("/precautions/{number}/close", response=ANSWERS)
def close(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Closes a list: `reason`. What is open in it stays so."""
    viewer = viewer_in(request)
    row = the_row(viewer, number)
    form = CloseForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        return actions.close_checklist(row, form.cleaned_data["reason"], by=viewer, at=at)

    return done(form, act)


def the_row(viewer: Viewer, number: str) -> Checklist:
    row = there(lookups.checklist(viewer, number), "list of precautions")
    require(viewer, "precautions.open", row.mission.code)
    return row


def the_list(viewer: Viewer, number: str, moments: Moments) -> ChecklistRead:
    found = checklist(viewer, number, on=moments.true_on(), known_on=moments.known())
    return there(found, "list of precautions")
