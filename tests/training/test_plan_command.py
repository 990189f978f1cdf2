"""`./cadre plan` and `./cadre plan-check`: without a database, with sentences for what is wrong."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

SESSION = {
    "course": "C",
    "room_kind": "room",
    "minutes": 120,
    "trainers": 0,
    "qualification": "medic",
}
PROBLEM = {
    "format": "cadre-problem-1",
    "horizon": {"first_date": "2020-01-05", "weeks": 2, "step": 60},
    "calendar": {"weekdays": [6, 0, 1, 2, 3]},
    "rooms": [
        {"key": "R", "site": "S", "kind": "room", "capacity": 9, "opens": 480, "closes": 720}
    ],
    "classes": [{"key": "K", "size": 8}],
    "courses": [{"key": "C", "trainees": "K", "line": "training", "site": "S"}],
    "sessions": [
        {"key": "C.1", **SESSION},
        {"key": "C.2", "after": ["C.1"], **SESSION},
    ],
    "prohibitions": [
        {
            "site": "S",
            "begins": {"day": 0},
            "ends": {"day": 7},
            "order": "FTM-D-001",
            "source": "order of the commander",
        }
    ],
    "published": [
        {"session": "C.1", "day": 1, "start": 480, "room": "R"},
        {"session": "C.2", "day": 8, "start": 480, "room": "R"},
    ],
}


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(PROBLEM))
    return path


def checked(problem: Path, plan: Path) -> tuple[int, dict[str, object]]:
    out, code = StringIO(), 0
    try:
        call_command("plan-check", str(problem), str(plan), "--json", stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    return code, json.loads(out.getvalue())


def test_a_plan_is_made_and_breaks_no_rule(
    problem: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.json"
    call_command("plan", str(problem), "--rounds", "2", "--out", str(plan))
    code, found = checked(problem, plan)
    assert (code, found["broken"], found["total"]) == (0, [], 5)
    assert "cost 5   bound 5   gap 0.0%" in capsys.readouterr().err
    placed = json.loads(plan.read_text())["placements"]
    assert [each["session"] for each in placed] == ["C.1", "C.2"]
    assert placed[1] == {"session": "C.2", "day": 8, "start": 480, "room": "R", "trainers": []}


def test_a_broken_rule_is_named_with_its_order(problem: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"format": "cadre-plan-1", "placements": PROBLEM["published"]}))
    code, found = checked(problem, plan)
    assert code == 1
    assert found["broken"] == [
        {
            "rule": "posture",
            "session": "C.1",
            "reason": "Session C.1 is forbidden at S by FTM-D-001: order of the commander.",
            "order": "FTM-D-001",
        }
    ]


def test_why_a_session_moved_far_or_is_unplaced_is_told(
    problem: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"format": "cadre-plan-1", "placements": []}))
    call_command("plan-check", str(problem), str(plan), "--why")
    told = capsys.readouterr().out
    assert "C.2 is unplaced. Session C.1, which comes before it, is unplaced." in told
    assert "Lifting FTM-D-001 from 2020-01-06 places 2 sessions." in told


def test_a_plan_can_be_gone_on_from(problem: Path, tmp_path: Path) -> None:
    plan, again = tmp_path / "plan.json", tmp_path / "again.json"
    call_command("plan", str(problem), "--rounds", "1", "--out", str(plan))
    call_command("plan", str(problem), "--rounds", "1", "--start", str(plan), "--out", str(again))
    assert checked(problem, again)[1]["total"] == 5


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "could not be read: No such file or directory."),
        ("{", "Line 1, column 2: this is not JSON"),
        ("[]", "The file has to hold one JSON object."),
        ("{}", '"format" has to be "cadre-problem-1".'),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, text: str | None, sentence: str
) -> None:
    path = tmp_path / "problem.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(CommandError) as caught:
        call_command("plan", str(path))
    assert (sentence in str(caught.value), caught.value.returncode) == (True, 2)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match=r"is no text in UTF-8\."):
        call_command("plan", str(path))
