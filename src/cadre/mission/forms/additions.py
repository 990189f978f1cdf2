"""What can be added to a mission: by name, the form that asks and the action that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.core.releasability import Viewer
from cadre.mission import actions
from cadre.mission.forms import basis as forms
from cadre.mission.forms.basis import MissionPartForm
from cadre.mission.forms.sent import Unfit, require_fit
from cadre.mission.queries import parts
from cadre.mission.queries.rows import Kept, Mission

type Add = Callable[[MissionPartForm, Viewer, datetime], Kept]


@dataclass(frozen=True, slots=True)
class Addition:
    """One kind of thing that a mission can be given."""

    form: type[MissionPartForm]
    title: object  # translated when it is shown
    act: Add


def mandate(form: MissionPartForm, by: Viewer, at: datetime) -> Kept:
    cleaned = form.cleaned_data
    return actions.set_mandate(
        form.mission,
        cleaned["wording"],
        since=cleaned["since"],
        grounds=form.grounds(),
        by=by,
        at=at,
    )


def presence(form: MissionPartForm, by: Viewer, at: datetime) -> Kept:
    cleaned = form.cleaned_data
    return actions.place(
        form.mission,
        cleaned["site"],
        since=cleaned["since"],
        grounds=form.grounds(),
        by=by,
        at=at,
    )


def of(verb: Callable[..., Kept]) -> Add:
    """An action that takes the mission and the new thing as its form has it."""

    def act(form: MissionPartForm, by: Viewer, at: datetime) -> Kept:
        return verb(form.mission, form.new(), by=by, at=at)

    return act


ADDITIONS: Final = {
    "mandate": Addition(forms.MandateForm, gettext_lazy("A version of the mandate"), mandate),
    "line": Addition(forms.LineForm, gettext_lazy("An activity line"), of(actions.add_line)),
    "relation": Addition(forms.RelationForm, gettext_lazy("A relation"), of(actions.relate)),
    "appointment": Addition(
        forms.AppointmentForm, gettext_lazy("An appointment"), of(actions.appoint)
    ),
    "contribution": Addition(
        forms.ContributionForm, gettext_lazy("A contribution"), of(actions.record_contribution)
    ),
    "contributors": Addition(
        forms.ContributorListForm,
        gettext_lazy("A list of contributors"),
        of(actions.record_contributor_list),
    ),
    "request": Addition(
        forms.HostRequestForm,
        gettext_lazy("A request of the host nation"),
        of(actions.record_host_request),
    ),
    "authorisation": Addition(
        forms.AuthorisationForm, gettext_lazy("An authorisation"), of(actions.authorise)
    ),
    "site": Addition(forms.PresenceForm, gettext_lazy("A site where the mission works"), presence),
    "task": Addition(forms.TaskForm, gettext_lazy("A task"), of(actions.add_task)),
}


def put_on_record(
    what: str, mission: Mission, typed: Mapping[str, object], *, by: Viewer, at: datetime
) -> Kept:
    """Adds to a mission what a program or a command sends, as its page would.

    Raises Unfit for what is no field or does not fit it, and Refused as the action does.
    """
    form = ADDITIONS[what].form(by, dict(typed))
    form.about(mission)
    require_fit(form)
    earlier = form.cleaned_data["corrects"]
    if earlier is not None and parts.part(by, mission, what, earlier) is None:
        raise Unfit(_("corrects: There is no such row of this mission that could be corrected."))
    return ADDITIONS[what].act(form, by, at)
