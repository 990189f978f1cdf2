"""A muster from the incident to the close, and rehearsed: no count differs from the truth."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from pytest_django.fixtures import Settings

from cadre.access.queries import seeing
from cadre.accountability.actions import NewCheckIn, NewMuster, Said, check_in, open_muster
from cadre.accountability.models import FollowUp, MusterEntry
from cadre.accountability.queries import muster_resolved
from cadre.accountability.queries.home import part_of
from cadre.accountability.queries.rows import Muster
from cadre.core.accountability import State
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.directives.actions import NewDirective, issue
from cadre.launch.purpose import MARK, SERVICE
from cadre.launch.stamps import set_mark
from cadre.mission.models import Mission, Site
from cadre.packs.rehearsal.crowd import Crowd, Shares
from cadre.packs.rehearsal.hands import Hands
from cadre.packs.rehearsal.listing import listing_of
from cadre.packs.rehearsal.playing import Play, at_once, open_exercise, rehearse
from cadre.packs.rehearsal.running import Rehearsal
from cadre.packs.rehearsal.stories import Kind, Way
from cadre.packs.sample.actions import make_sample
from cadre.packs.sample.plan import Wish
from cadre.situation.actions import NewIncident, report
from cadre.situation.models import IncidentKind

START = date(2019, 11, 4)
AT = datetime(2020, 1, 6, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def made(people: int, by: Viewer) -> Mission:
    make_sample(Wish(people=people, seed=1, scale=1, start=START), by=by, at=AT)
    return Mission.objects.get(code="FTM")


@pytest.fixture
def mission(operator: Viewer) -> Mission:
    return made(400, operator)


@pytest.fixture
def small(operator: Viewer) -> Mission:
    return made(60, operator)


def stopped(by: Viewer) -> None:
    new = NewDirective(
        effect=Posture.SUSPENDED, scope=Scope("FTM", frozenset({"training"})),
        authority="Commander", reason_code="incident", protective_action="Under cover.",
        first_review_at=AT + timedelta(days=1), review_owner="J3", effective=Moment.at(AT),
    )  # fmt: skip  # reads as one sentence
    issue(new, by=by, at=AT)


def after_an_incident(mission: Mission, by: Viewer) -> Muster:
    """Rockets at a site; all training stops; everybody of the mission is counted."""
    site = Site.objects.get(code="site-04")
    rockets = NewIncident(kind=IncidentKind.INDIRECT_FIRE, what="Rockets", site=site)
    incident = report(rockets, by=by, at=AT)
    stopped(by)
    new = NewMuster(
        mission=mission, incident=incident, affected_sites=frozenset({site.code}),
        protective_action="Under cover.",
    )  # fmt: skip  # reads as one sentence
    return open_muster(new, by=by, at=AT)


@pytest.fixture
def walked(mission: Mission, operator: Viewer) -> Rehearsal:
    muster = after_an_incident(mission, operator)
    listing = listing_of(operator, muster, at=AT)
    hands = Hands(muster, listing, operator)
    stories = Crowd(listing.members, Shares(), "walk").stories()
    timing = at_once(AT)
    return Rehearsal(hands, stories, passing=timing.passing, moment=timing.moment)


def test_after_an_incident_all_are_counted_as_they_are_until_the_last_is_found(
    walked: Rehearsal, mission: Mission, operator: Viewer
) -> None:
    whole = part_of(None, None, on=AT)
    before = muster_resolved(operator, mission, whole, on=AT, known_on=None)
    course, all_of_them = walked.run(), len(walked.stories)
    end = walked.moment(walked.end)
    after = muster_resolved(operator, mission, whole, on=end, known_on=None)

    assert all_of_them > 400
    assert not course.wrong
    assert [each.minutes for each in course.quarters[:5]] == [0, 15, 30, 45, 60]
    assert all(each.again for each in course.quarters)
    assert course.quarters[0].states == {State.UNACCOUNTED: all_of_them}
    assert State.UNACCOUNTED in course.quarters[4].states
    assert State.UNACCOUNTED not in course.quarters[-1].states
    assert (before and before.unresolved, after and after.unresolved) == (all_of_them, 0)
    assert course.left_open == 0
    they_did_it_all(walked)


def they_did_it_all(walked: Rehearsal) -> None:
    """One in twenty contradicted, as many were late, three were searched for; by every way."""
    kinds, handed = Counter(each.kind for each in walked.stories), walked.hands.handed
    part = round(0.05 * len(walked.stories))
    silent = [each.member.entry for each in walked.stories if each.kind is Kind.SILENT]
    ladder = Counter(
        (each, step) for each in silent for step in ("call", "ask the warden", "search")
    )

    assert (kinds[Kind.CONTRADICTED], kinds[Kind.LATE], len(silent)) == (part, part, 3)
    assert set(handed.ways) == set(Way)
    assert handed.repeated > 0
    assert handed.late > 0
    assert Counter(FollowUp.objects.values_list("entry", "step")) == ladder


def test_nobody_drops_off_the_list_because_training_stopped(
    small: Mission, operator: Viewer
) -> None:
    running = open_muster(NewMuster(mission=small), by=operator, at=AT)
    stopped(operator)
    later = AT + MINUTE
    new = NewMuster(mission=small, nations=frozenset(nations(running)))
    during = open_muster(new, by=operator, at=later)

    assert listed(during) == listed(running)


def listed(muster: Muster) -> dict[str, str]:
    rows = MusterEntry.objects.filter(muster=muster)
    return dict(rows.values_list("person__code", "excluded"))


def nations(muster: Muster) -> set[str]:
    return set(MusterEntry.objects.filter(muster=muster).values_list("nation", flat=True))


def test_who_is_counted_otherwise_than_people_know_is_named(
    small: Mission, operator: Viewer
) -> None:
    muster = open_exercise(NewMuster(mission=small, exercise=True), by=operator, at=AT)
    first = MusterEntry.objects.filter(muster=muster, excluded="").order_by("person__code")[0]
    timing = at_once(AT)
    listing = listing_of(operator, muster, at=AT)
    stories = Crowd(listing.members, Shares(), "wrong").stories()
    said = Said(
        state="missing", occurred_at=AT, voice="in charge", said_by="Somebody", how="By mistake"
    )
    check_in(NewCheckIn(person=first.person, said=said, muster=muster), by=operator, at=AT)
    hands = Hands(muster, listing, operator)
    rehearsal = Rehearsal(hands, stories, passing=timing.passing, moment=timing.moment)
    course = rehearsal.run()

    assert {each.person for each in course.wrong} == {first.person.code}
    assert course.wrong[0].minutes == 0
    assert (course.wrong[0].state, course.wrong[0].should.state) == (
        State.MISSING,
        State.UNACCOUNTED,
    )


def test_a_muster_in_earnest_is_not_rehearsed(small: Mission, operator: Viewer) -> None:
    muster = open_muster(NewMuster(mission=small), by=operator, at=AT)
    with pytest.raises(Refused, match="opened as an exercise"):
        rehearse(muster, Play(shares=Shares()), at_once(AT), by=operator)
    with pytest.raises(Refused, match="opened as an exercise"):
        open_exercise(NewMuster(mission=small), by=operator, at=AT)


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_command_opens_an_exercise_and_says_that_nobody_is_wrong(
    small: Mission, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rehearse-muster", "FTM", "--at", "2020-01-06T08:00Z", "--json")
    told = json.loads(capsys.readouterr().out)
    muster = Muster.objects.get(number=told["muster"])

    assert (muster.mission, muster.exercise, muster.opened_at) == (small, True, AT)
    assert told["right"]
    assert told["wrong"] == []
    assert told["counted"] == sum(told["states"].values())
    assert told["left_open"] == 0
    with pytest.raises(CommandError, match="closed"):
        call_command("rehearse-muster", "--muster", muster.number, "--at", "2020-01-06T18:00Z")


def test_by_the_clock_each_step_is_on_record_before_time_passes(
    scratch: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A staff watches it on the board meanwhile, so nothing is held open over a pause."""
    with seeing(OPERATOR):
        made(10, OPERATOR)
    settings.CADRE_CLOCK, settings.CADRE_CLOCK_STARTED = "2020-01-06T08:00Z", tmp_path / "started"
    seen: list[int] = []

    def pause(_seconds: float) -> None:
        assert not connection.in_atomic_block
        with connections["owner"].cursor() as cursor:  # as another sees it
            cursor.execute("SELECT count(*) FROM accountability_checkin")
            seen.extend(cursor.fetchone() or ())
        began = float(settings.CADRE_CLOCK_STARTED.read_text())
        settings.CADRE_CLOCK_STARTED.write_text(f"{began - 60:.3f}")  # a minute later

    monkeypatch.setattr("cadre.packs.rehearsal.playing.time.sleep", pause)
    call_command("rehearse-muster", "FTM", "--pace", "1", "--silent", "1")

    assert seen == sorted(seen)
    assert len(set(seen)) > 3, "the reports come in one after the other"


