"""The commands that order and stop: the forms of the pages, one sentence for what is wrong."""

from datetime import datetime
from pathlib import Path

import pytest

from cadre.access.models import Account
from cadre.core.releasability import OPERATOR
from cadre.directives.actions import NewCondition
from cadre.directives.models import Condition, Confirmation, Directive, Draft
from cadre.directives.wording import order as order_in_words
from cadre.launch.commands import read
from cadre.launch.django_words import load
from cadre.launch.refusal import Refusal
from cadre.mission.models import Mission
from tests.directives.commanding import refused, refused_for_the_role, told, told_json
from tests.directives.conftest import COMMANDER, Issue, Place, SignIn, Somebody

pytestmark = pytest.mark.usefixtures("clock")

ORDER = (
    "kind=order", "effect=2", "lines=training,advising", "sites=CAMP", "reason_code=incident",
    "authority=Commander", "protective_action=Stay inside", "review_owner=J3",
    "first_review_at=2026-01-06T12:00Z", "usual_conditions=host-consents,accounted-for",
    "other_conditions=The gate is repaired; J4; a photograph",
)  # fmt: skip


@pytest.fixture
def stopped(issued: Issue) -> Directive:
    gate = NewCondition(text="The gate is repaired", owner="J4", wanted="A photograph")
    return issued(COMMANDER, conditions=(gate,))


# --- order ------------------------------------------------------------------------------------


def test_draft_is_kept_listed_and_signed_once(place: Place, somebody: Somebody) -> None:
    commander = somebody("commander")
    kept = told("order", "draft", "M", *ORDER, "--as", somebody("training_planner"))
    row = Draft.objects.get()
    assert kept == f"Draft {row.pk}. It stops nothing until it is signed."
    assert Directive.objects.count() == 0
    listed = told_json("order", "drafts", "--as", commander)
    assert isinstance(listed, list)
    assert listed == [
        {
            "id": str(row.pk), "title": "Suspend: Training, Advising", "mission": "M",
            "missing": [], "refusal": "", "seen": listed[0]["seen"],
        }
    ]  # fmt: skip
    words = ("order", "sign", str(row.pk), "--as", commander)
    assert told(*words, "--seen", listed[0]["seen"]) == "Signed as M-D-2026-001."
    assert refused(*words) == "This draft is signed already, as M-D-2026-001."

    signed = Directive.objects.get()
    assert (signed.sure_lines, signed.sure_sites) == (["advising", "training"], ["CAMP"])
    assert (signed.recorded_by, Condition.objects.count()) == (commander, 3)
    assert told("order", "drafts") == "No draft waits for a signature."


def test_draft_that_lacks_something_says_what_and_is_not_signed(place: Place) -> None:
    told("order", "draft", "M", *ORDER[:1], "effect=1", *ORDER[2:])
    row = Draft.objects.get()
    lacks = "A restriction says what stays allowed."

    assert told("order", "drafts").splitlines()[1:] == [f"  {lacks}"]
    assert refused("order", "sign", str(row.pk)) == lacks
    assert Directive.objects.count() == 0


def test_draft_of_another_version_than_the_one_seen_is_not_signed(place: Place) -> None:
    told("order", "draft", "M", *ORDER)
    words = ("order", "sign", str(Draft.objects.get().pk), "--seen", "another")

    assert refused(*words).startswith("Somebody else changed this in the meantime.")
    assert Directive.objects.count() == 0


@pytest.mark.parametrize(
    ("mission", "fields", "sentence"),
    [
        ("X", ORDER, "There is no mission X on record."),
        ("M", ("Stop",), "“Stop” is no field with a value: write FIELD=VALUE."),
        ("M", (*ORDER, "sites=FORT"), "The field “sites” is given twice."),
        ("M", ORDER[1:], "kind: This field is required."),
        (
            "M",
            (*ORDER, "nations=DE,XX"),
            "nations: Select a valid choice. XX is not one of the available choices.",
        ),
        (
            "M",
            (*ORDER, "effective=soon"),
            (
                "effective: “soon” is not a moment; write it as 6 January 2020, October 2018,"
                " late 2017, or in EDTF such as [..2020-01-03] for “by 3 January 2020”."
            ),
        ),
    ],
)
def test_draft_that_cannot_be_read_is_one_sentence_and_is_not_kept(
    place: Place, mission: str, fields: tuple[str, ...], sentence: str
) -> None:
    assert refused("order", "draft", mission, *fields) == sentence
    assert Draft.objects.count() == 0


def test_unknown_field_is_told_with_the_fields_that_there_are(place: Place) -> None:
    sentence = refused("order", "draft", "M", *ORDER, "colour=red")

    assert sentence.startswith("There is no field “colour”; the fields are: ")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_order_is_told_in_each_language_and_on_paper(
    stopped: Directive, clock: datetime, tmp_path: Path, language: str
) -> None:
    found = order_in_words(OPERATOR, stopped.number, language, on=clock, known_on=clock)
    assert found is not None
    words = ("order", "show", stopped.number, "--lang", language)
    paper = tmp_path / "order.pdf"

    assert told(*words) == found.as_text().rstrip("\n")
    assert told_json(*words) == {
        "number": stopped.number, "language": language, "text": found.as_text(),
    }  # fmt: skip
    assert told(*words, "--pdf", str(paper)) == f"Written to {paper}."
    assert paper.read_bytes().startswith(b"%PDF")


