from django.urls import path

from cadre.directives import views

app_name = "directives"
urlpatterns = [
    path("posture/", views.posture, name="posture"),
    path("directives/", views.directives, name="directives"),
    path("directives/<str:number>/", views.directive, name="directive"),
]
