"""What is only half set up among the ways out, in sentences for whoever sets up the node."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from cadre.alerts.channels.chat_rules import NEVER
from cadre.alerts.channels.environment import WaysOut

SHORTEST_SECRET: Final = 32  # characters
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def complaints(ways: WaysOut) -> list[str]:
    """One sentence for each thing that is missing or unsafe; none where all is well."""
    return [*of_mail(ways), *of_the_gateway(ways), *of_chat(ways), *of_push(ways)]


def of_mail(ways: WaysOut) -> Iterator[str]:
    if ways.mail_url and not ways.mail_from:
        yield "Mail is not sent: CADRE_SMTP_URL is set and CADRE_MAIL_FROM is not."
    if ways.mail_from and not ways.mail_url:
        yield "Mail is not sent: CADRE_MAIL_FROM is set and CADRE_SMTP_URL is not."
    if ways.mail_url.startswith("smtp://") and not is_here(ways.mail_url):
        yield "Mail goes to its server unencrypted: let CADRE_SMTP_URL begin with smtp+starttls://."


def of_the_gateway(ways: WaysOut) -> Iterator[str]:
    if not ways.gateway_url:
        if ways.gateway_key or ways.gateway_secret:
            yield "Text messages and calls are not sent: CADRE_GATEWAY_URL is not set."
        return
    if not ways.gateway_key:
        yield "Text messages and calls are not sent: CADRE_GATEWAY_KEY is not set."
    if not ways.gateway_secret:
        yield "Answers and receipts of the gateway are refused: CADRE_GATEWAY_SECRET is not set."
    elif len(ways.gateway_secret) < SHORTEST_SECRET:
        yield f"CADRE_GATEWAY_SECRET is shorter than {SHORTEST_SECRET} characters."
    if ways.gateway_url.startswith("http://") and not is_here(ways.gateway_url):
        yield "The gateway's key and all numbers travel unencrypted: CADRE_GATEWAY_URL is http://."


def of_chat(ways: WaysOut) -> Iterator[str]:
    if refused := sorted(NEVER.intersection(ways.chat_schemes)):
        yield f"CADRE_CHAT_SCHEMES names what is never used: {', '.join(refused)}."


def of_push(ways: WaysOut) -> Iterator[str]:
    if ways.push_key and ways.mail_url and not ways.mail_from:
        yield "Push messages are not sent: push services ask for the address in CADRE_MAIL_FROM."


def is_here(url: str) -> bool:
    return urlsplit(url).hostname in HERE
