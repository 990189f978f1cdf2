"""Held names in free text: whoever wrote them, they leave by no way out while they are held."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from cadre.accountability.queries.holds import withheld
from cadre.accountability.queries.sight import counting
from cadre.mission.models import Person


@dataclass(frozen=True, slots=True)
class HeldNames:
    """The names, codes and addresses of mail of some people as words of a text; None: nobody's."""

    pattern: re.Pattern[str] | None = None

    def out_of(self, text: str) -> str:
        """The text without these names, in the language that is active where they stood."""
        return self.pattern.sub(_("[a name that is held]"), text) if self.pattern else text


NOBODYS = HeldNames()


def held_names(*, now: datetime) -> HeldNames:
    """The names that leave by no way out at the present moment (aware)."""
    return names_of(withheld(now=now))


def names_of(people: Collection[UUID]) -> HeldNames:
    """The names of these people, read with sight of all; the longest first, so that none is cut."""
    if not people:
        return NOBODYS
    with counting():
        rows = list(Person.objects.filter(pk__in=people).values_list("name", "code", "email"))
    words = sorted({each for row in rows for each in row if each.strip()}, key=len, reverse=True)
    written = "|".join(r"\s+".join(map(re.escape, each.split())) for each in words)
    return HeldNames(re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.IGNORECASE))
