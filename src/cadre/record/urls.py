from django.urls import path, register_converter

from cadre.record import views
from cadre.record.converters import Name

register_converter(Name, "subject")
register_converter(Name, "number")  # of an order, in the addresses of higher contexts

app_name = "record"
urlpatterns = [
    path("ask/", views.ask, name="ask"),
    path("subjects/", views.subjects, name="subjects"),
    path("subjects/<subject:subject>/", views.subject, name="subject"),
    path("sources/", views.sources, name="sources"),
    path("sources/<uuid:row>/", views.source, name="source"),
    path("claims/<uuid:row>/", views.claim, name="claim"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/<slug:table>/<str:row>/", views.history, name="history"),
]
