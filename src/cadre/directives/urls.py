from django.urls import path, register_converter

from cadre.directives.views import reading
from cadre.record.converters import Name

register_converter(Name, "number")

app_name = "directives"
urlpatterns = [
    path("posture/", reading.posture, name="posture"),
    path("directives/", reading.directives, name="directives"),
    path("directives/<number:number>/", reading.directive, name="directive"),
]
