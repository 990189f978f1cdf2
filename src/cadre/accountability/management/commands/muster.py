"""`./cadre muster`: opens, shows and closes musters, takes reports, writes PERSTAT and papers."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from cadre.access.permissions import require
from cadre.accountability import actions
from cadre.accountability.forms.musters import CloseForm, OpenForm, TargetsForm
from cadre.accountability.forms.reports import CheckInForm, FollowUpForm, SettleForm
from cadre.accountability.management.words import (
    MINUTE,
    Does,
    Word,
    WordCommand,
    the_id,
    the_person,
    when,
)
from cadre.accountability.outgoing import (
    BoardOfMusterOut,
    CountedMusterOut,
    board_out,
    muster_out,
    perstat_out,
)
from cadre.accountability.papers.perstats import perstat_paper
from cadre.accountability.papers.rosters import call_tree, roster_paper
from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import muster_board
from cadre.accountability.queries.listed import musters
from cadre.accountability.queries.mentions import mention
from cadre.accountability.queries.pages import Page
from cadre.accountability.queries.perstat import Perstat, from_muster, perstat
from cadre.accountability.queries.rows import Channel, Muster
from cadre.accountability.queries.settings import settings_of
from cadre.core.releasability import Viewer
from cadre.mission.forms.sent import retyped
from cadre.mission.management.typed import Options, the_mission, there, typed
from cadre.web import clock

NOBODYS = "-"
WORDS = (
    Word("list", "all musters, those that are open first"),
    Word("show", "the board of a muster, the riskiest first", ("number",)),
    Word("perstat", "PERSTAT as of any minute", ("which",)),
    Word("print-perstat", "PERSTAT as a PDF, or as CSV", ("which", "file")),
    Word("print-roster", "a warden's list to tick as a PDF", ("number", "list", "file")),
    Word("print-tree", "the call tree as a PDF", ("number", "file")),
    Word("open", "open a muster", ("mission",), OpenForm,
         'title="Shots at the gate" sites=site-01 protective_action="Stay inside."'),
    Word("check-in", "report how somebody is", ("number", "person"), CheckInForm,
         "state=safe said_by=Ada how=seen occurred_at=2020-01-06T18:10Z"),
    Word("step", "note what was done about somebody's silence", ("entry",), FollowUpForm,
         "step=call outcome=engaged done_at=2020-01-06T18:20Z"),
    Word("meant", "say who is meant by a name as typed", ("mention",), SettleForm,
         "person=F00195"),
    Word("close", "close a muster; nobody becomes safe", ("number",), CloseForm,
         'reason="All found."'),
    Word("targets", "set a mission's targets and times", ("mission",), TargetsForm,
         "first_share=80 first_minutes=15"),
)  # fmt: skip  # a table reads best as one


class Command(WordCommand):
    help = "Open a muster, show who is outstanding, report, close; PERSTAT and papers."
    words = WORDS
    about: ClassVar[Mapping[str, str]] = {
        "mission": "for example FTM",
        "number": "of a muster, for example FTM-M-2020-001",
        "which": "the number of a muster, or the code of a mission",
        "person": "the code of a person",
        "entry": "the id of a person on the list, as `./cadre muster show --json` tells it",
        "mention": "the id of what was said of somebody by name",
        "list": f"the code of a warden's list; {NOBODYS} for who is on none",
        "file": "the file to write; a name that ends in .csv is written as CSV",
    }

    def doing(self) -> Mapping[str, Does]:
        return {
            "list": self.lists, "show": self.show, "perstat": self.perstat,
            "print-perstat": self.print_perstat, "print-roster": self.print_roster,
            "print-tree": self.print_tree, "open": self.opened, "check-in": self.check_in,
            "step": self.step, "meant": self.meant, "close": self.close, "targets": self.targets,
        }  # fmt: skip  # a table reads best as one

    def lists(self, viewer: Viewer, options: Options) -> None:
        found = [muster_out(each) for each in musters(viewer, when(options))]
        if options["json"]:
            self.print_json([each.model_dump() for each in found])
        else:
            self.stdout.write("\n".join(map(line_of, found)) or "No muster was ever opened.")

    def show(self, viewer: Viewer, options: Options) -> None:
        found = board_out(the_board(viewer, options))
        if options["json"]:
            self.print_json(found.model_dump())
        else:
            self.stdout.write(in_words(found))

    def perstat(self, viewer: Viewer, options: Options) -> None:
        found = perstat_out(the_perstat(viewer, options))
        if options["json"]:
            self.print_json(found.model_dump())
            return
        exercise = "EXERCISE. " if found.exercise else ""
        by = f"by muster {found.muster}" if found.muster else "nobody was asked"
        self.stdout.write(f"{exercise}{found.mission} on {found.on:{MINUTE}}, {by}:")
        for each in [*found.cells, found.whole]:
            asked = "" if each.accounted is None else f", {each.accounted} accounted for"
            where = f"{each.nation} at {each.site or 'not stated'}" if each.nation else "all"
            self.stdout.write(f"  {where}: {each.assigned} assigned, {each.present} present{asked}")

    def print_perstat(self, viewer: Viewer, options: Options) -> None:
        self.written(perstat_paper(the_perstat(viewer, options), "en"), options)

    def print_roster(self, viewer: Viewer, options: Options) -> None:
        page, code = the_board(viewer, options), str(options["list"])
        row = next((each for each in page.lists if each.code == code), None)
        if code != NOBODYS:
            there(row, f"list {code} in this muster")
        self.written(roster_paper(page, row, "en"), options)

    def print_tree(self, viewer: Viewer, options: Options) -> None:
        page = the_board(viewer, options)
        self.written(call_tree(page, page.lists, "en"), options)

    def opened(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        fields = retyped({"counted_kinds": sorted(actions.COUNTED)})
        for name, values in typed(OpenForm, options["fields"]).lists():
            fields.setlist(name, values)
        form = OpenForm(viewer, mission, fields)

        def act(at: datetime) -> object:
            row = actions.open_muster(form.new(), by=viewer, at=at)
            clock.start()
            return row

        self.done(form, act, options)

    def check_in(self, viewer: Viewer, options: Options) -> None:
        muster = the_muster(viewer, options)
        person = the_person(viewer, options["person"])
        fields = retyped({"voice": "other"})
        for name, values in typed(CheckInForm, options["fields"]).lists():
            fields.setlist(name, values)
        form = CheckInForm(viewer, fields)

        def act(at: datetime) -> object:
            actions.check_in(form.new(person, muster, Channel.COMMAND, at=at), by=viewer, at=at)
            return muster

        self.done(form, act, options, "On record in %s.")

    def step(self, viewer: Viewer, options: Options) -> None:
        key = the_id(options["entry"], "a person on a list")
        entry = there(lookups.entry(viewer, key), "such person on a list")
        form = FollowUpForm(viewer, typed(FollowUpForm, options["fields"]))

        def act(at: datetime) -> object:
            told = form.cleaned_data
            return actions.follow_up(
                entry, told["step"], told["outcome"], done_at=told["done_at"], by=viewer, at=at
            )

        self.done(form, act, options)

    def meant(self, viewer: Viewer, options: Options) -> None:
        key = the_id(options["mention"], "what was said of somebody")
        told = there(mention(viewer, key), "such words")
        form = SettleForm(viewer, typed(SettleForm, options["fields"]))

        def act(at: datetime) -> object:
            found = form.cleaned_data
            return actions.settle_mention(told, found["person"], found["note"], by=viewer, at=at)

        self.done(form, act, options)

    def close(self, viewer: Viewer, options: Options) -> None:
        row = the_muster(viewer, options)
        form = CloseForm(viewer, typed(CloseForm, options["fields"]))

        def act(at: datetime) -> object:
            actions.close_muster(row, form.cleaned_data["reason"], by=viewer, at=at)
            return row

        self.done(form, act, options, "Closed: %s. Nobody became safe by that.")

    def targets(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "accountability.settings", mission.code)
        shown = TargetsForm.shows(settings_of(viewer, mission))
        first = {name: "" if value is None else value for name, value in shown.items()}
        fields = retyped(first | {"seen": ""})
        for name, values in typed(TargetsForm, options["fields"]).lists():
            fields.setlist(name, values)
        form = TargetsForm(viewer, fields)
        self.done(
            form, lambda at: actions.set_targets(mission, form.new(), by=viewer, at=at), options
        )


def the_muster(viewer: Viewer, options: Options) -> Muster:
    number = str(options["number"])
    return there(lookups.muster(viewer, number), f"muster {number}")


def the_board(viewer: Viewer, options: Options) -> Page:
    """The board for what is no page: no held name is in it."""
    number = str(options["number"])
    return Page(there(muster_board(viewer, number, when(options)), f"muster {number}"))


def the_perstat(viewer: Viewer, options: Options) -> Perstat:
    which = str(options["which"])
    board = muster_board(viewer, which, when(options))
    if board is not None:
        return from_muster(board.muster.mission, board)
    return perstat(viewer, the_mission(viewer, which), when(options))


def line_of(each: CountedMusterOut) -> str:
    exercise = "EXERCISE " if each.exercise else ""
    begun = f"{exercise}{each.number}: {each.title}"
    if each.figures is None:
        return f"{begun}, closed {each.closed:{MINUTE}} with {each.open_at_end} not resolved"
    figures = each.figures
    share = f"{figures.accounted} of {figures.total} accounted for"
    return f"{begun}, {share}, {figures.outstanding} outstanding"


def in_words(found: BoardOfMusterOut) -> str:
    figures = found.figures
    percent = "–" if figures.percent is None else f"{figures.percent} %"
    lines = ["EXERCISE. Nothing of this is real."] if found.exercise else []
    lines.append(
        f"{found.number}: {percent} accounted for, {figures.accounted} of {figures.total},"
        f" {figures.outstanding} outstanding"
    )
    for aim in found.targets:
        of = "at affected sites " if aim.affected else ""
        lines.append(f"  {aim.percent} % {aim.measure} {of}by {aim.due:{MINUTE}}: {aim.outcome}")
    for each in found.outstanding:
        seen = f", {each.place or 'not stated'} ({each.age})"
        due = f", due: {each.due}" if each.due else ""
        flags = ", contradicted" if each.contradicted else ""
        lines.append(f"  {each.state}: {each.name} ({each.nation}){seen}{flags}{due}")
    lines += [f"  {each.number} of {each.nation}, names not told" for each in found.hidden]
    return "\n".join(lines)
