"""Search: a few of each kind, with how many there are in all; what was looked for is marked."""

import re

import pytest
from django.test import Client

from cadre.core.releasability import Classification, Viewer
from cadre.web.queries import search
from cadre.web.queries.search import Found
from cadre.web.wording import marked_html
from tests.web.conftest import EVENING


def found(viewer: Viewer, text: str, kind: str = "", page: int = 1) -> dict[str, Found]:
    hits = search(viewer, text, on=EVENING, known_on=EVENING, kind=kind, page=page)
    return {each.key: each for each in hits}


def test_a_few_of_each_kind_are_shown_with_the_number_of_all(
    article: None, fiction: None, operator: Viewer
) -> None:
    few = found(operator, "fictional")
    assert (len(few["people"].hits), few["people"].total) == (5, 56)
    assert (few["missions"].hits[0].code, few["missions"].total) == ("FTM", 1)


def test_what_there_is_most_of_stands_last(article: None, fiction: None, operator: Viewer) -> None:
    kinds = list(found(operator, "training"))
    assert kinds[0] == "missions"
    assert kinds[-2:] == ["claims", "posts"]


def test_one_kind_is_shown_by_pages(fiction: None, operator: Viewer) -> None:
    rooms = found(operator, "room", "sites")
    assert list(rooms) == ["sites"]
    only = rooms["sites"]
    assert (len(only.hits), only.newer, only.older) == (only.total, 0, 0)
    assert found(operator, "room", "sites", page=2) == {}
    assert found(operator, "room", "no-such-kind") == {}


def test_posts_are_told_apart_by_mission_line_site_nation_and_holder(
    fiction: None, operator: Viewer
) -> None:
    hit = found(operator, "adviser", "posts")["posts"].hits[0]
    mission, line, site, _nation, holder = hit.text.split(" · ")
    assert (mission, line) == ("Training mission Fictonia (fictional)", "Advising")
    assert site.endswith("(fictional)")
    assert holder.endswith("(fictional)")
    assert hit.code.startswith("P-F")


def test_search_counts_only_what_the_viewer_may_see(fiction: None, operator: Viewer) -> None:
    stranger = Viewer(name="stranger", clearance=Classification.UNCLASSIFIED)
    assert found(operator, "fictional")["people"].total == 56
    assert "people" not in found(stranger, "fictional")


def test_pack_stands_by_its_label_and_the_words_are_marked(article: None, client: Client) -> None:
    text = client.get("/search/?q=soleimani").text
    hits = re.search(r'<ul class="hits">.*?</ul>', text, re.DOTALL)
    assert hits is not None
    assert "<mark>Soleimani</mark>" in hits[0]
    assert "<bdi>as the article says</bdi>" in hits[0]
    assert "iraq-2020" not in hits[0]


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Training on", ["train"], "<mark>Train</mark>ing on"),
        ("a <b> & c", ["b"], "a &lt;<mark>b</mark>&gt; &amp; c"),
        ("a.b axb", ["a.b"], "<mark>a.b</mark> axb"),
        ("Iraq", ["ir", "iraq"], "<mark>Iraq</mark>"),
        ("Iraq", [], "Iraq"),
        ("", ["x"], ""),
    ],
)
def test_words_are_marked_where_they_stand(text: str, words: list[str], shown: str) -> None:
    assert marked_html(text, words) == shown
