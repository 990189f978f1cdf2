"""The two clocks of a page, read from its address: `on` (true on) and `known_on` (known on)."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre.core.moments import asked

ON = "on"
KNOWN_ON = "known_on"


@dataclass(frozen=True)
class Moments:
    """The two moments that a page is about, and what was typed to name them.

    `on_text` and `known_on_text` are empty where the address names no moment. `errors` maps the
    name of a query parameter to one sentence; the moment itself is then the default one.
    """

    on: datetime
    known_on: datetime
    on_text: str = ""
    known_on_text: str = ""
    pinned: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def chosen(self) -> bool:
        """The address itself names a moment, so the page is not about the present."""
        return bool(self.on_text or self.known_on_text)


def asked_moments(request: HttpRequest) -> Moments:
    """The moments that the address asks for; without any, `CADRE_CLOCK` or the present (UTC).

    Read once per request, so that everything on a page stands on the same instant.
    """
    known: Moments | None = getattr(request, "cadre_moments", None)
    if known is None:
        known = read(request.GET.get(ON, ""), request.GET.get(KNOWN_ON, ""))
        request.cadre_moments = known  # type: ignore[attr-defined]  # a request carries what middleware and views hang on it
    return known


def read(on_text: str, known_on_text: str) -> Moments:
    """The moments named by two texts; each that cannot be read gives a sentence and the default."""
    default, pinned = default_moment()
    errors: dict[str, str] = {}
    texts = {ON: on_text.strip(), KNOWN_ON: known_on_text.strip()}
    moments = {}
    for name, text in texts.items():
        try:
            moments[name] = asked(text) if text else default
        except ValueError:
            errors[name] = refusal(text)
            moments[name] = default
    return Moments(
        on=moments[ON],
        known_on=moments[KNOWN_ON],
        on_text=texts[ON],
        known_on_text=texts[KNOWN_ON],
        pinned=pinned,
        errors=errors,
    )


def refusal(text: str) -> str:
    """What to write instead of a text that names no moment."""
    return _(
        "“{text}” is not a moment. Write a day as 2020-01-06, a month as 2020-01, or a time of day "
        "as 2020-01-06T14:30Z."
    ).format(text=text)


def default_moment() -> tuple[datetime, bool]:
    """Where pages stand when nothing is asked, and whether the settings pin that."""
    pinned = str(getattr(settings, "CADRE_CLOCK", "") or "")
    if not pinned:
        return timezone.now().astimezone(UTC), False
    return asked(pinned) + ran(Path(settings.CADRE_CLOCK_STARTED)), True


def ran(started: Path) -> timedelta:
    """How long a pinned clock has run since it was started; nothing while it stands."""
    try:
        return timedelta(seconds=max(0.0, time.time() - float(started.read_text())))
    except (OSError, ValueError):
        return timedelta()


def start() -> None:
    """Lets a pinned clock run from where it stands: for what lives by minutes, such as a muster.

    It runs for every process of this data folder, and for good; without a pinned clock there is
    nothing to start.
    """
    started = Path(settings.CADRE_CLOCK_STARTED)
    if getattr(settings, "CADRE_CLOCK", "") and not started.exists():
        started.parent.mkdir(parents=True, exist_ok=True)
        started.write_text(f"{time.time():.3f}")
