from django.apps import AppConfig
from django.db.models.signals import post_migrate

from cadre.directives import functions


class DirectivesConfig(AppConfig):
    name = "cadre.directives"
    label = "directives"
    verbose_name = "Directives, lifts, posture"

    def ready(self) -> None:
        # Django's own signal: after every migration the functions are those of this release.
        post_migrate.connect(functions.install, sender=self, dispatch_uid="directives.functions")
