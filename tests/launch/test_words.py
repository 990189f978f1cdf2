"""Errors of the command line: one sentence, an exit code, nothing else."""

import json
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db.utils import OperationalError

from cadre import __version__
from cadre.launch.commands import Command, run
from cadre.launch.dispatch import main
from cadre.launch.refusal import Refusal


class Count(Command):
    help = "Counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--unknown", action="store_true")
        parser.add_argument("--unreachable", action="store_true")

    def handle(self, *_args: object, **options: object) -> None:
        if options["unknown"]:
            raise CommandError("There is no such mission.")
        if options["unreachable"]:
            raise OperationalError("connection refused\nmore of it")
        self.print_json({"number": options["number"], "name": "الأول"})


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            [],
            2,
            (
                "./cadre count: the following arguments are required: number"
                " (see ./cadre count --help)."
            ),
        ),
        (
            ["x"],
            2,
            "./cadre count: argument number: invalid int value: 'x' (see ./cadre count --help).",
        ),
        (["1", "--unknown"], 2, "There is no such mission."),
        (["1", "--unreachable"], 1, "The database could not do this: connection refused."),
    ],
)
def test_what_a_command_cannot_do_it_says_in_one_sentence(
    arguments: list[str], code: int, sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        run(Count(), "count", arguments)

    assert (refused.value.code, refused.value.sentence) == (code, sentence)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["--version"]), capsys.readouterr().out) == (0, f"Cadre {__version__}\n")


def test_json_keeps_every_script_as_it_is() -> None:
    out = StringIO()

    run(Count(stdout=out), "count", ["1"])

    assert json.loads(out.getvalue()) == {"number": 1, "name": "الأول"}
    assert "الأول" in out.getvalue()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["dmeo"],
            "There is no command 'dmeo'; did you mean demo? See ./cadre --help.",
        ),
        (
            ["demo", "--port", "80x"],
            (
                "./cadre demo: argument --port: '80x' is not a port between 1 and 65535"
                " (see ./cadre demo --help)."
            ),
        ),
        (
            ["check", "nothing"],
            "There is no step 'nothing'; the steps are ",
        ),
        (["backup", "/nonexistent/file"], "There is no folder /nonexistent."),
        (["restore", "/nonexistent/file"], "There is no file /nonexistent/file."),
    ],
)
def test_a_word_that_cannot_be_read_is_answered_with_one_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(words)

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err.startswith(sentence)
    assert len(said.err.splitlines()) == 1


def test_help_makes_and_starts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CADRE_DATA", str(tmp_path / "data"))

    with pytest.raises(SystemExit) as left:
        main(["ask", "--help"])

    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("usage: ./cadre ask ")
    assert not (tmp_path / "data").exists()
