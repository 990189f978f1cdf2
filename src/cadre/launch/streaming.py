"""The process that streams the numbers of open musters to their boards, beside the web server."""

import argparse
import socket
from collections.abc import Mapping

from cadre.launch.arguments import port
from cadre.launch.companions import Companion
from cadre.launch.refusal import Refusal
from cadre.launch.web_server import Place

PORT, URL = "CADRE_LIVE_PORT", "CADRE_LIVE_URL"
BEHIND_PROXY = "/live/"


def live_stream(
    place: Place, environment: Mapping[str, str], *, behind_proxy: bool
) -> tuple[Companion, dict[str, str]]:
    """The process, and what every process is told so that pages find it.

    It listens on CADRE_LIVE_PORT, else on the port after that of the pages, else on a free one.
    Pages look for it at CADRE_LIVE_URL; else behind a proxy that speaks TLS under /live/, since no
    other port may be reachable, and without one on its own port of the host they were asked by.
    Raises Refusal for a CADRE_LIVE_PORT that is none or is taken.
    """
    number = chosen(place.host, environment.get(PORT, "")) or free(place)
    url = environment.get(URL) or (BEHIND_PROXY if behind_proxy else f":{number}")
    command = ["-m", "granian", "--interface", "asgi", "--factory", "--no-ws"]
    command += ["--host", place.host, "--port", str(number), "--workers", "1"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "2"]
    command += ["--log-level", "warning", "cadre.launch.streamed:application"]
    return Companion("live stream", command), {PORT: str(number), URL: url}


def chosen(host: str, text: str) -> int:
    """The port that was asked for; 0 where none was."""
    if not text:
        return 0
    try:
        number = port(text)
    except argparse.ArgumentTypeError as error:
        raise Refusal(f"{PORT} cannot be used: {error}.") from error
    if not is_free(host, number):
        message = f"The live stream cannot listen on {host}:{number}; choose another {PORT}."
        raise Refusal(message)
    return number


def free(place: Place) -> int:
    """The port after that of the pages, so that a proxy's settings stay true; else any."""
    return place.port + 1 if is_free(place.host, place.port + 1) else any_port(place.host)


def is_free(host: str, number: int) -> bool:
    return bound_to(host, number) != 0


def any_port(host: str) -> int:
    return bound_to(host, 0)


def bound_to(host: str, number: int) -> int:
    """The port that a server can listen on when it asks for `number`; 0 if it cannot."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
            probe.listen(1)
        except (OSError, OverflowError):
            return 0
        return int(probe.getsockname()[1])
