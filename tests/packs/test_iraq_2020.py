"""The shipped case answers with every fact of the article, and with *not stated* elsewhere.

`expected-facts.tsv` was written down apart from the pack: the sentences, the chain of speakers and
the words that matter, fact by fact.
"""

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cadre.core.answers import Answer
from cadre.core.moments import asked
from cadre.core.releasability import Viewer
from cadre.directives.models import Directive
from cadre.directives.queries import Question, posture
from cadre.mission.models import (
    Appointment,
    Contribution,
    ContributorList,
    HostRequest,
    Mission,
    Relation,
)
from cadre.mission.queries.missions import mission
from cadre.packs import actions
from cadre.record import queries
from cadre.record.models import Claim
from tests.packs.conftest import CASES

type Load = Callable[..., actions.Loaded]

with Path(__file__).with_name("expected-facts.tsv").open(encoding="utf-8", newline="") as file:
    FACTS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


NOT_STATED = [
    ("NMI", "commander"),
    ("NMI", "part_of"),
    ("OIR", "part_of"),
    ("NMI", "current_capability"),
    ("NMI", "exact_size"),
    ("Germany", "contribution.NMI"),
    ("Soleimani", "killed_by"),
    ("Soleimani", "killed_at"),
    ("Soleimani", "office"),
    ("NATO-training-Iraq", "restart_date"),
    ("NATO-training-Iraq", "restart_authority"),
    ("NATO-training-Iraq", "decided_by"),
    ("OIR-training-Iraqi-forces", "suspension_start"),
    ("OIR-training-Iraqi-forces", "duration_kind"),
    ("OIR-training-Iraqi-forces", "ordered_by"),
    ("OIR-training-Iraqi-forces", "review"),
    ("NAC-2020-01-06", "decision"),
    ("NAC-2020-01-06", "briefing_content"),
    ("Pfeffer-letter", "dated"),
    ("attacks", "date"),
    ("attacks", "attacker"),
    ("All-Allies", "position.call"),
    ("NATO-effort-Iraq", "request_date"),
    ("article", "publisher"),
    ("nobody", "nothing"),
    ("", ""),
]
POSTURES = [
    ("NMI", "training", "2020-01-05", "running–suspended"),
    ("NMI", "training", "2020-01-01", "running"),
    ("NMI", "training", "2018-09-30", "running–suspended"),
    ("NMI", "advising", "2020-01-06", "running–suspended"),
    ("NMI", "capacity-building", "2020-01-06", "running–suspended"),
    ("NMI", "advising", "2019-06-01", "running"),
    ("NMI", "training", "2030-01-01", "suspended"),  # a date alone never restarts
    ("OIR", "training", "2020-01-03", "suspended"),
    ("OIR", "training", "2020-01-02", "running–suspended"),
    ("NMI", "no-such-line", "2020-01-06", "running–suspended"),
    ("NOBODY", "training", "2020-01-06", "running–suspended"),
]


def ask(viewer: Viewer, subject: str, attribute: str, on: str | None = None) -> Answer:
    moment = None if on is None else asked(on)
    return queries.ask(viewer, subject, attribute, on=moment, known_on=None)


def ruled(
    viewer: Viewer, mission: str, line: str, on: str, known_on: datetime | None = None
) -> str:
    """The posture, and both ends of it where it is not stated."""
    ruling = posture(viewer, Question(mission, line), on=asked(on), known_on=known_on).ruling
    ends = f"{ruling.lower.word}–{ruling.upper.word}"
    return ruling.posture.word if ruling.posture is not None else ends


def as_answered(viewer: Viewer, fact: dict[str, str]) -> dict[str, str]:
    """What the record answers, in the columns of the expected facts."""
    answer = ask(viewer, fact["subject"], fact["attribute"])
    said = next(each for each in answer.said if each.reference == fact["reference"])
    return {
        "reference": said.reference,
        "sentences": "|".join(said.sentences),
        "subject": answer.subject,
        "attribute": answer.attribute,
        "words": "|".join(word for word in fact["words"].split("|") if word in said.value),
        "when": said.when.edtf(),
        "precision": said.precision,
        "said_by": ">".join(said.said_by),
        "status": "inferred" if said.inferred else "stated",
    }


