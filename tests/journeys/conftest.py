"""A browser, and the product that it looks at. Built once a run; each worker has its own copy."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.journeys.product import Product, environment, load, served

TEMPLATE = "product_cadre"
# Without the flags about the background Chromium calls home, and waits where there is no way out.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

type SignIn = Callable[..., Page]


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def copied(made_from: str, name: str) -> None:
    """A copy of a database; nobody may be connected to the one it is made from."""
    for alias in ("default", "owner"):
        connections[alias].close()
    with connections["owner"].creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{made_from}"')
        cursor.execute(f'GRANT CONNECT ON DATABASE "{name}" TO cadre_app')


def dropped(name: str) -> None:
    with connections["owner"].creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def product(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Product]:
    """The product with both cases, the fictional mission and the demonstration's accounts."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    data, own = shared / "product", f"{TEMPLATE}_{worker_id}"
    with django_db_blocker.unblock():
        with one_at_a_time(shared / "product.lock"):
            if not (data / "loaded").exists():
                data.mkdir(exist_ok=True)
                copied(connections["owner"].settings_dict["NAME"], TEMPLATE)
                load(environment(TEMPLATE, data))
                (data / "loaded").touch()
            copied(TEMPLATE, own)
        with served(own, environment(own, data)) as running:
            yield running
        dropped(own)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test says why it is skipped."""
    if why := os.environ.get("CADRE_NO_BROWSER"):
        pytest.skip(why)
    wish = os.environ.get("CADRE_CHROMIUM")
    for name in (wish,) if wish else BROWSERS:
        if found := shutil.which(name):
            return found
    pytest.skip(f"no browser: {wish or 'Chromium'} is not installed")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread; Django would refuse the database beside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def signed_in(browser: Browser, product: Product) -> Iterator[SignIn]:
    """Opens a page of the demonstration's person: `signed_in("duty", locale="ar")`."""
    contexts: list[BrowserContext] = []

    def opened(key: str = "duty", **settings: object) -> Page:
        state = product.session(key).state() if key else {}
        language = settings.pop("locale", "en")
        headers = {"Accept-Language": str(language)}
        context = browser.new_context(
            base_url=product.root, locale=str(language), extra_http_headers=headers, **settings
        )  # type: ignore[arg-type]  # the settings are Playwright's own
        context.add_cookies(state.get("cookies", []))  # type: ignore[arg-type]  # as it wants them
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
