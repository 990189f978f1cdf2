"""Issuing: one row that says all it must, by who may, numbered without gaps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from cadre.directives import actions
from cadre.directives.actions import NewCondition
from cadre.directives.models import Condition, Directive, Kind, Timing
from cadre.mission.actions import Grounds
from tests.directives.conftest import (
    COMMANDER,
    DUTY,
    GERMANY,
    Issue,
    Place,
    make_place,
    order,
    ruling,
)

GERMAN = Scope("M", None, None, frozenset({"DE"}))


def test_signing_writes_one_directive_with_its_clocks_and_conditions(
    issued: Issue, at: datetime
) -> None:
    wanted = NewCondition(text="The gate is repaired", owner="J4", wanted="A photograph")
    row = issued(COMMANDER, decided=Moment.at(at), conditions=(wanted,))

    assert Directive.objects.count() == 1
    assert (row.number, row.reported, row.sure_lines, row.perhaps_lines) == (
        "M-D-2026-001",
        False,
        ["training"],
        ["training"],
    )
    clocks = Timing.objects.order_by("clock").values_list("clock", flat=True)
    assert list(clocks) == ["decided", "effective"]
    assert list(Condition.objects.values_list("text", "owner")) == [("The gate is repaired", "J4")]


def test_what_is_signed_stops_from_its_effective_moment_on(issued: Issue, at: datetime) -> None:
    before = ruling("training", at)
    issued(COMMANDER)

    assert before.posture == Posture.RUNNING
    assert ruling("training", at - timedelta(seconds=1)).posture == Posture.RUNNING
    assert ruling("training", at).posture == Posture.SUSPENDED
    assert ruling("advising", at).posture == Posture.RUNNING


def test_order_for_a_host_unit_a_person_or_hours_stops_just_that(
    issued: Issue, at: datetime
) -> None:
    issued(scope=Scope("M", units=frozenset({"ARMY"})))
    issued(scope=Scope("M", frozenset({"advising"}), hours=frozenset({"mon-20"})))

    assert ruling("training", at).in_part
    assert ruling("training", at, unit="ARMY").posture == Posture.SUSPENDED
    assert ruling("training", at, unit="POLICE").posture == Posture.RUNNING
    assert ruling("advising", at, unit="POLICE", hour="mon-20").posture == Posture.SUSPENDED
    assert ruling("advising", at, unit="POLICE", hour="mon-21").posture == Posture.RUNNING


def test_effective_moment_that_is_not_stated_is_not_stated_in_the_posture(
    issued: Issue, at: datetime
) -> None:
    issued(COMMANDER, effective=Moment.unknown())
    found = ruling("training", at)

    assert (found.lower, found.upper) == (Posture.RUNNING, Posture.SUSPENDED)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"effect": Posture.RUNNING}, "A directive restricts or suspends; to restart, lift what"),
        ({"authority": " "}, "A directive names its authority."),
        ({"reason_code": "not_stated"}, "Say what kind of reason there is"),
        ({"reason_code": "other"}, "Another kind of reason needs its text."),
        ({"effect": Posture.RESTRICTED}, "A restriction says what stays allowed."),
        ({"protective_action": ""}, "Say what people are to do to be safe"),
        ({"first_review_at": None}, "Name the moment of the first review"),
        ({"review_owner": " "}, "Name the owner of the review."),
        ({"nation": "DE"}, "Only a caveat and a withdrawal of people are a nation's."),
        ({"scope": Scope("M", frozenset({"drill"}))}, "Mission M has no activity line “drill”."),
        ({"scope": Scope("M", units=frozenset({"DE"}))}, "There is no unit “DE” of the host"),
        ({"scope": Scope("M", people=frozenset({"P9"}))}, "There is no person “P9” on record."),
        ({"scope": Scope("M", hours=frozenset({"mon-8"}))}, "“mon-8” is no hour of the week"),
        ({"conditions": (NewCondition(text="x", owner="", wanted="y"),)}, "needs an owner"),
    ],
)
def test_order_that_says_too_little_is_refused_and_nothing_is_written(
    issued: Issue, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        issued(COMMANDER, **changes)

    assert (Directive.objects.count(), Timing.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("by", "changes", "allowed"),
    [
        (COMMANDER, {}, True),
        (DUTY, {}, False),
        (GERMANY, {}, False),
        (GERMANY, {"kind": Kind.CAVEAT, "nation": "DE", "scope": GERMAN}, True),
        (GERMANY, {"kind": Kind.WITHDRAWAL, "nation": "DE", "scope": GERMAN}, True),
        (COMMANDER, {"kind": Kind.CAVEAT, "nation": "DE", "scope": GERMAN}, False),
        (
            GERMANY,
            {"kind": Kind.CAVEAT, "nation": "FR", "scope": Scope("M", nations=frozenset({"FR"}))},
            False,
        ),
    ],
)
def test_who_may_issue_what(
    issued: Issue, by: Viewer, changes: dict[str, object], *, allowed: bool
) -> None:
    if allowed:
        assert issued(by, **changes).recorded_by == by.account
    else:
        with pytest.raises(NotAllowed):
            issued(by, **changes)


@pytest.mark.parametrize("scope", [Scope("M"), Scope("M", nations=frozenset({"DE", "FR"}))])
def test_caveat_is_about_its_own_nation_only(issued: Issue, scope: Scope) -> None:
    with pytest.raises(Refused, match="A nation speaks for its own people"):
        issued(GERMANY, kind=Kind.CAVEAT, nation="DE", scope=scope)


def test_numbers_count_by_kind_and_year_and_leave_no_gap(issued: Issue) -> None:
    first = issued()
    with pytest.raises(Refused):
        issued(authority="")
    numbers = [
        issued(reason="more").number,
        issued(kind=Kind.CAVEAT, nation="DE", scope=GERMAN).number,
    ]

    assert [first.number, *numbers] == ["M-D-2026-001", "M-D-2026-002", "M-C-2026-001"]


def test_number_of_an_order_that_the_signer_may_not_see_is_not_given_again(
    issued: Issue, at: datetime
) -> None:
    secret = Grounds(marking=Marking(classification=Classification.SECRET))
    issued(grounds=secret)
    with seeing(COMMANDER):
        assert Directive.objects.count() == 0
        assert actions.issue(order(at), by=COMMANDER, at=at).number == "M-D-2026-002"


def test_pressing_twice_signs_once(issued: Issue) -> None:
    first = issued(COMMANDER)
    with pytest.raises(Refused, match=f"This was signed a moment ago already, as {first.number}."):
        issued(COMMANDER)

    assert Directive.objects.count() == 1


def test_issued_directive_without_a_review_is_refused_by_the_database(
    place: Place, at: datetime
) -> None:
    stated = {"recorded_at": at, "known_from": at, "recorded_by": "x", "mission": place.mission}
    with (
        pytest.raises(IntegrityError, match="an_issued_directive_has_a_review_and_its_owner"),
        acting("test", by=OPERATOR, at=at),
    ):
        Directive.objects.create(number="X", effect=2, authority="x", reported=False, **stated)


@pytest.mark.parametrize("same", [True, False])
def test_two_who_sign_at_once_get_two_numbers_or_one_clear_refusal(
    scratch: str, at: datetime, *, same: bool
) -> None:
    with seeing(OPERATOR):
        make_place(by=OPERATOR, at=at)

    def signed(number: int) -> str:
        said = {} if same else {"reason": f"reason {number}"}
        try:
            with seeing(COMMANDER):
                return actions.issue(order(at, **said), by=COMMANDER, at=at).number
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(signed, range(4)))
    twice = "This was signed a moment ago already, as M-D-2026-001."
    numbers = [f"M-D-2026-{number:03}" for number in range(1, 5)]
    assert found == (["M-D-2026-001", *[twice] * 3] if same else numbers)


def test_what_fails_later_leaves_nothing_of_an_order(place: Place, at: datetime) -> None:
    broken = NewCondition(text="x", owner="y", wanted="z", part=Scope("M", lines=frozenset({"no"})))
    with transaction.atomic(), pytest.raises(Refused):
        actions.issue(order(at, conditions=(broken,)), by=COMMANDER, at=at)

    assert (Directive.objects.count(), Timing.objects.count()) == (0, 0)
