from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "cadre.alerts"
    label = "alerts"
    verbose_name = "Alerts"
