"""The tags that templates use."""

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation
from pytest_django import Settings

from cadre.core.moments import Moment, asked
from cadre.core.posture import Authorisation, Cell, Directive, Posture, Scope, rule
from cadre.core.releasability import Classification, Marking


@pytest.fixture(autouse=True)
def english(settings: Settings) -> None:
    settings.CADRE_CLOCK = "2020-01-06"
    translation.activate("en")


def shown(source: str, rf: RequestFactory, query: str = "", **values: object) -> str:
    context = RequestContext(rf.get(f"/{query}"), values)
    return Template(source).render(context).strip()


def test_links_keep_the_moments_of_the_page(rf: RequestFactory) -> None:
    query = "?on=2020-01-04&known_on=2020-01-05&q=x"
    link = '{% link_at "/missions/?page=2#top" %}'
    assert (
        shown(link, rf, query) == "/missions/?on=2020-01-04&amp;known_on=2020-01-05&amp;page=2#top"
    )
    assert shown('{% link_at "/missions/" %}', rf) == "/missions/"


def test_links_drop_a_moment_that_could_not_be_read(rf: RequestFactory) -> None:
    assert (
        shown('{% link_at "/a" %}', rf, "?on=soon&known_on=2020-01-05") == "/a?known_on=2020-01-05"
    )


def test_an_address_may_name_its_own_moment(rf: RequestFactory) -> None:
    assert shown('{% link_at "/a?on=2019-01-01" %}', rf, "?on=2020-01-04") == "/a?on=2019-01-01"


def test_a_posture_is_a_word_and_a_shape(rf: RequestFactory) -> None:
    html = shown("{% posture p %}", rf, p=Posture.SUSPENDED)
    assert 'data-posture="suspended"' in html
    assert "<svg" in html
    assert "suspended</span>" in html


def test_a_ruling_without_an_answer_shows_both_ends(rf: RequestFactory) -> None:
    whole = Scope(mission="NMI", lines=None, sites=None, nations=None)
    stop = Directive(
        key="stop",
        effect=Posture.SUSPENDED,
        authority="NATO",
        reason="",
        surely=Scope(mission="NMI", lines=frozenset({"training"}), sites=None, nations=None),
        perhaps=whole,
        effective=Moment.parse("2020-01-06"),
        temporary=None,
        claims=(),
    )
    basis = Authorisation(
        key="basis", scope=whole, begins=Moment.parse("2018-10"), withdrawn=None, claims=()
    )
    cell = Cell(mission="NMI", line="advising", sites=(), nation=None)
    ruling = rule(cell, asked("2020-01-06"), directives=(stop,), lifts=(), authorisations=(basis,))
    html = shown("{% posture r %}", rf, r=ruling)
    assert "not stated</span>" in html
    assert "(running to suspended)" in html


def test_a_marking_says_whom_it_may_reach(rf: RequestFactory) -> None:
    secret = Marking(
        classification=Classification.SECRET, releasable_to=frozenset({"US", "DE"}), originator="FR"
    )
    html = shown("{% marking m %}", rf, m=secret)
    assert "Secret" in html
    assert "releasable to DE, US" in html
    assert "from FR" in html


def test_the_direction_of_a_text_follows_its_language(rf: RequestFactory) -> None:
    source = '{{ "ar-IQ"|direction }} {{ "de"|direction }} {{ ""|direction }}'
    assert shown(source, rf) == "rtl ltr ltr"
