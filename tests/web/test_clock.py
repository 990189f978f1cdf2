"""The two clocks of a page."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from cadre.web.clock import asked_moments, start

END_OF_SIXTH = datetime(2020, 1, 6, 23, 59, 59, 999999, tzinfo=UTC)
END_OF_FOURTH = datetime(2020, 1, 4, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.fixture(autouse=True)
def standing_clock(settings: Settings) -> None:
    settings.CADRE_CLOCK = "2020-01-06"


def test_a_page_without_moments_stands_where_the_settings_say(rf: RequestFactory) -> None:
    moments = asked_moments(rf.get("/"))
    assert (moments.on, moments.known_on) == (END_OF_SIXTH, END_OF_SIXTH)
    assert (moments.chosen, moments.pinned) == (False, True)


def test_without_a_setting_a_page_stands_in_the_present(
    rf: RequestFactory, settings: Settings
) -> None:
    settings.CADRE_CLOCK = ""
    before = datetime.now(UTC)
    moments = asked_moments(rf.get("/"))
    assert before <= moments.on <= datetime.now(UTC)
    assert moments.on == moments.known_on
    assert moments.pinned is False


def test_a_pinned_clock_stands_until_it_is_started_and_then_runs(
    rf: RequestFactory, settings: Settings, tmp_path: Path
) -> None:
    settings.CADRE_CLOCK_STARTED = tmp_path / "clock-started"
    assert asked_moments(rf.get("/")).on == END_OF_SIXTH

    start()
    settings.CADRE_CLOCK_STARTED.write_text(f"{time.time() - 601:.3f}")  # ten minutes ago

    ran = asked_moments(rf.get("/")).on - END_OF_SIXTH
    assert timedelta(minutes=10) <= ran < timedelta(minutes=11)


def test_a_clock_that_is_not_pinned_is_not_started(settings: Settings, tmp_path: Path) -> None:
    settings.CADRE_CLOCK = ""
    settings.CADRE_CLOCK_STARTED = tmp_path / "clock-started"

    start()

    assert not settings.CADRE_CLOCK_STARTED.exists()


def test_each_clock_is_read_from_the_address(rf: RequestFactory) -> None:
    moments = asked_moments(rf.get("/", {"on": "2020-01-04", "known_on": "2020-01-05T12:00:00Z"}))
    assert moments.on == END_OF_FOURTH
    assert moments.known_on == datetime(2020, 1, 5, 12, tzinfo=UTC)
    assert moments.chosen is True


def test_what_cannot_be_read_gives_a_sentence_and_the_default(rf: RequestFactory) -> None:
    moments = asked_moments(rf.get("/", {"on": "soon", "known_on": "2020-01-04"}))
    assert moments.on == END_OF_SIXTH
    assert moments.known_on == END_OF_FOURTH
    assert list(moments.errors) == ["on"]
    assert moments.errors["on"].startswith("“soon” is not a moment.")
    assert moments.on_text == "soon"


def test_one_request_has_one_present(rf: RequestFactory, settings: Settings) -> None:
    settings.CADRE_CLOCK = ""
    request = rf.get("/")
    assert asked_moments(request) is asked_moments(request)


@pytest.mark.parametrize(
    "address",
    ["/ask/", "/posture/", "/timeline/", "/search/", "/organisations/", "/posts/", "/people/"],
)
def test_every_form_that_asks_keeps_the_moments_of_the_page(client: Client, address: str) -> None:
    text = client.get(f"{address}?on=2020-01-05&known_on=2020-01-06").text
    main = text[text.index("<main") :]
    (form,) = re.findall(r'<form[^>]*method="get".*?</form>', main, re.DOTALL)

    assert '<input type="hidden" name="on" value="2020-01-05">' in form
    assert '<input type="hidden" name="known_on" value="2020-01-06">' in form
