"""`./cadre case check DIR` and `./cadre case load DIR`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from cadre.core.releasability import OPERATOR
from cadre.launch.commands import Command as SentenceCommand
from cadre.launch.refusal import BAD_INPUT
from cadre.packs import actions
from cadre.packs.checking import check_pack, unnamed_subjects
from cadre.packs.format import TABLES
from cadre.packs.pack import Pack, Problem
from cadre.packs.reading import NotAPack
from cadre.record.actions import Refused

SHOWN = 200  # problems; nobody reads more at once


class Command(SentenceCommand):
    help = "Check a case pack, or load it into the record. See docs/reference/case-format.md."
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what", type=self.what, metavar="check|load", help="only look at it, or load it"
        )
        parser.add_argument("folder", type=Path, metavar="DIR", help="the pack's folder")

    def what(self, text: str) -> str:
        """Only loading needs the database, so only then one is started."""
        if text not in {"check", "load"}:
            raise ValueError(text)
        self.needs_database = text == "load"
        return text

    def handle(self, *_args: object, what: str, folder: Path, **_options: object) -> None:
        try:
            pack, problems = check_pack(folder)
        except NotAPack as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        if problems:
            self.fail(folder, problems)
        if what == "check":
            self.summarise(pack)
        else:
            self.load(folder, pack)

    def fail(self, folder: Path, problems: tuple[Problem, ...] | list[Problem]) -> None:
        for problem in problems[:SHOWN]:
            print(problem, file=sys.stderr)
        if len(problems) > SHOWN:
            print(f"… and {len(problems) - SHOWN} more.", file=sys.stderr)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise CommandError(f"{folder}: {count}; nothing was loaded.", returncode=BAD_INPUT)

    def summarise(self, pack: Pack) -> None:
        self.stdout.write(f"{pack.key}: {pack.description.title}")
        for table in TABLES.values():
            if pack.rows(table.name):
                self.stdout.write(f"  {len(pack.rows(table.name)):>7,}  {table.file}")
        unnamed = unnamed_subjects(pack)
        if unnamed:
            self.stdout.write(f"Subjects without a title in subjects.tsv: {', '.join(unnamed)}.")
        self.stdout.write("No problem was found.")

    def load(self, folder: Path, pack: Pack) -> None:
        try:
            loaded = actions.load(pack, by=OPERATOR, at=datetime.now(tz=UTC))
        except actions.PackRefused as error:
            self.fail(folder, error.problems)
        except Refused as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        else:
            self.tell(pack, loaded)

    def tell(self, pack: Pack, loaded: actions.Loaded) -> None:
        if loaded.nothing:
            self.stdout.write(f"{pack.key} is already loaded, nothing changed.")
        else:
            self.stdout.write(f"Loaded {pack.key}: {pack.description.title}")
            for name, count in loaded.added.items():
                if count:
                    self.stdout.write(f"  {count:>7,}  {TABLES[name].file}")
            for name, count in loaded.changed.items():
                if count:
                    self.stdout.write(f"  {count:>7,}  brought up to date, {TABLES[name].file}")
        if loaded.left:
            self.stdout.write(
                f"Rows on record that the pack has no more: {loaded.left:,}. They stay on record."
            )
