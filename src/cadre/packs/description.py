"""Reads pack.toml: what a pack says of itself as a whole."""

import re
import tomllib
from pathlib import Path
from typing import Final

from cadre.core.releasability import Classification, Marking
from cadre.packs.files import as_text, read_bytes
from cadre.packs.pack import Description, Problem, Report

DESCRIPTION: Final = "pack.toml"
LARGEST: Final = 64 * 1024  # bytes
VERSION: Final = 1
CODE_LIMIT: Final = 40  # characters of a nation's or community's code
KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def read_description(folder: Path, report: Report) -> Description:
    content = read_bytes(folder, DESCRIPTION, largest=LARGEST, report=report)
    if content is None:
        if not (folder / DESCRIPTION).exists():
            report(Problem(DESCRIPTION, 0, "", "This file is missing; every pack needs it"))
        return Description("", "")
    text = as_text(content, DESCRIPTION, report)
    try:
        values = tomllib.loads(text or "")
    except tomllib.TOMLDecodeError as error:
        report(Problem(DESCRIPTION, 0, "", f"This file is not TOML: {error}"))
        return Description("", "")
    except RecursionError:
        report(Problem(DESCRIPTION, 0, "", "This file is not TOML that can be read"))
        return Description("", "")
    return Describing(values, report).description() if text is not None else Description("", "")


DESCRIPTION_FIELDS: Final = {
    "format": "the number of the case format: 1",
    "key": "the pack's name for ever: small letters, digits and hyphens",
    "title": "what a reader sees",
    "label": "a few words shown beside everything that comes from the pack",
    "fictional": "true when people and places are invented; every page says so",
    "language": "the language of its sources, such as en",
    "default_source": "the source of claims that name none",
    "needs": "the keys of packs that have to be loaded before",
    "marking": "who may see it: classification, releasable_to, communities, originator",
}


class Describing:
    """Reads the fields of pack.toml, each with its own complaint."""

    def __init__(self, values: dict[str, object], report: Report) -> None:
        self.values = values
        self.report = report

    def wrong(self, name: str, what: str) -> None:
        self.report(Problem(DESCRIPTION, 0, name, what))

    def description(self) -> Description:
        for name in self.values.keys() - DESCRIPTION_FIELDS.keys():
            self.wrong(name, "is no field of a pack's description")
        if self.values.get("format") != VERSION:
            self.wrong("format", f"has to be {VERSION}, the version of the case format")
        key = self.text("key", required=True)
        if key and not KEY.fullmatch(key):
            self.wrong("key", "may have small letters, digits and hyphens only, at most 60")
        fictional = self.values.get("fictional", False)
        if not isinstance(fictional, bool):
            self.wrong("fictional", "has to be true or false")
        return Description(
            key=key,
            title=self.text("title", required=True, limit=200),
            label=self.text("label", limit=200),
            fictional=fictional is True,
            language=self.text("language", limit=12),
            default_source=self.text("default_source", limit=80),
            needs=self.needs(),
            marking=self.marking(),
        )

    def text(self, name: str, *, required: bool = False, limit: int = 60) -> str:
        value = self.values.get(name, "")
        if not isinstance(value, str):
            self.wrong(name, "has to be a text")
            return ""
        if required and not value.strip():
            self.wrong(name, "is missing, and every pack needs it")
        if len(value) > limit or not value.isprintable():
            self.wrong(name, f"has to be one line of at most {limit} characters")
        return value.strip()

    def texts(self, values: dict[str, object], name: str) -> tuple[str, ...] | None:
        value = values.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            self.wrong(name, "has to be a list of texts")
            return None
        if any(not part.strip() or len(part) > CODE_LIMIT for part in value) and name != "needs":
            self.wrong(name, f"may only hold codes of at most {CODE_LIMIT} characters")
        return tuple(part.strip() for part in value)

    def needs(self) -> tuple[str, ...]:
        found = self.texts(self.values, "needs") or ()
        for key in found:
            if not KEY.fullmatch(key):
                self.wrong("needs", f"names “{key}”, which cannot be the key of a pack")
        return tuple(key for key in found if KEY.fullmatch(key))

    def marking(self) -> Marking:
        values = self.values.get("marking", {})
        if not isinstance(values, dict):
            self.wrong("marking", "has to be a table of its own: [marking]")
            return Marking()
        for name in values.keys() - {
            "classification",
            "releasable_to",
            "communities",
            "originator",
        }:
            self.wrong(f"marking.{name}", "is no field of a marking")
        level = values.get("classification", Classification.UNCLASSIFIED.name)
        known = {each.name: each for each in Classification}
        if not isinstance(level, str) or level.upper() not in known:
            self.wrong("marking.classification", f"is none of: {', '.join(known).lower()}")
            level = Classification.SECRET.name
        originator = values.get("originator", "")
        if not isinstance(originator, str) or len(originator) > CODE_LIMIT:
            self.wrong("marking.originator", f"has to be a code of at most {CODE_LIMIT} characters")
            originator = ""
        released = self.texts(values, "releasable_to")
        return Marking(
            classification=known[level.upper()],
            releasable_to=None if released is None else frozenset(released),
            communities=frozenset(self.texts(values, "communities") or ()),
            originator=originator,
        )
