"""Every address there is, with values for its parameters: also those that are added later."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from cadre.api import api

PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
GROUP = re.compile(r"\(\?P<(?P<name>\w+)>[^)]*\)")
HANDLES = ("code", "key", "number", "reference", "name", "subject")


@dataclass(frozen=True)
class Address:
    """A pattern of the URLconf, spelled from the root."""

    pattern: str
    name: str

    @property
    def parameters(self) -> list[tuple[str, str]]:
        return [
            (found["kind"] or "str", found["name"]) for found in PARAMETER.finditer(self.pattern)
        ]

    def with_values(self, values: Sequence[str]) -> str:
        left = iter(values)
        return "/" + PARAMETER.sub(lambda _found: quote(next(left), safe=""), self.pattern)


def addresses() -> list[Address]:
    return list(walk(get_resolver(), ""))


def walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        text = prefix + plain(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield Address(text, pattern.name or "")
        else:
            yield from walk(pattern, text)


def plain(pattern: str) -> str:
    """A pattern that is a regular expression, written as a path."""
    return GROUP.sub(r"<\g<name>>", pattern).removeprefix("^").removesuffix("$")


def asked(address: Address, rows: Sequence[models.Model]) -> Iterator[str]:
    """Questions in the address: every parameter that any page or the API knows.

    The question itself holds only words that rows are named by.
    """
    named = {row._meta.label: row for row in rows}
    claim, mission, line = (
        named[label] for label in ("record.Claim", "mission.Mission", "mission.ActivityLine")
    )
    yield urlencode({"subject": claim.subject, "attribute": claim.attribute})
    place = {
        "site": named["mission.Site"].code,
        "nation": named["mission.Organisation"].code,
    }
    cell = {"mission": mission.code, "line": line.code, "on": "2020-01-06"}
    yield urlencode(cell | place)
    yield urlencode(cell | {"known_on": "2020-01-06"})
    yield urlencode({"page": "2", "format": "csv"})
    searched = rows if "search" in address.pattern else [claim, named["mission.Person"]]
    for row in searched:
        for handle in HANDLES:
            if hasattr(row, handle):
                yield urlencode({"q": getattr(row, handle)})


def operations() -> Iterator[tuple[str, str]]:
    """Each method and path of the API, from its own description."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            yield method.upper(), path
