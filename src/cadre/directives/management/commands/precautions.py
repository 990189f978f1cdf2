"""`./cadre precautions`: lists with how each item stands, opened, reported and closed."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django import forms
from django.core.management.base import CommandError

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.forms.precautions import (
    CloseForm,
    ItemForm,
    OpenForm,
    ReportForm,
    TemplateForm,
)
from cadre.directives.outgoing_precautions import ChecklistOut, checklist_out
from cadre.directives.paper import pdf
from cadre.directives.queries import lookups
from cadre.directives.queries.precautions import ChecklistRead, checklist, checklists
from cadre.directives.sheets import sheet
from cadre.mission.doors import email, now
from cadre.mission.management.typed import (
    FormCommand,
    Options,
    add_acting_arguments,
    add_fields,
    the_mission,
    there,
    typed,
)

MINUTE = "%Y-%m-%dT%H:%MZ"

ABOUT = {
    "mission": "for example NMI",
    "number": "of a list, for example NMI-P-2020-001",
    "site": "its code",
    "file": "the PDF to write",
    "template": "the code of a usual list",
    "item": "its id, as `./cadre precautions show --json` tells it",
}
READING: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("list", "the lists of a mission", ("mission",)),
    ("show", "one list, the most urgent item first", ("number",)),
    ("print", "the page of one site as a PDF", ("number", "site", "file")),
)
# The words that fill in a form: what they do, about what, the form, an example.
WRITING: tuple[tuple[str, str, tuple[str, ...], type[forms.Form], str], ...] = (
    ("open", "open a list", ("mission",), OpenForm, "template=shock sites=site-01"),
    ("usual", "write a usual list", ("mission",), TemplateForm,
     'code=shock title="After a shock" trigger=stop example=after-a-shock'),
    ("item", "add something to be done to a usual list", ("mission", "template"), ItemForm,
     'text="Guards out." owner=Guard due_minutes=10 each=site'),
    ("report", "report how an item stands", ("item",), ReportForm,
     "outcome=done occurred_at=2020-01-06T18:10Z done_by=Ada"),
    ("close", "close a list; nothing becomes done", ("number",), CloseForm, 'reason="All clear."'),
)  # fmt: skip  # a table reads best as one


class Command(FormCommand):
    help = "Show, open, report and close lists of precautions; print the page of a site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
        for word, does, about in READING:
            below = words.add_parser(word, help=does)
            for name in about:
                below.add_argument(name, help=ABOUT[name])
            add_reading_arguments(below)
        for word, does, about, form, example in WRITING:
            below = words.add_parser(word, help=does)
            for name in about:
                below.add_argument(name, help=ABOUT[name])
            add_fields(below, form, example)
            add_acting_arguments(below)

    def handle(self, *_args: object, **options: object) -> None:
        words = {
            "list": self.lists, "show": self.show, "print": self.paper, "open": self.opened,
            "usual": self.usual, "item": self.item, "report": self.report, "close": self.close,
        }  # fmt: skip  # a table reads best as one
        with seen_as(email(options["as_account"])) as viewer:
            words[str(options["word"])](viewer, options)

    def lists(self, viewer: Viewer, options: Options) -> None:
        asked, mission = reading(options), the_mission(viewer, options["mission"])
        moments = {"on": asked.on or now(), "known_on": asked.known_on or now()}
        found = [checklist_out(each) for each in checklists(viewer, mission=mission, **moments)]
        if asked.as_json:
            self.print_json([each.model_dump() for each in found])
        else:
            self.stdout.write("\n".join(map(line_of, found)) or "No list was ever opened.")

    def show(self, viewer: Viewer, options: Options) -> None:
        found = checklist_out(read(viewer, options))
        if reading(options).as_json:
            self.print_json(found.model_dump())
        else:
            self.stdout.write(in_words(found))

    def paper(self, viewer: Viewer, options: Options) -> None:
        found = read(viewer, options)
        items = there(found.at(str(options["site"])) or None, f"site {options['site']} in it")
        try:
            Path(str(options["file"])).write_bytes(pdf(sheet(found, items, "en")))
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"Written: {options['file']}.")

    def opened(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "precautions.open", mission.code)
        form = OpenForm(viewer, mission, typed(OpenForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.open_checklist(mission, form.new(), by=viewer, at=at),
            options,
            "Opened: %s.",
        )

    def usual(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "precautions.write", mission.code)
        form = TemplateForm(viewer, mission, typed(TemplateForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.write_template(mission, form.new(), by=viewer, at=at),
            options,
        )

    def item(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "precautions.write", mission.code)
        code = str(options["template"])
        row = there(lookups.templates_named(viewer, mission).get(code), f"usual list {code}")
        form = ItemForm(viewer, typed(ItemForm, options["fields"]))
        self.done(form, lambda at: actions.add_item(row, form.new(), by=viewer, at=at), options)

    def report(self, viewer: Viewer, options: Options) -> None:
        try:
            row = UUID(str(options["item"]))
        except ValueError as error:
            raise CommandError(f"“{options['item']}” is no id of an item.", returncode=2) from error
        item = there(lookups.precaution(viewer, row), "such item")
        require(viewer, "precautions.report", item.checklist.mission.code)
        form = ReportForm(viewer, typed(ReportForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.report_precaution(item, form.new(), by=viewer, at=at),
            options,
        )

    def close(self, viewer: Viewer, options: Options) -> None:
        number = str(options["number"])
        row = there(lookups.checklist(viewer, number), f"list {number}")
        form = CloseForm(viewer, typed(CloseForm, options["fields"]))

        def act(at: datetime) -> object:
            reason = form.cleaned_data["reason"]
            actions.close_checklist(row, reason, by=viewer, at=at)
            return row

        self.done(form, act, options, "Closed: %s. What was open in it stays so.")


def read(viewer: Viewer, options: Options) -> ChecklistRead:
    asked, number = reading(options), str(options["number"])
    moments = {"on": asked.on or now(), "known_on": asked.known_on or now()}
    return there(checklist(viewer, number, **moments), f"list {number}")


def line_of(each: ChecklistOut) -> str:
    settled = sum(tally.settled for tally in each.by_site)
    wanting = sum(tally.overdue + tally.escalated + tally.cannot for tally in each.by_site)
    closed = ", closed" if each.closed else ""
    total = len(each.items)
    return f"{each.number}: {each.title}, {settled} of {total} settled, {wanting} overdue{closed}"


def in_words(found: ChecklistOut) -> str:
    lines = [line_of(found)]
    for each in found.items:
        where = f"{each.site} {each.nation}".rstrip()
        lines.append(
            f"  {each.state}: {each.text} ({where}, {each.with_whom}, {each.due:{MINUTE}})"
        )
    return "\n".join(lines)
