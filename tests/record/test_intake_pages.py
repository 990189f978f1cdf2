"""The intake desk in a browser without script, through the API, and on the command line."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from cadre.access.actions import give_role, open_account
from cadre.access.models import Account
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from cadre.record.models import Claim, Document
from tests.record import files
from tests.record.test_intake import TEXT, actions, new_document

type Opener = Callable[..., Client]

PASSWORD = "correct horse battery staple"
FACTS = {"name": "press", "kind": "article", "published": "10 February 2031", "classification": "0"}
CLAIM = {
    "sentences": "S02",
    "subject": "Pact",
    "attribute": "size",
    "value": "around 120 troops",
    "said_by": "Lindqvist\npress",
    "status": "stated",
}


@pytest.fixture
def signed_in(operator: Viewer, at: datetime) -> Opener:
    """Somebody signed in, with one role."""

    def opened(role: str = "record_keeper") -> Client:
        account = Account(email=f"{role}@mission.example", name=role, affiliations=["DE"])
        open_account(account, password=PASSWORD, by=OPERATOR, at=at)
        give_role(account, role, mission="", by=OPERATOR, at=at)
        client = Client()
        client.force_login(account)
        return client

    return opened


@pytest.fixture
def document(operator: Viewer, at: datetime) -> Document:
    return actions.take_in(new_document(), by=operator, at=at)


def page_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_pasted_text_is_taken_in_and_read(signed_in: Opener) -> None:
    response = signed_in().post("/intake/", {**FACTS, "text": TEXT}, follow=True)
    (document,) = Document.objects.all()
    assert response.redirect_chain == [(f"/intake/{document.pk}/", 302)]
    page = page_of(response)
    assert "“press” is taken in, in 3 sentences." in page
    assert 'value="date-1-17-31"' in page
    assert document.recorded_by == "record_keeper@mission.example"


def test_what_is_taken_in_is_on_record_at_the_moment_of_this_node(
    signed_in: Opener, settings: Settings
) -> None:
    """Where the clock is pinned, as in the demonstration, it shows on the pages at once."""
    settings.CADRE_CLOCK = "2020-01-06T14:30Z"
    client = signed_in()
    client.post("/intake/", {**FACTS, "published": "", "text": TEXT})
    (document,) = Document.objects.all()
    client.post(f"/intake/{document.pk}/", CLAIM)
    (claim,) = Claim.objects.all()
    evening = datetime(2020, 1, 6, 14, 30, tzinfo=UTC)
    assert (document.recorded_at, claim.recorded_at, claim.known_from) == (evening,) * 3
    assert "around 120 troops" in page_of(client.get("/ask/?subject=Pact&attribute=size"))


def test_an_uploaded_file_is_taken_in_by_its_content(signed_in: Opener) -> None:
    upload = SimpleUploadedFile("letter.exe", files.PAGE, content_type="application/x-dosexec")
    signed_in().post("/intake/", {**FACTS, "file": upload})
    (document,) = Document.objects.all()
    assert (document.media_type, document.file_name) == ("text/html", "letter.exe")
    assert document.sentences[0] == "Order"
    assert "steal" not in " ".join(document.sentences)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Paste a text or choose a file."),
        ({"text": TEXT, "name": ""}, "This field is required."),
        ({"text": TEXT, "published": "3 January"}, "is not a moment"),
        ({"text": TEXT, "classification": "3"}, "could not see a document with this marking"),
        ({"text": "Only one line"}, "nothing in it but its title"),
        ({"text": TEXT, "file": SimpleUploadedFile("a.txt", b"b")}, "not both"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 rubbish")}, "damaged"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "no text"),
    ],
)
def test_what_was_typed_is_kept_when_it_is_refused(
    signed_in: Opener, typed: dict[str, object], sentence: str
) -> None:
    response = signed_in().post("/intake/", {**FACTS, "author": "Ada Okafor", **typed})
    assert response.status_code == 422
    assert sentence in page_of(response)
    assert "Ada Okafor" in page_of(response)
    assert Document.objects.count() == 0


def test_a_proposal_fills_the_form_and_records_nothing(
    signed_in: Opener, document: Document
) -> None:
    typed = {"attribute": "size", "said_by": "press", "take": "quantity-2-9-26"}
    response = signed_in().post(f"/intake/{document.pk}/", typed)
    form = response.context["form"]
    assert response.status_code == 200
    assert (form["value"].value(), form["sentences"].value(), form["attribute"].value()) == (
        "around 120 troops",
        "S02",
        "size",
    )
    assert "Nothing is recorded yet." in page_of(response)
    assert Claim.objects.count() == 0


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("speaker-1-0-13", "said_by", "Pact\npress"),
        ("date-1-17-31", "when", "2031-02-07"),
        ("speaker-2-35-53", "said_by", "Ada Lindqvist\npress"),
    ],
)
def test_each_kind_of_proposal_fills_its_field(
    signed_in: Opener, document: Document, key: str, field: str, value: str
) -> None:
    form = signed_in().post(f"/intake/{document.pk}/", {"take": key}).context["form"]
    assert form[field].value() == value


def test_a_proposal_that_does_not_stand_says_so(signed_in: Opener, document: Document) -> None:
    response = signed_in().post(f"/intake/{document.pk}/", {**CLAIM, "take": "date-9-9-9"})
    assert "This proposal does not stand any more" in page_of(response)
    assert response.context["form"]["value"].value() == "around 120 troops"


def test_a_claim_is_recorded_and_the_reader_stays_at_its_sentence(
    signed_in: Opener, document: Document
) -> None:
    response = signed_in().post(f"/intake/{document.pk}/", CLAIM, follow=True)
    (claim,) = Claim.objects.all()
    assert response.redirect_chain == [(f"/intake/{document.pk}/?page=1#S02", 302)]
    page = page_of(response)
    assert f"{claim.reference} is recorded: Pact, size." in page
    assert "<mark>around 120 troops</mark>" in page
    assert claim.said_by == ["Lindqvist", "press"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "500 troops"}, "“500 troops” does not stand in S02"),
        ({"sentences": "S77"}, "no sentence S77"),
        ({"sentences": "here"}, "Write the number of a sentence"),
        ({"when": "soon"}, "is not a moment"),
        ({"status": "inferred"}, "Say why it is inferred."),
        ({"said_by": " \n "}, "This field is required."),
        ({"said_by": "x" * 121}, "at most 120 characters"),
        ({"corrects": "C404"}, "No claim on record has the reference"),
        ({"subject": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_claim_that_is_refused_keeps_what_was_typed(
    signed_in: Opener, document: Document, typed: dict[str, str], sentence: str
) -> None:
    response = signed_in().post(
        f"/intake/{document.pk}/", {**CLAIM, "precision": "as-of kept", **typed}
    )
    assert response.status_code == 422
    assert sentence in page_of(response)
    assert "as-of kept" in page_of(response)
    assert Claim.objects.count() == 0


def test_a_reader_reads_and_changes_nothing(signed_in: Opener, document: Document) -> None:
    client = signed_in("reader")
    page = page_of(client.get(f"/intake/{document.pk}/"))
    assert "Your roles do not let you record claims." in page
    assert 'name="take"' not in page
    assert client.post(f"/intake/{document.pk}/", CLAIM).status_code == 403
    assert client.post("/intake/", {**FACTS, "text": TEXT}).status_code == 403
    assert Claim.objects.count() == 0


def test_a_hidden_document_is_not_there(signed_in: Opener, operator: Viewer, at: datetime) -> None:
    secret = Marking(classification=Classification.SECRET)
    taken = actions.take_in(new_document(marking=secret), by=operator, at=at)
    client = signed_in()
    assert client.get(f"/intake/{taken.pk}/").status_code == 404
    assert client.get(f"/api/v1/intake/{taken.pk}").status_code == 404
    assert client.get("/api/v1/intake").json() == []
    assert "press" not in page_of(client.get("/intake/"))


def test_text_of_a_document_is_never_markup(signed_in: Opener) -> None:
    text = 'Title\nHe said <script>alert("1")</script> on Jan. 2 & <b>left</b>.'
    page = page_of(signed_in().post("/intake/", {**FACTS, "text": text}, follow=True))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_api_takes_in_reads_and_records(signed_in: Opener) -> None:
    client = signed_in()
    made = client.post("/api/v1/intake", {**FACTS, "text": TEXT})
    assert made.status_code == 201
    row = made.json()["id"]
    read = client.get(f"/api/v1/intake/{row}").json()
    assert read["sentences"][1]["proposals"][0] == {
        "kind": "quantity",
        "start": 9,
        "end": 26,
        "wording": "around 120 troops",
        "value": "around 120 troops",
        "certainty": "stated",
        "why": "The number is qualified by “around”.",
    }
    claim = {
        "document": row,
        "sentences": ["S02"],
        "subject": "Pact",
        "attribute": "size",
        "value": "around 120 troops",
        "said_by": ["Lindqvist", "press"],
    }
    recorded = client.post("/api/v1/claims", claim, content_type="application/json")
    assert (recorded.status_code, recorded.json()["status"]) == (201, "stated")
    assert client.get("/api/v1/intake").json()[0]["claims"] == 1


def test_the_api_takes_in_a_file(signed_in: Opener) -> None:
    upload = SimpleUploadedFile("order.bin", files.shown_pdf())
    made = signed_in().post("/api/v1/intake", {"name": "order", "file": upload})
    assert (made.status_code, made.json()["media_type"]) == (201, "application/pdf")
    assert made.json()["sentences"][0]["text"] == "It was set up in October 2018."
    assert Document.objects.get().file_name == "order.bin"


def test_marks_that_turn_a_name_are_not_kept(signed_in: Opener) -> None:
    signed_in().post("/intake/", {**FACTS, "text": TEXT, "name": "pre\u202ess"})
    assert Document.objects.get().source.name == "press"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"value": "500 troops"}, 409),
        ({"when": "soon"}, 422),
        ({"said_by": []}, 422),
        ({"sentences": ["five"]}, 422),
        ({"subject": "a\x00"}, 422),
        ({"subject": "a\ud800"}, 422),
        ({"document": "6a9c7b2e-0000-4000-8000-000000000000"}, 404),
        ({"corrects": "C404"}, 409),
    ],
)
def test_the_api_refuses_in_one_sentence(
    signed_in: Opener, document: Document, change: dict[str, object], status: int
) -> None:
    claim = {
        "document": str(document.pk),
        "sentences": ["S02"],
        "subject": "Pact",
        "attribute": "size",
        "value": "around 120 troops",
        "said_by": ["press"],
    }
    answer = signed_in().post("/api/v1/claims", claim | change, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (status, ["detail"])
    assert Claim.objects.count() == 0


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("intake", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_takes_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "order.txt"
    path.write_text(TEXT, encoding="utf-8")
    facts = ("--name", "press", "--published", "2031-02-10")
    answer = json.loads(run(str(path), *facts, "--json"))
    assert [sentence["number"] for sentence in answer["sentences"]] == ["S01", "S02", "S03"]
    with pytest.raises(CommandError, match="on record already") as refusal:
        run(str(path), *facts)
    assert refusal.value.returncode == 2


@pytest.mark.django_db
def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.txt cannot be read: No such file"):
        run(str(tmp_path / "none.txt"), "--name", "press")
