"""Push messages to browsers (RFC 8030), sealed so that only the browser can read them."""

import json
from contextlib import suppress
from email.utils import parseaddr
from typing import Final
from uuid import UUID

import requests
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from cadre.alerts.channels import reasons
from cadre.alerts.channels.answers import SECONDS, broken, failed, gone, refusal
from cadre.alerts.channels.environment import WaysOut
from cadre.alerts.channels.messages import Message, Outcome
from cadre.alerts.channels.push_address import may_ask, read
from cadre.alerts.channels.push_keys import private_key

DAY: Final = 24 * 60 * 60
NO_MORE: Final = frozenset({404, 410})


class Push:
    """Sends to browsers that subscribed. A push service knows no key, but a second message with
    the same key takes the place of the first, unless the browser has shown it already.
    """

    honours_keys = False
    in_database = False

    def __init__(self, ways: WaysOut) -> None:
        self.hosts = ways.push_hosts
        self.key = Vapid02(private_key(ways.push_key))
        self.contact = f"mailto:{parseaddr(ways.mail_from)[1]}"
        self.line = requests.Session()
        self.line.max_redirects = 0  # a push service has no reason to send us elsewhere

    def send(self, message: Message) -> Outcome:
        """Hand the title to the push service of the browser; see `push_address`."""
        browser = read(message.address)
        if browser is None:
            return failed(reasons.NO_ADDRESS)
        if not may_ask(browser["endpoint"], self.hosts):
            return failed(reasons.NOT_ALLOWED)
        try:
            webpush(
                browser,
                json.dumps(shown(message), ensure_ascii=False),
                vapid_private_key=self.key,
                vapid_claims={"sub": self.contact},
                ttl=DAY,
                timeout=SECONDS,
                headers=headers(message),
                requests_session=self.line,
            )
        except WebPushException as error:
            return refused(error)
        except requests.RequestException as error:
            return broken(error)
        except (ValueError, TypeError, LookupError):  # keys that are no keys
            return gone(reasons.NO_ADDRESS)
        return Outcome(sent=True)


def shown(message: Message) -> dict[str, object]:
    """What the browser gets: a title and where it leads, for a locked screen shows it."""
    return {
        "title": message.subject,
        "link": message.link,
        "language": message.language,
        "exercise": message.exercise,
        "urgent": message.urgent,
        "tag": message.follows or message.key,
    }


def headers(message: Message) -> dict[str, str | int | float]:
    """Urgent ones wake a phone; of two under one topic the service keeps the later one."""
    wanted: dict[str, str | int | float] = {"Urgency": "high" if message.urgent else "normal"}
    with suppress(ValueError):  # a key of another form goes without
        wanted["Topic"] = UUID(message.key).hex
    return wanted


def refused(error: WebPushException) -> Outcome:
    if error.status_code is None:
        return gone(reasons.NO_ADDRESS)
    if error.status_code in NO_MORE:
        return gone(reasons.GONE, error.status_code)
    return refusal(error.status_code, error.retry_after or "")
