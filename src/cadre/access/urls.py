"""One's own account, and the administrator's pages. Signing in: `sign_in_urls`."""

from django.urls import path

from cadre.access import administration, views

app_name = "access"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/keys/", views.make_key, name="make_key"),
    path("account/keys/<uuid:row>/revoke/", views.revoke_key, name="revoke_key"),
    path("looks/", views.looks, name="looks"),
    path("access/accounts/", administration.accounts, name="accounts"),
    path("access/accounts/new/", administration.open_account, name="open_account"),
    path("access/accounts/<uuid:row>/", administration.account_of, name="account_of"),
    path(
        "access/accounts/<uuid:row>/change/",
        administration.describe_account,
        name="describe_account",
    ),
    path("access/accounts/<uuid:row>/roles/", administration.give_role, name="give_role"),
    path(
        "access/accounts/<uuid:row>/roles/<uuid:role>/end/",
        administration.end_role,
        name="end_role",
    ),
    path("access/accounts/<uuid:row>/link/", administration.make_link, name="make_link"),
    path("access/accounts/<uuid:row>/close/", administration.close_account, name="close_account"),
    path(
        "access/accounts/<uuid:row>/reopen/", administration.reopen_account, name="reopen_account"
    ),
    path("access/accounts/<uuid:row>/factors/", administration.reset_factors, name="reset_factors"),
]
