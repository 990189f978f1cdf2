"""Pages of missions: what they show, what they refuse, and what nobody else may see."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from cadre.access.actions import acting
from cadre.access.models import Account, Role
from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission import actions
from cadre.mission.models import Organisation, Person, Site
from cadre.record.actions import NewClaim, NewSource, record_claims, record_source
from tests.mission.conftest import World

type SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(settings: Settings, operator: Viewer, at: datetime) -> SignIn:
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False

    def made(*affiliations: str, role: str = "duty_officer", mission: str = "") -> Client:
        email = f"{'-'.join(affiliations).lower()}@example.org"
        with acting("test", by=operator, at=at):
            account = Account(email=email, name=email, affiliations=list(affiliations))
            account.set_unusable_password()
            account.save()
            Role.objects.create(account=account, role=role, mission=mission)
        client = Client()
        client.force_login(account)
        return client

    return made


@pytest.fixture
def person(world: World, operator: Viewer, at: datetime) -> Person:
    post = actions.add_post(
        actions.NewPost(code="NMI-1", title="Adviser", mission=world.nmi, site=world.base),
        by=operator,
        at=at,
    )
    anna = actions.add_person(
        actions.NewPerson(code="P1", name="Anna Beispiel", nation=world.germany), by=operator, at=at
    )
    actions.hold(
        actions.NewHolding(post=post, person=anna, begins_at=datetime(2020, 1, 1, tzinfo=UTC)),
        by=operator,
        at=at,
    )
    return anna


PAGES = (
    "/missions/", "/missions/NMI/", "/missions/new/", "/organisations/", "/organisations/DE/",
    "/organisations/new/", "/organisations/DE/change/", "/organisations/DE/memberships/new/",
    "/sites/", "/sites/TAJI/", "/sites/new/", "/sites/TAJI/change/", "/posts/", "/posts/NMI-1/",
    "/posts/new/", "/posts/NMI-1/change/", "/posts/NMI-1/hold/", "/people/", "/people/P1/",
    "/people/new/", "/people/P1/change/", "/import/", "/import/people/", "/import/sites/",
    "/import/people/template.csv", "/import/people/template.xlsx", "/export/people.csv",
    "/export/sites.xlsx",
    *(
        f"/missions/NMI/add/{what}/"
        for what in (
            "mandate", "line", "relation", "appointment", "contribution", "contributors",
            "request", "authorisation", "site", "task",
        )
    ),
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_shown(person: Person, sign_in: SignIn, address: str) -> None:
    response = sign_in("DE").get(address)
    assert response.status_code == 200
    if response.headers["Content-Type"].startswith("text/html"):
        assert re.search(rb"{[%#]", response.content) is None


def test_one_nations_names_never_reach_another(person: Person, sign_in: SignIn) -> None:
    german, french = sign_in("DE"), sign_in("FR")
    addresses = ("/people/", "/posts/", "/posts/NMI-1/", "/missions/NMI/", "/sites/TAJI/",
                 "/export/people.csv")  # fmt: skip
    told = [b"Beispiel" in german.get(address).content for address in addresses]
    leaked = [b"Beispiel" in french.get(address).content for address in addresses]
    assert (told, leaked) == ([True] * 6, [False] * 6)
    assert (german.get("/people/P1/").status_code, french.get("/people/P1/").status_code) == (
        200,
        404,
    )


def test_a_name_that_its_nation_releases_to_the_mission_reaches_its_staff(
    person: Person, world: World, sign_in: SignIn, operator: Viewer, at: datetime
) -> None:
    staff = sign_in("NMI")
    assert b"Beispiel" not in staff.get("/people/").content
    released = actions.NewPerson(
        code="P1",
        name="Anna Beispiel",
        nation=world.germany,
        marking=actions.marking_of_person("DE", shared_with=("NMI",)),
    )
    actions.change_person(person, released, by=operator, at=at)
    assert b"Beispiel" in staff.get("/people/").content
    assert b"Beispiel" in staff.get("/posts/NMI-1/").content


def test_a_reader_is_offered_no_change_and_refused_one(person: Person, sign_in: SignIn) -> None:
    reader = sign_in("DE", role="reader")
    assert b"/people/new/" not in reader.get("/people/").content
    assert reader.get("/people/new/").status_code == 403
    assert reader.post("/sites/new/", {"code": "X"}).status_code == 403


def test_a_bad_form_keeps_what_was_typed_and_writes_nothing(world: World, sign_in: SignIn) -> None:
    response = sign_in("DE").post(
        "/sites/new/",
        {"code": "X1", "name": "Somewhere", "kind": "site", "position": "over there"},
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="Somewhere"' in page
    assert 'value="over there"' in page
    assert "is not a position" in page
    assert Site.objects.filter(code="X1").count() == 0


def test_a_refusal_stands_beside_its_field(world: World, sign_in: SignIn) -> None:
    response = sign_in("DE").post(
        "/missions/NMI/add/line/", {"code": "strike", "name": "Strike", "combat": "on"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(r'id="id_combat_error">NMI is a non-combat mission', page)


def test_a_site_is_entered_by_grid_reference_and_shown_both_ways(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in("DE")
    response = client.post(
        "/sites/new/",
        {"code": "X1", "name": "X", "kind": "site", "parent": "IRQ", "position": "38SMB4102886304"},
    )
    assert response.status_code == 302
    page = client.get("/sites/X1/").content.decode()
    assert "38S MB 41028 86304" in page
    assert "33.314248, 44.36647" in page


def test_a_change_of_what_somebody_else_has_changed_is_refused(
    world: World, sign_in: SignIn, operator: Viewer, at: datetime
) -> None:
    client = sign_in("DE")
    page = client.get("/sites/TAJI/change/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    other = actions.NewSite(code="TAJI", name="Taji", kind="site", parent=world.country)
    actions.change_site(world.base, other, by=operator, at=at)
    typed = {"code": "TAJI", "name": "Camp", "kind": "site", "parent": "IRQ", "seen": seen[1]}
    response = client.post("/sites/TAJI/change/", typed)
    assert response.status_code == 422
    assert "in the meantime" in response.content.decode()
    assert Site.objects.get(code="TAJI").name == "Taji"


def test_a_list_is_shown_first_and_written_when_it_is_confirmed(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in("DE")
    upload = SimpleUploadedFile("people.csv", b"code,name,nation\nP1,Anna,DE\n")
    page = client.post("/import/people/", {"file": upload})
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.content.decode())
    assert (page.status_code, Person.objects.count()) == (200, 0)
    assert ticket is not None
    assert client.post("/import/people/", {"ticket": ticket[1]}).status_code == 302
    assert [row.name for row in Person.objects.all()] == ["Anna"]


def test_a_list_with_mistakes_is_not_written(world: World, sign_in: SignIn) -> None:
    client = sign_in("DE")
    upload = SimpleUploadedFile("people.csv", b"code,name,nation\nP1,Anna,XX\n")
    page = client.post("/import/people/", {"file": upload})
    assert page.status_code == 422
    assert "There is none with the code" in page.content.decode()
    assert b'name="ticket"' not in page.content


def test_a_preview_that_no_longer_holds_is_shown_again(
    world: World, sign_in: SignIn, operator: Viewer, at: datetime
) -> None:
    client = sign_in("DE")
    upload = SimpleUploadedFile("list.csv", b"code,name,kind\nX,X,force\n")
    page = client.post("/import/organisations/", {"file": upload}).content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket is not None
    row = actions.NewOrganisation(code="X", name="Another", kind="force")
    actions.add_organisation(row, by=operator, at=at)
    again = client.post("/import/organisations/", {"ticket": ticket[1]})
    assert "has changed since" in again.content.decode()
    assert Organisation.objects.get(code="X").name == "Another"


def test_values_say_who_said_them_and_what_nobody_said_is_not_stated(
    world: World, sign_in: SignIn, operator: Viewer, at: datetime
) -> None:
    source = record_source(
        NewSource(name="article", kind="article", title="Article"), by=operator, at=at
    )
    claims = [
        NewClaim(
            subject="NMI", attribute="nature", value="non-combat", said_by=("article",),
            sentences=("S12",), reference="F26",
        ),
        NewClaim(
            subject="NMI", attribute="size", value="up to several hundred",
            said_by=("NATO", "article"), sentences=("S13",), reference="F31",
        ),
    ]  # fmt: skip
    record_claims(source, claims, by=operator, at=at)
    page = sign_in("DE").get("/missions/NMI/").content.decode()
    commander = page[page.index("<dt>Commander</dt>") :][:200]
    assert "not stated" in commander
    assert [text for text in ("F26", "F31", "up to several hundred") if text not in page] == []


def test_a_withdrawal_tells_what_loses_its_basis(
    world: World, sign_in: SignIn, operator: Viewer, at: datetime
) -> None:
    mandate = actions.set_mandate(
        world.nmi, "Train.", since=Moment.parse("2018"), by=operator, at=at
    )
    asked = actions.record_host_request(
        world.nmi,
        actions.NewHostRequest(host=world.iraq, wording="At the government's request"),
        by=operator,
        at=at,
    )
    actions.authorise(
        world.nmi,
        actions.NewAuthorisation(host_request=asked, mandate=mandate, lines=("training",)),
        by=operator,
        at=at,
    )
    client = sign_in("DE")
    address = f"/host-requests/{asked.pk}/withdraw/"
    assert "nobody may restart them: training" in client.get(address).content.decode()
    assert (
        client.post(address, {"wording": "Withdrawn.", "effective": "2020-01-09"}).status_code
        == 302
    )
    assert "Withdrawn" in client.get("/missions/NMI/").content.decode()
    assert client.post(address, {"wording": "Again.", "effective": ""}).status_code == 422


def more(world: World, place: int, operator: Viewer, at: datetime) -> None:
    """One more of everything that the pages list."""
    site = actions.add_site(
        actions.NewSite(code=f"S{place}", name="S", kind="site", parent=world.country),
        by=operator,
        at=at,
    )
    actions.place(world.nmi, site, since=Moment.unknown(), by=operator, at=at)
    post = actions.add_post(
        actions.NewPost(
            code=f"POST{place}", title="Trainer", mission=world.nmi, site=site,
            nation=world.germany,
        ),
        by=operator,
        at=at,
    )  # fmt: skip
    person = actions.add_person(
        actions.NewPerson(code=f"M{place}", name="M", nation=world.germany), by=operator, at=at
    )
    actions.hold(
        actions.NewHolding(post=post, person=person, begins_at=datetime(2020, 1, 1, tzinfo=UTC)),
        by=operator,
        at=at,
    )
    lender = actions.add_organisation(
        actions.NewOrganisation(code=f"O{place}", name="O", kind="organisation"),
        by=operator,
        at=at,
    )
    actions.record_contribution(
        world.nmi,
        actions.NewContribution(organisation=lender, quantity="around 120 troops"),
        by=operator,
        at=at,
    )
    actions.record_membership(
        lender, actions.NewMembership(kind="partner of", of=world.iraq), by=operator, at=at
    )


COUNTED = (
    "/missions/", "/missions/NMI/", "/organisations/", "/organisations/IQ/", "/sites/",
    "/sites/IRQ/", "/posts/", "/people/", "/people/?known_on=2026-02-01", "/export/people.csv",
)  # fmt: skip


@pytest.mark.parametrize("address", COUNTED)
def test_three_rows_take_no_more_queries_than_one(
    world: World, sign_in: SignIn, operator: Viewer, at: datetime, address: str
) -> None:
    client = sign_in("DE")
    more(world, 0, operator, at)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    for place in (1, 2):
        more(world, place, operator, at)
    with CaptureQueriesContext(connection) as three:
        assert client.get(address).status_code == 200
    assert len(three) == len(one)


def test_a_stale_change_is_shown_beside_what_stands_and_may_then_replace_it(
    world: World, sign_in: SignIn, operator: Viewer, at: datetime
) -> None:
    client = sign_in("DE")
    page = client.get("/sites/TAJI/change/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    theirs = actions.NewSite(code="TAJI", name="Theirs", kind="site", parent=world.country)
    actions.change_site(world.base, theirs, by=operator, at=at)
    typed = {
        "name": "Ours",
        "kind": "site",
        "parent": "IRQ",
        "capacity": "40",
        "classification": "0",
    }
    response = client.post("/sites/TAJI/change/", {**typed, "seen": seen[1]})
    shown = [(each.label, each.typed, each.written) for each in response.context["differences"]]
    assert (response.status_code, shown) == (
        422,
        [("Name", "Ours", "Theirs"), ("Places", "40", "")],
    )
    assert Site.objects.get(code="TAJI").name == "Theirs"
    again = {**typed, "seen": response.context["form"]["seen"].value()}
    assert client.post("/sites/TAJI/change/", again).status_code == 302
    assert Site.objects.get(code="TAJI").name == "Ours"


def test_a_correction_stands_in_place_of_the_earlier_row_from_then_on(
    world: World, sign_in: SignIn, operator: Viewer, at: datetime
) -> None:
    new = actions.NewContribution(organisation=world.germany, quantity="around 70")
    earlier = actions.record_contribution(world.nmi, new, by=operator, at=at)
    client = sign_in("DE")
    address = f"/missions/NMI/add/contribution/?corrects={earlier.pk}"
    assert address in client.get("/missions/NMI/").content.decode()
    form = client.get(address).context["form"]
    assert {name: form[name].value() for name in ("organisation", "quantity", "corrects")} == {
        "organisation": "DE",
        "quantity": "around 70",
        "corrects": str(earlier.pk),
    }
    typed = {"organisation": "DE", "quantity": "around 120", "corrects": str(earlier.pk)}
    assert client.post("/missions/NMI/add/contribution/", typed).status_code == 302
    again = client.post("/missions/NMI/add/contribution/", typed)
    assert (again.status_code, "has been corrected already" in again.content.decode()) == (
        422,
        True,
    )
    page, before = (
        client.get(f"/missions/NMI/{query}").content.decode()
        for query in ("", f"?known_on={at:%Y-%m-%dT%H:%MZ}")
    )
    assert [("around 120" in each, "around 70" in each) for each in (page, before)] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("of", ["mandate", "site", "relation"])
def test_nothing_of_another_mission_or_kind_is_corrected(
    world: World, sign_in: SignIn, operator: Viewer, at: datetime, of: str
) -> None:
    new = actions.NewContribution(organisation=world.germany, quantity="around 70")
    row = actions.record_contribution(world.nmi, new, by=operator, at=at)
    assert sign_in("DE").get(f"/missions/NMI/add/{of}/?corrects={row.pk}").status_code == 404


def test_what_a_withdrawal_takes_away_is_told_after_it_too(
    world: World, sign_in: SignIn, operator: Viewer, at: datetime
) -> None:
    request = actions.record_host_request(
        world.nmi, actions.NewHostRequest(host=world.iraq, wording="Please"), by=operator, at=at
    )
    mandate = actions.set_mandate(
        world.nmi, "Train", since=Moment.parse("2018"), by=operator, at=at
    )
    opened = actions.NewAuthorisation(host_request=request, mandate=mandate)
    actions.authorise(world.nmi, opened, by=operator, at=at)
    response = sign_in("DE", role="commander").post(
        f"/host-requests/{request.pk}/withdraw/",
        {"wording": "Leave", "effective": "5 January 2020"},
        follow=True,
    )
    told = [str(each) for each in response.context["messages"]]
    assert told[0] == "Nothing opens these activity lines any more: training."


def test_words_of_other_languages_are_quantities(
    world: World, sign_in: SignIn, operator: Viewer
) -> None:
    client = sign_in("DE")
    for quantity, status in (("environ 70 militaires", 302), ("نحو 120 جنديا", 302), ("lots", 422)):
        typed = {"organisation": "DE", "quantity": quantity}
        response = client.post("/missions/NMI/add/contribution/", typed)
        assert response.status_code == status
    page = client.get("/missions/NMI/").content.decode()
    assert ("around 70 militaires" in page, "around 120 جنديا" in page) == (True, True)