def test_order_that_is_not_there_or_cannot_be_written_is_one_sentence(
    stopped: Directive, tmp_path: Path
) -> None:
    away = tmp_path / "none" / "order.pdf"

    assert refused("order", "show", "M-D-1") == "There is no directive M-D-1 on record."
    assert refused("order", "show", stopped.number, "--known-on", "2020") == (
        f"There is no directive {stopped.number} on record."
    )
    assert refused("order", "show", stopped.number, "--pdf", str(away)) == (
        f"{away} cannot be written: No such file or directory."
    )


def test_directives_are_listed_as_known_on_a_moment(stopped: Directive) -> None:
    assert told("order", "list") == ("M-D-2026-001: suspended by Commander, 2026-01-05T12:00:00Z")
    assert told("order", "list", "--known-on", "2020") == "No directive is on record."
    assert told_json("order", "list", "--known-on", "2020") == []


# --- stop -------------------------------------------------------------------------------------


def test_stop_is_one_command_and_stands_until_it_is_confirmed(
    place: Place, somebody: Somebody
) -> None:
    warden, duty = somebody("warden"), somebody("duty_officer")
    words = ("stop", "M", "site=CAMP", "lines=training,advising", "what=Shots", "--as", warden)
    assert told(*words) == "Stopped by M-S-2026-001, until a competent authority decides."
    assert told_json(*words) == {"number": "M-S-2026-001"}  # pressed again: the same stop
    row = Directive.objects.get()
    assert (row.sure_lines, row.sure_sites, row.reason) == (
        ["advising", "training"],
        ["CAMP"],
        "Shots",
    )
    confirm = ("stop", "confirm", row.number, "outcome=confirmed")
    assert refused(*confirm, "--as", warden) == (
        "This needs one of these roles in M: Commander, Duty officer."
    )
    told(*confirm, "note=Seen", "--as", duty)
    assert refused(*confirm, "--as", duty).startswith("It was decided already by duty_officer")

    taken = Confirmation.objects.get()
    assert (taken.outcome, taken.note, taken.recorded_by) == ("confirmed", "Seen", duty)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("X", "site=CAMP"), "There is no mission X on record."),
        (("M", "what=Shots"), "site: This field is required."),
        (
            ("M", "site=MOON"),
            "site: Select a valid choice. MOON is not one of the available choices.",
        ),
        (("confirm", "M-S-9", "outcome=confirmed"), "There is no directive M-S-9 on record."),
        (
            ("confirm", "outcome=confirmed"),
            "Name the stop: ./cadre stop confirm NUMBER outcome=confirmed.",
        ),
    ],
)
def test_stop_that_cannot_be_read_is_one_sentence(
    place: Place, words: tuple[str, ...], sentence: str
) -> None:
    assert refused("stop", *words) == sentence
    assert (Directive.objects.count(), Confirmation.objects.count()) == (0, 0)


def test_order_of_the_mission_is_not_confirmed(stopped: Directive) -> None:
    assert refused("stop", "confirm", stopped.number, "outcome=confirmed") == (
        "Only a provisional stop is confirmed or amended."
    )


# --- who may ----------------------------------------------------------------------------------


def test_who_has_not_the_role_neither_orders_nor_stops(place: Place, somebody: Somebody) -> None:
    told("order", "draft", "M", *ORDER)
    reader = ("--as", somebody("reader"))

    assert refused_for_the_role("order", "draft", "M", *ORDER, *reader)
    assert refused_for_the_role("order", "sign", str(Draft.objects.get().pk), *reader)
    assert refused_for_the_role("stop", "M", "site=CAMP", *reader)


@pytest.mark.parametrize("word", ["order", "reviews", "restart", "stop"])
def test_account_that_is_not_there_is_refused(stopped: Directive, word: str) -> None:
    words = {
        "order": ("order", "show", stopped.number),
        "reviews": ("reviews",),
        "restart": ("restart", "show", stopped.number),
        "stop": ("stop", "M", "site=CAMP"),
    }[word]

    assert refused(*words, "--as", "x@example.org") == "There is no open account x@example.org."


@pytest.mark.parametrize(
    ("word", "arguments"),
    [
        ("order", ()),
        ("order", ("sign", "first")),
        ("order", ("show", "M-D-1", "--lang", "de")),
        ("restart", ("decide", "x")),
        ("reviews", ("hold",)),
        ("reviews", ("--on", "soon")),
        ("stop", ("M",)),
    ],
)
def test_arguments_that_cannot_be_read_are_one_sentence(
    word: str, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(Refusal) as refusal:
        read(load(word), word, list(arguments))

    assert (refusal.value.code, refusal.value.sentence.count("\n")) == (2, 0)


def test_somebody_of_another_mission_orders_nothing_here(place: Place, sign_in: SignIn) -> None:
    client = sign_in("commander", mission="OTHER")
    email = Account.objects.get(pk=client.session["_auth_user_id"]).email

    assert refused("stop", "M", "site=CAMP", "--as", email).startswith(
        "This needs one of these roles in M: "
    )
    assert (Mission.objects.count(), Directive.objects.count()) == (1, 0)
