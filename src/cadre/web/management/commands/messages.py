"""`./cadre messages`: the catalogues of the languages that pages speak."""

from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from cadre.launch.commands import Command as Base

FAILED = 1


class Command(Base):
    help = "Collect the texts of all pages and compile their translations; --check judges them."
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; one sentence for each fault"
        )

    def handle(self, *_args: object, **options: object) -> None:
        if find_spec("babel") is None:
            raise CommandError("This needs Babel, which requirements-dev.in names.", returncode=1)
        from cadre.web.messages import catalogue, work  # noqa: PLC0415  Babel is for developers

        places = [
            catalogue.Place(Path(settings.LOCALE_PATHS[0]), language)
            for language, _name in settings.LANGUAGES
            if language != settings.LANGUAGE_CODE
        ]
        if options["check"]:
            self._judge(work.judged(settings.SOURCE, places))
            return
        try:
            for brought in work.brought_up_to_date(settings.SOURCE, places):
                self.stdout.write(str(brought))
        except catalogue.Unreadable as error:
            raise CommandError(f"A catalogue cannot be read: {error}.") from error

    def _judge(self, faults: list[str]) -> None:
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise SystemExit(FAILED)
        self.stdout.write("Every text is translated.")
