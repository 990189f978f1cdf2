from django.apps import AppConfig


class MissionConfig(AppConfig):
    name = "cadre.mission"
    label = "mission"
    verbose_name = "Missions, nations, sites, posts, people"
