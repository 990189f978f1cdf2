"""A walk through the product by its links, as people with different roles take it."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.journeys.product import Product
from tests.journeys.sessions import Answer, SignedIn

LINK = re.compile(r'href="([^"]+)"')
MOST = 3  # pages of one kind that are looked at
# Who walks, and where each begins. The first finds most; the others what only they may open.
SECOND_FACTOR = (
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/logout/",
)
WALKERS = (
    ("duty", ("/", "/people/F-ADVISER/contacts/", "/components", "/search/?q=training")),
    ("records", ("/intake/", "/directory/")),
    (
        "commander",
        (
            "/directives/FTM-D-2020-001/",
            "/directives/drafts/",
            "/missions/FTM/",
            "/missions/FTM/levels/",
            "/missions/FTM/risks/",
        ),
    ),
    ("administrator", ("/directory/",)),
    ("germany", ("/directory/",)),
    ("press", ("/accounts/reauthenticate/", "/accounts/2fa/totp/activate/")),
    ("planner", SECOND_FACTOR),
    ("", ("/accounts/login/", "/accounts/inactive/", "/accounts/password/link/done/")),
)
TEXT = (
    "NATO has temporarily suspended training in Iraq, the alliance said on Saturday, 4 January"
    " 2020.\n\nAround 500 people serve there. A spokesman said the mission continues."
)
CLOCK = {"on", "known_on"}
PERSON = re.compile(r'/people/(F\d+)/"')
ENTRY = re.compile(r'href="(/musters/people/[0-9a-f-]{36}/)"')
OPENED = {
    "title": "Shots", "sites": "site-01", "counted_kinds": "visitor",
    "protective_action": "Stay inside.", "counts_from": "2020-01-06T18:00Z",
}  # fmt: skip  # one form
SEEN = re.compile(r'name="seen" value="([^"]+)"')


@dataclass
class Walk:
    """What was found: answers by the name of their address, and who may open each."""

    pages: dict[str, list[Answer]] = field(default_factory=dict)
    walker: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    links: int = 0

    def fullest(self, name: str) -> Answer:
        """The page of that name that holds most."""
        found = self.pages[name]
        return max(found, key=lambda page: (page.kind == "text/html", len(page.text)))

    def html(self) -> Iterator[Answer]:
        for pages in self.pages.values():
            yield from (page for page in pages if page.kind == "text/html")


@dataclass(frozen=True)
class Built:
    """What the first worker made for all."""

    data: Path
    walk: Walk
    cookies: dict[str, list[dict[str, str]]]


def name_of(address: str) -> str:
    """The name of an address in the URLconf; empty where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def shape_of(address: str) -> tuple[str, tuple[str, ...]]:
    """What makes addresses alike: their name and the names of their parameters."""
    parameters = parse_qs(urlsplit(address).query, keep_blank_values=True)
    return name_of(address), tuple(sorted(parameters))


def links_of(page: Answer) -> Iterator[str]:
    """Links within the product, without those that only set the clock."""
    for found in LINK.findall(page.text):
        parts = urlsplit(urljoin(f"http://here{page.address}", unescape(found)))
        if parts.netloc != "here" or parts.path.startswith("/static/"):
            continue
        if not CLOCK & set(parse_qs(parts.query, keep_blank_values=True)):
            yield parts._replace(scheme="", netloc="", fragment="").geturl()


def furnished(product: Product) -> None:
    """Bring about what some pages show: a document, a second factor, a password given again."""
    handed_in = {"text": TEXT, "name": "note", "kind": "note", "classification": "0"}
    assert product.session("records").fill("/intake/", handed_in).status == 302
    product.session("planner").add_authenticator()
    product.session("press").prove()
    reported(product)
    issued(product)
    assessed(product)
    mustered(product)
    written(product)


def written(product: Product) -> None:
    """A message to the duty officers, who find it among their own; an address to be verified."""
    message = {
        "lane": "0", "protective_action": "Boil it", "to": "roles", "roles": "duty_officer",
        "subject_en": "Water", "text_en": "Boil it until noon",
    }  # fmt: skip  # one form
    assert product.session("commander").fill("/missions/FTM/alerts/new/", message).status == 302
    address = {"channel": "sms", "address": "+99910099999"}
    kept = product.session("duty").fill("/people/F-ADVISER/contacts/new/", address)
    assert kept.status == 302


def reported(product: Product) -> None:
    """An incident of which everything is stated, and one of which little is."""
    said = {
        "kind": "indirect_fire", "what": "Two rockets fell short", "severity": "4",
        "occurred": "2020-01-05", "site": "site-01", "position": "33.3152, 44.3661",
        "place": "North gate", "source": "A guard", "source_reliability": "B",
        "info_credibility": "2",
    }  # fmt: skip
    vague = {"kind": "demonstration", "what": "Some shouting", "place": "By the bridge"}
    for fields in (said, vague):
        assert product.session("duty").fill("/incidents/new/", fields).status == 302


