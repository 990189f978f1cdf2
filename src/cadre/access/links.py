"""Links with which somebody sets his password: made by an administrator, spent by one use."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from cadre.access.actions import change_signing_in
from cadre.access.models import Account
from cadre.access.permissions import require
from cadre.core.releasability import Viewer


def password_link(account: Account, *, by: Viewer, at: datetime) -> str:
    """The path of a link for `account`. It ends with its use, a sign-in, or after three days.

    It rests on the present password and is stored nowhere; the ledger keeps who made one when.
    Raises NotAllowed unless `by` manages accounts.
    """
    require(by, "access.manage")
    change_signing_in(account, "access.make_link", by=by, at=at)
    key = default_token_generator.make_token(account)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(account), "key": key},
    )
