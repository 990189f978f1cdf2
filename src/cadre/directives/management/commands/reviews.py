"""`./cadre reviews`: which are due, the agenda of the next one, and holding it."""

import argparse
from argparse import ArgumentParser
from datetime import datetime

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives import actions, queries
from cadre.directives.forms.reviewing import ReviewForm, RhythmForm
from cadre.directives.management.typed import the_directive
from cadre.directives.outgoing import review_due_out
from cadre.directives.queries import World
from cadre.directives.queries.reviews import Agenda, agenda
from cadre.directives.schemas import ReviewDueOut
from cadre.mission.doors import email, now
from cadre.mission.management.typed import (
    FormCommand,
    Options,
    add_acting_arguments,
    add_fields,
    the_mission,
    typed,
)

EXAMPLE = 'outcome=keep reason="Nothing has changed." next_at=2020-01-08T18:00Z last=ID'
MINUTE = "%Y-%m-%dT%H:%MZ"


class Command(FormCommand):
    help = "List the reviews that are due, overdue first; show an agenda; hold one; set the rhythm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_reading_arguments(parser)
        words = parser.add_subparsers(dest="word", metavar="WORD")
        # What is left out after the word keeps what was said before it.
        unsaid = argparse.SUPPRESS
        before = words.add_parser(
            "agenda", help="what the next review has before it", argument_default=unsaid
        )
        before.add_argument("number", help="of a directive, for example NMI-D-2020-001")
        add_reading_arguments(before)
        hold = words.add_parser("hold", help="hold a review", argument_default=unsaid)
        hold.add_argument("number", help="of a directive")
        add_fields(hold, ReviewForm, EXAMPLE)
        add_acting_arguments(hold)
        pace = words.add_parser(
            "rhythm", help="set how often a mission reviews", argument_default=unsaid
        )
        pace.add_argument("mission", help="for example NMI")
        add_fields(pace, RhythmForm, "first_hours=24 then_hours=24 then_days=7 later_hours=168")
        add_acting_arguments(pace)

    def handle(self, *_args: object, **options: object) -> None:
        act = {"agenda": self.agenda, "hold": self.hold, "rhythm": self.rhythm}.get(
            str(options["word"]), self.due
        )
        with seen_as(email(options["as_account"])) as viewer:
            act(viewer, options)

    def due(self, viewer: Viewer, options: Options) -> None:
        asked = reading(options)
        world = World(viewer, known_on=asked.known_on or now())
        found = queries.reviews_due(world, asked.on or now())
        out = [review_due_out(each) for each in found]
        if asked.as_json:
            self.print_json([each.model_dump() for each in out])
        else:
            self.stdout.write("\n".join(map(due_in_words, out)) or "No directive is in force.")

    def agenda(self, viewer: Viewer, options: Options) -> None:
        asked, row = reading(options), the_directive(viewer, options["number"])
        moments = {"on": asked.on or now(), "known_on": asked.known_on or now()}
        before = agenda(viewer, row, **moments)
        last = queries.reviews(viewer, row, **moments).last
        if asked.as_json:
            self.print_json(before.as_kept() | {"next_by": before.next_by, "last": last})
        else:
            self.stdout.write(agenda_in_words(before, last))

    def hold(self, viewer: Viewer, options: Options) -> None:
        row = the_directive(viewer, options["number"])
        require(viewer, "directives.review", row.mission.code)
        form = ReviewForm(viewer, typed(ReviewForm, options["fields"]))

        def act(at: datetime) -> object:
            before = agenda(viewer, row, on=at, known_on=None)
            return actions.hold_review(row, form.new(before), by=viewer, at=at)

        self.done(form, act, options)

    def rhythm(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "directives.rhythm", mission.code)
        form = RhythmForm(viewer, typed(RhythmForm, options["fields"]))

        def act(at: datetime) -> object:
            chosen, seen = dict(form.cleaned_data), form.cleaned_data["seen"]
            del chosen["seen"]
            return actions.set_rhythm(mission, chosen, seen=seen, by=viewer, at=at)

        self.done(form, act, options)


def due_in_words(each: ReviewDueOut) -> str:
    due = f"due at {each.due:{MINUTE}}, by {each.owner}" if each.due else "no date is stated"
    return f"{'overdue: ' if each.overdue else ''}{each.directive}: {due}"


def agenda_in_words(before: Agenda, last: str) -> str:
    lines = [f"Put on record since {before.since:{MINUTE}}:"]
    lines += [f"  {each.at:{MINUTE}} {each.what}: {each.text}" for each in before.changes]
    lines += ["  nothing"] if not before.changes else []
    lines += ["Restart conditions:"]
    lines += [f"  {each.standing.state}: {each.text}" for each in before.conditions]
    lines += ["  none is written"] if not before.conditions else []
    for each in before.going_stale:
        lines.append(f"Will not hold until the next review: {each.text}")
    lines.append(f"The next review is to be held by {before.next_by:{MINUTE}}.")
    lines.append(f"The latest review: {last}" if last else "No review was held yet.")
    return "\n".join(lines)
