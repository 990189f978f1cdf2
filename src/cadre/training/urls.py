from django.urls import path

from cadre.training import views

app_name = "training"
urlpatterns = [
    path("directives/drafts/<uuid:row>/", views.before_signing, name="draft"),
    path("missions/<code:mission>/impact/", views.what_would_stop, name="impact"),
    path("missions/<code:mission>/levels/order/", views.order_level, name="order_level"),
    path("levels/<number:number>/forbids/", views.what_level_forbids, name="forbids"),
    path("missions/<code:mission>/sessions/", views.session_list, name="sessions"),
]
