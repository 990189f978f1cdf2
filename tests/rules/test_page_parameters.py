"""Whatever stands in an address, no page breaks: it answers, or says what it cannot read."""

from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import quote, urlencode

import pytest
from django.core.handlers import wsgi
from django.http import QueryDict
from django.test import Client

from cadre.core.releasability import Marking, Viewer
from tests.rules.addresses import Address, addresses
from tests.rules.planting import Planted
from tests.rules.readers import browser

# What is given to a page that takes whatever it is given; otherwise a page is seen to read names.
PARAMETERS = (
    "corrects", "kind", "line", "mission", "name", "nation", "parent", "q", "row", "sentences",
    "site", "subject", "take",
)  # fmt: skip
CLOCK = {"on", "known_on"}  # of each page: all have them read in one place, and count from there
DAYS = (
    "9" * 400,
    "2020-13-45",
    "0000-00-00",
    "9999-12-31T23:59:59.999999+14:00",
    "0001-01-01T00:00:00-14:00",
    "٢٠٢٠-٠١-٠٦",
)
NASTY = (
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "é" * 3000,
    *DAYS,
    "-1",
    "0",
    "99999999999999999999",
    "<script>alert(1)</script>",
    "%' OR 1=1 --",
    "\u202e\u200f\ufeff",
    "😀" * 50,
    " ",
    "*:* & | ! ( <-> 'x",
    "a/b/../c",
    "a\nb",
)
AT_FIRST = ("", "?on=%ff%fe&q=%c3%28", "?nobody-reads-it=a%00b", f"?page={'9' * 400}")
PAGES = [
    each
    for each in addresses()
    if not each.pattern.startswith(("static/", "api/", "accounts/", "language/"))
    and each.name != "heartbeat"  # it answers 503 by itself while no worker lives
]


def broken(client: Client, asked: list[str]) -> list[str]:
    return [address[:200] for address in asked if client.get(address).status_code >= 500]


class Read(QueryDict):
    """The question of a request, which writes down the names that a page asks it for."""

    names: ClassVar[set[str]] = set()
    made = False

    def __init__(self, *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)
        self.made = True  # what Django looks up until here nobody has asked for

    def __getitem__(self, name: str) -> str | list[object]:
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        if self.made:
            self.names.add(str(name))
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self.names.update(PARAMETERS)  # whatever it finds
        return super().__iter__()

    def getlist(self, name: str, default: list[object] | None = None) -> list[object]:
        self.names.add(name)
        return super().getlist(name, default)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names that pages have asked their questions for."""
    monkeypatch.setattr(wsgi, "QueryDict", Read)
    monkeypatch.setattr(Read, "names", set())
    return Read.names


def nonsense(read: set[str]) -> Iterator[dict[str, str]]:
    """Questions for a page that reads these names: each with something that no database takes, for
    a value that is refused first may hide one that breaks; then all with whatever there is.
    """
    yield from ({name: "a\x00b"} for name in sorted(read))
    if clock := read & CLOCK:
        yield from (dict.fromkeys(clock, day) for day in DAYS)
    if others := read - CLOCK:
        yield from (dict.fromkeys(sorted(others), value) for value in NASTY)


def fitting(address: Address, planted: Planted) -> str:
    """The address with a row's id or code in it."""
    row, mission = planted.rows["record.Claim"], planted.rows["mission.Mission"]
    known = {"uuid": str(row.pk), "slug": "training", "int": "1"}
    code = str(mission.code)  # type: ignore[attr-defined]  # a mission has one
    return address.with_values([known.get(kind, code) for kind, _name in address.parameters])


@pytest.fixture(scope="module")
def planted(standing: None) -> Planted:
    return Planted("a", Marking()).plant()


@pytest.fixture(scope="module")
def client(standing: None) -> Client:
    return browser()


@pytest.mark.parametrize("address", PAGES, ids=lambda each: each.pattern or "/")
def test_page_survives_any_parameters(
    operator: Viewer, planted: Planted, client: Client, read: set[str], address: Address
) -> None:
    page = fitting(address, planted)

    assert broken(client, [f"{page}{question}" for question in AT_FIRST]) == []
    assert broken(client, [f"{page}?{urlencode(each)}" for each in nonsense(read)]) == []


@pytest.mark.parametrize(
    "address",
    [
        page
        for page in PAGES
        if {kind for kind, _name in page.parameters} & {"str", "code", "slug", "subject", "number"}
    ],
    ids=lambda each: each.pattern,
)
def test_page_survives_anything_in_its_path(
    operator: Viewer, client: Client, address: Address
) -> None:
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
