"""The short way of a press on a check-in page: one statement, the same answer as the long way."""

from types import SimpleNamespace
from typing import cast
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from cadre.accountability import crowding, links
from cadre.accountability.models import CheckIn
from tests.accountability.conftest import Open, Opened

FORM = "application/x-www-form-urlencoded"
BLANK = {"place": "", "words": ""}  # as a browser sends fields that nobody filled in


@pytest.fixture(autouse=True)
def wide_open(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SECURE_SSL_REDIRECT = False
    settings.CADRE_CLOCK = "2026-01-05T12:30Z"
    monkeypatch.setattr(crowding, "time", SimpleNamespace(monotonic=lambda: 1.0))
    for name in ("links", "addresses", "astray"):
        monkeypatch.setattr(crowding, name, crowding.Window(getattr(crowding, name).most))


@pytest.fixture
def muster(opened: Open) -> Opened:
    return opened()


def page(muster: Opened, code: str = "anna") -> str:
    return links.check_in_path(muster.entry(code).pk)


def pressed(address: str, **fields: str) -> HttpResponse:
    client = Client(headers={"Accept-Language": "en"})
    form = urlencode({"key": str(uuid4()), "state": "safe", **BLANK, **fields})
    return cast("HttpResponse", client.post(address, form, FORM))


def test_a_plain_press_is_one_statement_and_leads_back_to_the_page(muster: Opened) -> None:
    address = page(muster)
    with CaptureQueriesContext(connection) as captured:
        answer = pressed(address, age="90.5")

    assert len(captured) == 1
    assert (answer.status_code, answer["Location"], answer.content) == (303, address, b"")
    assert (answer["Content-Length"], answer["Referrer-Policy"]) == ("0", "no-referrer")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    row = CheckIn.objects.get()
    assert (row.state, row.voice, row.channel) == ("safe", "self", "link")
    assert (row.person, row.muster) == (muster.entry("anna").person, muster.row)
    assert f"{row.occurred_at:%H:%M:%S}" == "12:28:29"


def test_the_same_press_by_both_ways_is_on_record_once(muster: Opened) -> None:
    key = str(uuid4())
    form = {"key": key, "state": "safe"}
    by_long_way = Client().post(page(muster), form)  # a form in parts goes the long way
    by_short_way = pressed(page(muster), key=key)

    assert (by_long_way.status_code, by_short_way.status_code) == (303, 303)
    assert str(CheckIn.objects.get().key) == key


def test_a_press_with_a_word_for_help_is_read(muster: Opened) -> None:
    assert pressed(page(muster), words="send a medic").status_code == 303
    assert CheckIn.objects.get().state == "need help"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "missing"},
        {"state": ""},
        {"key": "7"},
        {"key": "\N{ARABIC-INDIC DIGIT SEVEN}"},
        {"voice": "other", "whom": "holder"},
        {"age": "soon"},
    ],
)
def test_what_is_no_plain_press_is_answered_by_the_page_with_what_is_wrong(
    muster: Opened, fields: dict[str, str]
) -> None:
    answer = pressed(page(muster), **fields)

    assert answer.status_code == 422
    assert "Content-Security-Policy" in answer.headers
    assert CheckIn.objects.count() == 0


@pytest.mark.parametrize("age", ["nan", "inf", "-5", "1e300"])
def test_a_clock_that_is_broken_costs_nobody_a_report(muster: Opened, age: str) -> None:
    answer = pressed(page(muster), age=age)

    taken = CheckIn.objects.count()
    assert (answer.status_code, taken) in {(303, 1), (422, 0)}


def test_the_language_that_was_chosen_is_kept(muster: Opened) -> None:
    address = page(muster)
    assert pressed(f"{address}?lang=fr")["Location"] == f"{address}?lang=fr"
    assert CheckIn.objects.count() == 1


def test_a_forged_link_leads_nowhere_and_asks_the_database_nothing(muster: Opened) -> None:
    address = page(muster)
    with CaptureQueriesContext(connection) as captured:
        answer = pressed(address[:-4] + ("AAA/" if address[-4:-1] != "AAA" else "BBB/"))

    assert (answer.status_code, len(captured)) == (404, 0)


def test_nobody_presses_without_end(muster: Opened) -> None:
    answers = [pressed(page(muster)).status_code for _press in range(crowding.OF_A_LINK + 2)]

    assert answers == [303] * crowding.OF_A_LINK + [429] * 2
    assert CheckIn.objects.count() == crowding.OF_A_LINK


def test_on_a_line_that_anybody_reads_nothing_is_taken(muster: Opened, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = pressed(page(muster))

    assert answer.status_code == 301
    assert CheckIn.objects.count() == 0
