from django.urls import path

from cadre.web import showcase

app_name = "web"
urlpatterns = [
    path("components", showcase.components, name="components"),
]
