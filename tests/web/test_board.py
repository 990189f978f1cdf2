"""The first screen: what is stopped, what nobody stated, what to do next."""

import re

from django.test import Client

from cadre.core.moments import asked
from cadre.core.releasability import Viewer
from cadre.web.queries import board, of_mission
from cadre.web.queries.summary import Group
from tests.web.conftest import EVENING


def rows(groups: tuple[Group, ...]) -> list[tuple[str, str, str, bool]]:
    return [
        (group.code, row.line, f"{row.part} {row.where}".strip(), row.perhaps)
        for group in groups
        for row in group.rows
    ]


def test_tiles_count_lines_as_a_whole_and_name_the_first(
    article: None, fiction: None, operator: Viewer
) -> None:
    found = board(operator, on=EVENING, known_on=EVENING)
    assert [(tile.posture, tile.number, tile.named, tile.more) for tile in found.tiles] == [
        ("suspended", 2, ("Training (NMI)", "Training of Iraqi forces (OIR)"), 0),
        ("in part", 2, ("Advising (FTM)", "Training (FTM)"), 0),
        ("restricted", 0, (), 0),
        ("running", 1, ("Capacity building (FTM)",), 0),
        ("not stated", 2, ("Advising (NMI)", "Capacity building (NMI)"), 0),
    ]


def test_parts_that_differ_follow_their_line_and_say_where_or_for_whom(
    fiction: None, operator: Viewer
) -> None:
    found = rows(board(operator, on=EVENING, known_on=EVENING).groups)
    lines = [line for _mission, line, part, _perhaps in found if not part]
    in_order = [line for _mission, line, _part, _perhaps in found]
    parts = {part.partition(" ")[0] for _mission, _line, part, _perhaps in found}

    assert sorted(lines) == ["Advising", "Capacity building", "Training"]
    assert in_order == sorted(in_order, key=lines.index)
    assert parts == {"", "nation", "site"}


def test_line_that_a_directive_only_may_cover_says_so_and_no_other(
    article: None, operator: Viewer
) -> None:
    assert rows(board(operator, on=EVENING, known_on=EVENING).groups) == [
        ("NMI", "Training", "", False),
        ("NMI", "Advising", "", True),
        ("NMI", "Capacity building", "", True),
        ("OIR", "Training of Iraqi forces", "", False),
    ]


def test_things_alike_are_one_step_with_a_link_to_each(article: None, operator: Viewer) -> None:
    steps = board(operator, on=EVENING, known_on=EVENING).steps
    review = (
        "Name an owner and a date for the review of each of 2 directives in force: none is stated."
    )
    assert [(step.title, [link.label for link in step.links]) for step in steps] == [
        (
            review,
            ["NMI-SUSPENSION-REPORTED", "OIR-TRAINING-SUSPENSION-REPORTED"],
        ),
        (
            "Find out whether this runs: nobody has stated it.",
            ["Advising (NMI)", "Capacity building (NMI)"],
        ),
    ]


def test_what_is_overdue_is_not_stated_while_a_directive_has_no_review_and_nought_without_any(
    article: None, client: Client
) -> None:
    def overdue(on: str) -> list[str]:
        text = client.get(f"/?on={on}&known_on={on}").text
        tile = re.findall(
            r'<li class="tile"(?:(?!</li>).)*Reviews overdue.*?</li>', text, re.DOTALL
        )
        return re.findall(r'class="(?:figure|note)">([^<]*)<', tile[0])

    assert overdue("2020-01-06") == [
        "–",
        "not stated of 2 directives in force: their reviews have no date",
    ]
    assert overdue("2019-06-01") == ["0", "no directive is in force"]


def test_page_of_a_mission_shows_its_rows_of_the_board_and_none_of_another(
    article: None, operator: Viewer
) -> None:
    (found,) = of_mission(operator, "OIR", on=EVENING, known_on=EVENING)
    assert rows((found,)) == [("OIR", "Training of Iraqi forces", "", False)]
    assert of_mission(operator, "XYZ", on=EVENING, known_on=EVENING) == ()
    assert of_mission(operator, "OIR", on=EVENING, known_on=asked("2019-01-01")) == ()


def test_poll_gets_the_rows_with_their_labels_once_and_then_nothing_new(
    article: None, client: Client
) -> None:
    first = client.get("/", headers={"HX-Request": "true"})
    again = client.get("/", headers={"HX-Request": "true", "If-None-Match": first["ETag"]})

    assert first.text.count("<bdi>as the article says</bdi>") == 2
    assert "<html" not in first.text
    assert (first.status_code, again.status_code) == (200, 304)
