"""The board: numbers of everybody, names only of whom the viewer may see, riskiest first."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadre.access import looks
from cadre.access.actions import acting
from cadre.access.queries import seeing
from cadre.accountability import actions
from cadre.accountability.models import CheckIn, MusterEntry, WardenList
from cadre.accountability.queries import (
    Board,
    When,
    excluded,
    heard_of,
    muster_board,
    my_lists,
    on_lists,
    open_musters,
    outstanding,
    perstat,
    to_look,
    unaccounted,
    wardens_of_muster,
)
from cadre.core.accountability import Age, Outcome, Search
from cadre.core.lifecycles import Event
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification, Viewer
from cadre.mission.models import Person
from tests.accountability.conftest import (
    ADVISER,
    COMMANDER,
    DUTY,
    EARLIER,
    FRANCE,
    GERMANY,
    STAFF,
    Open,
    Opened,
    World,
    hold_post,
    make_person,
)
from tests.accountability.test_checking_in import sight
from tests.accountability.test_musters import status

WARDEN = Viewer(
    "Anna", Classification.UNCLASSIFIED, frozenset({"DE", "M"}),
    roles=frozenset({("warden", "M")}), account="anna@example.org",
)  # fmt: skip  # a value


def named(board: Board) -> list[str]:
    """The outstanding people by code, as the viewer is shown them."""
    with seeing(board.viewer):
        return [each.entry.person.code for each in outstanding(board)]


def hidden(board: Board) -> dict[tuple[str, str, str], int]:
    return {(each.nation, each.site, each.state.value): each.number for each in board.hidden}


def test_numbers_are_of_everybody_and_names_of_whom_the_viewer_may_see(opened: Open) -> None:
    muster = opened()
    muster.says("anna", "safe", 1)
    muster.says("emil", "need help", 1)

    def seen(viewer: Viewer) -> tuple[list[str], dict[tuple[str, str, str], int]]:
        with seeing(viewer):
            board = muster.board(viewer, 2)
            assert (board.numbers.count.everybody.total, board.numbers.open) == (5, 3)
            return named(board), hidden(board)

    assert seen(GERMANY) == (
        ["bert", "carl"], {("FR", "CAMP", "unaccounted"): 1, ("FR", "FORT", "need help"): 1},
    )  # fmt: skip  # a pair
    assert seen(FRANCE) == (
        ["emil", "dora"], {("DE", "CAMP", "unaccounted"): 1, ("DE", "FORT", "unaccounted"): 1},
    )  # fmt: skip  # a pair
    assert seen(STAFF)[0] == ["bert", "carl"]  # what Germany shares with the mission
    assert seen(DUTY)[0] == []
    assert sum(seen(DUTY)[1].values()) == 4
    assert seen(OPERATOR) == (["emil", "bert", "carl", "dora"], {})


def test_row_level_security_says_the_same_as_the_board(opened: Open) -> None:
    muster = opened()
    for code in muster.world.people:
        muster.says(code, "safe", 1)
    for viewer, theirs in ((GERMANY, 3), (FRANCE, 2), (DUTY, 0)):
        with seeing(viewer):
            rows = [MusterEntry.objects.count(), CheckIn.objects.count()]
            visible = sum(each.visible for each in muster.board(viewer, 2).numbers.everybody)
        assert (rows, visible) == ([theirs, theirs], theirs)


def test_a_person_whose_nation_released_less_since_is_a_number_again(
    opened: Open, world: World
) -> None:
    muster = opened()
    with seeing(STAFF):
        before = named(muster.board(STAFF, 1))
    with acting("test", by=OPERATOR, at=muster.at):
        Person.objects.filter(code="anna").update(releasable_to=["DE"])
    with seeing(STAFF):
        board = muster.board(STAFF, 1)
        after, others = named(board), hidden(board)

    assert (before, after) == (["anna", "bert", "carl"], ["bert", "carl"])
    assert others["DE", "CAMP", "unaccounted"] == 1


def test_counts_are_by_site_nation_and_role_and_targets_are_held_against_them(
    opened: Open,
) -> None:
    muster = opened(affected_sites=frozenset({"CAMP"}))
    for minutes, code in ((1, "anna"), (2, "bert"), (3, "carl"), (20, "dora")):
        muster.says(code, "safe", minutes)
    numbers = muster.board(minutes=30).numbers

    def shares(groups: dict[str, object]) -> dict[str, tuple[int, int]]:
        return {name: (each.accounted, each.total) for name, each in groups.items()}  # type: ignore[attr-defined]  # tallies

    count = numbers.count
    assert shares(dict(count.nations)) == {"DE": (3, 3), "FR": (1, 2)}
    assert shares(dict(count.sites)) == {"CAMP": (3, 3), "FORT": (1, 2)}
    assert shares(dict(count.roles)) == {"Trainer": (4, 5)}
    assert (count.everybody.accounted_percent, numbers.affected.resolved_percent) == (80, 100)
    assert [(each.target.percent, each.status.outcome) for each in numbers.targets] == [
        (80, Outcome.MISSED), (95, Outcome.RUNNING), (100, Outcome.MET), (100, Outcome.RUNNING),
    ]  # fmt: skip  # a table
    assert numbers.targets[0].status.reached_at == muster.after(20)
    assert numbers.targets[2].status.reached_at == muster.after(20)


def test_the_riskiest_come_first(opened: Open) -> None:
    muster = opened(affected_sites=frozenset({"FORT"}))
    sight(muster, "anna")
    muster.says("emil", "missing", 1, voice="in charge", said_by="Zoe", how="searched")
    muster.says("dora", "", 1, words="hm")

    assert named(muster.board(minutes=3)) == ["emil", "dora", "carl", "bert", "anna"]


def test_words_that_nobody_can_judge_are_shown_as_they_came(opened: Open) -> None:
    muster = opened()
    muster.says("anna", "", 1, words="what muster?")
    muster.says("bert", "need help", 1)
    muster.says("bert", "safe", 2)
    muster.says("dora", "", 1, words="quoi ?")
    with seeing(GERMANY):
        board = muster.board(GERMANY, 3)
        shown = {
            each.entry.person.code: [word.words or word.state for word in each.words]
            for each in to_look(board)
        }

    assert shown == {"bert": ["need help", "safe"], "anna": ["what muster?"]}
    assert (board.numbers.unclear, board.numbers.contradicted) == (2, 1)


def test_whereabouts_have_their_source_and_fade_with_age(opened: Open) -> None:
    muster = opened()
    sight(muster, "anna", site=muster.world.place.fort, place="", how="by radio")
    lines = {each.entry.person.code: each for each in outstanding(muster.board(minutes=60 * 4))}
    anna, bert = lines["anna"].whereabouts, lines["bert"].whereabouts

    assert (anna.name, anna.place.source, anna.place.said_by, anna.age) == (
        "Fort", "sighting", "Zoe", Age.AGEING,
    )  # fmt: skip  # one row
    assert (bert.name, bert.place.source, bert.age) == ("Camp", "post", Age.UNKNOWN)


def test_silence_is_followed_up_step_by_step(opened: Open) -> None:
    muster = opened()

    def line(minutes: float) -> tuple[Search, Event | None]:
        found = outstanding(muster.board(minutes=minutes))
        return next((e.search, e.due) for e in found if e.entry.person.code == "anna")

    def note(step: Event, minutes: float) -> None:
        actions.follow_up(
            muster.entry("anna"), step.value, "Nobody.", done_at=muster.after(minutes),
            by=STAFF, at=muster.after(minutes),
        )  # fmt: skip  # a call

    assert [line(m) for m in (9, 10, 15, 45)] == [
        (Search.WAITING, None), (Search.OVERDUE, Event.CALL), (Search.OVERDUE, Event.ASK_WARDEN),
        (Search.OVERDUE, Event.SEARCH),
    ]  # fmt: skip  # a table
    note(Event.CALL, 11)
    assert line(12) == (Search.CALLED, None)
    assert line(16) == (Search.CALLED, Event.ASK_WARDEN)
    note(Event.SEARCH, 46)
    assert line(47) == (Search.SEARCHED_FOR, None)
    muster.says("anna", "safe", 50, voice="in charge", said_by="Zoe", how="found")
    assert "anna" not in named(muster.board(minutes=51))
    with pytest.raises(Refused, match="accounted for by then"):
        note(Event.SEARCH, 52)


def test_the_list_of_who_is_not_counted_is_told_with_reasons(world: World, opened: Open) -> None:
    status(world, "anna", "leave", EARLIER, place="Berlin")
    status(world, "dora", "lent", EARLIER)
    muster = opened()
    with seeing(GERMANY):
        found = excluded(muster.board(GERMANY))
        shown = [(each.person.code, each.excluded) for each in found.entries]

    assert shown == [("anna", "leave")]
    assert (found.kinds, found.hidden) == ({"leave": 1, "lent": 1}, 1)


def test_one_look_is_noted_for_each_name_shown_and_none_for_numbers(opened: Open) -> None:
    muster = opened()
    with seeing(GERMANY), looks.noted() as shown:
        board = muster.board(GERMANY, 1)
        _all = (board.numbers.count, board.numbers.targets, board.hidden)
        numbers_only = {table: set(rows) for table, rows in shown.items()}
        outstanding(board)

    assert "mission_person" not in numbers_only
    theirs = {muster.world.people[code].pk for code in ("anna", "bert", "carl")}
    assert shown["mission_person"] == theirs


def test_a_warden_sees_the_own_list_and_nobody_else(
    lists: dict[str, WardenList], opened: Open
) -> None:
    muster = opened()
    when = When(muster.after(1), None, muster.after(1))
    with seeing(WARDEN):
        pages = my_lists(WARDEN, when)

    assert [(page.warden.list.code, page.hidden) for page in pages] == [("CAMP", 1)]
    assert [each.entry.person.code for each in pages[0].people] == ["anna", "bert"]
    with seeing(ADVISER):
        assert my_lists(ADVISER, when) == ()


def test_lists_of_a_muster_have_their_wardens_and_people(
    lists: dict[str, WardenList], opened: Open
) -> None:
    muster = opened()
    found = wardens_of_muster(OPERATOR, muster.row)
    people = {str(e.pk): e.person.code for e in MusterEntry.objects.select_related("person")}

    assert [
        (each.row.code, [w.person.code for w in each.wardens],
         sorted(people[str(e)] for e in each.entries))
        for each in found
    ] == [
        ("CAMP", ["anna", "bert"], ["anna", "bert", "dora"]),
        ("FORT", ["carl", "bert"], ["carl", "emil"]),
    ]  # fmt: skip  # a table


def test_who_would_stand_on_which_list_is_told_before_a_muster(
    world: World, lists: dict[str, WardenList], at: datetime
) -> None:
    with acting("test", by=OPERATOR, at=at):
        hold_post(make_person("nora", "DE"), world.mission, None)
    with seeing(GERMANY):
        found = on_lists(GERMANY, world.mission, When(at, None, at))

    camp = lists["CAMP"].pk
    assert [line.person.code for line in found.people[camp]] == ["anna", "bert"]
    assert (found.numbers[camp], found.on_none) == (3, 1)


def test_the_home_board_counts_each_person_once_over_all_open_musters(opened: Open) -> None:
    whole = opened()
    opened(sites=frozenset({"CAMP"}))
    opened(exercise=True)
    whole.says("anna", "safe", 1)
    when = When(whole.after(2), None, whole.after(2))

    assert unaccounted(DUTY, when) == 4
    assert [each.muster.exercise for each in open_musters(DUTY, when)] == [False, False, True]
    actions.close_muster(whole.row, "Over.", by=COMMANDER, at=whole.after(3))
    assert len(open_musters(DUTY, When(whole.after(3), None, whole.after(3)))) == 2


def test_nobody_was_asked_while_no_muster_is_open(world: World, at: datetime) -> None:
    assert unaccounted(DUTY, When(at, None, at)) is None


# --- PERSTAT ------------------------------------------------------------------------------------


def cells(found: object) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        (each.nation, each.site): (each.assigned, each.present, each.accounted, each.unaccounted)
        for each in found.cells  # type: ignore[attr-defined]  # a Perstat
    }


def test_perstat_is_of_the_muster_that_was_open_at_any_past_minute(
    world: World, opened: Open
) -> None:
    status(world, "carl", "leave", EARLIER)
    muster = opened()
    muster.says("anna", "safe", 5, entered=20)

    def at(minutes: float, known: float | None = None) -> dict[tuple[str, str], tuple[object, ...]]:
        known_on = None if known is None else muster.after(known)
        when = When(muster.after(minutes), known_on, muster.after(90))
        return cells(perstat(OPERATOR, world.mission, when))

    assert at(10)["DE", "CAMP"] == (2, 2, 1, 1)
    assert at(10, known=10)["DE", "CAMP"] == (2, 2, 0, 2)
    assert at(10)["DE", "FORT"] == (1, 0, 0, 0)
    assert at(-1)["DE", "CAMP"] == (2, 2, None, None)  # nobody was asked yet


def test_perstat_without_a_muster_knows_who_is_assigned_and_who_is_present(
    world: World, at: datetime
) -> None:
    status(world, "anna", "leave", EARLIER)
    found = perstat(OPERATOR, world.mission, When(at, None, at))

    assert found.muster is None
    assert cells(found) == {
        ("DE", "CAMP"): (2, 1, None, None), ("DE", "FORT"): (1, 1, None, None),
        ("FR", "CAMP"): (1, 1, None, None), ("FR", "FORT"): (1, 1, None, None),
    }  # fmt: skip  # a table
    assert (found.whole.assigned, found.whole.present, found.whole.accounted) == (5, 4, None)


@pytest.mark.parametrize("with_muster", [True, False])
def test_perstat_names_nobody_of_another_nation(
    world: World, opened: Open, at: datetime, *, with_muster: bool
) -> None:
    if with_muster:
        opened()
    when = When(at + timedelta(minutes=1), None, at + timedelta(minutes=1))
    with seeing(FRANCE):
        found = perstat(FRANCE, world.mission, when)

    assert sorted(each.person.code for each in found.names) == ["dora", "emil"]
    assert (found.whole.assigned, found.hidden) == (5, 3)


# --- statements ---------------------------------------------------------------------------------


def test_everything_on_a_board_takes_as_many_statements_for_three_as_for_one(
    world: World, opened: Open, at: datetime
) -> None:
    def taken(muster: Opened) -> int:
        with CaptureQueriesContext(connection) as captured:
            board = muster.board(minutes=20)
            outstanding(board)
            to_look(board)
            excluded(board)
            _all = (board.numbers.count, board.numbers.targets, board.hidden, board.named)
            heard_of(board, muster.world.people["anna"].pk)
        return len(captured)

    def stir(muster: Opened, codes: list[str]) -> None:
        for code in codes:
            muster.says(code, "", 1, words="hm")
            sight(muster, code)
            actions.follow_up(
                muster.entry(code), Event.CALL.value, "Nobody.", done_at=muster.after(12),
                by=OPERATOR, at=muster.after(12),
            )  # fmt: skip  # a call

    muster = opened()
    stir(muster, ["anna"])
    one = taken(muster)
    stir(muster, ["bert", "dora"])
    status(world, "emil", "leave", EARLIER)
    opened(exercise=True)

    assert taken(muster) == one


def test_a_board_that_is_not_there_is_none(world: World, at: datetime) -> None:
    assert muster_board(OPERATOR, "M-M-2026-009", When(at, None, at)) is None
