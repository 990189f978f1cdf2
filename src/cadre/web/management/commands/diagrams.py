"""`./cadre diagrams`: the pages of the reference that are drawn from the code."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings

from cadre.launch.commands import Command as Base
from cadre.web.drawing import pages

FOLDER = Path("docs") / "reference"


class Command(Base):
    help = "Draw the pages of the reference that come from the code; --check says what is stale."
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail where a page is stale"
        )

    def handle(self, *_args: object, **options: object) -> None:
        folder = settings.ROOT / FOLDER
        drawn = {folder / name: text for name, text in pages().items()}
        stale = [
            path for path, text in drawn.items() if not path.exists() or path.read_text() != text
        ]
        for path in stale:
            if options["check"]:
                self.stdout.write(f"{FOLDER / path.name} is stale; run ./cadre diagrams.")
            else:
                path.write_text(drawn[path])
                self.stdout.write(f"{FOLDER / path.name} is drawn.")
        if not stale:
            self.stdout.write("Every page is as the code has it.")
        elif options["check"]:
            raise SystemExit(1)
