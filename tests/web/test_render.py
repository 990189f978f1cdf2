"""Whole pages, parts of pages, and parts that did not change."""

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory, override_settings

from cadre.web.render import render_page

PAGES = {
    "page.html": "<h1>Page</h1>{% partialdef rows inline %}<p>{{ row }}</p>{% endpartialdef rows %}"
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", PAGES)]},
    }
]
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def pages() -> None:
    engines.__dict__.pop("templates", None)


def asked(rf: RequestFactory, headers: dict[str, str], query: str = "") -> HttpRequest:
    return rf.get(f"/{query}", headers=headers)


@override_settings(TEMPLATES=TEMPLATES)
def test_a_browser_gets_the_whole_page_and_may_not_store_it(rf: RequestFactory) -> None:
    response = render_page(asked(rf, {}), "page.html", {"row": "one"}, partial="rows")
    assert response.getvalue().decode() == "<h1>Page</h1><p>one</p>"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "HX-Request" in response.headers["Vary"]
    assert "ETag" not in response.headers


@override_settings(TEMPLATES=TEMPLATES)
def test_htmx_gets_the_part(rf: RequestFactory) -> None:
    response = render_page(asked(rf, PART), "page.html", {"row": "one"}, partial="rows")
    assert response.getvalue().decode() == "<p>one</p>"
    assert "HX-Request" in response.headers["Vary"]


@override_settings(TEMPLATES=TEMPLATES)
def test_htmx_gets_the_page_where_it_replaces_all_or_no_part_is_named(rf: RequestFactory) -> None:
    full = {"HX-Request": "true", "HX-Request-Type": "full"}
    for response in (
        render_page(asked(rf, full), "page.html", {"row": "one"}, partial="rows"),
        render_page(asked(rf, PART), "page.html", {"row": "one"}),
    ):
        assert response.getvalue().decode() == "<h1>Page</h1><p>one</p>"


@override_settings(TEMPLATES=TEMPLATES)
def test_a_part_that_did_not_change_is_not_sent_again(rf: RequestFactory) -> None:
    first = render_page(asked(rf, PART), "page.html", {"row": "one"}, partial="rows")
    again = PART | {"If-None-Match": first.headers["ETag"]}
    same = render_page(asked(rf, again), "page.html", {"row": "one"}, partial="rows")
    other = render_page(asked(rf, again), "page.html", {"row": "two"}, partial="rows")
    assert (same.status_code, same.getvalue()) == (304, b"")
    assert (other.status_code, other.getvalue()) == (200, b"<p>two</p>")


@override_settings(TEMPLATES=TEMPLATES)
def test_an_address_with_an_unreadable_moment_answers_400(rf: RequestFactory) -> None:
    request = asked(rf, {}, "?on=soon")
    assert render_page(request, "page.html", {"row": "one"}).status_code == 400
    assert render_page(request, "page.html", {"row": "one"}, status=404).status_code == 404
