"""`./cadre order`: the text of an order, and the way from a draft to a signed directive."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.management.base import CommandError

from cadre.access.doors import add_reading_arguments, moment, reading, seen_as
from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives import actions, queries
from cadre.directives.forms.issuing import DirectiveForm
from cadre.directives.forms.receiving import ReceiptForm
from cadre.directives.forms.reporting import ReportedDirectiveForm, ReportedLiftForm
from cadre.directives.management.typed import the_directive
from cadre.directives.outgoing import draft_out, line_out, order_out
from cadre.directives.paper import pdf
from cadre.directives.queries import composing
from cadre.directives.queries.receipts import addressees
from cadre.directives.schemas import DirectiveLine, DraftOut
from cadre.directives.wording import LANGUAGES, Order, order
from cadre.mission.doors import email, now
from cadre.mission.doors import moment as moment_in
from cadre.mission.forms.sent import retyped
from cadre.mission.management.typed import (
    FormCommand,
    Options,
    add_acting_arguments,
    add_fields,
    the_mission,
    there,
    typed,
)
from cadre.mission.queries.versions import fingerprint

EXAMPLE = 'kind=order effect=2 lines=training protective_action="Stay inside."'

ABOUT = {"mission": "for example NMI", "number": "of a directive, for example NMI-D-2020-001"}
# The words that record what others did: what they do, about what, the form, an example.
WORDS = (
    ("received", "record that an addressee received a directive", "number", ReceiptForm,
     "addressee=nation:DE received_at=2020-01-06T18:10Z received_by=Ada"),
    ("report", "record a directive that somebody reported", "mission", ReportedDirectiveForm,
     "number=R-1 effect=2 authority=Headquarters lines=training effective=2020-01-06"),
    ("lifted", "record a lift that somebody reported", "number", ReportedLiftForm,
     "number=L-1 authority=Headquarters effective=2020-02-12"),
)  # fmt: skip  # a table reads best as one


class Command(FormCommand):
    help = "Read an order; compose and sign a directive; record what was reported or received."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
        show = words.add_parser("show", help="print the short text of an order")
        show.add_argument("number", help="for example NMI-D-2020-001")
        show.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of it")
        show.add_argument("--pdf", type=Path, metavar="FILE", help="write it there as a PDF")
        add_reading_arguments(show)
        listing = words.add_parser("list", help="list every directive")
        listing.add_argument(
            "--known-on", type=moment, metavar="MOMENT", help="known on this moment"
        )
        add_acting_arguments(listing)
        draft = words.add_parser("draft", help="keep a draft, which stops nothing yet")
        draft.add_argument("mission", help="for example NMI")
        add_fields(draft, DirectiveForm, EXAMPLE)
        add_acting_arguments(draft)
        drafts = words.add_parser("drafts", help="list the drafts, and what each of them lacks")
        add_acting_arguments(drafts)
        sign = words.add_parser("sign", help="sign a draft: from then on it is in force")
        sign.add_argument("draft", type=UUID, help="its id")
        sign.add_argument(
            "--seen", default="", metavar="VERSION", help="only if it is still this version of it"
        )
        add_acting_arguments(sign)
        for word, does, about, form, example in WORDS:
            below = words.add_parser(word, help=does)
            below.add_argument(about, help=ABOUT[about])
            add_fields(below, form, example)
            add_acting_arguments(below)

    def handle(self, *_args: object, **options: object) -> None:
        act = {
            "show": self.show,
            "list": self.listing,
            "draft": self.draft,
            "drafts": self.drafts,
            "sign": self.sign,
            "received": self.received,
            "report": self.report,
            "lifted": self.lifted,
        }[str(options["word"])]
        with seen_as(email(options["as_account"])) as viewer:
            act(viewer, options)

    def show(self, viewer: Viewer, options: Options) -> None:
        asked, number = reading(options), str(options["number"])
        on, known_on = asked.on or now(), asked.known_on or now()
        found = there(
            order(viewer, number, str(options["lang"]), on=on, known_on=known_on),
            f"directive {number}",
        )
        if isinstance(path := options["pdf"], Path):
            written(found, path)
        if asked.as_json:
            self.print_json(order_out(found).model_dump())
        else:
            self.stdout.write(f"Written to {path}." if path else found.as_text())

    def listing(self, viewer: Viewer, options: Options) -> None:
        known_on: datetime = moment_in(options["known_on"]) or now()
        found = queries.directives(viewer, known_on=known_on)
        lines = [line_out(each.row, each.effective) for each in found]
        if options["json"]:
            self.print_json([each.model_dump() for each in lines])
        else:
            self.stdout.write("\n".join(map(line_in_words, lines)) or "No directive is on record.")

    def draft(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "directives.draft", mission.code)
        form = DirectiveForm(viewer, mission, typed(DirectiveForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.write_draft(mission, form.composed(), by=viewer, at=at),
            options,
            "Draft %s. It stops nothing until it is signed.",
        )

    def drafts(self, viewer: Viewer, options: Options) -> None:
        lines = [draft_out(viewer, each, at=now()) for each in composing.drafts(viewer)]
        if options["json"]:
            self.print_json([each.model_dump() for each in lines])
        else:
            self.stdout.write(
                "\n".join(map(draft_in_words, lines)) or "No draft waits for a signature."
            )

    def sign(self, viewer: Viewer, options: Options) -> None:
        row = UUID(str(options["draft"]))
        found = there(composing.draft(viewer, row), f"draft {row}")
        seen = str(options["seen"]) or fingerprint(found)
        form = DirectiveForm(viewer, found.mission, retyped(found.content))
        self.done(
            form,
            lambda at: actions.sign(found, form.new(), seen=seen, by=viewer, at=at),
            options,
            "Signed as %s.",
        )

    def received(self, viewer: Viewer, options: Options) -> None:
        row = the_directive(viewer, options["number"])
        require(viewer, "directives.receive", row.mission.code)
        form = ReceiptForm(viewer, typed(ReceiptForm, options["fields"]))
        everybody = addressees(viewer, row, on=now(), known_on=None)
        form.offer([each for each in everybody if each.receipt is None])
        self.done(form, lambda at: actions.receive(row, form.new(), by=viewer, at=at), options)

    def report(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "directives.report", mission.code)
        fields = typed(ReportedDirectiveForm, options["fields"])
        fields.setdefault("reason_code", "not_stated")
        form = ReportedDirectiveForm(viewer, mission, fields)
        self.done(
            form,
            lambda at: actions.report_order(form.new(), form.clocks(), by=viewer, at=at),
            options,
        )

    def lifted(self, viewer: Viewer, options: Options) -> None:
        row = the_directive(viewer, options["number"])
        require(viewer, "directives.report", row.mission.code)
        form = ReportedLiftForm(viewer, row, typed(ReportedLiftForm, options["fields"]))
        self.done(form, lambda at: actions.report_end(form.new(), by=viewer, at=at), options)


def written(found: Order, path: Path) -> None:
    paper = pdf(found)
    try:
        path.write_bytes(paper)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.", returncode=2) from error


def line_in_words(line: DirectiveLine) -> str:
    effective = line.effective or "from when is not stated"
    return f"{line.number}: {line.effect} by {line.authority}, {effective}"


def draft_in_words(draft: DraftOut) -> str:
    lines = [f"{draft.id}: {draft.title} ({draft.mission}), version {draft.seen}"]
    lines += [f"  {sentence}" for sentence in (*draft.missing, draft.refusal) if sentence]
    return "\n".join(lines)
