"""Precautions: lists that are opened, what became of each item, and what nobody reported."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core.precautions import Outcome, State
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Marking, Viewer
from cadre.directives import actions
from cadre.directives.actions import NewItem, NewReport, NewScale, NewTemplate, Opened
from cadre.directives.forms.precautions import SheetForm
from cadre.directives.models import (
    Checklist,
    Each,
    Kind,
    Level,
    Precaution,
    PrecautionReport,
    Template,
    TemplateItem,
    Track,
    Trigger,
)
from cadre.directives.paper import pdf
from cadre.directives.queries.precautions import (
    ChecklistRead,
    checklist,
    checklists,
    overdue_lists,
    suggested,
    templates,
)
from cadre.directives.sheets import sheet
from cadre.mission.actions import Grounds, Misfit, Stale
from cadre.mission.models import Organisation, Post
from cadre.mission.queries.versions import fingerprint
from tests.directives.conftest import COMMANDER, DUTY, EARLIER, Place, viewer

WARDEN = viewer("warden")
PRESS = viewer("press_officer")
MINUTE = timedelta(minutes=1)
GUARDS = NewItem(
    text="Guards at their posts.", owner="Site commander", due_minutes=10,
    escalates_to="Duty officer", escalates_minutes=20,
)  # fmt: skip  # reads as one sentence
COUNT = NewItem(
    text="People are counted.", owner="Warden", due_minutes=30, escalates_to="Representative",
    escalates_minutes=30, wanted="The count.", each=Each.CONTINGENT,
)  # fmt: skip  # reads as one sentence


@pytest.fixture
def template(place: Place) -> Template:
    """Two items, one of them for each contingent: Germany has posts at the camp, France at both."""
    new = NewTemplate(code="shock", title="After a shock", trigger=Trigger.STOP)
    made = actions.write_template(place.mission, new, by=DUTY, at=EARLIER)
    for item in (GUARDS, COUNT):
        actions.add_item(made, item, by=DUTY, at=EARLIER)
    with acting("test", by=OPERATOR, at=EARLIER):
        for code, nation, site in (
            ("P1", "DE", place.camp), ("P2", "FR", place.camp), ("P3", "FR", place.fort),
        ):  # fmt: skip  # a table
            organisation = Organisation.objects.get(code=nation)
            Post.objects.create(
                code=code, title=code, mission=place.mission, nation=organisation, site=site
            )
    return made


def opened(
    place: Place, template: Template, at: datetime, *, by: Viewer = DUTY, **changes: object
) -> Checklist:
    said: dict[str, object] = {
        "template": template, "sites": frozenset({"CAMP", "FORT"}), "because": "M-S-2026-001",
    }  # fmt: skip
    new = Opened(**said | changes)  # type: ignore[arg-type]  # the test says which
    return actions.open_checklist(place.mission, new, by=by, at=at)


def read(row: Checklist, on: datetime) -> ChecklistRead:
    found = checklist(OPERATOR, row.number, on=on, known_on=None)
    assert found is not None
    return found


def states(row: Checklist, on: datetime) -> list[tuple[str, str, str, State]]:
    return sorted(
        (each.row.text, each.row.site, each.row.nation, each.standing.state)
        for each in read(row, on).items
    )


def item(row: Checklist, text: str, site: str, nation: str = "") -> Precaution:
    items = Precaution.objects.select_related("checklist__mission")
    return items.get(checklist=row, text=text, site=site, nation=nation)


def done(at: datetime, **changes: object) -> NewReport:
    said: dict[str, object] = {"outcome": Outcome.DONE, "occurred_at": at, "done_by": "Ada"}
    return NewReport(**said | changes)  # type: ignore[arg-type]  # the test says which


def test_a_list_has_an_item_for_each_site_or_each_contingent_there(
    place: Place, template: Template, at: datetime
) -> None:
    row = opened(place, template, at)

    assert (row.number, row.opened_by) == ("M-P-2026-001", "duty_officer")
    assert states(row, at) == [
        ("Guards at their posts.", "CAMP", "", State.OPEN),
        ("Guards at their posts.", "FORT", "", State.OPEN),
        ("People are counted.", "CAMP", "DE", State.OPEN),
        ("People are counted.", "CAMP", "FR", State.OPEN),
        ("People are counted.", "FORT", "FR", State.OPEN),
    ]


def test_silence_makes_items_overdue_and_passes_them_on(
    place: Place, template: Template, at: datetime
) -> None:
    row = opened(place, template, at, sites=frozenset({"FORT"}))
    guards = [
        next(each for each in read(row, at + minutes * MINUTE).items if not each.row.nation)
        for minutes in (9, 10, 30)
    ]

    assert [(each.standing.state, each.with_whom) for each in guards] == [
        (State.OPEN, "Site commander"),
        (State.OVERDUE, "Site commander"),
        (State.ESCALATED, "Duty officer"),
    ]


def test_tallies_roll_up_by_site_and_by_contingent(
    place: Place, template: Template, at: datetime
) -> None:
    row = opened(place, template, at)
    guards = item(row, GUARDS.text, "CAMP")
    actions.report_precaution(guards, done(at), by=WARDEN, at=at)
    found = read(row, at + 40 * MINUTE)

    assert [(t.code, t.total, t.settled, t.overdue, t.escalated) for t in found.by_site] == [
        ("CAMP", 3, 1, 2, 0), ("FORT", 2, 0, 1, 1),
    ]  # fmt: skip
    assert [(t.code, t.total, t.overdue) for t in found.by_nation] == [
        ("FR", 2, 2), ("DE", 1, 1),
    ]  # fmt: skip


def test_paper_is_entered_with_both_times(place: Place, template: Template, at: datetime) -> None:
    row = opened(place, template, at)
    written, typed = at + 5 * MINUTE, at + 300 * MINUTE
    guards = item(row, GUARDS.text, "CAMP")
    kept = actions.report_precaution(guards, done(written), by=WARDEN, at=typed)

    assert (kept.occurred_at, kept.recorded_at) == (written, typed)
    assert states(row, written)[0][3] is State.DONE


def test_a_sheet_is_entered_whole_or_not_at_all(
    place: Place, template: Template, at: datetime
) -> None:
    row = opened(place, template, at)
    good, bad = item(row, GUARDS.text, "CAMP"), item(row, COUNT.text, "CAMP", "DE")
    later = at + 5 * MINUTE
    both = {good: done(at), bad: done(at, outcome=Outcome.CANNOT)}
    with pytest.raises(Misfit, match="why it is not needed"):
        actions.enter_sheet(row, both, by=WARDEN, at=later)
    assert PrecautionReport.objects.count() == 0
    with pytest.raises(Refused, match="Nothing was entered"):
        actions.enter_sheet(row, {}, by=WARDEN, at=later)
    both[bad] = done(at, outcome=Outcome.CANNOT, note="No warden there.")
    actions.enter_sheet(row, both, by=WARDEN, at=later)

    assert [each[3] for each in states(row, later)][:3] == [State.DONE, State.OPEN, State.CANNOT]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": 9}, "occurred_at"),
        ({"minutes": -1}, "occurred_at"),
        ({"done_by": " "}, "done_by"),
        ({"outcome": Outcome.NOT_NEEDED}, "note"),
    ],
)
def test_report_says_what_it_must(
    place: Place, template: Template, at: datetime, changes: dict[str, object], field: str
) -> None:
    row = opened(place, template, at)
    minutes = changes.pop("minutes", 0)
    new = done(at + int(str(minutes)) * MINUTE, **changes)
    with pytest.raises(Misfit) as refused:
        actions.report_precaution(item(row, GUARDS.text, "CAMP"), new, by=WARDEN, at=at)

    assert (refused.value.field, PrecautionReport.objects.count()) == (field, 0)


def test_who_may_open_and_report(place: Place, template: Template, at: datetime) -> None:
    row = opened(place, template, at)
    with pytest.raises(NotAllowed):
        opened(place, template, at, by=WARDEN, because="other")
    with pytest.raises(NotAllowed):
        actions.report_precaution(item(row, GUARDS.text, "CAMP"), done(at), by=PRESS, at=at)
    with pytest.raises(NotAllowed):
        actions.add_item(template, GUARDS, by=WARDEN, at=at)


def test_a_list_that_is_open_is_not_opened_twice(
    place: Place, template: Template, at: datetime
) -> None:
    row = opened(place, template, at)
    with pytest.raises(Refused, match=row.number):
        opened(place, template, at)
    with pytest.raises(Misfit, match="Name the sites"):
        opened(place, template, at, sites=frozenset(), because="other")
    actions.close_checklist(row, "All clear.", by=DUTY, at=at)

    assert opened(place, template, at).number == "M-P-2026-002"


def test_closing_a_list_makes_nothing_done(place: Place, template: Template, at: datetime) -> None:
    row, later = opened(place, template, at), at + 60 * MINUTE
    before = states(row, later)
    actions.close_checklist(row, "All clear.", by=DUTY, at=later)
    with pytest.raises(Refused, match="closed already"):
        actions.close_checklist(row, "Again.", by=DUTY, at=later)
    found = read(row, later)

    assert (states(row, later), found.overdue, found.settled) == (before, (), 0)


def test_changing_a_template_leaves_what_is_open(
    place: Place, template: Template, at: datetime
) -> None:
    row = opened(place, template, at)
    kept = TemplateItem.objects.select_related("template__mission").get(position=1)
    seen = fingerprint(kept)
    other = NewItem(
        text="Something else.", owner="J3", due_minutes=1, escalates_to="J1", escalates_minutes=1
    )
    actions.change_item(kept, other, seen=seen, by=DUTY, at=at)
    with pytest.raises(Stale):
        actions.change_item(kept, GUARDS, seen=seen, by=DUTY, at=at)

    assert [text for text, *_rest in states(row, at)][:2] == [GUARDS.text, GUARDS.text]
    assert [each.text for each in templates(OPERATOR, place.mission, known_on=None)[0].items] == [
        "Something else.", COUNT.text,
    ]  # fmt: skip


def test_the_board_counts_what_the_pages_show(
    place: Place, template: Template, at: datetime
) -> None:
    row, late = opened(place, template, at), at + 45 * MINUTE
    said = {
        item(row, GUARDS.text, "CAMP"): done(at),
        item(row, GUARDS.text, "FORT"): done(at, outcome=Outcome.CANNOT, note="No guards."),
        item(row, COUNT.text, "CAMP", "DE"): done(at, outcome=Outcome.NOT_NEEDED, note="Away."),
    }
    actions.enter_sheet(row, said, by=WARDEN, at=at)
    for on in (at, at + 20 * MINUTE, late):
        shown = len(read(row, on).overdue)
        counted = [each.overdue for each in overdue_lists(OPERATOR, on=on, known_on=None)]
        assert counted == ([shown] if shown else [])
    actions.close_checklist(row, "All clear.", by=DUTY, at=late)

    assert overdue_lists(OPERATOR, on=late, known_on=None) == []


def test_what_suggests_a_list(place: Place, template: Template, at: datetime) -> None:
    new = NewScale(code="P", name="P", track=Track.PROTECTION, example="protection-four")
    scale = actions.define_scale(place.mission, new, by=COMMANDER, at=at)
    levels = {each.code: each for each in Level.objects.filter(scale=scale).select_related("scale")}
    raised = NewTemplate(code="raised", title="Raised", trigger=Trigger.LEVEL, level=levels["P3"])
    actions.write_template(place.mission, raised, by=DUTY, at=at)
    threat = NewTemplate(
        code="warned", title="Warned", trigger=Trigger.DIRECTIVE, reason_code="threat_warning"
    )
    actions.write_template(place.mission, threat, by=DUTY, at=at)

    def titles(**because: object) -> list[str]:
        found = suggested(OPERATOR, place.mission, **because)  # type: ignore[arg-type]  # the test says which
        return [each.title for each in found]

    assert [titles(level=levels[code]) for code in ("P2", "P3", "P4")] == [
        [], ["Raised"], ["Raised"],
    ]  # fmt: skip
    assert titles(kind=Kind.STOP, reason_code="incident") == [template.title]
    assert titles(kind=Kind.ORDER, reason_code="threat_warning") == ["Warned"]
    bad = NewTemplate(code="bad", title="x", trigger=Trigger.THREAT, level=levels["P3"])
    with pytest.raises(Misfit, match="Name the level"):
        actions.write_template(place.mission, bad, by=DUTY, at=at)


def test_a_site_has_a_page_of_paper_in_three_languages(
    place: Place, template: Template, at: datetime
) -> None:
    row = opened(place, template, at)
    found = read(row, at)
    pages = [pdf(sheet(found, found.at("CAMP"), language)) for language in ("en", "fr", "ar")]

    assert [page[:5] for page in pages] == [b"%PDF-"] * 3


def test_a_sheet_asks_when_of_what_is_said(place: Place, template: Template, at: datetime) -> None:
    found = read(opened(place, template, at), at)
    form = SheetForm(WARDEN, found.at("CAMP"), {"done_by": "Ada", "outcome_0": "done"})

    assert (form.is_valid(), list(form.errors)) == (False, ["occurred_at_0"])


def test_a_marked_list_is_not_seen_by_another_nation(
    place: Place, template: Template, at: datetime
) -> None:
    marking = Marking(releasable_to=frozenset({"DE"}))
    german = viewer("duty_officer", "DE", name="german")
    with seeing(german):
        row = opened(place, template, at, by=german, grounds=Grounds(marking=marking))
    seen = {}
    for somebody in (german, viewer("duty_officer", "FR", name="french")):
        with seeing(somebody):
            found = checklists(somebody, on=at, known_on=None)
            seen[somebody.name] = [(each.row.number, len(each.items)) for each in found]

    assert seen == {"german": [(row.number, 5)], "french": []}
    assert {each.marking for each in Precaution.objects.filter(checklist=row)} == {marking}


def test_the_database_keeps_the_rules_of_precautions(
    place: Place, template: Template, at: datetime
) -> None:
    row, broken = opened(place, template, at), []
    common = {"recorded_at": at, "recorded_by": "x", "known_from": at}
    first = item(row, GUARDS.text, "CAMP")
    again = {
        "checklist": row, "position": 9, "text": "x", "site": "CAMP", "owner": "x",
        "due_at": at, "escalates_to": "x", "escalates_at": at,
    }  # fmt: skip
    rows = (
        Template(mission=place.mission, code="shock", title="x", trigger=Trigger.STOP),
        Template(mission=place.mission, code="new", title="x", trigger=Trigger.LEVEL),
        TemplateItem(
            template=template, position=1, text="x", owner="x", due_minutes=1, escalates_to="x",
            escalates_minutes=1,
        ),
        TemplateItem(
            template=template, position=9, text="x", owner="", due_minutes=1, escalates_to="x",
            escalates_minutes=1,
        ),
        Checklist(
            mission=place.mission, number="N", title="x", sites=[], opened_at=at, opened_by="x",
            **common,
        ),
        Precaution(**again | {"position": first.position}, **common),
        Precaution(**again | {"escalates_at": at - MINUTE}, **common),
        PrecautionReport(
            precaution=first, outcome="cannot", occurred_at=at, done_by="x", **common
        ),
    )  # fmt: skip  # a table reads best as one
    for each in rows:
        with (
            acting("test", by=OPERATOR, at=at),
            pytest.raises(IntegrityError) as refused,
            transaction.atomic(),
        ):
            each.save(force_insert=True)
        broken.append(refused.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]  # psycopg's

    assert broken == [
        "a_template_has_one_code_in_its_mission",
        "a_template_names_the_level_that_suggests_it",
        "an_item_has_its_place_in_its_template",
        "a_precaution_has_an_owner_and_somebody_after_him",
        "precautions_are_taken_somewhere",
        "a_precaution_is_asked_for_once",
        "a_precaution_is_overdue_before_it_escalates",
        "what_is_not_done_says_why",
    ]


def test_what_happened_in_the_minute_of_opening_can_be_reported(
    place: Place, template: Template, at: datetime
) -> None:
    row = opened(place, template, at + timedelta(seconds=40))
    guards = item(row, GUARDS.text, "CAMP")
    kept = actions.report_precaution(guards, done(at), by=WARDEN, at=at + MINUTE)

    assert kept.occurred_at == at
