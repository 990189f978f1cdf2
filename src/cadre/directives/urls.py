from django.urls import path, register_converter

from cadre.directives.views import issuing, reading
from cadre.record.converters import Name

register_converter(Name, "number")

app_name = "directives"
urlpatterns = [
    path("posture/", reading.posture, name="posture"),
    path("directives/", reading.directives, name="directives"),
    path("directives/drafts/", issuing.drafts, name="drafts"),
    path("directives/drafts/<uuid:row>/", issuing.draft, name="draft"),
    path("directives/drafts/<uuid:row>/edit/", issuing.edit, name="edit_draft"),
    path("directives/drafts/<uuid:row>/sign/", issuing.sign, name="sign"),
    path("directives/drafts/<uuid:row>/drop/", issuing.drop, name="drop_draft"),
    path("missions/<str:mission>/directives/new/", issuing.compose, name="compose"),
    path("directives/<number:number>/", reading.directive, name="directive"),
]
