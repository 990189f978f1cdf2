"""How long a text message is on the air: what it is charged and delayed by."""

from dataclasses import dataclass
from typing import Final

# The alphabet of GSM 03.38; what is in the second costs two signs.
ONE: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWO: Final = frozenset("\f^{}\\[~]|€")
WHOLE, PART = 160, 153  # signs of a message alone, and of one of several
WHOLE_UCS2, PART_UCS2 = 70, 67  # in code units of UTF-16


@dataclass(frozen=True, slots=True)
class Length:
    """In how many parts a text travels, and whether in the small alphabet or in UCS-2."""

    parts: int
    small_alphabet: bool


def length(text: str) -> Length:
    """What a text comes to. A part never splits a sign that takes two places."""
    small = all(sign in ONE or sign in TWO for sign in text)
    sizes = [size(sign, small=small) for sign in text]
    whole, part = (WHOLE, PART) if small else (WHOLE_UCS2, PART_UCS2)
    return Length(1 if sum(sizes) <= whole else parts(sizes, part), small)


def size(sign: str, *, small: bool) -> int:
    if small:
        return 2 if sign in TWO else 1
    return 2 if ord(sign) > 0xFFFF else 1  # noqa: PLR2004  the plane that one unit reaches


def parts(sizes: list[int], room: int) -> int:
    count, used = 1, 0
    for each in sizes:
        if used + each > room:
            count, used = count + 1, 0
        used += each
    return count
