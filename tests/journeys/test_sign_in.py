"""Signing in, in a real browser: a link, a password, a passkey, an authenticator app."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from cadre.access.demonstration import PASSWORD
from tests.journeys.product import Product
from tests.journeys.sessions import code_now

pytestmark = pytest.mark.journey

OWN = "a password of one's own, long"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Watched:
    """A browser with a passkey of its own, and all that went wrong on its pages."""

    page: Page
    trouble: list[str] = field(default_factory=list)

    def sound(self) -> None:
        """Nobody is kept out of the page that stands, and nothing on it was refused to run."""
        for violation in Axe().run(self.page).response["violations"]:
            self.trouble += [
                f"{violation['id']}: {node['html'][:200]}" for node in violation["nodes"]
            ]
        assert self.trouble == [], self.page.url

    def press(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")

    def sign_out(self) -> None:
        self.page.goto("/accounts/logout/")
        self.press("Sign out")

    def is_signed_in(self) -> None:
        expect(self.page.locator("details.menu summary .name").first).to_be_visible()

    def proves_himself(self) -> None:
        """Gives the password once more, where that is asked for."""
        if "/reauthenticate/" in self.page.url:
            self.sound()
            self.page.get_by_label("Password").fill(OWN)
            self.press("Continue")


type Opened = Callable[[], Watched]


@pytest.fixture
def somebody(browser: Browser, product: Product) -> Iterator[Opened]:
    """Browsers at `localhost`: passkeys belong to a name, and an address of numbers is none."""
    contexts: list[BrowserContext] = []

    def opened() -> Watched:
        root = product.root.replace("127.0.0.1", "localhost")
        context = browser.new_context(
            base_url=root, locale="en", extra_http_headers={"Accept-Language": "en"}
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.on("console", lambda said: note(watched, said))
        watched.page.on("pageerror", lambda error: watched.trouble.append(str(error)))
        devtools = context.new_cdp_session(watched.page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        return watched

    yield opened
    for context in contexts:
        context.close()


def note(watched: Watched, said: ConsoleMessage) -> None:
    # What has no address, and files that are not there, are axe's: it tries what a page would not.
    if (
        said.type in {"error", "warning"}
        and said.location["url"]
        and "status of 4" not in said.text
    ):
        watched.trouble.append(f"{said.text} ({said.location['url']})")


@pytest.fixture
def newcomer(somebody: Opened, request: pytest.FixtureRequest) -> Watched:
    """Somebody whose account an administrator has opened, signed in with the first password."""
    administrator, fresh = somebody(), somebody()
    link = a_link_for(administrator, address_of(request))
    fresh.page.goto(link)
    fresh.sound()
    fresh.page.get_by_label("New Password", exact=True).fill(OWN)
    fresh.page.get_by_label("New Password (again)").fill(OWN)
    fresh.press("Set the password")
    fresh.sign_in(address_of(request), OWN)
    fresh.is_signed_in()
    return fresh


def address_of(request: pytest.FixtureRequest) -> str:
    name = request.node.originalname.replace("_", "-")[-40:].strip("-")
    return f"{name}@mission.example"


def a_link_for(administrator: Watched, email: str) -> str:
    administrator.sign_in("administrator@demo.example", PASSWORD)
    administrator.page.goto("/access/accounts/new/")
    administrator.page.get_by_label("Email").fill(email)
    administrator.page.get_by_label("Name", exact=True).fill("Newcomer")
    administrator.press("Open the account")
    administrator.press("Make a link to set the password")
    administrator.sound()
    return administrator.page.locator("#new_link").inner_text()


def test_a_passkey_signs_in_without_a_password(
    newcomer: Watched,
) -> None:
    page = newcomer.page
    page.goto("/accounts/2fa/webauthn/add/")
    newcomer.proves_himself()
    newcomer.sound()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Passwordless").check()
    newcomer.press("Add the key")
    expect(page).to_have_url(re.compile("/accounts/2fa/recovery-codes/$"))
    newcomer.sound()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("row", name="Laptop")).to_contain_text("Passkey")

    newcomer.sign_out()
    page.goto("/accounts/login/")
    newcomer.sound()
    newcomer.press("Sign in with a passkey")
    newcomer.is_signed_in()

    rename_and_remove(newcomer)


def rename_and_remove(newcomer: Watched) -> None:
    page = newcomer.page
    page.goto("/accounts/2fa/webauthn/")
    newcomer.sound()
    page.get_by_role("link", name="Rename Laptop").click()
    page.get_by_role("link", name="Use a security key").click()
    newcomer.sound()
    newcomer.press("Use a passkey")
    expect(page).to_have_url(re.compile("/edit/$"))
    newcomer.sound()
    page.get_by_label("Name").fill("Old laptop")
    newcomer.press("Rename")
    page.get_by_role("link", name="Remove Old laptop").click()
    newcomer.sound()
    newcomer.press("Remove")
    expect(page.get_by_role("main")).to_contain_text("You have no key.")


def test_a_passkey_that_is_not_known_says_so(somebody: Opened) -> None:
    stranger = somebody()
    stranger.page.goto("/accounts/login/")
    stranger.press("Sign in with a passkey")

    expect(stranger.page.get_by_role("alert")).to_contain_text("The passkey did not work")


def test_an_authenticator_app_is_asked_for_after_the_password(
    newcomer: Watched, request: pytest.FixtureRequest
) -> None:
    page = newcomer.page
    page.goto("/accounts/2fa/totp/activate/")
    newcomer.proves_himself()
    newcomer.sound()
    secret = page.get_by_label("Secret").input_value()
    page.get_by_label("Authenticator code").fill(code_now(secret))
    newcomer.press("Activate")
    codes = page.locator("ol code").all_inner_texts()
    assert len(codes) == 10

    newcomer.sign_out()
    newcomer.sign_in(address_of(request), OWN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    newcomer.sound()
    page.get_by_label("Code").fill("000000")
    newcomer.press("Sign in")
    expect(page.get_by_role("main")).to_contain_text("Incorrect code.")
    newcomer.sound()
    page.get_by_label("Code").fill(codes[0])  # the app's own code was used a moment ago
    newcomer.press("Sign in")
    newcomer.is_signed_in()

    newcomer.sign_out()
    newcomer.sign_in(address_of(request), OWN)
    page.get_by_label("Code").fill(codes[0])
    newcomer.press("Sign in")
    expect(page.get_by_role("main")).to_contain_text("Incorrect code.")


def test_a_page_that_was_asked_for_is_reached_after_signing_in(somebody: Opened) -> None:
    duty_officer = somebody()
    page = duty_officer.page
    page.goto("/ask/?subject=NMI&on=2020-01-06")
    page.get_by_label("Email").fill("duty@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    duty_officer.press("Sign in")

    expect(page).to_have_url(re.compile(r"/ask/\?subject=NMI&on=2020-01-06$"))


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_a_stranger_signs_in_in_his_language(
    browser: Browser, product: Product, language: str, direction: str
) -> None:
    context = browser.new_context(
        base_url=product.root, extra_http_headers={"Accept-Language": language}
    )
    page = context.new_page()
    page.goto("/")

    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == direction
    assert Axe().run(page).response["violations"] == []
    context.close()
