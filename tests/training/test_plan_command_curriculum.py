"""`./cadre plan` and `./cadre plan-check` with the competition's files."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cadre.core.planning.curriculum import read_timetable, violations, written_timetable
from tests.core.planning.curriculum.made_up import LEGAL, SMALL, SMALL_FILE


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    path = tmp_path / "small.ctt"
    path.write_text(SMALL_FILE)
    return path


def checked(*words: str) -> tuple[int, str]:
    out, code = StringIO(), 0
    try:
        call_command("plan-check", *words, stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    return code, out.getvalue()


def test_timetable_is_made_written_and_judged(
    instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    solution = tmp_path / "small.sol"

    call_command("plan", str(instance), "--rounds", "2", "--out", str(solution))

    assert violations(SMALL, read_timetable(solution.read_text(), SMALL)) == ()
    told = capsys.readouterr().err
    code, found = checked(str(instance), str(solution), "--json")
    price = json.loads(found)["total"]
    assert (code, f"cost {price}\n" in told, "Rounds: " in told) == (0, True, True)


def test_timetable_is_printed_without_a_file(instance: Path) -> None:
    out = StringIO()

    call_command("plan", str(instance), "--rounds", "1", stdout=out)

    assert len(read_timetable(out.getvalue(), SMALL)) == 7


def test_judgement_names_each_part(instance: Path, tmp_path: Path) -> None:
    solution = tmp_path / "small.sol"
    solution.write_text(written_timetable(LEGAL))

    code, found = checked(str(instance), str(solution), "--json")

    prices = {"room_capacity": 22, "working_days": 5, "compactness": 2, "room_stability": 2}
    assert code == 0
    assert json.loads(found) == {"broken": [], "cost": prices, "total": 31}


def test_broken_rule_is_named_and_fails(instance: Path, tmp_path: Path) -> None:
    solution = tmp_path / "small.sol"
    solution.write_text(written_timetable(LEGAL[1:]))

    code, found = checked(str(instance), str(solution))

    assert code == 1
    assert found.splitlines()[0] == "lectures: Course first-aid has 1 of 2 lectures."
    assert found.splitlines()[-1] == "Broken rules: 1."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["plan", "{folder}/none.ctt"], "could not be read: No such file or directory."),
        (["plan", "{folder}/broken.ctt"], "The file ends without a line “END.”."),
        (["plan", "{folder}/crowded.ctt"], "There are more lectures than rooms and periods"),
        (["plan", "{folder}/small.ctt", "--start", "x"], "--start is not for instances"),
        (["plan-check", "{folder}/small.ctt", "{folder}/broken.ctt"], "Line 1: There should be"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    instance: Path, words: list[str], sentence: str
) -> None:
    folder = instance.parent
    (folder / "broken.ctt").write_text("Name: broken\n")
    crowded = SMALL_FILE.replace("Rooms: 2", "Rooms: 1").replace("cabin\t10\n", "")
    (folder / "crowded.ctt").write_text(crowded)

    with pytest.raises(CommandError) as caught:
        call_command(*(word.format(folder=folder) for word in words))

    assert (sentence in str(caught.value), caught.value.returncode) == (True, 2)
