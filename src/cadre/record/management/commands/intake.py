"""`./cadre intake FILE --name NAME`: takes in a document and shows what the rules propose."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from django.core.management.base import CommandError

from cadre.access.doors import seen_as
from cadre.core.moments import Moment, MomentError
from cadre.core.reading import moment_in
from cadre.core.releasability import Classification, Marking
from cadre.launch.commands import Command as Base
from cadre.record.actions import NewSource
from cadre.record.extracting.outcome import LARGEST
from cadre.record.extraction import extract
from cadre.record.intake import actions, queries, reasons
from cadre.record.intake.api import codes, document_out
from cadre.web.clock import default_moment

LEVELS = {level.name.lower(): level for level in Classification}


def published(text: str) -> Moment:
    try:
        return moment_in(text)
    except MomentError as problem:
        raise ArgumentTypeError(str(problem)) from problem


class Command(Base):
    help = "Take in a document: text, HTML or PDF. It becomes numbered sentences with proposals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the document, or - for standard input")
        parser.add_argument("--name", required=True, help="how claims will name it")
        parser.add_argument("--title", default="", help="without one, its own or its first line")
        parser.add_argument("--kind", default="document", help="article, letter, order …")
        parser.add_argument("--author", default="")
        parser.add_argument("--publisher", default="")
        parser.add_argument(
            "--published",
            type=published,
            default=Moment.unknown(),
            metavar="DATE",
            help="its own date, from which a year that it leaves out is read",
        )
        parser.add_argument("--language", default="", help="en, fr, ar")
        parser.add_argument("--classification", choices=sorted(LEVELS), default="unclassified")
        parser.add_argument("--releasable-to", default="", metavar="CODES", help="DE,NATO …")
        parser.add_argument("--communities", default="", metavar="CODES")
        parser.add_argument("--originator", default="", metavar="CODE")
        parser.add_argument("--as", dest="as_account", metavar="EMAIL", help="as this account")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: object, **options: object) -> None:
        content = content_of(str(options["file"]))
        with seen_as(str(options["as_account"]) if options["as_account"] else None) as viewer:
            new = actions.NewDocument(
                source=source_of(options), read=extract(content), file_name=str(options["file"])
            )
            taken = actions.take_in(new, by=viewer, at=default_moment()[0])
            reading = queries.read(viewer, taken)
            answer = document_out(reading)
        if options["json"]:
            self.print_json(answer.model_dump(mode="json"))
        else:
            self.stdout.write(in_words(reading))


def content_of(name: str) -> bytes:
    """What the file holds, no more than may be taken in and one byte, so that more is noticed."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise CommandError(f"{name} cannot be read: {reason}.", returncode=2) from problem


def source_of(options: dict[str, object]) -> NewSource:
    moment = options["published"]
    return NewSource(
        name=str(options["name"]),
        kind=str(options["kind"]),
        title=str(options["title"]),
        author=str(options["author"]),
        publisher=str(options["publisher"]),
        language=str(options["language"]),
        published=moment if isinstance(moment, Moment) else Moment.unknown(),
        marking=Marking(
            classification=LEVELS[str(options["classification"])],
            releasable_to=codes(str(options["releasable_to"])) or None,
            communities=codes(str(options["communities"])),
            originator=str(options["originator"]),
        ),
    )


def in_words(reading: queries.Reading) -> str:
    found = reading.document
    lines = [f"{found.source.name}: {len(found.sentences)} sentences, {found.pk}"]
    for sentence in reading.sentences:
        lines.append(f"{sentence.number} {sentence.text}")
        lines += [
            f"      {each.kind}: {each.wording} = {each.value or 'unclear'}"
            f" · {each.certainty} · {reasons.why(each)}"
            for each in sentence.proposals
        ]
    if reading.pages > 1:
        lines.append(f"The first {len(reading.sentences)} sentences are shown.")
    return "\n".join(lines)
