"""What the commands about people have in common: tables of words, files, moments."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from django import forms
from django.core.management.base import CommandError

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.accountability.papers import Paper, csv_of, pdf
from cadre.accountability.queries.when import When
from cadre.core.releasability import Viewer
from cadre.mission.doors import email, now
from cadre.mission.management.typed import (
    FormCommand,
    Options,
    add_acting_arguments,
    add_fields,
    there,
)
from cadre.mission.queries import people
from cadre.mission.queries.rows import Person

MINUTE = "%Y-%m-%dT%H:%MZ"

type Does = Callable[[Viewer, Options], None]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a command: what it does, about what; for one that changes something the form that
    it fills in, with an example. `changes`: it changes something that no form asks about.
    """

    name: str
    does: str
    about: tuple[str, ...] = ()
    form: type[forms.Form] | None = None
    example: str = ""
    changes: bool = False


def add_words(
    add: Callable[..., ArgumentParser], words: Iterable[Word], about: Mapping[str, str]
) -> None:
    """Adds words to a command by its `add_parser`; `about`: what each of their arguments is."""
    for word in words:
        arguments = add(word.name, help=word.does)
        for name in word.about:
            arguments.add_argument(name, help=about[name])
        if word.form is not None:
            add_fields(arguments, word.form, word.example)
        if word.form is not None or word.changes:
            add_acting_arguments(arguments)
        else:
            add_reading_arguments(arguments)


class WordCommand(FormCommand):
    """A command of several words. `about`: what each argument is; `words`: the table of them."""

    about: ClassVar[Mapping[str, str]]
    words: ClassVar[tuple[Word, ...]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        below = parser.add_subparsers(dest="word", metavar="WORD", required=True)
        add_words(below.add_parser, self.words, self.about)

    def handle(self, *_args: object, **options: object) -> None:
        with seen_as(email(options["as_account"])) as viewer:
            self.doing()[str(options["word"])](viewer, options)

    def doing(self) -> Mapping[str, Does]:
        """What each word does."""
        raise NotImplementedError

    def written(self, paper: Paper, options: Options) -> None:
        """Writes a paper to the file that was named, as CSV if its name says so."""
        file = str(options["file"])
        content = csv_of(paper) if file.lower().endswith(".csv") else pdf(paper)
        try:
            Path(file).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"Written: {file}.")


def when(options: Options) -> When:
    """True on and known on as the arguments ask, asked at the present of this node."""
    asked = reading(options)
    return When(asked.on or now(), asked.known_on, now())


def the_person(viewer: Viewer, code: object) -> Person:
    return there(people.find(viewer, str(code)), f"person {code}")


def the_id(text: object, what: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise CommandError(f"“{text}” is no id of {what}.", returncode=2) from error
