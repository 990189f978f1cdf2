"""One's own account and keys."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cadre.access import actions, queries
from cadre.access.forms import NewKey
from cadre.access.models import Account
from cadre.access.queries import viewer_in
from cadre.web.render import render_page

PAGE = 100  # rows of a long list on one page


def own(request: HttpRequest) -> Account:
    account = queries.own_account(viewer_in(request))
    if account is None:
        raise Http404
    return account


@require_GET
def account(request: HttpRequest) -> HttpResponseBase:
    return account_page(request, NewKey())


def account_page(
    request: HttpRequest, form: NewKey, *, key: str = "", status: int = HTTPStatus.OK
) -> HttpResponseBase:
    viewer, mine = viewer_in(request), own(request)
    context = {
        "account": mine,
        "roles": queries.roles_of(viewer, mine),
        "tokens": queries.tokens_of(viewer, mine),
        "factors": queries.factors_of(viewer, mine),
        "form": form,
        "key": key,
        "now": datetime.now(UTC),
    }
    return render_page(request, "access/account.html", context, status=status)


@require_POST
def make_key(request: HttpRequest) -> HttpResponseBase:
    """Makes a key and shows it in the answer itself: it is kept nowhere to be shown again."""
    form = NewKey(request.POST)
    if not form.is_valid():
        return account_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    key = actions.issue_token(
        own(request),
        form.cleaned_data["label"],
        lasts=form.lasts(),
        may_change=form.cleaned_data["may_change"],
        by=viewer_in(request),
        at=datetime.now(UTC),
    )
    return account_page(request, NewKey(), key=key)


@require_POST
def revoke_key(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    for token in queries.tokens_of(viewer, own(request)):
        if token.pk == row:
            actions.revoke_token(token, by=viewer, at=datetime.now(UTC))
            messages.success(request, _("The key “%(label)s” is revoked.") % {"label": token.label})
            return redirect("access:account")
    raise Http404


@require_GET
def looks(request: HttpRequest) -> HttpResponseBase:
    asked = {name: text_in(request, name) for name in ("who", "row")}
    listed = queries.looks_at(viewer_in(request), **asked)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    return render_page(request, "access/looks.html", {"page": page, "asked": asked})


def text_in(request: HttpRequest, name: str) -> str:
    """What the address says under a name, without what the database cannot hold."""
    return request.GET.get(name, "").replace("\x00", "").strip()
