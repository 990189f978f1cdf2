"""What the first load of the board weighs, everything included, as it goes over the wire."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey

MOST = 100_000  # bytes, compressed


def test_first_load_of_the_board_is_at_most_a_hundred_kilobytes(
    signed_in: SignIn, record_property: Callable[[str, object], None]
) -> None:
    page = signed_in("duty")
    wire = page.context.new_cdp_session(page)
    loaded: dict[str, int] = {}
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on(
        "Network.loadingFinished",
        lambda event: loaded.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    page.goto("/", wait_until="networkidle")
    total = sum(loaded.values())
    record_property("bytes", total)
    record_property("requests", len(loaded))

    assert len(loaded) > 3  # else nothing was measured
    assert total <= MOST, f"{total} bytes in {len(loaded)} requests"
