"""Documents by numbered sentences, and claims that people take from them."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.reading import Kind, Reason
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from cadre.record.actions import NewClaim, NewSource
from cadre.record.extraction import pasted
from cadre.record.intake import actions, queries
from cadre.record.intake.reasons import KINDS, REASONS
from cadre.record.models import Claim, Document, Entry, Source

TEXT = """Pact halts courses

Pact halts courses
The Pact said on Friday, Feb. 7, that it had paused its courses. “We keep around 120 troops
there,” Ada Lindqvist told reporters. It was set up in October 2029.
"""
SECRET = Marking(classification=Classification.SECRET)
KEEPER = Viewer(
    "keeper", Classification.RESTRICTED, frozenset({"DE"}), roles=frozenset({("record_keeper", "")})
)
READER = Viewer("reader", Classification.UNCLASSIFIED, roles=frozenset({("reader", "NMI")}))


def new_document(text: str = TEXT, **facts: object) -> actions.NewDocument:
    published = Moment.parse("2031-02-10")
    source = NewSource(name="press", kind="article", title="", published=published)
    return actions.NewDocument(source=replace(source, **facts), read=pasted(text), file_name="")  # type: ignore[arg-type]  # facts of a source


@pytest.fixture
def document(operator: Viewer, at: datetime) -> Document:
    return actions.take_in(new_document(), by=operator, at=at)


def claim(**values: object) -> NewClaim:
    given: dict[str, object] = {
        "subject": "Pact",
        "attribute": "size",
        "value": "around 120 troops",
        "said_by": ("Lindqvist", "press"),
        "sentences": ("S02",),
    }
    return NewClaim(**(given | values))  # type: ignore[arg-type]  # facts of a claim


def test_a_document_becomes_its_sentences_without_its_title(document: Document) -> None:
    assert document.sentences == [
        "The Pact said on Friday, Feb. 7, that it had paused its courses.",
        "“We keep around 120 troops there,” Ada Lindqvist told reporters.",
        "It was set up in October 2029.",
    ]
    assert (document.source.title, document.source.name) == ("Pact halts courses", "press")


def test_a_first_sentence_is_no_title_that_could_be_lost(operator: Viewer, at: datetime) -> None:
    taken = actions.take_in(new_document("It ended. It began."), by=operator, at=at)
    assert (taken.source.title, taken.sentences) == ("It ended.", ["It ended.", "It began."])


def test_taking_in_is_in_the_ledger_with_who_and_what(document: Document, at: datetime) -> None:
    entries = Entry.objects.order_by("table").values_list("table", "actor", "verb", "at")
    assert list(entries) == [
        ("record_document", "operator", "record.intake", at),
        ("record_source", "operator", "record.source", at),
    ]


def test_a_document_is_never_changed(document: Document) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("UPDATE record_document SET sentences = '{}'")


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (new_document(), "on record already as “press”"),
        (new_document("Another text. It is new."), "a source named “press”"),
        (new_document("Only a title", name="other"), "nothing in it but its title"),
        (
            new_document("A title\nOne.\n" + "No. " * 6_000, name="other"),
            "more than 5000 sentences",
        ),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_leaves_nothing(
    document: Document, new: actions.NewDocument, sentence: str, at: datetime
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.take_in(new, by=OPERATOR, at=at)
    assert (Document.objects.count(), Source.objects.count()) == (1, 1)


@pytest.mark.parametrize(("publisher", "taken"), [("", False), ("Another paper", True)])
def test_the_same_text_in_another_file_is_the_same_document_unless_others_publish_it(
    document: Document, operator: Viewer, at: datetime, publisher: str, *, taken: bool
) -> None:
    again = new_document(TEXT.replace("\n", "\r\n"), name="copy", publisher=publisher)
    if taken:
        actions.take_in(again, by=operator, at=at)
    else:
        with pytest.raises(Refused, match="on record already as “press”"):
            actions.take_in(again, by=operator, at=at)
    assert Document.objects.count() == 1 + taken


def test_proposals_stand_beside_their_sentence_and_are_not_on_record(document: Document) -> None:
    reading = queries.read(OPERATOR, document)
    proposed = {
        sentence.number: [each.value for each in sentence.proposals]
        for sentence in reading.sentences
    }
    assert proposed == {
        "S01": ["Pact > press", "2031-02-07"],
        "S02": ["around 120 troops", "Ada Lindqvist > press"],
        "S03": ["2029-10"],
    }
    assert Claim.objects.count() == 0


def test_a_claim_is_recorded_with_its_sentence_and_chain(document: Document, at: datetime) -> None:
    row = actions.record_claim(document, claim(), by=OPERATOR, at=at)
    assert (row.sentences, row.said_by, row.status, row.value) == (
        ["S02"],
        ["Lindqvist", "press"],
        "stated",
        "around 120 troops",
    )
    reading = queries.read(OPERATOR, document)
    assert [said.reference for said in reading.sentences[1].claims] == [row.reference]
    assert ("around 120 troops", True) in reading.sentences[1].parts


@pytest.mark.parametrize(
    ("value", "sentences"),
    [
        ("around 120 troops", ("S02",)),
        ("We keep AROUND  120 troops", ("S02",)),
        ('"We keep around 120 troops there,"', ("S02",)),
        ("told reporters. It was set up", ("S02", "S03")),
    ],
)
def test_a_stated_value_stands_in_its_sentences(
    document: Document, value: str, sentences: tuple[str, ...], at: datetime
) -> None:
    new = claim(value=value, sentences=sentences)
    assert actions.record_claim(document, new, by=OPERATOR, at=at).value == value


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"value": "120 soldiers"}, "“120 soldiers” does not stand in S02"),
        ({"value": "20 troops"}, "does not stand in S02"),
        ({"sentences": ("S03",)}, "does not stand in S03"),
        ({"sentences": ("S09",)}, "no sentence S09; its last one is S03"),
        ({"sentences": ()}, "names the sentence"),
        ({"said_by": ()}, "who"),
        ({"value": "120", "inferred": True}, "reason"),
    ],
)
def test_a_claim_that_its_sentence_does_not_bear_out_is_refused(
    document: Document, values: dict[str, object], sentence: str, at: datetime
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.record_claim(document, claim(**values), by=OPERATOR, at=at)
    assert Claim.objects.count() == 0


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("around 120 troops", True),
        ("We keep around 120 troops there", True),
        ("troops", True),
        ("120", False),
        ("120 troops", False),
        ("120 troops there", False),
    ],
)
def test_a_value_is_never_more_exact_than_its_sentence(
    document: Document, at: datetime, value: str, *, taken: bool
) -> None:
    if taken:
        actions.record_claim(document, claim(value=value), by=OPERATOR, at=at)
    else:
        with pytest.raises(Refused, match="The sentence says “around 120 troops”"):
            actions.record_claim(document, claim(value=value), by=OPERATOR, at=at)
    assert Claim.objects.count() == taken


def test_other_words_are_taken_when_they_are_inferred_and_say_why(
    document: Document, at: datetime
) -> None:
    new = claim(value="a company", inferred=True, reasoning="About 120 is the size of one.")
    row = actions.record_claim(document, new, by=OPERATOR, at=at)
    assert (row.status, row.reasoning) == ("inferred", "About 120 is the size of one.")


def test_the_same_claim_is_not_recorded_twice(document: Document, at: datetime) -> None:
    first = actions.record_claim(document, claim(), by=OPERATOR, at=at)
    with pytest.raises(Refused, match=f"on record already as {first.reference}"):
        actions.record_claim(document, claim(), by=OPERATOR, at=at)
    corrected = claim(said_by=("press",), corrects=first)
    assert actions.record_claim(document, corrected, by=OPERATOR, at=at).corrects == first


def test_a_correction_points_at_the_claim_that_it_corrects(
    document: Document, at: datetime
) -> None:
    first = actions.record_claim(document, claim(), by=OPERATOR, at=at)
    found = queries.claim_with_reference(OPERATOR, first.reference.lower())
    new = claim(attribute="force", corrects=found)
    second = actions.record_claim(document, new, by=OPERATOR, at=at)
    assert second.corrects_id == first.pk
    reading = queries.read(OPERATOR, document)
    assert [said.reference for said in reading.sentences[1].claims] == [second.reference]


def test_a_reference_that_nothing_or_several_have_is_refused(
    document: Document, at: datetime
) -> None:
    with pytest.raises(Refused, match="No claim on record has the reference “C404”"):
        queries.claim_with_reference(OPERATOR, "C404")
    own = actions.record_claim(document, claim(reference="F1"), by=OPERATOR, at=at)
    document.source.pack = "case"
    actions.record_claims(document.source, [claim(reference="F1")], by=OPERATOR, at=at)
    with pytest.raises(Refused, match="Several claims have the reference “F1”"):
        queries.claim_with_reference(OPERATOR, "F1")
    assert queries.claim_with_reference(OPERATOR, "/F1") == own
    assert queries.claim_with_reference(OPERATOR, "") is None


def test_only_roles_that_may_take_in_documents_and_record_claims(
    document: Document, at: datetime
) -> None:
    with pytest.raises(NotAllowed, match="Record keeper"):
        actions.take_in(new_document("New. Text.", name="other"), by=READER, at=at)
    with pytest.raises(NotAllowed, match="Record keeper"):
        actions.record_claim(document, claim(), by=READER, at=at)
    with seeing(KEEPER):
        taken = actions.take_in(new_document("New. Text.", name="other"), by=KEEPER, at=at)
        assert actions.record_claim(
            taken, claim(value="Text", sentences=("S02",)), by=KEEPER, at=at
        )


def test_nobody_hands_in_what_he_may_not_see(operator: Viewer, at: datetime) -> None:
    with pytest.raises(Refused, match="could not see a document with this marking"), seeing(KEEPER):
        actions.take_in(new_document(marking=SECRET), by=KEEPER, at=at)
    assert Document.objects.count() == 0


def test_a_document_is_shown_to_those_who_may_see_it_only(operator: Viewer, at: datetime) -> None:
    taken = actions.take_in(new_document(marking=SECRET), by=operator, at=at)
    assert list(queries.documents(OPERATOR)) == [taken]
    with seeing(KEEPER):
        assert list(queries.documents(KEEPER)) == []
        assert queries.document(KEEPER, taken.pk) is None
        assert queries.with_digest(KEEPER, taken.digest) is None


def test_a_name_that_somebody_hidden_has_taken_is_refused_all_the_same(
    operator: Viewer, at: datetime
) -> None:
    actions.take_in(new_document(marking=SECRET), by=operator, at=at)
    with seeing(KEEPER), pytest.raises(Refused, match="a source named “press”"):
        actions.take_in(new_document("New. Text."), by=KEEPER, at=at)


def test_claims_carry_the_marking_of_their_document(operator: Viewer, at: datetime) -> None:
    taken = actions.take_in(new_document(marking=SECRET), by=operator, at=at)
    row = actions.record_claim(taken, claim(), by=operator, at=at)
    assert row.marking == SECRET


def test_names_come_from_what_the_viewer_may_see(document: Document, at: datetime) -> None:
    actions.record_claim(document, claim(subject="Ada Lindqvist"), by=OPERATOR, at=at)
    (_first, second, _third) = queries.read(OPERATOR, document).sentences
    assert [each.value for each in second.names] == ["Ada Lindqvist"]


def test_a_long_document_is_read_page_by_page(operator: Viewer, at: datetime) -> None:
    text = "Title\nAda Lindqvist said one.\n" + "\n".join(f"Line {n}." for n in range(119))
    taken = actions.take_in(new_document(text), by=operator, at=at)
    pages = [queries.read(operator, taken, page=page) for page in (1, 2, 3, 99)]
    assert [(each.page, each.pages, each.sentences[0].number) for each in pages] == [
        (1, 3, "S01"),
        (2, 3, "S51"),
        (3, 3, "S101"),
        (3, 3, "S101"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_document_costs_as_many_queries_with_three_claims_as_with_one(
    document: Document, count: int, at: datetime, django_assert_num_queries: object
) -> None:
    for turn in range(count):
        actions.record_claim(document, claim(subject=f"Pact {turn}"), by=OPERATOR, at=at)
    with django_assert_num_queries(3):  # type: ignore[operator]  # a fixture of pytest-django
        queries.read(OPERATOR, document)


def test_plain_names_of_files() -> None:
    assert actions.plain_name("../../etc/pass\x00wd.txt") == "passwd.txt"
    assert actions.plain_name("C:\\papers\\order.pdf") == "order.pdf"


def test_every_reason_can_be_said_in_the_user_s_language() -> None:
    assert {reason: str(sentence) for reason, sentence in REASONS.items()} == {
        reason: reason.value for reason in Reason
    }
    assert set(KINDS) == set(Kind)
