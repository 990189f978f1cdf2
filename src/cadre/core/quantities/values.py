"""A quantity with the qualifier that it was stated with."""

from dataclasses import dataclass
from typing import Final, Self, get_args

from cadre.core.quantities.reading import NUMBERS, Qualifier, QuantityError, heard

QUALIFIERS: Final[frozenset[str]] = frozenset(get_args(Qualifier.__value__))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something, as it was said.

    `low` and `high` are the numbers that were said and None where none was: the qualifier tells
    how to take them ("around 120" says 120 in both). `wording` are the source's own words and
    must be there where a qualifier stands without a number, as in "up to several hundred".
    Raises QuantityError if numbers and qualifier do not fit.
    """

    qualifier: Qualifier
    low: int | None = None
    high: int | None = None
    unit: str = ""
    wording: str = ""

    def __post_init__(self) -> None:
        if self.qualifier not in QUALIFIERS:
            raise QuantityError(f"“{self.qualifier}” is not a qualifier of a quantity.")
        if not self.fits():
            raise QuantityError(
                f"The numbers {self.low} and {self.high} do not fit the qualifier"
                f" “{self.qualifier}”."
            )

    def fits(self) -> bool:
        said = (self.low is not None, self.high is not None)
        if said == (False, False) and self.qualifier != "exactly":
            return bool(self.wording) or self.qualifier in {"several", "not stated"}
        if said != NUMBERS[self.qualifier]:
            return False
        low, high = self.low or 0, self.high if self.high is not None else self.low or 0
        return 0 <= low <= high and (self.qualifier != "exactly" or low == high)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads English such as "around 120 troops"; the empty text is a quantity not stated.

        Raises QuantityError with one sentence if the text says none for certain.
        """
        words = " ".join(text.split())
        found = heard(words)
        return cls(found.qualifier, found.low, found.high, found.unit, words)

    @classmethod
    def unknown(cls, unit: str = "") -> Self:
        """The quantity that nobody stated."""
        return cls("not stated", unit=unit)

    @property
    def surely_at_least(self) -> int | None:
        """The number that it is not below; None where nothing can be relied on."""
        if self.low is None or self.qualifier == "around":
            return None
        return self.low + 1 if self.qualifier == "more than" else self.low

    @property
    def surely_at_most(self) -> int | None:
        """The number that it is not above; None where nothing can be relied on."""
        return None if self.qualifier == "around" else self.high

    def __str__(self) -> str:
        """Always with its qualifier, and never with a number that was not said."""
        if self.qualifier == "not stated":
            return "not stated"
        if self.low is None and self.high is None:
            return self.vague_words()
        return f"{self.qualifier} {self.numbers()} {self.unit}".rstrip()

    def numbers(self) -> str:
        said = [f"{each:,}" for each in (self.low, self.high) if each is not None]
        if self.qualifier == "between":
            return " and ".join(said)
        return " to ".join(dict.fromkeys(said))

    def vague_words(self) -> str:
        """The source's words if they are known to say the qualifier, else both."""
        words = self.wording or self.qualifier
        if self.unit and not words.endswith(self.unit):
            words = f"{words} {self.unit}"
        return words if says(words, self.qualifier) else f"{self.qualifier}: “{words}”"


def says(words: str, qualifier: Qualifier) -> bool:
    try:
        return heard(words).qualifier == qualifier
    except QuantityError:
        return False
