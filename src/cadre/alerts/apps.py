from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "cadre.alerts"
    label = "alerts"
    verbose_name = "Alerts"

    def ready(self) -> None:
        from cadre.alerts import checks  # noqa: F401, PLC0415  # registers; Django asks for it here
