from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "cadre.access"
    label = "access"
    verbose_name = "Accounts, roles, markings"
