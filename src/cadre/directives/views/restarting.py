"""Pages on which a restart is prepared and decided."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.core.refused import Refused
from cadre.directives import actions
from cadre.directives.actions import Shut
from cadre.directives.forms.restarting import (
    AnswerForm,
    AssessmentForm,
    ConditionForm,
    EndForm,
    EvidenceForm,
    ProposalForm,
)
from cadre.directives.queries import lookups
from cadre.directives.queries.indicators import consulted, proposed_of
from cadre.directives.queries.rows import Directive
from cadre.mission.doors import now
from cadre.mission.views.answering import handled, posted, there
from cadre.web.clock import asked_moments
from cadre.web.render import render_page


def directive_url(number: str) -> str:
    return reverse("directives:directive", args=[number]) + "#restart"


def way_up(directive: Directive) -> list[dict[str, str]]:
    return [
        {"label": _("Directives"), "url": reverse("directives:directives")},
        {"label": directive.number, "url": directive_url(directive.number)},
    ]


def new_condition(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    directive = there(lookups.directive(viewer, number))
    require(viewer, "directives.conditions", directive.mission.code)
    form = ConditionForm(viewer, directive, posted(request))

    def act(at: datetime) -> str:
        actions.write_condition(directive, form.new(), grounds=form.grounds(), by=viewer, at=at)
        return directive_url(number)

    page: dict[str, object] = {"title": _("A restart condition"), "up": way_up(directive)}
    return handled(request, form, act, page)


def evidence(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    condition = there(lookups.condition(viewer, row))
    require(viewer, "directives.conditions", condition.directive.mission.code)
    form = EvidenceForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.bring_evidence(condition, form.new(), by=viewer, at=at)
        return directive_url(condition.directive.number)

    page: dict[str, object] = {"title": _("Evidence"), "up": way_up(condition.directive)}
    return handled(request, form, act, page | {"about": condition}, "directives/about.html")


def assess(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    condition = there(lookups.condition(viewer, row))
    require(viewer, "directives.assess", condition.directive.mission.code)
    form = AssessmentForm(viewer, posted(request), initial={"authority": viewer.name})
    form.offer(lookups.evidence_choices(viewer, condition))

    def act(at: datetime) -> str:
        actions.assess(condition, form.new(), by=viewer, at=at)
        return directive_url(condition.directive.number)

    page: dict[str, object] = {
        "title": _("Decide"),
        "up": way_up(condition.directive),
        "about": condition,
        "proposed": proposed_of(viewer, condition, on=now(), known_on=None),
    }
    return handled(request, form, act, page, "directives/about.html")


def consultation(request: HttpRequest, number: str) -> HttpResponseBase:
    """What each contingent answers to a restart, the silent first, and the form that records it."""
    viewer, moments = viewer_in(request), asked_moments(request)
    directive = there(lookups.directive(viewer, number))
    if request.method == "POST":
        require(viewer, "directives.consult", directive.mission.code)
    contingents = consulted(viewer, directive, on=moments.on, known_on=moments.known_on)
    first: dict[str, object] = {
        "answered_at": f"{now():%Y-%m-%dT%H:%MZ}",
        "answered_by": viewer.name,
    }
    form = AnswerForm(viewer, posted(request), initial=first)
    form.offer(contingents)

    def act(at: datetime) -> str:
        actions.answer_consultation(directive, form.new(), by=viewer, at=at)
        return reverse("directives:consultation", args=[number])

    page: dict[str, object] = {
        "title": _("What the nations answer"),
        "up": way_up(directive),
        "contingents": contingents,
        "may_answer": may(viewer, "directives.consult", directive.mission.code),
    }
    return handled(request, form, act, page, "directives/consultation.html")


def propose(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    directive = there(lookups.directive(viewer, number))
    require(viewer, "directives.propose_lift", directive.mission.code)
    form = ProposalForm(viewer, directive, posted(request))

    def act(at: datetime) -> str:
        kept = actions.propose_lift(directive, form.new(), by=viewer, at=at)
        return reverse("directives:proposal", args=[kept.number])

    page: dict[str, object] = {"title": _("Propose to lift"), "up": way_up(directive)}
    return handled(request, form, act, page)


def proposal(request: HttpRequest, number: str) -> HttpResponseBase:
    """What is proposed, and everything that keeps this viewer from lifting it at this moment."""
    viewer = viewer_in(request)
    found = lookups.proposal_read(viewer, there(lookups.proposal(viewer, number)), at=now())
    context = {"found": found, "up": way_up(found.row.directive), "form": EndForm(viewer)}
    return render_page(request, "directives/proposal.html", context)


def lift(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    asked = there(lookups.proposal(viewer, number))
    if request.method != "POST":
        return redirect("directives:proposal", number)
    try:
        lifted = actions.lift(asked, by=viewer, at=now())
    except Refused as refusal:
        missing = refusal.missing if isinstance(refusal, Shut) else ()
        found = lookups.proposal_read(viewer, asked, at=now())
        context = {"found": found, "up": way_up(asked.directive), "form": EndForm(viewer)}
        context |= {"refusal": "" if missing else str(refusal)}
        status = HTTPStatus.CONFLICT
        return render_page(request, "directives/proposal.html", context, status=status)
    messages.success(request, _("Lifted by %(number)s.") % {"number": lifted.number})
    return redirect("directives:directive", asked.directive.number)


def end_proposal(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    asked = there(lookups.proposal(viewer, number))
    form = EndForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.end_proposal(asked, form.cleaned_data["reason"], by=viewer, at=at)
        return directive_url(asked.directive.number)

    title = _("Take back or turn down %(number)s") % {"number": number}
    return handled(request, form, act, {"title": title, "up": way_up(asked.directive)})
