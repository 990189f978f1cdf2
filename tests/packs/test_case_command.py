"""`./cadre case` tells everything in sentences and by its exit code."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cadre.core.releasability import Viewer
from cadre.packs.management.commands.case import Command
from cadre.record.models import Claim
from tests.packs.conftest import SOUND, Write

type Run = Callable[..., tuple[str, str, int]]


@pytest.fixture
def run() -> Run:
    """Runs the command; what it printed on each stream, and its exit code."""

    def ran(*words: object) -> tuple[str, str, int]:
        out, err = StringIO(), StringIO()
        try:
            call_command("case", *map(str, words), stdout=out, stderr=err)
        except CommandError as error:
            return out.getvalue(), f"{err.getvalue()}{error}\n", error.returncode
        return out.getvalue(), err.getvalue(), 0

    return ran


def test_check_counts_the_rows_of_a_sound_pack(run: Run, write: Write) -> None:
    out, err, code = run("check", write())
    assert (err, code) == ("", 0)
    assert out.splitlines()[0] == "sound: A sound pack"
    assert out.splitlines()[-2:] == [
        "Subjects without a title in subjects.tsv: school.",
        "No problem was found.",
    ]


def test_check_needs_no_database(run: Run, write: Write) -> None:
    """No fixture lets this test reach one, and the launcher is told not to start one."""
    command = Command()
    command.create_parser("./cadre", "case").parse_args(["check", "somewhere"])
    assert command.needs_database is False
    command.create_parser("./cadre", "case").parse_args(["load", "somewhere"])
    assert command.needs_database is True
    assert run("check", write())[2] == 0


def test_check_tells_every_problem_and_how_many(run: Run, write: Write) -> None:
    claims = SOUND["claims.tsv"].replace("open", "").replace("about 40", "")
    folder = write({"claims.tsv": claims})
    assert run("check", folder) == (
        "",
        (
            "claims.tsv, line 2: value is empty, and every row needs it.\n"
            "claims.tsv, line 3: value is empty, and every row needs it.\n"
            f"{folder}: 2 problems; nothing was loaded.\n"
        ),
        2,
    )


def test_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    assert run("check", folder) == ("", f"There is no folder “{folder}”.\n", 2)


def test_folder_is_needed(run: Run) -> None:
    out, err, code = run("load")
    assert (out, code, err.count("\n")) == ("", 2, 1)
    assert "the following arguments are required: DIR" in err


def test_load_tells_what_it_added_and_then_that_nothing_changed(
    run: Run, write: Write, operator: Viewer
) -> None:
    out, _err, code = run("load", write())
    assert (out.splitlines()[:3], code) == (
        ["Loaded sound: A sound pack", "        1  sources.tsv", "        2  claims.tsv"],
        0,
    )
    assert run("load", write()) == ("sound is already loaded, nothing changed.\n", "", 0)


def test_load_of_a_changed_row_is_refused(run: Run, write: Write, operator: Viewer) -> None:
    run("load", write())
    folder = write({"claims.tsv": SOUND["claims.tsv"].replace("open", "closed")})
    out, err, code = run("load", folder)
    assert (out, code) == ("", 2)
    assert err.startswith("claims.tsv, line 2: value is not what it was when this row was loaded;")
    assert Claim.objects.get(reference="C1").value == "open"


def test_format_prints_every_file(run: Run) -> None:
    out, _err, code = run("format")
    assert ("### `claims.tsv`" in out, "### `lifts.tsv`" in out, code) == (True, True, 0)
