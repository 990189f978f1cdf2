"""Addresses that a signed link opens without an account; see access.middleware.OPEN_TREES.

The workers stand in the trees that they serve: a browser lets a worker reach no further.
"""

from django.urls import path

from cadre.accountability.views import linked

urlpatterns = [
    path("check-in/worker.js", linked.worker, name="check_in_worker"),
    path("check-in/<str:token>/", linked.check_in, name="check_in"),
    path("check-in/<str:token>/reports", linked.own_reports, name="check_in_reports"),
    path(
        "check-in/<str:token>/manifest.webmanifest", linked.own_manifest, name="check_in_manifest"
    ),
    path("warden/worker.js", linked.worker, name="warden_worker"),
    path("warden/<str:token>/", linked.warden_list, name="warden_list"),
    path("warden/<str:token>/reports", linked.list_reports, name="warden_reports"),
    path("warden/<str:token>/manifest.webmanifest", linked.list_manifest, name="warden_manifest"),
]
