"""A name that is held leaves by no way out, until next of kin were told and the hours are over."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.accountability import actions
from cadre.accountability.actions import Targets
from cadre.accountability.models import NextOfKinHold, WardenList
from cadre.accountability.queries import (
    When,
    excluded,
    hold_of,
    holds,
    movement,
    my_lists,
    on_lists,
    outstanding,
    perstat,
    preview,
    to_look,
    withheld,
)
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.actions import Misfit
from tests.accountability.conftest import (
    COMMANDER,
    FRANCE,
    GERMANY,
    STAFF,
    Open,
    Opened,
    World,
    viewer,
)
from tests.accountability.test_boards import WARDEN
from tests.accountability.test_movements import moved
from tests.accountability.test_musters import status

HOUR = timedelta(hours=1)
STAFF_OFFICER = viewer("force_protection_officer", "M", name="protection")
COMMANDER_OF_M = viewer("commander", "M")
ELSEWHERE = viewer("duty_officer", "M", mission="OTHER", name="elsewhere")


def hold(
    muster: Opened, code: str = "anna", *, by: Viewer = GERMANY, minutes: float = 2
) -> NextOfKinHold:
    person = muster.world.people[code]
    return actions.place_hold(person, "Injured.", by=by, at=muster.after(minutes))


def names(found: object, path: str) -> list[str]:
    """The codes of people in what a query gave."""
    people = []
    for each in found:  # type: ignore[attr-defined]  # a sequence of rows
        for part in path.split("."):
            each = getattr(each, part)  # noqa: PLW2901  # down the path
        people.append(each.code)
    return people


type WayOut = Callable[[Opened, Viewer, When], list[str]]


def by_board(muster: Opened, viewer: Viewer, when: When) -> list[str]:
    return names(outstanding(muster.board(viewer, 3, live_page=False)), "entry.person")


def by_words(muster: Opened, viewer: Viewer, when: When) -> list[str]:
    return names(to_look(muster.board(viewer, 3, live_page=False)), "entry.person")


def by_exclusions(muster: Opened, viewer: Viewer, when: When) -> list[str]:
    return names(excluded(muster.board(viewer, 3, live_page=False)).entries, "person")


def by_perstat(muster: Opened, viewer: Viewer, when: When) -> list[str]:
    return names(perstat(viewer, muster.world.mission, when).names, "person")


def by_perstat_of_yesterday(muster: Opened, viewer: Viewer, when: When) -> list[str]:
    yesterday = When(when.on - timedelta(days=1), None, when.now)
    return names(perstat(viewer, muster.world.mission, yesterday).names, "person")


def by_perstat_of_next_year(muster: Opened, viewer: Viewer, when: When) -> list[str]:
    then = When(when.on + timedelta(days=365), None, when.now)
    return names(perstat(viewer, muster.world.mission, then).names, "person")


def by_lists(muster: Opened, viewer: Viewer, when: When) -> list[str]:
    found = on_lists(viewer, muster.world.mission, when)
    return [line.person.code for lines in found.people.values() for line in lines]


def by_manifest(muster: Opened, viewer: Viewer, when: When) -> list[str]:
    found = movement(viewer, "M-MV-2026-001", when)
    assert found is not None
    return names(found.people, "line.person")


WAYS_OUT: dict[str, tuple[WayOut, str]] = {
    "the board": (by_board, "anna"),
    "words to look at": (by_words, "anna"),
    "who is not counted": (by_exclusions, "bert"),
    "PERSTAT": (by_perstat, "anna"),
    "PERSTAT of yesterday": (by_perstat_of_yesterday, "anna"),
    "PERSTAT of a moment to come": (by_perstat_of_next_year, "anna"),
    "lists of wardens": (by_lists, "anna"),
    "a manifest": (by_manifest, "anna"),
}


@pytest.mark.parametrize("by", [GERMANY, COMMANDER_OF_M, OPERATOR], ids=lambda by: by.name)
@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_held_name_leaves_by_no_way_out(
    world: World, lists: dict[str, WardenList], opened: Open, way: str, by: Viewer
) -> None:
    status(world, "bert", "leave", datetime.fromisoformat("2019-06-01T00:00Z"))
    muster = opened()
    moved(muster, "anna", "carl")
    muster.says("anna", "", 1, words="hm")
    when = When(muster.after(3), None, muster.after(3))
    go, code = WAYS_OUT[way]

    with seeing(by):
        before = go(muster, by, when)
    hold(muster, code)
    with seeing(by):
        after = go(muster, by, when)

    assert code in before  # the leak was possible
    assert after == [each for each in before if each != code]


def on_page(muster: Opened, viewer: Viewer) -> bool:
    """Whether the live board shows Anna by name."""
    with seeing(viewer):
        return "anna" in names(outstanding(muster.board(viewer, 3)), "entry.person")


@pytest.mark.parametrize(
    ("viewer", "shown"),
    [
        (GERMANY, True), (COMMANDER_OF_M, True), (STAFF, True), (STAFF_OFFICER, False),
        (ELSEWHERE, False), (FRANCE, False), (WARDEN, False),
    ],
    ids=lambda each: each.name if isinstance(each, Viewer) else str(each),
)  # fmt: skip  # a table
def test_on_a_live_page_only_who_has_to_act_sees_it(
    opened: Open, viewer: Viewer, *, shown: bool
) -> None:
    muster = opened()
    before = on_page(muster, viewer)
    hold(muster)

    assert before is (viewer is not FRANCE)  # released to all the others
    assert on_page(muster, viewer) is shown


def test_who_is_held_is_still_counted(opened: Open) -> None:
    muster = opened()
    hold(muster)
    board = muster.board(STAFF_OFFICER, 3)

    assert board.numbers.count.everybody.total == 5
    assert sum(each.number for each in board.hidden) == 3  # Anna, and two of France


def test_a_wardens_list_does_not_name_who_is_held(
    lists: dict[str, WardenList], opened: Open
) -> None:
    muster = opened()
    when = When(muster.after(3), None, muster.after(3))
    hold(muster, "bert")
    with seeing(WARDEN):
        (page,) = my_lists(WARDEN, when)

    assert names(page.people, "entry.person") == ["anna"]
    assert page.hidden == 2


def test_without_word_of_next_of_kin_a_hold_never_ends(opened: Open) -> None:
    muster = opened()
    row = hold(muster)

    assert withheld(now=muster.after(60 * 24 * 365)) == {row.person_id}


def test_a_hold_ends_the_hours_after_next_of_kin_were_told(opened: Open) -> None:
    muster = opened()
    row = hold(muster)
    told = actions.inform_next_of_kin(row, muster.after(10), by=GERMANY, at=muster.after(20))
    end = muster.after(10) + timedelta(hours=24)
    (read,) = holds(GERMANY, ["M"], now=end)

    assert (told.hours, read.until, read.in_force(end)) == (24, end, False)
    assert withheld(now=end - timedelta(seconds=1)) == {row.person_id}
    assert withheld(now=end) == frozenset()
    assert hold_of(GERMANY, row.person, now=muster.after(30)) is not None
    assert hold_of(GERMANY, row.person, now=end) is None


def test_the_hours_are_those_of_the_missions_settings(world: World, opened: Open) -> None:
    muster = opened()
    actions.set_targets(world.mission, Targets(nok_hours=48), by=COMMANDER, at=muster.at)
    row = hold(muster)

    assert actions.inform_next_of_kin(
        row, muster.after(10), by=GERMANY, at=muster.after(20)
    ).hours == 48  # fmt: skip  # one sentence


def test_a_hold_that_the_viewer_may_not_know_of_holds_for_him_too(opened: Open) -> None:
    muster = opened()
    hold(muster, "dora", by=FRANCE)
    with seeing(GERMANY):
        assert NextOfKinHold.objects.count() == 0
        assert holds(GERMANY, ["M"], now=muster.after(3)) == ()
        assert len(withheld(now=muster.after(3))) == 1


@pytest.mark.parametrize(
    ("by", "code", "allowed"),
    [
        (GERMANY, "anna", True), (FRANCE, "dora", True), (STAFF, "anna", True),
        (FRANCE, "anna", False), (GERMANY, "dora", False), (STAFF_OFFICER, "anna", False),
        (ELSEWHERE, "anna", False),
    ],
    ids=lambda each: each.name if isinstance(each, Viewer) else str(each),
)  # fmt: skip  # a table
def test_who_may_hold_a_name(opened: Open, by: Viewer, code: str, *, allowed: bool) -> None:
    muster = opened()
    if allowed:
        row = hold(muster, code, by=by)
        actions.inform_next_of_kin(row, muster.after(3), by=by, at=muster.after(3))
    else:
        with pytest.raises(NotAllowed):
            hold(muster, code, by=by)


def test_a_name_is_held_once_and_next_of_kin_are_told_once(opened: Open) -> None:
    muster = opened()
    row = hold(muster)
    with pytest.raises(Refused, match="held already"):
        hold(muster, minutes=3)
    with pytest.raises(Misfit, match="a moment that has come"):
        actions.inform_next_of_kin(row, muster.after(9), by=GERMANY, at=muster.after(4))
    actions.inform_next_of_kin(row, muster.after(3), hours=1, by=GERMANY, at=muster.after(4))
    with pytest.raises(Refused, match="on record already"):
        actions.inform_next_of_kin(row, muster.after(4), by=GERMANY, at=muster.after(5))

    assert hold(muster, minutes=3 + 60).pk != row.pk  # it ended, so another may begin


def test_a_preview_before_opening_is_a_page_and_names_nobody_hidden(
    world: World, at: datetime
) -> None:
    wish = actions.wish_of(actions.NewMuster(mission=world.mission))
    with seeing(GERMANY):
        found = preview(GERMANY, wish, on=at, known_on=None)

    assert names(found.lines, "person") == ["anna", "bert", "carl"]
    assert (found.counted, found.hidden, found.without_warden) == (5, 2, 5)
