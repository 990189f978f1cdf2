"""What every form page of missions does: show, check, act, and say what was refused."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cadre.core.refused import Refused
from cadre.mission.actions import Misfit, Stale
from cadre.mission.doors import now
from cadre.mission.forms.differences import VersionedForm
from cadre.mission.forms.fields import ViewerForm
from cadre.mission.queries.rows import Stated
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

type Act = Callable[[datetime], str]  # does it at a moment, and says where to go then


def known_on(request: HttpRequest) -> datetime | None:
    """The moment that the page is known on; None for the present, which needs no history."""
    moments = asked_moments(request)
    return moments.known_on if moments.chosen or moments.pinned else None


def to_correct[S: Stated](request: HttpRequest, find: Callable[[UUID], S | None]) -> S | None:
    """The row that a form is to correct: named in the address, then by the form itself."""
    text = request.POST.get("corrects") or request.GET.get("corrects") or ""
    if not text:
        return None
    try:
        row = find(UUID(text))
    except ValueError as error:
        raise Http404 from error
    return there(row)


def there[Row](row: Row | None) -> Row:
    """The row; 404 where there is none for this viewer."""
    if row is None:
        raise Http404
    return row


def posted(request: HttpRequest) -> QueryDict | None:
    """What was typed, be it nothing; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def refused_beside(form: Form, refusal: Refused) -> None:
    """Says what was refused: at the field that is to blame, if the form has it."""
    field = refusal.field if isinstance(refusal, Misfit) else None
    form.add_error(field if field in form.fields else None, str(refusal))


def handled(
    request: HttpRequest, form: ViewerForm, act: Act, page: dict[str, object],
    template: str = "mission/form.html",
) -> HttpResponseBase:  # fmt: skip  # reads as one sentence
    """Does what a good form asks and moves on; else the page again, with what was typed.

    A refusal stands beside the field that is to blame; nothing is written then (422).
    """
    if form.is_bound and form.is_valid():
        try:
            place = act(now())
        except Stale as refusal:
            form.add_error(None, str(refusal))
            if isinstance(form, VersionedForm):
                page = page | {"differences": form.compared_with(refusal.row)}
        except Refused as refusal:
            refused_beside(form, refusal)
        else:
            messages.success(request, _("This is on record now."))
            return redirect(place)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render_page(request, template, page | {"form": form}, status=status)
