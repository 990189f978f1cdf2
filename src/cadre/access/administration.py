"""The administrator's pages: accounts, their roles, their links."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre.access import actions, queries
from cadre.access.forms import AccountDescription, NewAccount, NewRole
from cadre.access.links import password_link
from cadre.access.models import Account
from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.web.render import render_page

UNREADABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@require_GET
def accounts(request: HttpRequest) -> HttpResponseBase:
    listed = queries.accounts(viewer_in(request))
    return render_page(request, "access/accounts.html", {"accounts": listed})


@require_http_methods(["GET", "POST"])
def open_account(request: HttpRequest) -> HttpResponseBase:
    """The form, and the account that it opens; its page then offers the link to a password."""
    viewer = viewer_in(request)
    require(viewer, "access.manage")
    form = NewAccount(request.POST or None)
    if form.is_valid():
        fresh = Account(**form.cleaned_data)
        if carried_out(
            form,
            lambda: actions.open_account(fresh, password=None, by=viewer, at=datetime.now(UTC)),
        ):
            return redirect("access:account_of", row=fresh.pk)
    status = UNREADABLE if form.is_bound else HTTPStatus.OK
    return render_page(request, "access/open_account.html", {"form": form}, status=status)


def carried_out(form: Form, act: Callable[[], object]) -> bool:
    """Whether `act` was done; what it refuses becomes an error of the form."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def found(viewer: Viewer, row: UUID) -> Account:
    account = queries.account_named(viewer, str(row))
    if account is None:
        raise Http404
    return account


@require_GET
def account_of(request: HttpRequest, row: UUID) -> HttpResponseBase:
    return account_page(request, found(viewer_in(request), row))


def account_page(
    request: HttpRequest,
    account: Account,
    *,
    description: Form | None = None,
    new_role: Form | None = None,
    link: str = "",
) -> HttpResponseBase:
    viewer = viewer_in(request)
    names = ("name", "clearance", "affiliations", "communities")
    context = {
        "account": account,
        "roles": queries.roles_of(viewer, account),
        "tokens": queries.tokens_of(viewer, account),
        "factors": queries.factors_of(viewer, account),
        "description": description
        or AccountDescription(initial={name: getattr(account, name) for name in names}),
        "new_role": new_role or NewRole(),
        "link": link,
    }
    wrong = (description and description.errors) or (new_role and new_role.errors)
    status = UNREADABLE if wrong else HTTPStatus.OK
    return render_page(request, "access/account_of.html", context, status=status)


@require_POST
def describe_account(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    account = found(viewer, row)
    form = AccountDescription(request.POST)
    if form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(account, name, value)
        if carried_out(
            form, lambda: actions.describe_account(account, by=viewer, at=datetime.now(UTC))
        ):
            messages.success(request, _("The account is changed."))
            return redirect("access:account_of", row=row)
    return account_page(request, found(viewer, row), description=form)


@require_POST
def give_role(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    account = found(viewer, row)
    form = NewRole(request.POST)
    if form.is_valid() and carried_out(
        form,
        lambda: actions.give_role(account, **form.cleaned_data, by=viewer, at=datetime.now(UTC)),
    ):
        return redirect("access:account_of", row=row)
    return account_page(request, account, new_role=form)


@require_POST
def end_role(request: HttpRequest, row: UUID, role: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    held = {each.pk: each for each in queries.roles_of(viewer, found(viewer, row))}
    if role not in held:
        raise Http404
    said(request, lambda: actions.end_role(held[role], by=viewer, at=datetime.now(UTC)))
    return redirect("access:account_of", row=row)


def said(request: HttpRequest, act: Callable[[], object]) -> None:
    """Does `act`; what it refuses becomes a message on the next page."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))


@require_POST
def make_link(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """Shows a link with which the account's person sets a password; it is kept nowhere."""
    viewer = viewer_in(request)
    account = found(viewer, row)
    if not account.is_active:
        messages.error(request, _("A closed account is given no link."))
        return redirect("access:account_of", row=row)
    link = request.build_absolute_uri(password_link(account, by=viewer, at=datetime.now(UTC)))
    return account_page(request, account, link=link)


@require_POST
def close_account(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    account = found(viewer, row)
    said(request, lambda: actions.close_account(account, by=viewer, at=datetime.now(UTC)))
    return redirect("access:account_of", row=row)


@require_POST
def reopen_account(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    actions.reopen_account(found(viewer, row), by=viewer, at=datetime.now(UTC))
    return redirect("access:account_of", row=row)


@require_POST
def reset_factors(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    actions.reset_factors(found(viewer, row), by=viewer, at=datetime.now(UTC))
    messages.success(request, _("The second factors of this account are removed."))
    return redirect("access:account_of", row=row)
