"""`./cadre movement`: movements of people, ordered, manned, departed, arrived, closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from cadre.access.permissions import require
from cadre.accountability import actions
from cadre.accountability.forms.movements import (
    EndForm,
    ManifestForm,
    MoveReportForm,
    OrderForm,
    PersonMovedForm,
)
from cadre.accountability.management.words import MINUTE, Does, Word, WordCommand, when
from cadre.accountability.outgoing_people import (
    ManifestOut,
    MovementOut,
    manifest_out,
    movement_out,
)
from cadre.accountability.papers.manifests import manifest
from cadre.accountability.queries import lookups
from cadre.accountability.queries.counted import chosen_people
from cadre.accountability.queries.lists import lists
from cadre.accountability.queries.movements import MovementRead, movement, movements
from cadre.accountability.queries.rows import Movement
from cadre.core.releasability import Viewer
from cadre.mission.management.typed import Options, the_mission, there, typed

WORDS = (
    Word("list", "all movements, the latest first"),
    Word("show", "one movement with its manifest", ("number",)),
    Word("print", "the manifest as a PDF", ("number", "file")),
    Word("order", "order a movement", ("mission",), OrderForm,
         'kind=relocate title="To the north" from_site=site-01 to_site=site-02'),
    Word("add", "put people on the manifest", ("number",), ManifestForm, "site=site-01 seat=BUS-1"),
    Word("aboard", "report who boarded, did not, or arrived", ("number",), PersonMovedForm,
         "event=boarded people=FTM-DE-001 occurred_at=2020-01-06T18:10Z said_by=Ada"),
    Word("report", "report that the whole departed or arrived", ("number",), MoveReportForm,
         "event=departed occurred_at=2020-01-06T18:30Z head_count=42 said_by=Ada"),
    Word("close", "close a movement", ("number",), EndForm, 'reason="All arrived."'),
)  # fmt: skip  # a table reads best as one


class Command(WordCommand):
    help = "Order movements of people, put them on the manifest, report who is aboard and arrived."
    words = WORDS
    about: ClassVar[Mapping[str, str]] = {
        "mission": "for example FTM",
        "number": "of a movement, for example FTM-M-2020-002",
        "file": "the PDF to write",
    }

    def doing(self) -> Mapping[str, Does]:
        return {
            "list": self.lists, "show": self.show, "print": self.paper, "order": self.order,
            "add": self.add, "aboard": self.aboard, "report": self.report, "close": self.close,
        }  # fmt: skip  # a table reads best as one

    def lists(self, viewer: Viewer, options: Options) -> None:
        found = [movement_out(each) for each in movements(viewer, None, when(options))]
        if options["json"]:
            self.print_json([each.model_dump() for each in found])
        else:
            self.stdout.write("\n".join(map(line_of, found)) or "No movement was ever ordered.")

    def show(self, viewer: Viewer, options: Options) -> None:
        found = manifest_out(read(viewer, options))
        if options["json"]:
            self.print_json(found.model_dump())
        else:
            self.stdout.write(in_words(found))

    def paper(self, viewer: Viewer, options: Options) -> None:
        self.written(manifest(read(viewer, options), "en", on=when(options).on), options)

    def order(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "accountability.movements", mission.code)
        form = OrderForm(viewer, typed(OrderForm, options["fields"]))
        self.done(
            form, lambda at: actions.order_movement(form.new(mission), by=viewer, at=at), options
        )

    def add(self, viewer: Viewer, options: Options) -> None:
        row = the_movement(viewer, options, "accountability.movements")
        named = [(each.row.code, each.row.title) for each in lists(viewer, row.mission)]
        form = ManifestForm(viewer, typed(ManifestForm, options["fields"]), lists=named)

        def act(at: datetime) -> object:
            told = form.cleaned_data
            found = chosen_people(viewer, row.mission, told["people"], form.rule(), at=at)
            seats = dict.fromkeys(found, told["seat"])
            actions.add_to_manifest(row, seats, by=viewer, at=at)
            return row

        self.done(form, act, options, "On the manifest of %s.")

    def aboard(self, viewer: Viewer, options: Options) -> None:
        row = the_movement(viewer, options, "accountability.report")
        form = PersonMovedForm(viewer, typed(PersonMovedForm, options["fields"]))

        def act(at: datetime) -> object:
            actions.report_movements(row, form.news(), by=viewer, at=at)
            return row

        self.done(form, act, options)

    def report(self, viewer: Viewer, options: Options) -> None:
        row = the_movement(viewer, options, "accountability.report")
        form = MoveReportForm(viewer, typed(MoveReportForm, options["fields"]))

        def act(at: datetime) -> object:
            actions.report_movement(row, form.new(), by=viewer, at=at)
            return row

        self.done(form, act, options)

    def close(self, viewer: Viewer, options: Options) -> None:
        row = the_movement(viewer, options, "accountability.movements")
        form = EndForm(viewer, typed(EndForm, options["fields"]))

        def act(at: datetime) -> object:
            actions.close_movement(row, form.cleaned_data["reason"], by=viewer, at=at)
            return row

        self.done(form, act, options, "Closed: %s.")


def the_movement(viewer: Viewer, options: Options, verb: str) -> Movement:
    number = str(options["number"])
    row = there(lookups.movement(viewer, number), f"movement {number}")
    require(viewer, verb, row.mission.code)
    return row


def read(viewer: Viewer, options: Options) -> MovementRead:
    number = str(options["number"])
    return there(movement(viewer, number, when(options)), f"movement {number}")


def line_of(each: MovementOut) -> str:
    exercise = "EXERCISE " if each.exercise else ""
    to = each.to_site or each.to_place or "nowhere"
    ordered = f"{each.ordered:{MINUTE}}"
    return (
        f"{exercise}{each.number}: {each.kind}, {each.title}, {each.from_site} to {to}, {ordered}"
    )


def in_words(found: ManifestOut) -> str:
    lines = [
        line_of(found),
        f"  {found.listed} listed, {found.aboard} aboard, {found.arrived} arrived",
    ]
    if found.left_behind:
        lines.append(f"  {found.left_behind} left behind")
    if found.head_count_differs:
        lines.append("  The head counts do not agree: find out who is missing.")
    for each in found.people:
        said = f"{each.event} {each.at:{MINUTE}}" if each.event and each.at else "nothing reported"
        lines.append(f"  {each.name} ({each.nation}), {each.seat or 'no seat stated'}: {said}")
    if found.hidden:
        lines.append(f"  And {found.hidden} whose names are not told.")
    return "\n".join(lines)
