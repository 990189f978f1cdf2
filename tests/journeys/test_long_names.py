"""A name without a space that is longer than a phone is wide wraps; the page keeps its width."""

import pytest

from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey

LONG = "Ausbildungsunterstützungsmissionskoordinationszentrumsleiterstellvertretung"
RENAME = """(name) => document
  .querySelectorAll('main bdi:not(:has(*)), main .reference:not(:has(*))')
  .forEach((each) => { each.textContent = name; })"""
WIDTHS = "() => [document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/timeline/?mission=NMI",
        "/map/?mission=NMI",
        "/posture/?mission=NMI&line=training",
        "/search/?q=training",
        "/directives/NMI-SUSPENSION-REPORTED/",
        "/missions/NMI/",
    ],
)
def test_long_names_do_not_widen_a_page(signed_in: SignIn, address: str, width: int) -> None:
    page = signed_in("duty", viewport={"width": width, "height": 844}, locale="ar")
    page.goto(address)
    assert page.locator("main bdi").count() > 0
    page.evaluate(RENAME, LONG)

    assert page.evaluate(WIDTHS) == [width, width]
