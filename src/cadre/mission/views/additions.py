"""What can be added to a mission: by name, the form that asks and the action that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from cadre.core.releasability import Viewer
from cadre.mission import actions
from cadre.mission.forms import basis as forms
from cadre.mission.forms.basis import MissionPartForm

type Add = Callable[[MissionPartForm, Viewer, datetime], object]


@dataclass(frozen=True, slots=True)
class Addition:
    """One kind of thing that a mission can be given."""

    form: type[MissionPartForm]
    title: object  # translated when it is shown
    act: Add


def mandate(form: MissionPartForm, by: Viewer, at: datetime) -> object:
    cleaned = form.cleaned_data
    return actions.set_mandate(
        form.mission,
        cleaned["wording"],
        since=cleaned["since"],
        grounds=form.grounds(),
        by=by,
        at=at,
    )


def presence(form: MissionPartForm, by: Viewer, at: datetime) -> object:
    cleaned = form.cleaned_data
    return actions.place(
        form.mission,
        cleaned["site"],
        since=cleaned["since"],
        grounds=form.grounds(),
        by=by,
        at=at,
    )


def of(verb: Callable[..., object]) -> Add:
    """An action that takes the mission and the new thing as its form has it."""

    def act(form: MissionPartForm, by: Viewer, at: datetime) -> object:
        return verb(form.mission, form.new(), by=by, at=at)

    return act


ADDITIONS: Final = {
    "mandate": Addition(forms.MandateForm, _("A version of the mandate"), mandate),
    "line": Addition(forms.LineForm, _("An activity line"), of(actions.add_line)),
    "relation": Addition(forms.RelationForm, _("A relation"), of(actions.relate)),
    "appointment": Addition(forms.AppointmentForm, _("An appointment"), of(actions.appoint)),
    "contribution": Addition(
        forms.ContributionForm, _("A contribution"), of(actions.record_contribution)
    ),
    "contributors": Addition(
        forms.ContributorListForm,
        _("A list of contributors"),
        of(actions.record_contributor_list),
    ),
    "request": Addition(
        forms.HostRequestForm, _("A request of the host nation"), of(actions.record_host_request)
    ),
    "authorisation": Addition(
        forms.AuthorisationForm, _("An authorisation"), of(actions.authorise)
    ),
    "site": Addition(forms.PresenceForm, _("A site where the mission works"), presence),
    "task": Addition(forms.TaskForm, _("A task"), of(actions.add_task)),
}
