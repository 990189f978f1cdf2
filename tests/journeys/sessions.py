"""Somebody's session with the product, without a browser: a few forms and cookies."""

import base64
import hashlib
import hmac
import http.cookiejar
import re
import struct
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, replace
from html import unescape

from cadre.access.demonstration import PASSWORD

PATIENCE = 60.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SECRET = re.compile(r'id="authenticator_secret" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back for one address."""

    address: str
    status: int
    kind: str
    text: str
    location: str = ""


class SignedIn:
    """A session: a stranger's until `sign_in`."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), Stays()
        )

    def sign_in(self, email: str) -> None:
        self.fill("/accounts/login/", {"login": email, "password": PASSWORD})
        assert "sessionid" in {cookie.name for cookie in self.jar}, f"{email} could not sign in"

    def get(self, address: str, **headers: str) -> Answer:
        request = urllib.request.Request(self.root + address, headers=headers)
        return self.send(request)

    def fill(self, address: str, values: dict[str, str]) -> Answer:
        """Open the form at an address and send it."""
        return self.reply(self.get(address), values)

    def reply(self, page: Answer, values: dict[str, str]) -> Answer:
        """Send the form of a page that stands open."""
        address, token = page.address, TOKEN.search(page.text)
        assert token is not None, f"no form at {address}"
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **values}).encode()
        return self.send(urllib.request.Request(self.root + address, data=body))

    def fill_at(self, page: Answer, address: str, values: dict[str, str]) -> Answer:
        """Send a form of a page that stands open to the address that it names."""
        return self.reply(replace(page, address=address), values)

    def send(self, request: urllib.request.Request) -> Answer:
        try:
            response = self.opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            return Answer(
                request.full_url.removeprefix(self.root),
                response.status,
                response.headers.get_content_type(),
                response.read().decode(errors="replace"),
                unescape(response.headers.get("Location", "")),
            )

    def prove(self) -> None:
        """Give the password once more, as changes to one's own sign-in ask for."""
        self.fill("/accounts/reauthenticate/", {"password": PASSWORD})

    def add_authenticator(self) -> None:
        """Add an authenticator app as a second factor."""
        self.prove()
        page = self.get("/accounts/2fa/totp/activate/")
        secret = SECRET.search(page.text)
        assert secret is not None
        answer = self.reply(page, {"code": code_now(secret[1])})
        assert answer.status == 302, answer.text

    def cookies(self) -> list[dict[str, str]]:
        """The session's cookies, as a browser's context takes them."""
        return [
            {"name": cookie.name, "value": cookie.value or "", "url": self.root}
            for cookie in self.jar
        ]

    def take(self, cookies: list[dict[str, str]]) -> None:
        """Go on with a session that began elsewhere."""
        for cookie in cookies:
            self.jar.set_cookie(plain_cookie(cookie["name"], cookie["value"]))


def plain_cookie(name: str, value: str) -> http.cookiejar.Cookie:
    return http.cookiejar.Cookie(
        version=0,
        name=name,
        value=value,
        port=None,
        port_specified=False,
        domain="127.0.0.1",
        domain_specified=False,
        domain_initial_dot=False,
        path="/",
        path_specified=True,
        secure=False,
        expires=None,
        discard=True,
        comment=None,
        comment_url=None,
        rest={},
    )


class Stays(urllib.request.HTTPRedirectHandler):
    """Answers a redirect as it is."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def code_now(secret: str) -> str:
    """What an authenticator app shows for a secret now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
