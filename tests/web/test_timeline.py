"""What happened, as a duty officer reads it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from cadre.core.moments import Moment, asked
from cadre.core.posture import Posture, Scope
from cadre.core.releasability import Viewer
from cadre.directives.actions import (
    ReportedDirective,
    ReportedLift,
    report_lift,
    report_order,
)
from cadre.directives.models import Clock
from cadre.record.actions import NewClaim, NewSource, record_claims, record_source
from cadre.web.queries import Wish, timeline
from cadre.web.queries.orders import Event
from tests.directives.conftest import EARLIER, make_place
from tests.web.conftest import EVENING, Load
from tests.web.test_packs import LIFTING, SCHOOL, written


def events(
    viewer: Viewer,
    wish: Wish | None = None,
    *,
    on: str = "2020-01-06",
    known_on: str = "2020-01-06",
) -> list[Event]:
    found = timeline(viewer, on=asked(on), known_on=asked(known_on), wish=wish or Wish())
    return [event for group in found.groups for event in group.events]


def told(event: Event) -> tuple[str, str, str]:
    return str(event.when), event.title, event.attribute or event.number


def test_subjects_stand_by_their_titles_and_orders_by_what_happened_to_them(
    article: None, operator: Viewer
) -> None:
    found = [told(event) for event in events(operator)]
    assert found[0] == ("6 January 2020", "Suspension announced", "NMI-SUSPENSION-REPORTED")
    assert ("2 January 2020", "Qassem Soleimani", "killed_on") in found
    assert (
        "by 3 January 2020",
        "Suspension takes effect",
        "OIR-TRAINING-SUSPENSION-REPORTED",
    ) in found


def test_order_says_what_it_covers_by_names(article: None, operator: Viewer) -> None:
    scope = events(operator)[0].scope
    assert scope is not None
    assert (scope.mission, scope.lines, scope.sites, scope.nations) == (
        "NATO Mission Iraq",
        ("Training",),
        None,
        None,
    )


def test_lift_says_whether_it_ends_all_or_a_part(fiction: None, operator: Viewer) -> None:
    lifted = {
        event.number: (event.title, event.scope.sites if event.scope else None)
        for event in events(operator, Wish("FTM"))
        if event.posture == "running"
    }
    assert {title for title, _sites in lifted.values()} == {
        "Suspension lifted in part",
        "Restriction lifted",
    }
    assert all(sites for title, sites in lifted.values() if title.endswith("in part"))


@pytest.mark.parametrize(
    ("part", "title"),
    [
        (Scope("M", units=frozenset({"ARMY"})), "Suspension lifted in part"),
        (Scope("M"), "Suspension lifted"),
    ],
)
def test_lift_for_one_host_unit_ends_a_part_and_says_whose(
    operator: Viewer, at: datetime, part: Scope, title: str
) -> None:
    make_place(by=operator, at=EARLIER)
    stop = ReportedDirective(
        number="D1", effect=Posture.SUSPENDED, authority="Head", surely=Scope("M")
    )
    report_order(stop, {Clock.EFFECTIVE: Moment.at(at)}, by=operator, at=at)
    lift = ReportedLift(
        number="L1", directive="D1", authority="Head", scope=part, effective=Moment.at(at)
    )
    report_lift(lift, by=operator, at=at)
    now = f"{at + timedelta(days=1):%Y-%m-%d}"
    found = [each for each in events(operator, on=now, known_on=now) if each.number == "L1"]
    assert [(each.title, each.scope.units) for each in found if each.scope] == [
        (title, ("Army",) if part.units else None)
    ]


def test_timeline_of_a_mission_holds_what_is_about_it_and_nothing_else(
    article: None, fiction: None, operator: Viewer
) -> None:
    def about(mission: str) -> set[str]:
        return {event.title for event in events(operator, Wish(mission)) if event.attribute}

    assert about("OIR") == {
        "Operation Inherent Resolve",
        "Training of Iraqi forces under Operation Inherent Resolve",
    }
    assert {event.scope.mission_code for event in events(operator, Wish("OIR")) if event.scope} == {
        "OIR"
    }
    assert about("no-such-mission") == set()


@pytest.mark.parametrize("name", ["NATO-training-Iraq", "nato's training in iraq", "NMI training"])
def test_timeline_of_a_subject_is_found_by_any_of_its_names(
    article: None, operator: Viewer, name: str
) -> None:
    found = events(operator, Wish(subject=name))
    assert {event.title for event in found if event.attribute} == {"NATO's training in Iraq"}
    assert [event.number for event in found if event.number] == ["NMI-SUSPENSION-REPORTED"] * 2
    assert events(operator, Wish("OIR", name)) == []


def test_directive_of_which_only_a_time_could_be_known_tells_no_reason(
    article: None, outside: Callable[[], None], operator: Viewer
) -> None:
    outside()

    def reasons(known_on: str) -> set[bool]:
        found = events(operator, Wish("NMI"), known_on=known_on)
        return {bool(event.text) for event in found if event.number}

    assert reasons("2020-01-05") == {False}
    assert reasons("2020-01-06") == {True}


def test_long_timeline_goes_on_page_by_page_without_gap_or_repetition(
    operator: Viewer, at: datetime
) -> None:
    source = record_source(NewSource(name="log", kind="log", title="A log"), by=operator, at=at)
    record_claims(
        source,
        [
            NewClaim(
                subject="camp",
                attribute="event",
                value=str(number),
                said_by=("log",),
                sentences=(),
                when=Moment.parse("2020-01-02"),  # all alike, the worst case
            )
            for number in range(250)
        ],
        by=operator,
        at=at,
    )
    pages = [
        timeline(operator, on=EVENING, known_on=at, wish=Wish(), page=page) for page in (1, 2, 3)
    ]
    texts = [event.text for page in pages for group in page.groups for event in group.events]

    assert sorted(texts, key=int) == [str(number) for number in range(250)]
    assert [(page.newer, page.older) for page in pages] == [(0, 2), (1, 3), (2, 0)]


def test_moment_that_is_not_known_to_the_day_is_marked(article: None, client: Client) -> None:
    text = client.get("/timeline/?mission=OIR").text
    groups = text.split("<li data-vague>")
    assert "by <time" in groups[1]
    assert text.count("not known to the day") == len(groups) - 1
    assert "not known to the day" not in client.get("/timeline/?subject=Soleimani").text


def test_filter_keeps_the_moments_of_the_address(article: None, client: Client) -> None:
    text = client.get("/timeline/?on=2020-01-05&known_on=2020-01-06&mission=NMI").text
    form = text[text.index('aria-label="What the timeline is about"') :]
    assert '<input type="hidden" name="on" value="2020-01-05">' in form
    assert '<option value="NMI" selected>' in form
    assert '<option value="OIR">' in form


@pytest.mark.parametrize("number", ["0", "-1", "x", "9999999999", "²"])
def test_page_that_is_no_number_is_the_first(article: None, client: Client, number: str) -> None:
    assert client.get(f"/timeline/?page={number}").status_code == 200


def test_lift_from_another_pack_carries_both_labels(
    load: Load, operator: Viewer, tmp_path: Path
) -> None:
    written(tmp_path / "school", SCHOOL)
    written(tmp_path / "lifting", LIFTING)
    load(tmp_path / "school")
    load(tmp_path / "lifting")
    found = {
        event.number: event.packs
        for event in events(operator, Wish("M"), on="2024-03-01", known_on="2026-02-01")
        if event.number
    }
    assert found == {"D1": {"school"}, "L1": {"school", "lifting"}}
