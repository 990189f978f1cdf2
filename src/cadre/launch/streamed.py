"""What the process of the live stream loads."""

import os
import signal
from collections.abc import Awaitable, Callable

import django
from django.utils.module_loading import import_string

from cadre.launch.processes import die_with_parent

type Application = Callable[..., Awaitable[None]]


def application() -> Application:
    """The stream, in a worker that ends with the server that started it, however that ends."""
    die_with_parent(os.getppid(), signal.SIGKILL)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre.settings")
    django.setup()
    made: Callable[[], Application] = import_string("cadre.accountability.live.application")
    return made()