@pytest.mark.django_db(databases=["default", "owner"])
def test_where_there_is_real_work_it_is_asked_for_and_goes_by_the_clock() -> None:
    with connections["owner"].cursor() as cursor:
        set_mark(cursor.connection, MARK, SERVICE)
    with pytest.raises(CommandError, match="Add --exercise if that is meant"):
        call_command("rehearse-muster", "FTM", "--pace", "60")
    with pytest.raises(CommandError, match="rehearse in real time"):
        call_command("rehearse-muster", "FTM", "--exercise")
    with pytest.raises(CommandError, match="There is no mission FTM"):
        call_command("rehearse-muster", "FTM", "--exercise", "--pace", "60")


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([], "Name a mission"),
        (["FTM", "--muster", "FTM-M-2020-001"], "Name a mission"),
        (["FTM", "--http", "http://127.0.0.1:1"], "add --pace"),
        (["FTM", "--pace", "60", "--at", "2020-01-06"], "without --pace"),
        (["FTM", "--pace", "0"], "is no pace"),
        (["FTM", "--late", "2"], "is no share"),
        (["FTM", "--http", "file:///etc/passwd", "--pace", "1"], "is no address"),
        (["XYZ"], "There is no mission XYZ on record"),
        (["--muster", "XYZ-M-2020-001"], "There is no muster"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(typed: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("rehearse-muster", *typed)