def issued(product: Product) -> None:
    """A draft, an order with a condition and a proposal to lift a part, and a stop on the spot."""
    commander, duty = product.session("commander"), product.session("duty")
    order = {
        "kind": "order", "effect": "2", "lines": "training", "sites": "site-01",
        "reason_code": "threat_warning", "reason": "A warning", "protective_action": "Stay inside",
        "authority": "Commander", "review_owner": "J3", "first_review_at": "2020-01-08",
        "effective": "2020-01-06", "usual_conditions": "host-consents",
    }  # fmt: skip
    for reason in ("A warning", "Another warning"):
        kept = commander.fill("/missions/FTM/directives/new/", order | {"reason": reason})
        assert kept.status == 302
    draft = commander.get(kept.location)
    seen = SEEN.search(draft.text)
    assert seen is not None
    assert commander.fill_at(draft, f"{kept.location}sign/", {"seen": seen[1]}).status == 302
    part = {"sites": "site-01", "reason": "All clear"}
    assert duty.fill("/directives/FTM-D-2020-001/propose/", part).status == 302
    assert duty.fill("/missions/FTM/stop/", {"site": "site-02", "what": "Shots"}).status == 302


def assessed(product: Product) -> None:
    """A risk that is left of an activity, for somebody to decide about."""
    said = {
        "line": "training", "sites": "site-01", "criticality": "2", "risk": "high",
        "reason": "Fire on the road", "assessed_by": "Protection", "assessed": "2020-01-05",
    }  # fmt: skip
    commander = product.session("commander")
    assert commander.fill("/missions/FTM/risks/assess/", said).status == 302


def mustered(product: Product) -> None:
    """A list with a warden, a stay, a muster of one site with a step and a report against another,
    a movement, and a name that is held.
    """
    duty, germany = product.session("duty"), product.session("germany")
    people = PERSON.findall(duty.get("/people/").text)
    west = {"code": "west", "title": "West wing", "site": "site-01"}
    assert duty.fill("/missions/FTM/wardens/new/", west).status == 302
    wardens = {"people": " ".join(people[:2])}
    assert duty.fill("/missions/FTM/wardens/west/people/", wardens).status == 302
    leave = {"mission": "FTM", "kind": "leave", "begins_at": "2020-01-05", "place": "Home"}
    assert duty.fill(f"/people/{people[2]}/stays/new/", leave).status == 302
    seen = {"seen_at": "2020-01-06T17:00Z", "site": "site-02", "source": "Guard"}
    assert duty.fill(f"/people/{people[2]}/sightings/new/", seen).status == 302
    opened = duty.fill("/musters/open/?mission=FTM", OPENED)
    assert opened.status == 302
    entries = ENTRY.findall(duty.get(opened.location).text)
    said = {"said_by": "Ada", "how": "seen", "voice": "other"}
    for state, moment in (("need help", "18:10"), ("safe", "18:12")):
        told = said | {"state": state, "occurred_at": f"2020-01-06T{moment}Z"}
        assert duty.fill(f"{entries[0]}report/", told).status == 302
    called = {"step": "call", "outcome": "engaged", "done_at": "2020-01-06"}
    assert duty.fill(f"{entries[1]}step/", called).status == 302
    moved = {"kind": "relocate", "title": "North", "from_site": "site-01", "to_site": "site-02"}
    ordered = duty.fill("/missions/FTM/movements/new/", moved)
    assert duty.fill(f"{ordered.location}manifest/", {"site": "site-01"}).status == 302
    german = PERSON.findall(germany.get("/people/?nation=DE").text)[-1]
    assert germany.fill(f"/people/{german}/hold/", {"why": "Wounded"}).status == 302


def walked(product: Product) -> Walk:
    walk, counted = Walk(), Counter[tuple[str, tuple[str, ...]]]()
    for key, starts in WALKERS:
        go(product.session(key), key, starts, (walk, counted))
    return walk


def go(
    session: SignedIn,
    key: str,
    starts: tuple[str, ...],
    found: tuple[Walk, Counter[tuple[str, tuple[str, ...]]]],
) -> None:
    walk, counted = found
    todo, seen = deque(starts), set[str]()
    while todo:
        address = todo.popleft()
        shape = shape_of(address)
        if address in seen or (counted[shape] >= MOST and address not in starts):
            continue
        seen.add(address)
        walk.links += 1
        page = session.get(address)
        if page.status in (301, 302):
            todo.append(urlsplit(page.location)._replace(scheme="", netloc="").geturl())
        elif page.status != 200:
            walk.broken.append(f"{page.status} {address} for {key}")
        else:
            counted[shape] += 1
            walk.pages.setdefault(shape[0], []).append(page)
            walk.walker.setdefault(page.address, key)
        if page.kind == "text/html":
            todo.extend(links_of(page))
