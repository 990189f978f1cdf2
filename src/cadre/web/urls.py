from django.urls import path

from cadre.web import showcase, views

app_name = "web"
urlpatterns = [
    path("", views.board, name="board"),
    path("timeline/", views.timeline, name="timeline"),
    path("map/", views.map_of_sites, name="map"),
    path("search/", views.search, name="search"),
    path("directory/", views.directory, name="directory"),
    path("health", views.health, name="health"),
    path("components", showcase.components, name="components"),
]
