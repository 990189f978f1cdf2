"""`./cadre case check DIR` and `./cadre case load DIR`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from django.core.management.base import CommandError, CommandParser

from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR
from cadre.launch.commands import Command as SentenceCommand
from cadre.launch.refusal import BAD_INPUT
from cadre.packs import actions
from cadre.packs.checking import Checked, check_pack
from cadre.packs.format import TABLES
from cadre.packs.format.markdown import as_markdown
from cadre.packs.pack import Pack, Problem
from cadre.packs.reading import NotAPack

NAMED = 10  # subjects without a title
SHOWN = 200  # problems; nobody reads more at once


class Command(SentenceCommand):
    help = "Check a case pack, or load it into the record. See docs/reference/case-format.md."
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        words = parser.add_subparsers(dest="what", required=True, metavar="check|load|format")
        check = words.add_parser("check", help="tell every error; needs no database")
        check.add_argument("folder", type=Path, metavar="DIR", help="the pack's folder")
        load = words.add_parser("load", help="put it on record, whole or not at all")
        load.add_argument("folder", type=self.to_load, metavar="DIR", help="the pack's folder")
        words.add_parser("format", help="print which files and columns a pack can have")

    def to_load(self, text: str) -> Path:
        """Only loading needs the database, so only then one is started."""
        self.needs_database = True
        return Path(text)

    def handle(self, *_args: object, what: str, **options: object) -> None:
        folder = options.get("folder")
        if isinstance(folder, Path):
            self.look_at(what, folder)
        else:
            self.stdout.write(as_markdown(list(TABLES.values())))

    def look_at(self, what: str, folder: Path) -> None:
        try:
            checked = check_pack(folder)
        except NotAPack as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        if checked.problems:
            self.fail(folder, checked.problems)
        if what == "check":
            self.summarise(checked)
        else:
            self.load(folder, checked.pack)

    def fail(self, folder: Path, problems: Sequence[Problem]) -> NoReturn:
        for problem in problems[:SHOWN]:
            self.stderr.write(str(problem))
        if len(problems) > SHOWN:
            self.stderr.write(f"… and {len(problems) - SHOWN} more.")
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise CommandError(f"{folder}: {count}; nothing was loaded.", returncode=BAD_INPUT)

    def summarise(self, checked: Checked) -> None:
        pack = checked.pack
        self.stdout.write(f"{pack.key}: {pack.description.title}")
        for table in TABLES.values():
            if pack.rows(table.name):
                self.stdout.write(f"  {len(pack.rows(table.name)):>7,}  {table.file}")
        if checked.untitled:
            names = ", ".join(checked.untitled[:NAMED])
            more = len(checked.untitled) - NAMED
            rest = f" and {more:,} more" if more > 0 else ""
            self.stdout.write(f"Subjects without a title in subjects.tsv: {names}{rest}.")
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
