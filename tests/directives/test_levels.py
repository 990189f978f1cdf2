"""Protection levels: the mission's own scales, orders, who received them; and threats, apart."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core.levels import MOVEMENT
from cadre.core.moments import Moment
from cadre.core.posture import Posture
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Marking, Viewer
from cadre.directives import actions
from cadre.directives.actions import (
    NewLevel,
    NewLevelOrder,
    NewReceipt,
    NewScale,
    NewThreat,
)
from cadre.directives.models import (
    AddresseeKind,
    Direction,
    Directive,
    Level,
    LevelOrder,
    LevelReceipt,
    LevelRule,
    Lift,
    Scale,
    ThreatStatement,
    Track,
)
from cadre.directives.queries import Question, World
from cadre.directives.queries.levelled import MissionLevels, mission_levels
from cadre.directives.queries.levels import Levels
from cadre.directives.queries.receipts import level_addressees
from cadre.mission.actions import Grounds, Misfit, Stale
from tests.directives.conftest import COMMANDER, DUTY, EARLIER, GERMANY, Issue, Place, viewer

PROTECTION = viewer("force_protection_officer")
HOUR = timedelta(hours=1)


@pytest.fixture
def scale(place: Place) -> Scale:
    """The example of four protection levels: P1 to P4."""
    new = NewScale(code="P", name="Protection", track=Track.PROTECTION, example="protection-four")
    return actions.define_scale(place.mission, new, by=COMMANDER, at=EARLIER)


@pytest.fixture
def threats(place: Place) -> Scale:
    new = NewScale(code="T", name="Threat", track=Track.THREAT, example="threat-five")
    return actions.define_scale(place.mission, new, by=COMMANDER, at=EARLIER)


def level(scale: Scale, code: str) -> Level:
    return Level.objects.select_related("scale__mission").get(scale=scale, code=code)


def new_order(scale: Scale, code: str, at: datetime, **changes: object) -> NewLevelOrder:
    said: dict[str, object] = {
        "level": level(scale, code),
        "authority": "Commander",
        "effective": Moment.at(at),
        "review_at": at + timedelta(days=1),
        "review_owner": "J3",
    }
    return NewLevelOrder(**said | changes)  # type: ignore[arg-type]  # the test says which


def ordered(
    place: Place, scale: Scale, code: str, at: datetime, *, by: Viewer = COMMANDER,
    **changes: object,
) -> LevelOrder:  # fmt: skip  # reads as one sentence
    new = new_order(scale, code, at, **changes)
    return actions.order_level(place.mission, new, by=by, at=at)


def seen(place: Place, on: datetime, *, viewer: Viewer = OPERATOR) -> MissionLevels:
    return mission_levels(World(viewer, known_on=None), place.mission, on=on)


def in_force(place: Place, on: datetime, *, viewer: Viewer = OPERATOR) -> dict[str, str]:
    return {
        site.code: each.level.row.code if each.level else "none" if each.nothing else "not stated"
        for site in seen(place, on, viewer=viewer).sites
        for each in site.levels
    }


def test_a_scale_starts_from_an_example_with_a_rule_for_each_line(scale: Scale) -> None:
    found = list(Level.objects.filter(scale=scale).order_by("rank").values_list("code", flat=True))
    highest = LevelRule.objects.filter(level=level(scale, "P4"))

    assert found == ["P1", "P2", "P3", "P4"]
    assert dict(highest.values_list("activity", "allows")) == {
        "advising": "forbidden", MOVEMENT: "forbidden", "training": "forbidden",
    }  # fmt: skip


def test_who_may_define_scales_and_order_levels(place: Place, scale: Scale, at: datetime) -> None:
    new = NewScale(code="Q", name="Other", track=Track.PROTECTION)
    with pytest.raises(NotAllowed):
        actions.define_scale(place.mission, new, by=DUTY, at=at)
    with pytest.raises(NotAllowed):
        ordered(place, scale, "P2", at, by=DUTY)

    assert ordered(place, scale, "P2", at, by=PROTECTION).number == "M-L-2026-001"


def test_without_an_order_no_level_is_in_force(place: Place, scale: Scale, at: datetime) -> None:
    assert scale.code == "P"
    assert in_force(place, at) == {"CAMP": "none", "FORT": "none"}


def test_an_order_holds_for_its_sites_from_its_moment_on(
    place: Place, scale: Scale, at: datetime
) -> None:
    ordered(place, scale, "P1", at - HOUR)
    raised = ordered(
        place, scale, "P3", at, effective=Moment.at(at + HOUR), sites=frozenset({"CAMP"})
    )

    assert (raised.direction, raised.level_from.code) == (Direction.RAISE, "P1")  # type: ignore[union-attr]  # the level before
    assert in_force(place, at) == {"CAMP": "P1", "FORT": "P1"}
    assert in_force(place, at + HOUR) == {"CAMP": "P3", "FORT": "P1"}


def test_a_floor_from_above_outlives_lowering_on_the_spot(
    place: Place, scale: Scale, at: datetime
) -> None:
    floor = new_order(scale, "P2", at - HOUR, authority="Parent headquarters")
    actions.report_level(place.mission, floor, by=DUTY, at=at)
    ordered(place, scale, "P3", at - HOUR)
    lowered = ordered(place, scale, "P1", at)

    assert lowered.direction == Direction.LOWER
    assert in_force(place, at) == {"CAMP": "P2", "FORT": "P2"}


def test_lowering_a_level_restarts_nothing(
    place: Place, scale: Scale, issued: Issue, at: datetime
) -> None:
    issued(by=COMMANDER)
    ordered(place, scale, "P4", at - HOUR)
    question = Question("M", "training", site="CAMP")
    before = World(OPERATOR, known_on=None).rule(question, at)
    ordered(place, scale, "P1", at)

    assert World(OPERATOR, known_on=None).rule(question, at) == before
    assert (before.posture, Directive.objects.count(), Lift.objects.count()) == (
        Posture.SUSPENDED, 1, 0,
    )  # fmt: skip


def test_raising_a_level_stops_nothing_and_says_what_goes_on(
    place: Place, scale: Scale, at: datetime
) -> None:
    ordered(place, scale, "P4", at, sites=frozenset({"CAMP"}))
    ruling = World(OPERATOR, known_on=None).rule(Question("M", "training", site="CAMP"), at)
    found = seen(place, at).contradictions

    assert ruling.posture == Posture.RUNNING
    assert sorted((each.line, each.site) for each in found) == [
        ("advising", "CAMP"), ("training", "CAMP"),
    ]  # fmt: skip


def test_what_a_directive_suspends_is_no_contradiction(
    place: Place, scale: Scale, issued: Issue, at: datetime
) -> None:
    issued(by=COMMANDER)
    ordered(place, scale, "P4", at, sites=frozenset({"CAMP"}))

    assert [(each.line, each.site) for each in seen(place, at).contradictions] == [
        ("advising", "CAMP")
    ]


def test_reported_order_may_leave_everything_blank(place: Place, at: datetime) -> None:
    new = NewLevelOrder(authority="Somebody", direction=Direction.RAISE)
    row = actions.report_level(place.mission, new, by=DUTY, at=at)

    assert (row.level_to, row.effective.stated, row.reported) == (None, False, True)
    assert in_force(place, at) == {"CAMP": "not stated", "FORT": "not stated"}


def test_an_order_of_ours_says_all_that_it_must(place: Place, scale: Scale, at: datetime) -> None:
    for name, value in (
        ("level", None),
        ("authority", " "),
        ("effective", Moment.unknown()),
        ("review_at", at),
        ("review_owner", ""),
    ):
        with pytest.raises(Misfit) as refused:
            ordered(place, scale, "P2", at, **{name: value})  # type: ignore[arg-type]  # the test says which
        assert refused.value.field == name
    with pytest.raises(Refused, match="no site “MOON”"):
        ordered(place, scale, "P2", at, sites=frozenset({"MOON"}))
    assert LevelOrder.objects.count() == 0


def test_the_same_order_pressed_twice_is_written_once(
    place: Place, scale: Scale, at: datetime
) -> None:
    ordered(place, scale, "P2", at)
    with pytest.raises(Refused, match="M-L-2026-001"):
        ordered(place, scale, "P2", at)
    assert LevelOrder.objects.count() == 1


def test_a_nation_orders_for_its_own_people_only(place: Place, scale: Scale, at: datetime) -> None:
    own = {"nation": "DE", "nations": frozenset({"DE"})}
    with pytest.raises(NotAllowed):
        ordered(place, scale, "P3", at, by=GERMANY)
    with pytest.raises(NotAllowed, match="FR"):
        ordered(place, scale, "P3", at, by=GERMANY, nation="FR", nations=frozenset({"FR"}))
    with pytest.raises(Misfit, match="own people"):
        ordered(place, scale, "P3", at, by=GERMANY, nation="DE")
    ordered(place, scale, "P3", at, by=GERMANY, **own)

    assert in_force(place, at) == {"CAMP": "none", "FORT": "none"}


def test_a_level_held_longer_than_it_can_be_is_told(
    place: Place, scale: Scale, at: datetime
) -> None:
    ordered(place, scale, "P4", at, sites=frozenset({"CAMP"}))
    limit = at + timedelta(hours=72)

    assert [[each.code for each in seen(place, on).beyond] for on in (limit - HOUR, limit)] == [
        [],
        ["CAMP"],
    ]


def test_an_order_that_is_not_looked_at_again_is_overdue(
    place: Place, scale: Scale, at: datetime
) -> None:
    ordered(place, scale, "P3", at)
    due = at + timedelta(days=1)
    overdue = [[line.overdue for line in seen(place, on).orders] for on in (due - HOUR, due)]
    ordered(place, scale, "P2", due)

    assert overdue == [[False], [True]]
    assert [line.overdue for line in seen(place, due).orders] == [False, False]


def test_the_silent_are_listed_until_they_say_that_they_received_it(
    place: Place, scale: Scale, at: datetime
) -> None:
    order = ordered(place, scale, "P3", at, sites=frozenset({"CAMP"}))

    def silent() -> list[str]:
        found = level_addressees(OPERATOR, order, on=at, known_on=None)
        return [each.key for each in found if each.receipt is None]

    new = NewReceipt(addressee=AddresseeKind.NATION, code="DE", received_at=at, received_by="Ada")
    assert silent() == ["nation:FR", "nation:DE", "site:CAMP"]
    actions.receive_level(order, new, by=GERMANY, at=at)
    assert silent() == ["nation:FR", "site:CAMP"]
    with pytest.raises(Refused, match="on record already"):
        actions.receive_level(order, new, by=GERMANY, at=at)
    wrong = NewReceipt(addressee=AddresseeKind.SITE, code="FORT", received_at=at, received_by="Ada")
    with pytest.raises(Misfit, match="does not reach"):
        actions.receive_level(order, wrong, by=DUTY, at=at)


def test_threat_and_protection_are_two_tracks(
    place: Place, scale: Scale, threats: Scale, at: datetime
) -> None:
    new = NewThreat(level=level(threats, "T5"), assessed_by="J2", reason="Reports.")
    actions.state_threat(place.mission, new, by=PROTECTION, at=at)

    assert in_force(place, at) == {"CAMP": "none", "FORT": "none"}
    assert [each.row.level.code for each in seen(place, at).threats] == ["T5"]
    wrong = NewThreat(level=level(scale, "P1"), assessed_by="J2", reason="Reports.")
    with pytest.raises(Misfit, match="no threat level"):
        actions.state_threat(place.mission, wrong, by=PROTECTION, at=at)
    with pytest.raises(Misfit, match="no protection level"):
        ordered(place, threats, "T1", at)
    rules = {"training": ("forbidden", "")}
    bad = NewLevel(code="T6", name="Six", rank=6, rules=rules)
    with pytest.raises(Misfit, match="forbids nothing"):
        actions.add_level(threats, bad, by=COMMANDER, at=at)


def test_a_level_that_changed_meanwhile_is_refused_stale(scale: Scale, at: datetime) -> None:
    row = level(scale, "P2")
    found = Levels(OPERATOR, on=at, known_on=None)
    version = found.scales["M"][0].by_rank[1].version
    said = {"code": "P2", "name": "Raised", "rank": 1}
    first = NewLevel(**said, rules={"training": ("limited", "By day.")})  # type: ignore[arg-type]
    actions.change_level(row, first, seen=version, by=COMMANDER, at=at)
    second = NewLevel(**said, rules={"training": ("allowed", "")})  # type: ignore[arg-type]
    with pytest.raises(Stale):
        actions.change_level(row, second, seen=version, by=COMMANDER, at=at)

    assert LevelRule.objects.get(level=row, activity="training").allows == "limited"


def test_a_level_says_one_thing_and_has_a_limit_or_none(scale: Scale, at: datetime) -> None:
    bad = NewLevel(code="P5", name="Five", rank=5, longest_hours=1, without_limit=True)
    with pytest.raises(Misfit, match="so long, or without limit"):
        actions.add_level(scale, bad, by=COMMANDER, at=at)
    with pytest.raises(Misfit, match="has this rank"):
        actions.add_level(scale, NewLevel(code="P5", name="Five", rank=3), by=COMMANDER, at=at)
    rules = {"flying": ("forbidden", "")}
    bad = NewLevel(code="P5", name="Five", rank=5, rules=rules)
    with pytest.raises(Refused, match="no activity line “flying”"):
        actions.add_level(scale, bad, by=COMMANDER, at=at)
    assert Level.objects.filter(scale=scale).count() == 4


def test_the_database_keeps_the_rules_of_levels(place: Place, scale: Scale, at: datetime) -> None:
    p1, broken = level(scale, "P1"), []
    rows = (
        Scale(mission=place.mission, code="P", name="Again", track=Track.PROTECTION),
        Level(scale=scale, code="P1", name="Again", rank=9),
        Level(scale=scale, code="P9", name="Again", rank=0),
        Level(scale=scale, code="P9", name="x", rank=9, longest_hours=1, without_limit=True),
        Level(scale=scale, code="P9", name="x", rank=9, longest_hours=0),
        LevelRule(level=p1, activity="training", allows="allowed"),
        order_row(place, number="X1", sites=[]),
        order_row(place, number="X2", level_to=p1),
        order_row(place, number="X3", reported=False),
        ThreatStatement(
            mission=place.mission, level=p1, sites=[], assessed_by="x", reason="x",
            recorded_at=at, recorded_by="x", known_from=at,
        ),
    )  # fmt: skip  # a table reads best as one
    for row in rows:
        with (
            acting("test", by=OPERATOR, at=at),
            pytest.raises(IntegrityError) as refused,
            transaction.atomic(),
        ):
            row.save(force_insert=True)
        broken.append(refused.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]  # psycopg's

    assert broken == [
        "a_scale_has_one_code_in_its_mission",
        "a_level_has_one_code_in_its_scale",
        "a_scale_has_one_level_of_a_rank",
        "a_level_has_a_limit_or_none",
        "a_level_is_held_for_some_time",
        "a_level_says_one_thing_of_an_activity",
        "a_level_is_ordered_for_somebody",
        "a_level_is_of_a_scale",
        "a_level_ordered_here_says_which_from_when_and_who_looks_again",
        "a_threat_is_stated_of_some_place",
    ]


def order_row(place: Place, **values: object) -> LevelOrder:
    common = {"authority": "x", "recorded_at": EARLIER, "recorded_by": "x", "known_from": EARLIER}
    return LevelOrder(mission=place.mission, **common | values)


def test_an_order_is_received_once_by_the_database_too(
    place: Place, scale: Scale, at: datetime
) -> None:
    order = ordered(place, scale, "P1", at)
    said = {"addressee": "nation", "code": "DE", "received_at": at, "received_by": "x"}
    common = {"recorded_at": at, "recorded_by": "x", "known_from": at}
    with acting("test", by=OPERATOR, at=at):
        LevelReceipt.objects.create(order=order, **said, **common)
        refused = pytest.raises(IntegrityError, match="a_level_order_is_received_once")
        with refused, transaction.atomic():
            LevelReceipt.objects.create(order=order, **said, **common)


def test_as_known_before_an_order_was_recorded_it_is_not_there(
    place: Place, scale: Scale, at: datetime
) -> None:
    ordered(place, scale, "P3", at)
    levels = Levels(OPERATOR, on=at, known_on=at - HOUR)

    assert [each.row.number for each in levels.orders.get("M", [])] == []


def test_a_marked_order_is_not_seen_by_another_nation(
    place: Place, scale: Scale, at: datetime
) -> None:
    marking = Marking(releasable_to=frozenset({"DE"}))
    own = {"nation": "DE", "nations": frozenset({"DE"}), "grounds": Grounds(marking=marking)}
    with seeing(GERMANY):
        row = ordered(place, scale, "P3", at, by=GERMANY, **own)
    france = viewer("senior_national_representative", "FR", name="france")
    numbers = {}
    for somebody in (GERMANY, france):
        with seeing(somebody):
            found = seen(place, at, viewer=somebody)
            numbers[somebody.name] = [each.row.number for each in found.orders]

    assert numbers == {"germany": [row.number], "france": []}
