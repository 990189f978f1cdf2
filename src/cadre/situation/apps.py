from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "cadre.situation"
    label = "situation"
    verbose_name = "Incidents"
