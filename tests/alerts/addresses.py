"""The addresses of the product, and those of check-in links where their pages are not there yet."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cadre.urls import urlpatterns as ours


def page(_request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(token)


urlpatterns = [
    *ours,
    path("check-in/<str:token>/", page, name="check_in"),
    path("warden/<str:token>/", page, name="warden_list"),
]
