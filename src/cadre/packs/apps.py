from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "cadre.packs"
    label = "packs"
    verbose_name = "Case packs and the fictional mission"
