"""`./cadre posture`: part of the promise, so its form stays."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.core.moments import Moment
from cadre.directives.outgoing import RulingOut, ruled
from cadre.directives.queries import Question
from cadre.launch.commands import Command as Base


class Command(Base):
    help = "Say what may go on for a line of a mission at a moment, and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mission", required=True, help="code of the mission, for example NMI")
        parser.add_argument("--line", required=True, help="activity line, for example training")
        parser.add_argument("--site", default="", help="code of a site; without: the whole mission")
        parser.add_argument("--nation", default="", help="code of a nation; without: all of them")
        add_reading_arguments(parser, on_required=True)

    def handle(self, *_args: object, **options: object) -> None:
        question = Question(
            str(options["mission"]),
            str(options["line"]),
            str(options["site"]),
            str(options["nation"]),
        )
        asked = reading(options)
        if asked.on is None:
            raise CommandError("A posture is asked for a moment.", returncode=2)
        with seen_as(asked.account) as viewer:
            ruling = ruled(viewer, question, on=asked.on, known_on=asked.known_on)
        if asked.as_json:
            self.print_json(ruling.model_dump())
        else:
            self.stdout.write(in_words(ruling))


def in_words(ruling: RulingOut) -> str:
    lines = [ruling.posture]
    if ruling.lower != ruling.upper:
        lines[0] += f" (between {ruling.lower} and {ruling.upper})"
    for reason in ruling.because:
        kind = {True: "temporary", False: "not temporary", None: "temporary or not: not stated"}
        reach = f"{reason.certainty} in part" if reason.partly else reason.certainty
        effective = Moment.parse(reason.effective or "")
        lines.append(
            f"  {reach} {reason.effect} by {reason.authority} ({reason.directive}),"
            f" effective {effective}, {kind[reason.temporary]}\n"
            f"      {reason.reason or 'reason not stated'} [{', '.join(reason.claims)}]"
        )
    lines += [f"  no {part} of this name is on record" for part in ruling.not_on_record]
    if not ruling.basis:
        lines.append("  no authorisation on record opens this line")
    if ruling.differs:
        lines.append("  it differs within the mission: ask with --site and --nation")
    return "\n".join(lines)
