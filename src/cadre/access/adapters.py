"""Who may open an account: nobody by himself. Accounts are opened by an administrator."""

from datetime import UTC, datetime

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cadre.access import actions
from cadre.access.demonstration import may_come_in
from cadre.access.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's form
        return False

    def pre_login(
        self,
        request: HttpRequest,  # noqa: ARG002  # allauth's form
        user: Account,
        **_how: object,
    ) -> HttpResponse | None:  # every way of signing in passes here
        return None if may_come_in(user) else redirect("account_inactive")

    def set_password(self, user: Account, password: str) -> None:
        """Every page on which somebody sets his own password ends here."""
        actions.set_own_password(user, password, at=datetime.now(UTC))


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002
        return False
