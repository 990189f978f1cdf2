from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "cadre.directives"
    label = "directives"
    verbose_name = "Directives, lifts, posture"
