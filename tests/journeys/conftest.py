"""A browser, and the product that it looks at. Built once a run; each worker has its own copy."""

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from pytest_django import DjangoDbBlocker

from cadre.launch import demo_clock
from tests.conftest import copy, drop
from tests.journeys.product import Product, environment, load, served
from tests.journeys.sessions import SignedIn
from tests.journeys.walking import Built, furnished, walked

TEMPLATE = "product_cadre"
# Without the flags about the background Chromium calls home, and waits where there is no way out.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
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
        copy(cursor, made_from, name)
        cursor.execute(f'GRANT CONNECT ON DATABASE "{name}" TO cadre_app')


def dropped(name: str) -> None:
    with connections["owner"].creation._nodb_cursor() as cursor:
        drop(cursor, name)


@pytest.fixture(scope="session")
def built(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Built:
    """A database with both cases, the fictional mission and the demonstration's accounts, through
    which somebody has walked once.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    made = shared / "product.pickle"
    with django_db_blocker.unblock(), one_at_a_time(shared / "product.lock"):
        if not made.exists():
            data = shared / "product"
            data.mkdir(exist_ok=True)
            # Opening a muster lets the clock run from a file of this name; a folder keeps it still.
            (data / demo_clock.NAME).mkdir(exist_ok=True)
            copied(connections["owner"].settings_dict["NAME"], TEMPLATE)
            load(environment(TEMPLATE, data))
            with served(environment(TEMPLATE, data)) as running:
                furnished(running)
                walk = walked(running)
                cookies = {key: session.cookies() for key, session in running.sessions.items()}
            made.write_bytes(pickle.dumps(Built(data, walk, cookies)))
    return pickle.loads(made.read_bytes())  # noqa: S301  we wrote it


@pytest.fixture(scope="session")
def product(
    built: Built,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Product]:
    """The product, served on this worker's own copy of the database."""
    own = f"{TEMPLATE}_{worker_id}"
    base = tmp_path_factory.getbasetemp()
    with django_db_blocker.unblock():
        with one_at_a_time((base if worker_id == "master" else base.parent) / "product.lock"):
            copied(TEMPLATE, own)
        with served(environment(own, built.data)) as running:
            for key, cookies in built.cookies.items():
                running.sessions[key] = SignedIn(running.root)
                running.sessions[key].take(cookies)
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
def playwright(built: Built) -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread; Django would refuse the database beside one,
    # and has other connections there, so that those to the database that is copied stay open.
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
        language = settings.pop("locale", "en")
        headers = {"Accept-Language": str(language)}
        context = browser.new_context(
            base_url=product.root, locale=str(language), extra_http_headers=headers, **settings
        )  # type: ignore[arg-type]  # the settings are Playwright's own
        context.add_cookies(product.session(key).cookies())  # type: ignore[arg-type]  # as it wants
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
