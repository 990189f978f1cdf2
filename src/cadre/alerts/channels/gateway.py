"""Text messages and voice calls, through any gateway that speaks docs/reference/gateway.md."""

import json
import re
from typing import Final

import requests

from cadre.alerts.channels import reasons
from cadre.alerts.channels.answers import SECONDS, broken, failed, refusal
from cadre.alerts.channels.environment import WaysOut
from cadre.alerts.channels.messages import Message, Outcome

NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")  # E.164
WRITTEN: Final = re.compile(r"[ ()./\N{NO-BREAK SPACE}-]")
LONGEST_ANSWER: Final = 64 * 1024
LONGEST_REFERENCE: Final = 200


class Gateway:
    """One line to the gateway, kept open from message to message; each thread has its own."""

    honours_keys = True
    in_database = False

    def __init__(self, ways: WaysOut) -> None:
        self.address = f"{ways.gateway_url}/messages"
        self.line = requests.Session()
        self.line.headers["Authorization"] = f"Bearer {ways.gateway_key}"

    def send(self, message: Message) -> Outcome:
        """Hand the message to the gateway under its key, which the gateway takes once only."""
        number = telephone(message.address)
        if not number:
            return failed(reasons.NO_NUMBER)
        try:
            with self.line.post(
                self.address,
                json=body(message, number),
                headers={"Idempotency-Key": message.key},
                timeout=SECONDS,
                allow_redirects=False,
                stream=True,
            ) as answer:
                if answer.ok and not answer.is_redirect:
                    return Outcome(sent=True, reference=reference(answer))
                return refusal(answer.status_code, answer.headers.get("Retry-After", ""))
        except requests.RequestException as error:
            return broken(error)


def telephone(address: str) -> str:
    """The number in international form; "" where there is none to be read."""
    bare = WRITTEN.sub("", address)
    number = f"+{bare[2:]}" if bare.startswith("00") else bare
    return number if NUMBER.fullmatch(number) else ""


def body(message: Message, number: str) -> dict[str, str | int]:
    return {
        "key": message.key,
        "channel": message.channel,
        "to": number,
        "text": message.text,
        "language": message.language,
        "urgent": message.urgent,
        "exercise": message.exercise,
        "digits": 1 if message.channel == "voice" and message.code else 0,
    }


def reference(answer: requests.Response) -> str:
    """What the gateway calls the message; "" where it says nothing: it has it all the same."""
    try:
        said = json.loads(answer.raw.read(LONGEST_ANSWER, decode_content=True))
        found = said["reference"]
    except (ValueError, TypeError, KeyError, OSError, requests.RequestException):
        return ""
    return found[:LONGEST_REFERENCE] if isinstance(found, str) else ""
