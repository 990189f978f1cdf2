"""The protection level of the case: raised by somebody, for some forces; to what, nobody stated."""

from cadre.core.levels import NOTHING
from cadre.core.releasability import Viewer
from cadre.directives.queries import World
from cadre.directives.queries.levelled import MissionLevels, level_order_read, mission_levels
from cadre.mission.queries import missions
from cadre.web.queries import Wish, board, timeline
from tests.web.conftest import EVENING


def levels(viewer: Viewer, code: str) -> MissionLevels:
    mission = missions.find(viewer, code)
    assert mission is not None
    return mission_levels(World(viewer, known_on=EVENING), mission, on=EVENING)


def test_protection_in_iraq_was_raised_and_nothing_more_is_stated(
    article: None, operator: Viewer
) -> None:
    (line,) = levels(operator, "OIR").orders
    row = line.row
    found = level_order_read(operator, row, on=EVENING, known_on=EVENING)

    assert (row.direction, row.authority, line.scope.sites) == (
        "raise", "Lieutenant General Pat White", ("Iraq",),
    )  # fmt: skip
    assert (row.level_from, row.level_to, row.effective.stated, row.review_at) == (
        None, None, False, None,
    )  # fmt: skip
    assert found is not None
    assert [(each.reference, each.sentences) for each in found.said] == [("F55", ("S22",))]


def test_the_other_missions_level_is_unaffected(article: None, operator: Viewer) -> None:
    theirs, ours = levels(operator, "OIR"), levels(operator, "NMI")

    assert [
        (site.code, each.ruling.rank, each.ruling.open)
        for site in theirs.sites
        for each in site.levels
    ] == [("IQ", None, True), ("SY", NOTHING, False)]
    assert [site.levels for site in ours.sites] == [()] * len(ours.sites)
    assert (ours.orders, ours.contradictions) == ((), ())


def test_orders_about_levels_stand_on_the_timeline(fiction: None, operator: Viewer) -> None:
    found = timeline(operator, wish=Wish("FTM"), on=EVENING, known_on=EVENING)
    told = [
        (event.number, event.title)
        for group in found.groups
        for event in group.events
        if event.number.startswith("FTM-L")
    ]

    assert ("FTM-L-FIC-004", "Protection level raised: P4 · Highest") in told


def test_what_is_wrong_about_protection_stands_on_the_board(
    fiction: None, operator: Viewer
) -> None:
    titles = [step.title for step in board(operator, on=EVENING, known_on=EVENING).steps]

    assert [title.partition(":")[0] for title in titles[:4]] == [
        "Stop them or lower the level",
        "See to 9 precautions",
        "Relieve 2 sites or lower their protection level",
        "Look at 4 protection levels again",
    ]
