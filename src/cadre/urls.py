"""Every address. A stranger reaches none of them: see access.middleware."""

from django.conf.urls import handler400, handler403, handler500
from django.urls import include, path

from cadre.api import api

urlpatterns = [
    path("", include("cadre.accountability.link_urls")),  # first: thousands come here at once
    path("", include("cadre.web.urls")),
    path("", include("cadre.record.urls")),
    path("intake/", include("cadre.record.intake.urls")),
    path("", include("cadre.mission.urls")),
    path("", include("cadre.situation.urls")),
    path("", include("cadre.accountability.urls")),
    path("", include("cadre.alerts.urls")),
    path("", include("cadre.training.urls")),  # before: a directive's number may hold slashes
    path("", include("cadre.directives.urls")),
    path("", include("cadre.access.urls")),
    path("accounts/", include("cadre.access.sign_in_urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("api/v1/", api.urls),
]

handler404 = "cadre.web.missing.not_found"

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
