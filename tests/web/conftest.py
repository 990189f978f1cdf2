"""What the shell's own pages show: the shipped cases and the fictional mission, on record."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.core.moments import asked
from cadre.core.releasability import Viewer
from cadre.packs import actions
from cadre.packs.checking import check_pack
from cadre.packs.sample.actions import make_sample
from cadre.packs.sample.plan import Wish
from tests.rules.readers import browser

CASES = Path(__file__).resolve().parents[2] / "cases"
EVENING = asked("2020-01-06")

type Load = Callable[[Path], None]


@pytest.fixture
def load(operator: Viewer, at: datetime) -> Load:
    """Loads the pack in a folder."""

    def loaded(folder: Path) -> None:
        checked = check_pack(folder)
        assert checked.problems == ()
        actions.load(checked.pack, by=operator, at=at)

    return loaded


@pytest.fixture
def article(load: Load) -> None:
    """What the article says."""
    load(CASES / "iraq-2020")


@pytest.fixture
def outside(load: Load) -> Callable[[], None]:
    """Loads, when called, what other sources said."""
    return lambda: load(CASES / "iraq-2020-outside")


@pytest.fixture
def fiction(operator: Viewer, at: datetime) -> None:
    """A small fictional mission."""
    make_sample(Wish(people=40, seed=1, scale=1, start=date(2019, 11, 4)), by=operator, at=at)


@pytest.fixture
def client(operator: Viewer, settings: Settings) -> Client:
    """A browser of somebody who may see everything, on the evening of 6 January 2020."""
    settings.CADRE_CLOCK = "2020-01-06"
    return browser()
