"""`./cadre impact NMI --lines training`: what a stop would stop, before anybody signs it."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.management.base import CommandError

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.actions.checks import Names
from cadre.directives.forms.composed import before_signing
from cadre.directives.queries import composing
from cadre.launch.commands import Command as Base
from cadre.mission.doors import now
from cadre.mission.queries import missions
from cadre.training import queries
from cadre.training.outgoing import ImpactOut, WindowOut, codes, impact_out

LIMITS = {
    "lines": "activity lines, for example training,advising",
    "sites": "sites, each with everything that lies in it",
    "nations": "nations whose people it would be for",
    "units": "units of the host nation",
    "people": "people, by code",
    "hours": "hours of the week, for example mon-08,mon-09",
}


class Command(Base):
    help = "Count what a stop would stop: now, in 72 hours, in 14 and in 90 days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mission", nargs="?", default="", help="for example NMI")
        for name, which in LIMITS.items():
            parser.add_argument(
                f"--{name}", default="", metavar="CODES", help=f"{which}; without: all"
            )
        parser.add_argument("--draft", type=UUID, metavar="ID", help="of this draft instead")
        add_reading_arguments(parser)

    def handle(self, *_args: object, **options: object) -> None:
        asked, draft = reading(options), options["draft"]
        on, known_on = asked.on or now(), asked.known_on or now()
        if bool(options["mission"]) == isinstance(draft, UUID):
            raise CommandError("Name either a mission or a draft.", returncode=2)
        with seen_as(asked.account) as viewer:
            scope = (
                of_draft(viewer, draft, options, at=on)
                if isinstance(draft, UUID)
                else of_mission(viewer, options)
            )
            out = impact_out(queries.impact(viewer, scope, at=on, known_on=known_on))
        if asked.as_json:
            self.print_json(out.model_dump())
        else:
            self.stdout.write(in_words(out))


def of_mission(viewer: Viewer, options: Mapping[str, object]) -> Scope:
    """The scope that the options name. Raises Refused for the first name not on record."""
    code = str(options["mission"])
    if missions.find(viewer, code) is None:
        raise CommandError(f"There is no mission {code} on record.", returncode=2)
    scope = Scope(code, **{name: codes(str(options[name])) for name in LIMITS})
    Names.of([scope]).require(scope)
    return scope


def of_draft(viewer: Viewer, draft: UUID, options: Mapping[str, object], *, at: datetime) -> Scope:
    """The scope that a draft says. Raises CommandError for one that says none, and for two."""
    for name in LIMITS:
        if options[name]:
            raise CommandError(f"A draft says its own scope: leave --{name} out.", returncode=2)
    row = composing.draft(viewer, draft)
    if row is None:
        raise CommandError(f"There is no draft {draft} on record.", returncode=2)
    before = before_signing(viewer, row, at=at)
    if before.new is None:
        raise CommandError(
            f"The draft cannot be read as a directive: {before.problems[0]}", returncode=2
        )
    return before.new.scope


def in_words(out: ImpactOut) -> str:
    lines = [line for each in out.windows for line in window_in_words(each)]
    overlaps = ", ".join(out.overlaps) or "none"
    return "\n".join([*lines, f"directives in force that overlap: {overlaps}"])


def window_in_words(each: WindowOut) -> list[str]:
    counted = (
        f"sessions {each.sessions}, engagements {each.engagements},"
        f" of these stopped already {each.stopped_already}, institutions {each.institutions},"
        f" trainees {trainees(each)}, people {each.people},"
        f" of these away from base {each.away_from_base}"
    )
    lines = [f"{each.window}: {counted}"]
    for title, counts in (("nation", each.people_by_nation), ("base", each.people_by_site)):
        if counts:
            numbers = ", ".join(f"{name} {number}" for name, number in counts.items())
            lines.append(f"  people by {title}: {numbers}")
    return lines


def trainees(each: WindowOut) -> str:
    if each.trainees is None:
        return "not stated" if each.courses_without_number else "0"
    return f"at least {each.trainees}" if each.courses_without_number else str(each.trainees)
