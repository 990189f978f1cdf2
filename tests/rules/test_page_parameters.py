"""Whatever stands in an address, no page breaks: it answers, or says what it cannot read."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from cadre.core.releasability import Marking, Viewer
from tests.rules.addresses import Address, addresses
from tests.rules.planting import Planted
from tests.rules.readers import browser

PARAMETERS = (
    "on", "known_on", "q", "subject", "attribute", "mission", "line", "site", "nation", "page",
    "parent", "sentences", "take", "next", "kind", "format", "who", "verb", "table", "row",
    "least", "since", "km", "corrects", "state", "form", "incident", "sites", "nations", "event",
    "people", "step", "decide", "stay", "because",
)  # fmt: skip
NASTY = (
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "é" * 3000,
    "9" * 400,
    "-1",
    "0",
    "99999999999999999999",
    "2020-13-45",
    "0000-00-00",
    "9999-12-31T23:59:59.999999+14:00",
    "0001-01-01T00:00:00-14:00",
    "٢٠٢٠-٠١-٠٦",
    "<script>alert(1)</script>",
    "%' OR 1=1 --",
    "\u202e\u200f\ufeff",
    "😀" * 50,
    " ",
    "*:* & | ! ( <-> 'x",
    "a/b/../c",
    "a\nb",
)
# Each by itself as well: a value that is refused first may hide one that breaks.
ALONE = [*((name, "a\x00b") for name in PARAMETERS), ("page", "9" * 400), ("on", "9" * 400)]
PAGES = [
    each
    for each in addresses()
    if not each.pattern.startswith(("static/", "api/", "accounts/", "language/"))
]


def broken(client: Client, asked: list[str]) -> list[str]:
    return [address[:200] for address in asked if client.get(address).status_code >= 500]


def fitting(address: Address, planted: Planted) -> str:
    """The address with a row's id or code in it."""
    row, mission = planted.rows["record.Claim"], planted.rows["mission.Mission"]
    known = {"uuid": str(row.pk), "slug": "training", "int": "1"}
    code = str(mission.code)  # type: ignore[attr-defined]  # a mission has one
    return address.with_values([known.get(kind, code) for kind, _name in address.parameters])


@pytest.mark.parametrize("address", PAGES, ids=lambda each: each.pattern or "/")
def test_page_survives_any_parameters(operator: Viewer, address: Address) -> None:
    page, client = fitting(address, Planted("a", Marking()).plant()), browser()
    together = [f"{page}?{urlencode(dict.fromkeys(PARAMETERS, value))}" for value in NASTY]
    alone = [f"{page}?{urlencode({name: value})}" for name, value in ALONE]

    assert broken(client, together + alone + [f"{page}?on=%ff%fe&q=%c3%28"]) == []


@pytest.mark.parametrize(
    "address",
    [
        page
        for page in PAGES
        if {kind for kind, _name in page.parameters} & {"str", "code", "slug", "subject", "number"}
    ],
    ids=lambda each: each.pattern,
)
def test_page_survives_anything_in_its_path(operator: Viewer, address: Address) -> None:
    client = browser()
    asked = []
    for value in NASTY:
        text = "/" + "/".join(
            quote(value, safe="") if "<" in part and "uuid" not in part else part
            for part in address.pattern.split("/")
        )
        filled = Address(text[1:], "").with_values(
            ["00000000-0000-4000-8000-000000000000"] * text.count("<uuid:")
        )
        asked.append(filled)

    assert broken(client, asked) == []
