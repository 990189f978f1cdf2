"""What the web server's worker processes load."""

import os
import signal

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from cadre.launch.processes import die_with_parent


def application() -> WSGIHandler:
    """The pages, in a worker that ends with the server that started it, however that ends."""
    die_with_parent(os.getppid(), signal.SIGKILL)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre.settings")
    return get_wsgi_application()
