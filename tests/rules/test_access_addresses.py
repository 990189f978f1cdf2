"""Every address: closed to strangers, and silent about what its viewer may not see."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

import pytest
from django.http import HttpResponseBase
from django.test import Client

from cadre.access import actions
from cadre.access.models import Account, Look, Marked, RoleChoices
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from tests.rules.addresses import Address, addresses, asked, filled, operations
from tests.rules.planting import AT, Planted

# Doors that a stranger has to reach: signing in and its factors, the choice of a language, the
# probe of a load balancer. `access.middleware` lets through no more than these.
OPEN = {
    "account_login", "account_logout", "account_inactive", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn",
    "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
    "socialaccount_login_error", "set_language", "health",
    # Their own tests: a link that was not made here is told nothing.
    "check_in", "check_in_reports", "check_in_manifest", "check_in_worker",
    "warden_list", "warden_reports", "warden_manifest", "warden_worker",
    "on_the_spot",  # its own tests: a secret that is unknown is told nothing
}  # fmt: skip

type Row = tuple[str, str]  # the letter of a planted set, and the table
WHERE = [address for address in addresses() if not address.pattern.startswith("static/")]


def sample(address: Address) -> str:
    """The address with something in it that fits its form."""
    fits = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}
    return address.with_values([fits.get(kind, "x") for kind, _name in address.parameters])


@pytest.mark.django_db
@pytest.mark.parametrize("address", WHERE, ids=lambda address: address.pattern or "/")
def test_a_stranger_is_turned_away(client: Client, address: Address) -> None:
    if address.name in OPEN:
        return
    refusals = {"GET": client.get, "POST": client.post, "DELETE": client.delete}
    for method, send in refusals.items():
        answer = send(sample(address))
        where = (method, address.pattern)
        if address.pattern.startswith("api/"):
            assert (where, answer.status_code) == (where, 401)
        else:
            assert (where, answer.status_code) == (where, 302)
            assert answer["Location"].startswith("/accounts/")
            assert answer.content == b""


@pytest.mark.django_db
def test_a_stranger_is_turned_away_from_every_operation_of_the_api(client: Client) -> None:
    answers = {
        (method, path): client.generic(method, re.sub(r"\{\w+\}", "1", path)).status_code
        for method, path in operations()
    }

    assert set(answers.values()) == {401}


# --- what a viewer may not see ----------------------------------------------------------------

HIDDEN = {
    "a": Marking(releasable_to=frozenset({"DE"})),
    "b": Marking(classification=Classification.SECRET),
    "c": Marking(communities=frozenset({"council"})),
    "d": Marking(releasable_to=frozenset(), originator="DE"),
}


@dataclass
class World:
    """Rows that the viewer may not see, one set for each reason why, and rows that he may.

    The open rows point at hidden ones, so that a page of an open row is tempted to tell.
    """

    hidden: dict[str, Planted]
    open: Planted

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

    def sensitive(self) -> dict[Row, UUID]:
        """The rows whose showing is noted: secret ones, and people."""
        return {
            (planted.letter, label): row.pk
            for planted in self.hidden.values()
            for label, row in planted.rows.items()
            if planted.letter == "b" or getattr(row, "personal", "")
        }


@pytest.fixture
def world(operator: Viewer) -> World:
    hidden = {letter: Planted(letter, marking).plant() for letter, marking in HIDDEN.items()}
    return World(hidden, Planted("z", Marking(), borrows=hidden["a"]).plant())


@pytest.fixture
def signed_in_as(operator: Viewer) -> Callable[..., Client]:
    """Somebody with every role but the administrator's, signed in."""

    def opened(name: str, **values: object) -> Client:
        account = Account(email=f"{name}@mission.example", name=name, **values)
        actions.open_account(account, password=None, by=OPERATOR, at=AT)
        for role in RoleChoices.values:
            if role != RoleChoices.ADMINISTRATOR:
                actions.give_role(account, role, mission="", by=OPERATOR, at=AT)
        client = Client(raise_request_exception=False)
        client.force_login(account)
        return client

    return opened


@dataclass
class Walked:
    """What a walk through all addresses found."""

    told: dict[str, set[Row]] = field(default_factory=dict)  # by address
    said: dict[str, set[Row]] = field(default_factory=dict)  # the same, without keys
    noted: dict[str, set[UUID]] = field(default_factory=dict)  # by address, for what told
    broken: list[str] = field(default_factory=list)

    def unnoted(self, path: str, sensitive: dict[Row, UUID]) -> set[Row]:
        """The sensitive rows that an address told of without a look that names them.

        The key of a row stands in the rows that point at it as well; by itself it says nothing.
        """
        return {
            row
            for row in self.said[path]
            if row in sensitive and sensitive[row] not in self.noted[path]
        }


def walk(client: Client, where: Mapping[str, Address], secrets: dict[str, Row]) -> Walked:
    walked = Walked()
    refusing: set[Address] = set()  # what only takes forms refuses whatever stands in it
    pattern = re.compile("|".join(map(re.escape, secrets)))
    for path, address in where.items():
        if address in refusing:
            continue
        looks = Look.objects.count()
        answer = client.get(path)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            refusing.add(address)
        if answer.status_code >= 500:
            walked.broken.append(path)
        told = set(pattern.findall(text_of(answer))) - set(pattern.findall(path.lower()))
        if told:
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


def questions(*sets: Planted) -> dict[str, Address]:
    """Every address with every row's id or handle, and the plain ones with every question."""
    found: dict[str, Address] = {}
    for planted in sets:
        rows = list(planted.rows.values())
        for address in WHERE:
            if address.pattern.startswith("accounts/"):
                continue  # they ask the tables of accounts only
            if address.parameters:
                found |= dict.fromkeys(filled(address, rows), address)
            else:
                plain = f"/{address.pattern}"
                found |= {plain: address}
                found |= {f"{plain}?{query}": address for query in asked(address, rows)}
    return found


def test_no_door_tells_what_its_viewer_may_not_see(
    world: World, signed_in_as: Callable[..., Client]
) -> None:
    sweden = signed_in_as("se", clearance=Classification.CONFIDENTIAL, affiliations=["SE", "NATO"])

    walked = walk(sweden, questions(world.hidden["a"], world.open), world.secrets())

    assert walked.told == {}
    assert walked.broken == []


def test_the_same_doors_tell_it_to_who_may_and_note_what_is_sensitive(
    world: World, signed_in_as: Callable[..., Client]
) -> None:
    """Proof that a leak would have been found, and that no sensitive row is shown unnoted (K5)."""
    germany = signed_in_as(
        "de",
        clearance=Classification.SECRET,
        affiliations=["DE", "NATO"],
        communities=["council"],
    )
    sensitive = world.sensitive()

    walked = walk(germany, questions(world.hidden["b"]), world.secrets())
    told = set().union(*walked.told.values())
    unnoted = {path: rows for path in walked.told if (rows := walked.unnoted(path, sensitive))}

    assert walked.broken == []
    assert {label for label in world.hidden["b"].rows if ("b", label) not in told} == set()
    assert unnoted == {}
