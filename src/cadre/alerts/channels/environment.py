"""What the environment says about ways out; the settings read it, so nothing here reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from cadre.core.releasability import Classification

CHAT: Final = (  # over TLS, and of the kind that staffs talk in; all others are for a site to name
    "gchat",
    "matrixs",
    "mmosts",
    "nctalks",
    "rockets",
    "signals",
    "slack",
    "synologys",
    "threema",
    "webex",
    "workflows",
    "wxteams",
    "zulip",
)
PUSH_HOSTS: Final = (  # of the browsers there are; a browser names its own when it subscribes
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".notify.windows.com",
    ".push.apple.com",
)
MAIL_SECONDS: Final = 8  # for each word of the server before it is given a mail
MAIL_SCHEMES: Final = {
    "smtp": {"use_tls": False, "use_ssl": False},
    "smtp+starttls": {"use_tls": True, "use_ssl": False},
    "smtps": {"use_tls": False, "use_ssl": True},
}
Mailer = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOut:
    """Which ways out a node has. An empty text is: not set. Secrets are not printed.

    `outbox`: nothing leaves, every message is kept for the outbox page instead.
    """

    outbox: bool = False
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""
    mail_classification: str = "unclassified"
    gateway_url: str = ""
    gateway_key: str = field(default="", repr=False)
    gateway_secret: str = field(default="", repr=False)
    gateway_calls: bool = True
    chat: bool = False
    chat_schemes: tuple[str, ...] = CHAT
    chat_hosts: tuple[str, ...] = ()
    push_key: str = field(default="", repr=False)
    push_hosts: tuple[str, ...] = PUSH_HOSTS


def ways_out(environment: Mapping[str, str], *, demo: bool, site: str) -> WaysOut:
    """The ways out that the environment names; `site` is the node's own classification.

    Raises ImproperlyConfigured with one sentence, which never holds a secret.
    """
    schemes, hosts = "CADRE_CHAT_SCHEMES", "CADRE_CHAT_HOSTS"
    gateway = environment.get("CADRE_GATEWAY_URL", "").rstrip("/")
    if gateway and split(gateway).scheme not in {"http", "https"}:
        raise ImproperlyConfigured("CADRE_GATEWAY_URL must begin with https:// or http://.")
    return WaysOut(
        outbox=demo or is_on(environment, "CADRE_OUTBOX"),
        mail_url=environment.get("CADRE_SMTP_URL", ""),
        mail_from=environment.get("CADRE_MAIL_FROM", ""),
        mail_classification=classification(environment, site),
        gateway_url=gateway,
        gateway_key=environment.get("CADRE_GATEWAY_KEY", ""),
        gateway_secret=environment.get("CADRE_GATEWAY_SECRET", ""),
        gateway_calls=is_on(environment, "CADRE_GATEWAY_CALLS", default="1"),
        chat=bool(environment.get(schemes) or environment.get(hosts)),
        chat_schemes=listed(environment, schemes) or CHAT,
        chat_hosts=listed(environment, hosts),
        push_key=environment.get("CADRE_PUSH_KEY", ""),
        push_hosts=(*PUSH_HOSTS, *listed(environment, "CADRE_PUSH_HOSTS")),
    )


def mailers(environment: Mapping[str, str]) -> Mailer:
    """Django's entry for the mail server of CADRE_SMTP_URL; an empty one where it names none.

    Raises ImproperlyConfigured with one sentence, which never holds a secret.
    """
    url = environment.get("CADRE_SMTP_URL", "")
    if not url:
        return {"default": {}}
    parts = split(url)
    if parts.scheme not in MAIL_SCHEMES or not parts.hostname:
        raise ImproperlyConfigured(
            "CADRE_SMTP_URL must look like smtp+starttls://user:password@mail.example.org:587"
            " (or smtps://, or smtp:// for a server on this network)."
        )
    options: dict[str, object] = {
        "host": parts.hostname,
        "timeout": MAIL_SECONDS,
        **MAIL_SCHEMES[parts.scheme],
    }
    if parts.port:
        options["port"] = parts.port
    if parts.username:
        options |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return {"default": {"OPTIONS": options}}


def classification(environment: Mapping[str, str], site: str) -> str:
    """The highest that mail carries whole; the site's own where nothing else is said."""
    known = [each.name.lower() for each in Classification]
    said = environment.get("CADRE_MAIL_CLASSIFICATION", "").lower()
    if said and said not in known:
        raise ImproperlyConfigured(f"CADRE_MAIL_CLASSIFICATION must be one of {', '.join(known)}.")
    return said or (site if site in known else known[0])


def split(url: str) -> SplitResult:
    """An address in its parts; an unreadable one is said without what may be secret in it."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("The address of a way out cannot be read.") from error
    return parts


def is_on(environment: Mapping[str, str], name: str, *, default: str = "") -> bool:
    return environment.get(name, default).lower() in {"1", "true", "yes", "on"}


def listed(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    parts = (part.strip().lower() for part in environment.get(name, "").split(","))
    return tuple(part for part in parts if part)
