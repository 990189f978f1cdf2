"""Names that the record knows, where they occur in a sentence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cadre.core.reading.proposal import Certainty, Found, Reason

SHORTEST: Final = 3
APART: Final = re.compile(r"[-_\s]+")


@dataclass(frozen=True, slots=True)
class Known:
    """One thing of the record: the key that claims use, and every way in which it is written."""

    key: str
    written: tuple[str, ...]


class KnownNames:
    """The names of the record, compiled once for all sentences of a document."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.keys: Mapping[str, tuple[str, ...]] = keys_by_name(known)
        names = sorted(self.keys, key=lambda name: (-len(name), name))
        words = "|".join(r"[-\s]".join(map(re.escape, APART.split(name))) for name in names)
        self.pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") if names else None

    def found_in(self, text: str) -> Iterator[Found]:
        """Every known name in a sentence, the longest where several begin at one place."""
        if self.pattern is None:
            return
        for match in self.pattern.finditer(text):
            keys = self.keys[normal(match[0])]
            if len(keys) == 1:
                yield Found(*match.span(), keys[0], Certainty.STATED, Reason.NAME)
            else:
                details = {"names": ", ".join(keys)}
                yield Found(
                    *match.span(), None, Certainty.UNCLEAR, Reason.NAME_SHARED, details
                )

    def key_in(self, text: str) -> str | None:
        """The one thing of the record that a phrase names; None if it names none or several."""
        keys = {found.meant for found in self.found_in(text) if isinstance(found.meant, str)}
        return keys.pop() if len(keys) == 1 else None


def keys_by_name(known: Iterable[Known]) -> dict[str, tuple[str, ...]]:
    keys: dict[str, set[str]] = {}
    for each in known:
        for name in (each.key, *each.written):
            if is_a_name(name):
                keys.setdefault(normal(name), set()).add(each.key)
    return {name: tuple(sorted(found)) for name, found in keys.items()}


def is_a_name(name: str) -> bool:
    """Leaves out keys that are common words, such as “article” or “We”."""
    begins_as_name = any(part[:1].isupper() or not part.isascii() for part in APART.split(name))
    return len(name.strip()) >= SHORTEST and begins_as_name


def normal(name: str) -> str:
    return APART.sub(" ", name).strip()
