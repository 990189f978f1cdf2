"""What `check --deploy` says of the ways out."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Tags, Warning, register  # noqa: A004  Django's name for it

from cadre.alerts.channels.complaints import complaints


@register(Tags.security, deploy=True)
def ways_out_are_whole(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  Django's signature
    **_told: object,
) -> list[Warning]:
    """A warning for each way out that is half set up or unsafe."""
    return [Warning(sentence, id="alerts.W001") for sentence in complaints(settings.WAYS_OUT)]