def test_every_fact_is_answered_as_the_article_has_it(
    iraq: actions.Loaded, operator: Viewer
) -> None:
    assert len(FACTS) == 60
    assert [as_answered(operator, fact) for fact in FACTS] == FACTS


def test_the_case_has_no_other_claim(iraq: actions.Loaded) -> None:
    references = Claim.objects.filter(pack="iraq-2020").values_list("reference", flat=True)
    assert sorted(references) == [fact["reference"] for fact in FACTS]


def test_one_source_never_conflicts_with_itself(iraq: actions.Loaded, operator: Viewer) -> None:
    pairs = {(fact["subject"], fact["attribute"]) for fact in FACTS}
    statuses = {ask(operator, *pair).status.value for pair in pairs}
    assert statuses == {"stated", "inferred"}


def test_what_the_article_does_not_say_is_not_stated(
    iraq: actions.Loaded, operator: Viewer
) -> None:
    answers = [ask(operator, subject, attribute) for subject, attribute in NOT_STATED]
    assert [each for each in answers if each.said or each.status.value != "not stated"] == []


def test_training_under_nato_is_suspended_on_the_sixth(
    iraq: actions.Loaded, operator: Viewer
) -> None:
    assert ruled(operator, "NMI", "training", "2020-01-06") == "suspended"
    directive = Directive.objects.get(mission__code="NMI")
    assert (directive.authority, directive.temporary) == ("NATO", True)


def test_posture_is_what_the_article_supports(iraq: actions.Loaded, operator: Viewer) -> None:
    found = [
        (mission, line, on, ruled(operator, mission, line, on))
        for mission, line, on, _expected in POSTURES
    ]
    assert found == POSTURES


def test_the_two_suspensions_differ_in_cause_source_and_kind(
    iraq: actions.Loaded, operator: Viewer
) -> None:
    """Neither is lifted, and each rests on its own sentences."""
    rows = Directive.objects.order_by("number").select_related("mission")
    grounds = [
        sorted(
            {
                place
                for said in queries.said(operator, [str(claim) for claim in row.claims])
                for place in said.sentences
            }
        )
        for row in rows
    ]
    assert [(row.mission.code, row.temporary, row.lifts.count()) for row in rows] == [
        ("NMI", True, 0),
        ("OIR", None, 0),
    ]
    assert grounds == [["S01", "S03", "S05", "S08"], ["S20"]]


def test_missions_are_registered_with_what_is_stated_only(iraq: actions.Loaded) -> None:
    rows = {row.code: row for row in Mission.objects.all()}
    assert [
        (code, row.combat, row.established.edtf(), sorted(row.lines.values_list("code", flat=True)))
        for code, row in sorted(rows.items())
    ] == [
        ("NMI", False, "2018-10", ["advising", "capacity-building", "training"]),
        ("OIR", None, "2014", ["training"]),
    ]
    assert [(row.mission.code, row.kind, row.other) for row in Relation.objects.all()] == [
        ("NMI", "contributes_to", "Global Coalition to Defeat ISIS")
    ]
    assert [(row.mission.code, row.office) for row in Appointment.objects.all()] == [
        ("OIR", "commander")
    ]
    assert list(rows["OIR"].mandates.order_by("since_latest").values_list("pack", flat=True)) == [
        "iraq-2020",
        "iraq-2020",
    ]


def test_contributions_keep_their_vagueness(iraq: actions.Loaded) -> None:
    rows = Contribution.objects.select_related("mission", "organisation")
    assert [(row.mission.code, row.organisation.code, row.quantity) for row in rows] == [
        ("OIR", "DE", "around 120 troops")
    ]
    partners = ContributorList.objects.get(wording__startswith="non-NATO")
    assert (partners.organisations, partners.open) == (["AU", "SE", "FI"], True)


def test_host_request_has_neither_date_nor_form(iraq: actions.Loaded) -> None:
    request = HostRequest.objects.select_related("host").get()
    assert (request.host.code, request.form, request.made.edtf()) == ("IQ", "", "")


def test_a_date_leaves_out_what_only_held_later(iraq: actions.Loaded, operator: Viewer) -> None:
    assert ask(operator, "NATO-training-Iraq", "status", "2020-01-05").status.value == "not stated"
    assert ask(operator, "NATO-training-Iraq", "status", "2020-01-06").status.value == "stated"
    assert ask(operator, "NMI", "established", "2018-09").status.value == "not stated"
    assert ask(operator, "OIR", "mandate_addition", "2014").status.value == "not stated"


