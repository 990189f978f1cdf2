from django.apps import AppConfig


class WebConfig(AppConfig):
    """The shell: page frame, components and pages that span contexts; it has no tables."""

    name = "cadre.web"
    label = "web"
