"""What every management command of Cadre inherits: errors of one sentence, and exit codes."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import NoReturn

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
    SystemCheckError,
)
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections
from django.db.utils import DatabaseError, InterfaceError

from cadre.launch.arguments import complaint
from cadre.launch.database.external import first_line
from cadre.launch.refusal import BAD_INPUT, FAILED, Refusal

TABLES_DIFFER = frozenset({"42P01", "42703", "42883"})  # no such table, column or function
MIGRATE = "migrate"
HIDDEN_OPTIONS: tuple[tuple[str, ...], ...] = (("--settings",), ("--pythonpath",))
HIDDEN_FLAGS = ("--traceback", "--no-color", "--force-color")


class SentenceCommandParser(CommandParser):
    """Answers arguments that it cannot read with one sentence, never with a usage dump."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(complaint(self.prog, message), returncode=BAD_INPUT)


class Command(BaseCommand):
    """Base of Cadre's own commands.

    Raise CommandError with one sentence for bad input: exit code 2. A command that ran and found
    something wrong prints its finding and raises SystemExit(1). Where `needs_database` is False
    nothing is started for it.
    """

    requires_system_checks = ()
    needs_database = True

    def create_parser(
        self,
        prog_name: str,  # noqa: ARG002  Django's signature
        subcommand: str,
        **kwargs: object,  # noqa: ARG002  Django's signature
    ) -> SentenceCommandParser:
        """A parser that lists the command's own options only."""
        parser = SentenceCommandParser(
            prog=f"./cadre {subcommand}",
            description=self.help or None,
            formatter_class=DjangoHelpFormatter,
            allow_abbrev=False,
        )
        hidden = argparse.SUPPRESS
        parser.add_argument("-v", "--verbosity", default=1, type=int, choices=range(4), help=hidden)
        for names in HIDDEN_OPTIONS:
            parser.add_argument(*names, help=hidden)
        for name in HIDDEN_FLAGS:
            parser.add_argument(name, action="store_true", help=hidden)
        self.add_arguments(parser)
        return parser

    def print_json(self, value: object) -> None:
        """Write a value for programs to standard output: dates in ISO form, text as it is."""
        self.stdout.write(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))

    def run_from_argv(self, argv: list[str]) -> None:
        """As Django runs it by any other way in, with our sentences."""
        try:
            run(self, argv[1], argv[2:])
        except Refusal as refusal:
            print(refusal.sentence, file=sys.stderr)
            sys.exit(refusal.code)


def run(command: BaseCommand, word: str, arguments: Sequence[str]) -> None:
    """Run any management command; raises Refusal with one sentence when it cannot be done."""
    options = read(command, word, arguments)
    values = vars(options)
    positional = values.pop("args", ())
    try:
        command.execute(*positional, **values)
    except (CommandError, DatabaseError, InterfaceError) as error:
        if values.get("traceback"):
            raise
        raise _refusal_for(error, word) from error
    finally:
        connections.close_all()


def _refusal_for(error: Exception, word: str) -> Refusal:
    if isinstance(error, SystemCheckError):
        return Refusal(str(error), FAILED)
    if isinstance(error, CommandError):
        return Refusal(str(error), max(error.returncode, BAD_INPUT))
    if word != MIGRATE and getattr(error.__cause__, "sqlstate", None) in TABLES_DIFFER:
        sentence = "The database's tables are not those of this Cadre; run ./cadre migrate first."
    else:
        sentence = f"The database could not do this: {first_line(error)}."
    return Refusal(sentence, FAILED)


def read(command: BaseCommand, word: str, arguments: Sequence[str]) -> argparse.Namespace:
    """The command's arguments; raises Refusal with one sentence when they cannot be read."""
    parser = command.create_parser("./cadre", word)
    try:
        return parser.parse_args(list(arguments))
    except CommandError as error:
        if isinstance(parser, SentenceCommandParser):
            raise Refusal(str(error)) from error
        sentence = complaint(f"./cadre {word}", str(error).removeprefix("Error: "))
        raise Refusal(sentence) from error
