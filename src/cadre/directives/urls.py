from django.urls import path, register_converter

from cadre.directives import views
from cadre.record.converters import Name

register_converter(Name, "number")

app_name = "directives"
urlpatterns = [
    path("posture/", views.posture, name="posture"),
    path("directives/", views.directives, name="directives"),
    path("directives/<number:number>/", views.directive, name="directive"),
]
