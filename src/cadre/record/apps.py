from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    name = "cadre.record"
    label = "record"
    verbose_name = "Sources, claims, ledger"

    def ready(self) -> None:
        from cadre.record import guards  # noqa: PLC0415  # it walks models, which load after apps

        # Django's own signal: after every migration the guards stand on every table there is.
        post_migrate.connect(guards.install, sender=self, dispatch_uid="record.guards")
