"""Reading values out of JSON that nobody vouches for: one sentence for each fault."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

FURTHEST: Final = 1_000_000  # no number of the format is larger


class Faults(Exception):
    """What cannot be read; `sentences` says of each fault what is wrong and where."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object, where it stands, and the list that its faults are added to.

    What is missing or wrong adds a sentence and reads as an empty value, so that reading goes on
    to the next fault; whoever opened the record raises Faults at the end.
    """

    where: str
    values: dict[str, object]
    faults: list[str]

    def fault(self, name: str, what: str) -> None:
        self.faults.append(f"{self.where}{name} {what}.")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(name, "has to be a text")
        return ""

    def text_or_none(self, name: str) -> str | None:
        return None if self.values.get(name) is None else self.text(name)

    def number(self, name: str, *, least: int = 0, most: int = FURTHEST) -> int:
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.fault(name, f"has to be a whole number from {least} to {most}")
        return least

    def number_or_none(self, name: str, *, least: int = 0) -> int | None:
        return None if self.values.get(name) is None else self.number(name, least=least)

    def number_or(self, name: str, usual: int) -> int:
        return self.number(name) if name in self.values else usual

    def texts(self, name: str) -> list[str]:
        value = self.values.get(name, [])
        if isinstance(value, list) and all(isinstance(each, str) and each for each in value):
            return [str(each) for each in value]
        self.fault(name, "has to be a list of texts")
        return []

    def numbers(self, name: str, *, most: int = FURTHEST) -> list[int]:
        value = self.values.get(name, [])
        if isinstance(value, list) and all(
            type(each) is int and 0 <= each <= most for each in value
        ):
            return [int(each) for each in value]
        self.fault(name, f"has to be a list of whole numbers from 0 to {most}")
        return []

    def record(self, name: str) -> "Record":
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            self.fault(name, "has to be an object")
            value = {}
        return Record(f"{self.where}{name}.", value, self.faults)

    def each[Read](self, name: str, read: Callable[["Record"], Read]) -> tuple[Read, ...]:
        """Every object of a list, read."""
        value = self.values.get(name, [])
        if not isinstance(value, list):
            self.fault(name, "has to be a list of objects")
            return ()
        found: list[Read] = []
        for place, entry in enumerate(value):
            if isinstance(entry, dict):
                found.append(read(Record(f"{self.where}{name}[{place}].", entry, self.faults)))
            else:
                self.fault(f"{name}[{place}]", "has to be an object")
        return tuple(found)

    def only(self, *names: str) -> None:
        """Names that the format does not know are faults: a misspelt one would be lost."""
        for strange in sorted(self.values.keys() - set(names)):
            self.fault(strange, f"is not known here; there are {', '.join(names)}")


def opened(text: str) -> Record:
    """The outermost object of a JSON text; raises Faults where there is none."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        sentence = f"Line {error.lineno}, column {error.colno}: this is not JSON ({error.msg})."
        raise Faults([sentence]) from error
    except (RecursionError, ValueError) as error:  # nested too deeply; a number of 5,000 digits
        raise Faults(["This is no JSON that can be read: it is too deep or too long."]) from error
    if not isinstance(value, dict):
        raise Faults(["The file has to hold one JSON object."])
    return Record("", value, [])
