"""Incidents' door for programs."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.mission.forms.sent import Unfit, require_fit, retyped
from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.situation import actions, queries
from cadre.situation.forms import FARTHEST, IncidentForm, NarrowForm
from cadre.situation.outgoing import IncidentsOut, incidents_out
from cadre.web.programs import Listed, Problem, Words

router = Router(tags=["situation"])


class IncidentsAsked(Listed):
    """What the list is narrowed to: words, a severity at least (1 to 5), a moment (EDTF) from which
    on, and so many kilometres around a site. What is unclear stays on it.
    """

    q: Annotated[Words, Field(max_length=100)] = ""
    least: Annotated[int, Field(ge=1, le=5)] | None = None
    since: Words = ""
    site: Words = ""
    km: Annotated[float, Field(ge=0, le=FARTHEST, allow_inf_nan=False)] | None = None

    def typed(self) -> dict[str, object]:
        """As somebody would type it on the page."""
        sent = self.model_dump(include={"q", "least", "since", "site", "km"})
        return {name: "" if value is None else value for name, value in sent.items()}


@router.get("/incidents", response={200: IncidentsOut, 422: Problem})
def incident_list(request: HttpRequest, asked: Query[IncidentsAsked]) -> IncidentsOut:
    """A page of the incidents that can have happened by a moment, newest first."""
    viewer = viewer_in(request)
    form = NarrowForm(viewer, retyped(asked.typed()))
    try:
        require_fit(form)
    except Unfit as problem:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(problem)) from problem
    around = form.around()
    found = queries.incidents(
        viewer,
        form.wish(),
        around,
        page=asked.page,
        on=asked.true_on(),
        known_on=asked.known(),
    )
    return incidents_out(found, around)


@router.post("/incidents", response=ANSWERS)
def report(request: HttpRequest, sent: TypedIn) -> Status[NumberOut]:
    """Reports an incident, or with `corrects` (an id) corrects one: the fields of the page's form.

    `kind`, `what`, and where it was (`site`, `position` or `place`); if stated also `severity`,
    `occurred`, `source`, `source_reliability`, `info_credibility`, `claims` and who may see it.
    """
    viewer = viewer_in(request)
    require(viewer, "situation.report")
    form = IncidentForm(viewer, typed(sent))
    return done(form, lambda at: actions.report(form.new(), by=viewer, at=at))
