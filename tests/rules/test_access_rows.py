"""Every address is silent about what its viewer may not see, and notes what is sensitive."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from uuid import UUID

import pytest
from django.http import HttpResponseBase
from django.test import Client

from cadre.access import actions
from cadre.access.models import Account, Look, Marked, RoleChoices
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from tests.rules.addresses import Address, addresses, asked
from tests.rules.filling import Filling
from tests.rules.planting import AT, Planted

type Row = tuple[str, str]  # the letter of a planted set, and the table

# By pattern: two methods of the API share one address. Those of signing in ask the tables of
# accounts only.
WHERE = {
    address.pattern: address
    for address in addresses()
    if not address.pattern.startswith(("static/", "accounts/"))
}
HIDDEN = {
    "a": Marking(releasable_to=frozenset({"DE"})),
    "b": Marking(classification=Classification.SECRET),
    "c": Marking(communities=frozenset({"council"})),
    "d": Marking(releasable_to=frozenset(), originator="DE"),
}
# What gives a row away: its word, or its id.
PROBE = "/heartbeat/"  # says with 503 that no worker answers, which is so here
# Rows that have no word of their own and are never addressed.
WORDLESS = {
    "alerts.Climb": "a step and a moment, which the page of an alert says",
    "alerts.StandIn": "who came in for whom, whom the page of an alert names",
}
GIVEAWAY = re.compile(r"qzx[a-z]\d{3}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass
class World:
    """Rows that the viewer may not see, one set for each reason why, and rows that he may.

    The open rows point at hidden ones, so that a page of an open row is tempted to tell.
    """

    hidden: dict[str, Planted]
    open: Planted
    sweden: Client  # may see the open rows
    germany: Client  # may see all

    @cached_property
    def secrets(self) -> dict[str, Row]:
        """Each word and id that gives a hidden row away.

        The ids of the rows that open rows point at are part of the open rows; they tell nothing.
        """
        return {
            text: (planted.letter, label)
            for planted in self.hidden.values()
            for label, row in planted.rows.items()
            for text in (planted.word(type(row)), str(row.pk))
            if isinstance(row, Marked) and not (planted is self.open.borrows and "-" in text)
        }

    @cached_property
    def sensitive(self) -> dict[Row, UUID]:
        """The rows whose showing is noted: secret ones, and people."""
        return {
            (planted.letter, label): row.pk
            for planted in self.hidden.values()
            for label, row in planted.rows.items()
            if planted.letter == "b" or getattr(row, "personal", "")
        }

    def questions(self, address: Address, *sets: Planted) -> Iterator[str]:
        """An address with every row's id or handle that it could find something by; a plain one
        with every question.
        """
        for planted in sets:
            rows = list(planted.rows.values())
            if address.parameters:
                yield from Filling(address, rows, self.germany).paths()
            else:
                yield f"/{address.pattern}"
                yield from (f"/{address.pattern}?{query}" for query in asked(address, rows))


@pytest.fixture(scope="module")
def world(standing: None) -> World:
    hidden = {letter: Planted(letter, marking).plant() for letter, marking in HIDDEN.items()}
    return World(
        hidden,
        Planted("z", Marking(), borrows=hidden["a"]).plant(),
        signed_in("se", clearance=Classification.CONFIDENTIAL, affiliations=["SE", "NATO"]),
        signed_in(
            "de",
            clearance=Classification.SECRET,
            affiliations=["DE", "NATO"],
            communities=["council"],
        ),
    )


def signed_in(name: str, **values: object) -> Client:
    """Somebody with every role but the administrator's."""
    account = Account(email=f"{name}@mission.example", name=name, **values)
    actions.open_account(account, password=None, by=OPERATOR, at=AT)
    for role in RoleChoices.values:
        if role != RoleChoices.ADMINISTRATOR:
            actions.give_role(account, role, mission="", by=OPERATOR, at=AT)
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


@dataclass
class Walked:
    """What a walk found."""

    told: dict[str, set[Row]] = field(default_factory=dict)  # by address
    said: dict[str, set[Row]] = field(default_factory=dict)  # the same, without keys
    noted: dict[str, set[UUID]] = field(default_factory=dict)  # by address, for what told
    broken: list[str] = field(default_factory=list)

    def unnoted(self, sensitive: dict[Row, UUID]) -> dict[str, set[Row]]:
        """The sensitive rows that an address told of without a look that names them.

        The key of a row stands in the rows that point at it as well; by itself it says nothing.
        """
        found = {
            path: {
                row for row in rows if row in sensitive and sensitive[row] not in self.noted[path]
            }
            for path, rows in self.said.items()
        }
        return {path: rows for path, rows in found.items() if rows}


def walk(client: Client, paths: Iterable[str], secrets: dict[str, Row]) -> Walked:
    """Asks for each path of one address, until it says that it only takes forms."""
    walked = Walked()
    for path in dict.fromkeys(paths):
        looks = Look.objects.count()
        answer = client.get(path)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            break
        if answer.status_code >= 500 and path.partition("?")[0] != PROBE:
            walked.broken.append(path)
        told = set(GIVEAWAY.findall(text_of(answer))) - set(GIVEAWAY.findall(path.lower()))
        if told := told & set(secrets):
            walked.told[path] = {secrets[text] for text in told}
            walked.said[path] = {secrets[text] for text in told if "-" not in text}
            noted = Look.objects.order_by("at")[looks:]
            walked.noted[path] = {row for look in noted for row in look.rows}
    return walked


def text_of(answer: HttpResponseBase) -> str:
    """All that an answer says: its headers, its body, and what lies in an archive."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # one of the two
    parts = [str(answer.headers).encode(), body]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
    return b"\n".join(parts).decode("utf-8", "replace").lower()


@pytest.mark.parametrize("where", WHERE)
def test_no_door_tells_what_its_viewer_may_not_see(
    operator: Viewer, world: World, where: str
) -> None:
    questions = world.questions(WHERE[where], world.hidden["a"], world.open)

    walked = walk(world.sweden, questions, world.secrets)

    assert walked.told == {}
    assert walked.broken == []


@pytest.mark.parametrize("where", WHERE)
def test_the_same_door_notes_what_is_sensitive_when_it_tells_who_may_see_it(
    operator: Viewer, world: World, where: str
) -> None:
    """No sensitive row is shown unnoted (K5)."""
    questions = world.questions(WHERE[where], world.hidden["b"])

    walked = walk(world.germany, questions, world.secrets)

    assert walked.unnoted(world.sensitive) == {}
    assert walked.broken == []


def test_every_row_is_told_by_one_of_these_doors_to_who_may_see_it(
    operator: Viewer, world: World
) -> None:
    """Proof that a leak would have been found. What tells of most comes first."""
    missing = set(world.hidden["b"].rows) - set(WORDLESS)
    for address in sorted(WHERE.values(), key=tells_of_few):
        if missing:
            walked = walk(world.germany, world.questions(address, world.hidden["b"]), world.secrets)
            missing -= {label for _letter, label in set().union(*walked.told.values())}

    assert missing == set()


def tells_of_few(address: Address) -> tuple[bool, bool]:
    return not address.pattern.startswith(("search", "ledger")), bool(address.parameters)
