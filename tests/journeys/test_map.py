"""The map in a browser: it adds where to a table that says everything."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey

BOXES = """() => [...document.querySelectorAll('.map .leaflet-tooltip-pane > :not(.country)')]
  .filter((each) => getComputedStyle(each).visibility === 'visible')
  .map((each) => { const { left, right, top, bottom } = each.getBoundingClientRect();
                   return [left, right, top, bottom]; })"""


def opened(sign_in: SignIn, address: str, **settings: object) -> Page:
    page = sign_in("duty", **settings)
    page.goto(address)
    page.locator(".map .land").nth(100).wait_for(state="attached")  # the atlas has come
    return page


def test_countries_are_filled_with_a_pattern_and_say_their_posture_in_a_word(
    signed_in: SignIn,
) -> None:
    page = opened(signed_in, "/map/?mission=OIR")
    patterns = page.locator(".map path.area").evaluate_all(
        "all => all.map(e => e.getAttribute('fill'))"
    )
    names = page.locator(".map .site").evaluate_all("all => all.map(e => e.ariaLabel)")

    assert patterns == ["url(#pattern-suspended)"] * 2
    assert names == ["Iraq: suspended", "Syria: suspended"]


def test_map_of_a_posture_that_nobody_stated_says_so(signed_in: SignIn) -> None:
    page = opened(signed_in, "/map/?mission=NMI&line=advising", locale="ar")
    expect(page.locator(".map path.area")).to_have_attribute("fill", "url(#pattern-not-stated)")
    expect(page.locator(".map .site")).to_have_attribute("aria-label", "Iraq: غير مذكور")


@pytest.mark.parametrize("width", [390, 1280])
def test_names_of_sites_do_not_overlap_and_those_without_room_show_on_focus(
    signed_in: SignIn, width: int
) -> None:
    page = opened(
        signed_in, "/map/?mission=FTM&line=training", viewport={"width": width, "height": 844}
    )
    boxes = page.evaluate(BOXES)
    overlapping = [
        (one, other)
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
    ]
    crowded = page.locator(".map [data-crowded]")

    assert (len(boxes) + crowded.count(), overlapping) == (8, [])
    for marker in page.locator(".map .site").all():
        marker.focus()
        assert page.locator(".map .leaflet-tooltip[data-shown]").count() == 1
        expect(page.locator(".map .leaflet-tooltip[data-shown]")).to_be_visible()


def test_empty_ocean_has_degrees_and_a_scale(signed_in: SignIn) -> None:
    page = opened(signed_in, "/map/?mission=FTM&line=training")
    degrees = page.locator(".map .degree").all_inner_texts()

    assert {text[-1] for text in degrees} == {"S", "E"}
    assert page.locator(".map path.graticule").count() == len(degrees)
    expect(page.locator(".map .leaflet-control-scale-line")).to_contain_text("km")


def test_marker_is_reached_and_opened_by_keyboard(signed_in: SignIn) -> None:
    page = opened(signed_in, "/map/?mission=NMI&line=training")
    page.locator(".choices a").last.focus()
    for _stop in range(8):
        page.keyboard.press("Tab")
        if page.locator(".map .site:focus").count():
            break
    page.keyboard.press("Enter")
    expect(page.locator(".map .leaflet-popup a:focus")).to_have_text("Iraq")
    page.keyboard.press("Escape")
    expect(page.locator(".map .site:focus")).to_have_count(1)


def test_without_script_the_table_says_everything(signed_in: SignIn) -> None:
    page = signed_in("duty", java_script_enabled=False)
    page.goto("/map/?mission=NMI&line=training")
    expect(page.locator(".map")).to_be_hidden()
    expect(page.locator("table[data-sites] tbody tr")).to_have_count(1)
    expect(page.locator("table[data-sites] .badge")).to_have_text("suspended")
