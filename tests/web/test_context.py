"""The frame around a page: where the clock bar and the navigation lead."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from cadre.web import context


@pytest.fixture(autouse=True)
def standing_clock(settings: Settings) -> None:
    settings.CADRE_CLOCK = "2020-01-06"


def test_a_view_can_be_sent_as_a_link_that_names_both_moments(rf: RequestFactory) -> None:
    clock = context.clock(rf.get("/timeline/", {"q": "a b", "on": "2020-01-04"}))
    assert clock.permalink == "/timeline/?q=a+b&on=2020-01-04&known_on=2020-01-06"
    assert clock.now == "/timeline/?q=a+b"
    assert clock.kept == (("q", "a b"),)
    assert clock.state == "asked"


def test_a_day_earlier_keeps_what_was_known(rf: RequestFactory) -> None:
    clock = context.clock(rf.get("/", {"on": "2020-01-04", "known_on": "2020-01-05"}))
    assert clock.earlier == "/?on=2020-01-03&known_on=2020-01-05"
    assert clock.later == "/?on=2020-01-05&known_on=2020-01-05"


def test_there_is_no_day_after_the_last(rf: RequestFactory) -> None:
    assert context.clock(rf.get("/", {"on": "9999-12-31"})).later == ""
    assert context.clock(rf.get("/", {"on": "0001-01-01"})).earlier == ""


def test_a_stranger_sees_no_navigation(rf: RequestFactory) -> None:
    shell = context.build(rf.get("/"))
    assert (shell.viewer, shell.navigation, shell.search_url) == (None, (), "")


def test_the_present_place_is_marked() -> None:
    assert context.current("/timeline/", "/timeline/") == "page"
    assert context.current("/sources/", "/sources/5/") == "true"
    assert context.current("/", "/sources/") == ""
