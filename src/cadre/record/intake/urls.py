from django.urls import path

from cadre.record.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("<uuid:row>/", views.document, name="document"),
]