def test_nothing_could_be_known_before_the_article(iraq: actions.Loaded, operator: Viewer) -> None:
    answers = [
        queries.ask(
            operator, fact["subject"], fact["attribute"], on=None, known_on=asked("2020-01-05")
        )
        for fact in FACTS
    ]
    assert {answer.status.value for answer in answers} == {"not stated"}


def test_names_that_people_use_find_the_subject(iraq: actions.Loaded, operator: Viewer) -> None:
    for name in ("NATO Mission Iraq", "nmi", "NATO MISSION IRAQ"):
        assert [said.reference for said in ask(operator, name, "Nature").said] == ["F26"]


# --- with the second pack ----------------------------------------------------------------------


def test_second_source_narrows_when_the_suspension_began(
    load: Load, operator: Viewer, at: datetime
) -> None:
    load(CASES / "iraq-2020", when=at)
    assert ruled(operator, "NMI", "training", "2020-01-05") == "running–suspended"
    load(CASES / "iraq-2020-outside", when=at + timedelta(hours=2))
    assert ruled(operator, "NMI", "training", "2020-01-05") == "suspended"
    assert ruled(operator, "NMI", "training", "2020-01-03") == "running–suspended"
    between = at + timedelta(hours=1)
    assert ruled(operator, "NMI", "training", "2020-01-05", between) == "running–suspended"
    assert (
        ruled(operator, "NMI", "training", "2020-01-05", asked("2020-01-03")) == "running–suspended"
    )
    assert ruled(operator, "OIR", "training", "2020-01-03") == "suspended"


def test_sources_that_conflict_stand_side_by_side(load: Load, operator: Viewer) -> None:
    load(CASES / "iraq-2020")
    load(CASES / "iraq-2020-outside")
    answer = ask(operator, "OIR-training-Iraqi-forces", "suspension_start")
    assert (answer.status.value, sorted(said.value for said in answer.said)) == (
        "conflicting",
        ["3 January 2020", "4 January 2020"],
    )


def test_correction_replaces_what_it_corrects_once_it_could_be_known(
    load: Load, operator: Viewer
) -> None:
    load(CASES / "iraq-2020")
    load(CASES / "iraq-2020-outside")

    def known(on: str) -> list[str]:
        answer = queries.ask(
            operator, "Dutch-training-Erbil", "status", on=None, known_on=asked(on)
        )
        return [said.value for said in answer.said]

    days = ("2020-01-04", "2020-01-05", "2020-01-06")
    assert [known(day) for day in days] == [[], ["goes on"], ["temporarily stopped"]]
    now = ask(operator, "Dutch-training-Erbil", "status")
    assert [said.value for said in now.said] == ["temporarily stopped"]


def test_outside_facts_never_contradict_a_fact_of_the_article_by_accident(
    load: Load, operator: Viewer
) -> None:
    load(CASES / "iraq-2020")
    load(CASES / "iraq-2020-outside")
    pairs = {(fact["subject"], fact["attribute"]) for fact in FACTS}
    assert {ask(operator, *pair).status.value for pair in pairs} == {"stated", "inferred"}


def test_outside_facts_are_dated_and_sourced(load: Load) -> None:
    load(CASES / "iraq-2020")
    load(CASES / "iraq-2020-outside")
    rows = Claim.objects.filter(pack="iraq-2020-outside").select_related("source")
    assert all(row.source.published.stated and "http" in row.source.note for row in rows)
    assert datetime(2020, 1, 4, tzinfo=UTC) == min(row.known_from for row in rows)


def test_the_mission_goes_on_while_its_training_is_suspended(load: Load, operator: Viewer) -> None:
    """What stands of the mission itself is another question than what runs in it (C4)."""

    def status(on: str) -> object:
        found = mission(operator, "NMI", on=asked(on), known_on=None)
        assert found is not None
        return {fact.key: fact.value for fact in found.facts}["status"]

    load(CASES / "iraq-2020")
    assert status("2020-01-06") is None
    load(CASES / "iraq-2020-outside")
    assert (status("2020-01-03"), status("2020-01-06")) == (None, "continuing")
    assert ruled(operator, "NMI", "training", "2020-01-06") == "suspended"
