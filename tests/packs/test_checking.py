"""Rows that do not fit together are told before anything is loaded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cadre.packs.checking import check_pack
from tests.packs.conftest import SOUND, Write

type Problems = Callable[[Path], list[str]]


PLACED = "code\tname\tkind\tparent\t{}\nE\tE\tcountry\t\t{}\nE-1\tS\tsite\tE\t\n"


def changed(file: str, before: str, after: str) -> dict[str, str]:
    assert before in SOUND[file]
    return {file: SOUND[file].replace(before, after)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            changed("missions.tsv", "C1", "C1 | C9"),
            "missions.tsv, line 2: claims “C9” is not in claims.tsv.",
        ),
        (
            changed("missions.tsv", "C1", "C1 | C1"),
            "missions.tsv, line 2: claims names something twice.",
        ),
        (
            changed("missions.tsv", "C1", "other:C1"),
            "missions.tsv, line 2: claims names the pack “other”, which is not among the needs",
        ),
        (
            changed("directives.tsv", "\tE\t", "\tX\t"),
            "directives.tsv, line 2: sites “X” is not in sites.tsv.",
        ),
        (
            changed("directives.tsv", "teaching", "teaching | drill"),
            "directives.tsv, line 2: lines “drill” is no activity line of M in lines.tsv.",
        ),
        (
            changed("directives.tsv", "teaching", "all | teaching"),
            "directives.tsv, line 2: lines says “all” and more; write “all” alone, or a list.",
        ),
        (
            changed("lines.tsv", "advice\tAdvice", "combat\tCombat"),
            "lines.tsv, line 3: combat is refused: M is a non-combat mission.",
        ),
        (
            changed("sites.tsv", "Exampleland\tcountry\t", "Exampleland\tarea\tE-1"),
            "sites.tsv, line 2: parent leads back to this row itself.",
        ),
        (
            changed("sites.tsv", "School\tsite", "School\tcountry"),
            "sites.tsv, line 3: parent is a place of the kind country; a country cannot lie there.",
        ),
        (
            changed("sites.tsv", "School\tsite\tE", "School\troom\t"),
            "sites.tsv, line 3: parent is empty; a room lies in a site.",
        ),
        (
            changed("organisations.tsv", "XE\t", "Example\t"),
            "organisations.tsv, line 2: code is “Example”; a nation's is two capital letters",
        ),
        (
            changed("authorisations.tsv", "teaching", "all"),
            "authorisations.tsv, line 2: lines opens more than the host request is for.",
        ),
        (
            changed("lifts.tsv", "teaching", "all"),
            "lifts.tsv, line 2: lines reach beyond what the directive covers.",
        ),
        (
            {
                "claims.tsv": SOUND["claims.tsv"]
                .replace("Head > letter\tstated", "Head\tinferred")
                .replace("status\nC1", "status\treasoning\nC1")
            },
            "claims.tsv, line 2: reasoning is empty; an inferred claim says why it is inferred.",
        ),
        (
            {"contributions.tsv": "key\tmission\torganisation\tquantity\nx\tM\tXE\tloads\n"},
            "contributions.tsv, line 2: quantity cannot be read: “loads” is not a quantity",
        ),
        (
            {"relations.tsv": "key\tmission\tkind\tother\nx\tM\tsister_of\tM\n"},
            "relations.tsv, line 2: other is the mission itself.",
        ),
        (
            {"memberships.tsv": "key\torganisation\tkind\tof\nx\tXE\tmember\tXE\n"},
            "memberships.tsv, line 2: of is the organisation itself.",
        ),
        (
            {"subjects.tsv": "key\ttitle\nSchool\tOne\nschool\tOther\n"},
            "subjects.tsv, line 3: key is the name of line 2 in other capital letters.",
        ),
        (
            {"sites.tsv": PLACED.format("latitude", "91")},
            "sites.tsv, line 2: latitude is “91”, which is not a number of degrees from -90 to 90.",
        ),
        (
            {"sites.tsv": PLACED.format("latitude", "9")},
            "sites.tsv, line 2: latitude and longitude are given together or not at all.",
        ),
        (
            {"sites.tsv": PLACED.format("capacity", "-1")},
            "sites.tsv, line 2: capacity is “-1”, which is not a whole number.",
        ),
    ],
)
def test_rows_that_do_not_fit_are_told(
    write: Write, problems: Problems, changes: dict[str, str], expected: str
) -> None:
    told = problems(write(changes))
    assert [line for line in told if line.startswith(expected)] != []


def test_what_may_be_covered_takes_in_what_surely_is(write: Write, problems: Problems) -> None:
    directives = (
        "number\tmission\teffect\tauthority\tlines\tsites\tnations\tperhaps_lines\n"
        "D1\tM\tsuspend\tHead\tteaching\tE\tall\tadvice\n"
    )
    assert problems(write({"directives.tsv": directives, "lifts.tsv": None})) == [
        "directives.tsv, line 2: perhaps_lines leaves out what lines surely covers."
    ]


def test_authorisation_rests_on_its_own_missions_request(write: Write, problems: Problems) -> None:
    changes = {
        "missions.tsv": SOUND["missions.tsv"] + "N\tOther\t\t\n",
        "mandates.tsv": SOUND["mandates.tsv"].replace("\tM\t", "\tN\t"),
    }
    assert problems(write(changes)) == [
        "authorisations.tsv, line 2: mandate belongs to another mission."
    ]


def test_names_of_a_needed_pack_are_looked_up_beside_it(write: Write, problems: Problems) -> None:
    write()
    folder = write(
        SECOND | {"timings.tsv": f"{TIMING}more\tD1\teffective\t2024\tsound:C7\n"}, "second"
    )
    assert problems(folder) == [
        "timings.tsv, line 2: claims “sound:C7” is not in claims.tsv of that pack."
    ]


def test_names_of_a_needed_pack_that_is_not_beside_it_are_left_to_the_loading(
    write: Write, problems: Problems
) -> None:
    folder = write(
        SECOND | {"timings.tsv": f"{TIMING}more\tD1\teffective\t2024\tsound:C7\n"}, "second"
    )
    assert problems(folder) == []


def test_subjects_without_a_title_are_no_mistake_but_told(write: Write) -> None:
    checked = check_pack(write())
    assert (checked.problems, checked.untitled) == ((), ("school",))


TIMING = "key\tdirective\tclock\tmoment\tclaims\n"
SECOND: dict[str, str | bytes | None] = dict.fromkeys(SOUND, None) | {
    "pack.toml": 'format = 1\nkey = "second"\ntitle = "Second"\nneeds = ["sound"]\n',
}
