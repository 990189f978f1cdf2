"""The ledger as its readers see it."""

from datetime import datetime

import pytest
from django.test import Client

from cadre.access.actions import acting, seal
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.models import Organisation
from cadre.record.models import Entry
from cadre.record.queries import entries, verify
from cadre.record.queries.ledger import Narrowed, head
from cadre.record.templatetags.ledger import in_words
from tests.rules.readers import browser


@pytest.fixture
def changed(operator: Viewer, at: datetime) -> Organisation:
    """A nation that was added, and then given another name by somebody else."""
    with acting("mission.describe", by=OPERATOR, at=at):
        nation = Organisation.objects.create(code="DE", name="Germny", kind="nation")
    nation.name = "Germany"
    with acting("mission.correct", by=Viewer("Ada", OPERATOR.clearance, sees_all=True), at=at):
        nation.save()
    return nation


@pytest.mark.parametrize(
    ("narrowed", "verbs"),
    [
        (Narrowed(), ["mission.correct", "mission.describe"]),
        (Narrowed(who="ada"), ["mission.correct"]),
        (Narrowed(verb="mission"), ["mission.correct", "mission.describe"]),
        (Narrowed(verb="mission.d"), ["mission.describe"]),
        (Narrowed(table="mission_organisation", who="oper"), ["mission.describe"]),
        (Narrowed(table="mission_site"), []),
    ],
)
def test_entries_are_narrowed_to_what_is_asked(
    changed: Organisation, narrowed: Narrowed, verbs: list[str]
) -> None:
    assert [entry.verb for entry in entries(OPERATOR, narrowed)] == verbs


def test_page_names_each_row_and_says_whether_it_was_added_or_changed(
    changed: Organisation,
) -> None:
    client = browser()

    text = client.get("/ledger/?table=mission_organisation").text

    assert text.count(f'href="/ledger/mission_organisation/{changed.pk}/"><bdi>DE</bdi>') == 2
    assert (text.count(">added<"), text.count(">changed<")) == (1, 1)
    assert "<option selected>mission_organisation</option>" in text
    assert "no such entry" in client.get("/ledger/?who=nobody").text


def test_page_of_a_row_shows_what_it_said_before_and_after(changed: Organisation) -> None:
    text = browser().get(f"/ledger/mission_organisation/{changed.pk}/").text

    assert "<td><bdi>Germny</bdi></td><td><bdi>Germany</bdi></td>" in text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (["DE", "NATO"], "DE, NATO"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        ({"a": "é"}, '{"a": "é"}'),
    ],
)
def test_what_stood_in_a_column_is_said_as_staff_write_it(value: object, words: str) -> None:
    assert in_words(value) == words


def test_history_of_a_row_that_its_reader_may_not_see_is_not_there(changed: Organisation) -> None:
    client = browser()

    assert client.get(f"/ledger/mission_organisation/{changed.pk}/").status_code == 200
    assert client.get(f"/ledger/mission_person/{changed.pk}/").status_code == 404


def test_page_tells_the_end_of_the_chain_as_verify_does(changed: Organisation) -> None:
    client = browser()
    assert head(OPERATOR, "home") is None
    seal()

    text = client.get("/ledger/").text

    found = verify()
    assert [(node, number) for node, number, _digest in found.heads] == [
        ("home", Entry.objects.count())
    ]
    assert found.heads[0][2] in text


def test_only_its_readers_open_the_ledger(operator: Viewer, client: Client) -> None:
    assert client.get("/ledger/").status_code == 302
