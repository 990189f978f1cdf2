"""Lists that are known to be whole, and lists of which only some are named."""

import re
from dataclasses import dataclass
from typing import Final, Self

OPENINGS: Final = re.compile(
    r"(?:such as|including|among them|for example|e\.g\.),? ", re.IGNORECASE
)
ENDINGS: Final = re.compile(
    r"(?:,| and|, and) (?:others|more|so on)$|,? etc\.?$|,? …$", re.IGNORECASE
)
BETWEEN: Final = re.compile(r", and |, | and ")


@dataclass(frozen=True, slots=True)
class OpenList:
    """Some named items; `open` if there may be others that nobody named."""

    items: tuple[str, ...]
    open: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads "such as Australia, Sweden and Finland": open by its first or last words.

        Nothing named is an open list: it is not stated who belongs to it.
        """
        words = text.strip()
        opening, ending = OPENINGS.match(words), ENDINGS.search(words)
        named = words[opening.end() if opening else 0 : ending.start() if ending else None]
        items = tuple(item.strip() for item in BETWEEN.split(named) if item.strip())
        return cls(items, open=bool(opening or ending) or not items)

    def __str__(self) -> str:
        """An open list always shows that it is open."""
        if not self.items:
            return "not stated" if self.open else "none"
        named = " and ".join(filter(None, (", ".join(self.items[:-1]), self.items[-1])))
        return f"such as {named}" if self.open else named
