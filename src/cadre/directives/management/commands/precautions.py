"""`./cadre precautions`: lists with how each item stands, opened, reported and closed."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.management.base import CommandError

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.forms.precautions import CloseForm, OpenForm, ReportForm, TemplateForm
from cadre.directives.management.typed import (
    FormCommand,
    Options,
    add_acting_arguments,
    add_fields,
    the_mission,
    there,
    typed,
)
from cadre.directives.outgoing_precautions import ChecklistOut, checklist_out
from cadre.directives.paper import pdf
from cadre.directives.queries import lookups
from cadre.directives.queries.precautions import ChecklistRead, checklist, checklists
from cadre.directives.sheets import sheet
from cadre.mission.doors import email, now

MINUTE = "%Y-%m-%dT%H:%MZ"


class Command(FormCommand):
    help = "Show, open, report and close lists of precautions; print the page of a site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
        lists = words.add_parser("list", help="the lists of a mission")
        lists.add_argument("mission", help="for example NMI")
        add_reading_arguments(lists)
        show = words.add_parser("show", help="one list, the most urgent item first")
        show.add_argument("number", help="for example NMI-P-2020-001")
        add_reading_arguments(show)
        paper = words.add_parser("print", help="the page of one site as a PDF")
        paper.add_argument("number", help="of a list")
        paper.add_argument("site", help="its code")
        paper.add_argument("file", help="the PDF to write")
        add_reading_arguments(paper)
        for word, form, about, example in (
            ("open", OpenForm, "open a list", "template=shock sites=site-01"),
            ("usual", TemplateForm, "write a usual list",
             'code=shock title="After a shock" trigger=stop example=after-a-shock'),
        ):  # fmt: skip  # a table reads best as one
            below = words.add_parser(word, help=about)
            below.add_argument("mission", help="for example NMI")
            add_fields(below, form, example)
            add_acting_arguments(below)
        report = words.add_parser("report", help="report how an item stands")
        report.add_argument("item", type=UUID, help="its id, as `show --json` tells it")
        add_fields(report, ReportForm, "outcome=done occurred_at=2020-01-06T18:10Z done_by=Ada")
        add_acting_arguments(report)
        close = words.add_parser("close", help="close a list; nothing becomes done")
        close.add_argument("number", help="of a list")
        add_fields(close, CloseForm, 'reason="All clear."')
        add_acting_arguments(close)

    def handle(self, *_args: object, **options: object) -> None:
        words = {
            "list": self.lists, "show": self.show, "print": self.paper, "open": self.opened,
            "usual": self.usual, "report": self.report, "close": self.close,
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

    def report(self, viewer: Viewer, options: Options) -> None:
        item = there(lookups.precaution(viewer, UUID(str(options["item"]))), "such item")
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
