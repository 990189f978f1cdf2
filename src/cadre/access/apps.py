from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "cadre.access"
    label = "access"
    verbose_name = "Accounts, roles, markings"

    def ready(self) -> None:
        from cadre.access import factors  # noqa: PLC0415  # it needs models, which are ready now

        factors.listen()
