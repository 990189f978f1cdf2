from django.urls import path

from cadre.situation import views

app_name = "situation"
urlpatterns = [
    path("incidents/", views.incident_list, name="incidents"),
    path("incidents/new/", views.report, name="report"),
]
