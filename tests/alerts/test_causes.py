"""What else the ledger tells people of: lifts, levels, incidents, sessions; what is no cause."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadre.access.actions import acting
from cadre.access.models import Account
from cadre.accountability.queries.held_names import NOBODYS
from cadre.alerts.actions.listening import listen
from cadre.alerts.models import Alert, Cause, Lane, Phase, Unheard
from cadre.alerts.queries.causes import RULES
from cadre.alerts.queries.wording.sight import Sight
from cadre.alerts.queries.wording.texts import words_of
from cadre.core.moments import Moment
from cadre.core.posture import Scope
from cadre.core.releasability import OPERATOR
from cadre.directives import actions as directives
from cadre.directives.models import Condition, Directive, Level, Scale, Verdict
from cadre.mission.actions import Grounds
from cadre.mission.coordinates import Position
from cadre.mission.models import Person
from cadre.situation.actions import NewIncident, report
from cadre.training.models import Duty, Session
from tests.alerts.conftest import Staff, issue, told
from tests.directives.conftest import COMMANDER, DUTY, EARLIER, order

CAMP = Scope("M", frozenset({"training"}), frozenset({"CAMP"}))
TRAINING = Scope("M", frozenset({"training"}))


@pytest.mark.django_db
def test_the_database_listens_to_the_tables_that_there_are_rules_for() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'listen'"
            " AND tgrelid = 'record_entry'::regclass"
        )
        (definition,) = cursor.fetchone()

    assert set(re.findall(r"'([a-z]+_[a-z]+)'", definition)) == set(RULES)


def test_what_is_rolled_back_is_told_to_nobody(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    with transaction.atomic():
        directives.issue(order(at), by=OPERATOR, at=at)
        before = Unheard.objects.count()
        transaction.set_rollback(True)

    assert (before, Unheard.objects.count()) == (1, 0)
    assert (listen(at=at), Alert.objects.count()) == (0, 0)


def test_what_a_pack_brings_is_told_to_nobody(staff: Staff, at: datetime) -> None:
    new = NewIncident(kind="attack", what="Shots", place="x", grounds=Grounds(pack="case"))
    report(new, by=OPERATOR, at=at)

    assert Unheard.objects.count() == 0


def test_a_cause_that_cannot_be_told_holds_up_no_other_and_is_tried_again(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO alerts_unheard (entry, tries, error) VALUES (%s, 0, '')",
                       ["00000000-0000-4000-8000-000000000000"])  # fmt: skip  # no such entry
    issue(at)

    stuck = Unheard.objects.get()
    assert Alert.objects.count() == 1
    assert (stuck.tries > 0, "DoesNotExist" in stuck.error) == (True, True)
    assert stuck.wait_until is not None


# --- what follows an order ------------------------------------------------------------------------


GATE = directives.NewCondition(text="The gate is repaired", owner="J4", wanted="A photograph")


def lift(directive: Directive, part: Scope, at: datetime) -> None:
    """As it is lifted: its condition is met, one person proposes and another one lifts."""
    gate = Condition.objects.get(directive=directive)
    shown = directives.NewEvidence(
        supports=True, text="It stands", source="Photo", occurred=Moment.at(at)
    )
    brought = directives.bring_evidence(gate, shown, by=DUTY, at=at)
    met = directives.NewAssessment(
        verdict=Verdict.MET, authority="Commander", evidence=(brought.pk,)
    )
    directives.assess(gate, met, by=COMMANDER, at=at)
    proposed = directives.propose_lift(
        directive, directives.NewProposal(part=part, reason="Ready"), by=DUTY, at=at
    )
    directives.lift(proposed, by=COMMANDER, at=at)
    listen(at=at)


def test_a_lift_of_a_part_says_what_restarts_and_ends_nothing(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    directive = issue(at, scope=TRAINING, conditions=(GATE,))

    lift(directive, CAMP, at + timedelta(hours=1))

    first, second = Alert.objects.order_by("made_at")
    text = words_of(Sight(second, OPERATOR, NOBODYS))
    assert (second.cause, second.phase, second.first) == (Cause.LIFT, Phase.UPDATE, first)
    assert text[0] == f"Update: {directive.number}: restarted for a scope"
    assert "Places: Camp." in text[1]
    assert "What is not named here stays as it was ordered." in text[1]
    assert told(second) == told(first)  # also Chloé, whom the lift does not concern


def test_a_lift_of_the_whole_is_the_all_clear(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    directive = issue(at, scope=TRAINING, conditions=(GATE,))

    lift(directive, TRAINING, at + timedelta(hours=1))

    assert [each.phase for each in Alert.objects.order_by("made_at")] == [
        Phase.FIRST, Phase.ALL_CLEAR,
    ]  # fmt: skip  # in order


def test_a_correction_updates_the_first_message(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    directive = issue(at, scope=TRAINING)
    with acting("test", by=OPERATOR, at=at):
        values = {
            field.attname: getattr(directive, field.attname)
            for field in Directive._meta.concrete_fields
        }
        Directive.objects.create(
            **values | {"id": uuid4(), "number": "X-2", "corrects_id": directive.pk}
        )
    listen(at=at)

    first, second = Alert.objects.order_by("made_at", "number")
    assert (second.phase, second.first) == (Phase.UPDATE, first)


@pytest.mark.parametrize(
    ("ordered", "lane"),
    [("AB", Lane.LIFE_SAFETY), ("BA", Lane.ORDINARY), ("A", Lane.LIFE_SAFETY)],
)
def test_a_protection_level_that_is_raised_cannot_wait(
    staff: Staff,
    heads: dict[str, Account],
    at: datetime,
    ordered: str,
    lane: Lane,
) -> None:
    with acting("test", by=OPERATOR, at=at):
        scale = Scale.objects.create(
            mission=staff.place.mission, code="S", name="S", track="protection"
        )
        levels = {
            code: Level.objects.create(
                scale=scale, code=code, name=f"Level {code}", rank=rank, without_limit=True
            )
            for rank, code in enumerate("AB")
        }
    for minutes, code in enumerate(ordered):
        moment = at + timedelta(minutes=minutes)
        new = directives.NewLevelOrder(
            authority="Commander",
            level=levels[code],
            sites=frozenset({"FORT"}),
            effective=Moment.at(moment),
            review_at=at + timedelta(days=1),
            review_owner="J3",
            reason="Shots",
        )
        directives.order_level(staff.place.mission, new, by=COMMANDER, at=moment)
        listen(at=moment)

    alert = Alert.objects.order_by("made_at").last()
    assert (alert.cause, alert.lane) == (Cause.LEVEL, lane)
    assert told(alert) == {"chloe", "commander", "duty", "germany", "france"}


# --- incidents ----------------------------------------------------------------------------------


def shots(at: datetime, **more: object) -> None:
    values: dict[str, object] = {
        "kind": "attack",
        "what": "Shots at the gate",
        "severity": 4,
        "occurred": Moment.at(at),
    }
    report(NewIncident(**values | more), by=OPERATOR, at=at)  # type: ignore[arg-type]  # the test says which
    listen(at=at)


def test_an_incident_at_a_site_is_told_to_who_is_there_and_to_the_staff(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    shots(at, site=staff.place.camp)

    alert = Alert.objects.get()
    assert told(alert) == {"anna", "bert", "commander", "duty"}
    assert (alert.cause, alert.lane) == (Cause.INCIDENT, Lane.LIFE_SAFETY)
    assert alert.protective_action != ""


def test_an_incident_near_a_site_is_told_by_distance(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    with acting("test", by=OPERATOR, at=EARLIER):
        for site, latitude in ((staff.place.camp, 33.0), (staff.place.fort, 34.0)):
            site.latitude, site.longitude = latitude, 44.0
            site.save()

    shots(at, position=Position(33.05, 44.0))  # 5.6 km from the camp, 105 from the fort

    assert told(Alert.objects.get()) == {"anna", "bert", "commander", "duty"}


def test_of_an_incident_that_nobody_can_place_the_staff_is_told_and_decides(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    shots(at, place="somewhere on the road")

    assert told(Alert.objects.get()) == {"commander", "duty"}


@pytest.mark.parametrize(
    ("severity", "lane"), [(1, Lane.ORDINARY), (2, Lane.LIFE_SAFETY), (None, Lane.LIFE_SAFETY)]
)
def test_only_what_is_surely_minor_waits(
    staff: Staff, heads: dict[str, Account], at: datetime, severity: int | None, lane: Lane
) -> None:
    shots(at, site=staff.place.camp, severity=severity)

    assert Alert.objects.get().lane == lane


def test_what_happened_long_ago_warns_nobody_and_what_nobody_dated_does(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    shots(at, site=staff.place.camp, occurred=Moment.at(at - timedelta(days=2)))
    assert Alert.objects.count() == 0

    shots(at, site=staff.place.camp, what="Shots, some day", occurred=Moment.unknown())
    assert Alert.objects.count() == 1


# --- sessions -----------------------------------------------------------------------------------


def plan(staff: Staff, begins: datetime, teacher: Person) -> Session:
    with acting("test", by=OPERATOR, at=EARLIER):
        session = Session.objects.create(
            mission=staff.place.mission,
            line="training",
            title="Mine awareness",
            site=staff.place.camp,
            during=DateTimeTZRange(begins, begins + timedelta(hours=2)),
        )
        Duty.objects.create(session=session, post=teacher.holdings.get().post)
    return session


def change(session: Session, at: datetime, **values: object) -> None:
    with acting("test", by=OPERATOR, at=at):
        for name, value in values.items():
            setattr(session, name, value)
        session.save()
    listen(at=at)


def test_a_session_that_moves_is_told_to_who_teaches_it(staff: Staff, at: datetime) -> None:
    session = plan(staff, at + timedelta(days=1), staff.chloe)
    later = at + timedelta(days=2)

    change(session, at, title="Mines")
    assert Alert.objects.count() == 0
    change(session, at, during=DateTimeTZRange(later, later + timedelta(hours=1)))

    alert = Alert.objects.get()
    assert (told(alert), alert.lane, alert.acknowledging) == ({"chloe"}, Lane.ORDINARY, "")


def test_what_an_order_stops_within_three_days_is_told_to_who_teaches_it(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    plan(staff, at + timedelta(days=1), staff.chloe)

    issue(at, scope=CAMP)

    assert "chloe" in told(Alert.objects.get())
