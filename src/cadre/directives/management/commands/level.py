"""`./cadre level`: which protection level is in force where, scales, orders, the threat."""

from argparse import ArgumentParser

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.forms.levels import (
    LevelForm,
    LevelOrderForm,
    ReportedLevelForm,
    ScaleForm,
    ThreatForm,
)
from cadre.directives.forms.receiving import ReceiptForm
from cadre.directives.outgoing_levels import LevelsOut, SiteLevelOut, levels_out
from cadre.directives.queries import World, lookups
from cadre.directives.queries.levelled import mission_levels
from cadre.directives.queries.receipts import level_addressees
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

ORDER = "level=protection/P3 sites=site-01 effective=2020-01-06T18:00Z review_owner=J3"
MINUTE = "%Y-%m-%dT%H:%MZ"


class Command(FormCommand):
    help = "Say which protection level is in force where; order, report and receive one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
        show = words.add_parser("show", help="the level at each site of a mission, and the threat")
        show.add_argument("mission", help="for example NMI")
        add_reading_arguments(show)
        for word, form, about, example in (
            ("order", LevelOrderForm, "order a level; it stops nothing", ORDER),
            ("report", ReportedLevelForm, "record an order that somebody reported",
             "direction=raise authority=White sites=IQ"),
            ("threat", ThreatForm, "state how high the threat is",
             "level=threat/T4 assessed_by=J2 reason=Reports"),
            ("scale", ScaleForm, "define a scale",
             "code=protection name=Protection track=protection example=protection-four"),
        ):  # fmt: skip  # a table reads best as one
            below = words.add_parser(word, help=about)
            below.add_argument("mission", help="for example NMI")
            add_fields(below, form, example)
            add_acting_arguments(below)
        step = words.add_parser("step", help="add a level to a scale")
        step.add_argument("mission", help="for example NMI")
        step.add_argument("code", metavar="scale", help="its code")
        add_fields(step, LevelForm, "code=P5 name=Siege rank=5 allows_training=forbidden")
        add_acting_arguments(step)
        receive = words.add_parser("receive", help="record that an order was received")
        receive.add_argument("number", help="of an order about a level")
        add_fields(receive, ReceiptForm, "addressee=nation:DE received_by=Ada")
        add_acting_arguments(receive)

    def handle(self, *_args: object, **options: object) -> None:
        act = getattr(self, str(options["word"]))
        with seen_as(email(options["as_account"])) as viewer:
            act(viewer, options)

    def show(self, viewer: Viewer, options: Options) -> None:
        asked, mission = reading(options), the_mission(viewer, options["mission"])
        world = World(viewer, known_on=asked.known_on or now())
        found = levels_out(mission_levels(world, mission, on=asked.on or now()))
        if asked.as_json:
            self.print_json(found.model_dump())
        else:
            self.stdout.write(in_words(found))

    def order(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        form = LevelOrderForm(viewer, mission, typed(LevelOrderForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.order_level(mission, form.new(), by=viewer, at=at),
            options,
            "Ordered: %s. It stops nothing and restarts nothing.",
        )

    def report(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "directives.report", mission.code)
        form = ReportedLevelForm(viewer, mission, typed(ReportedLevelForm, options["fields"]))
        self.done(
            form, lambda at: actions.report_level(mission, form.new(), by=viewer, at=at), options
        )

    def threat(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "levels.threat", mission.code)
        form = ThreatForm(viewer, mission, typed(ThreatForm, options["fields"]))
        self.done(
            form, lambda at: actions.state_threat(mission, form.new(), by=viewer, at=at), options
        )

    def scale(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "levels.define", mission.code)
        form = ScaleForm(viewer, typed(ScaleForm, options["fields"]))
        self.done(
            form, lambda at: actions.define_scale(mission, form.new(), by=viewer, at=at), options
        )

    def step(self, viewer: Viewer, options: Options) -> None:
        mission, code = the_mission(viewer, options["mission"]), str(options["code"])
        require(viewer, "levels.define", mission.code)
        row = there(lookups.scale_called(viewer, mission, code), f"scale {code}")
        form = LevelForm(viewer, row, typed(LevelForm, options["fields"]))
        self.done(form, lambda at: actions.add_level(row, form.new(), by=viewer, at=at), options)

    def receive(self, viewer: Viewer, options: Options) -> None:
        number = str(options["number"])
        row = there(lookups.level_order(viewer, number), f"order {number} about a level")
        require(viewer, "directives.receive", row.mission.code)
        form = ReceiptForm(viewer, typed(ReceiptForm, options["fields"]))
        everybody = level_addressees(viewer, row, on=now(), known_on=None)
        form.offer([each for each in everybody if each.receipt is None])
        self.done(
            form, lambda at: actions.receive_level(row, form.new(), by=viewer, at=at), options
        )


def in_words(found: LevelsOut) -> str:
    lines = [site_in_words(each) for each in found.sites] or ["no level was ever ordered"]
    lines += [
        f"forbidden there, and nothing stops all of it: {each.line} at {each.site}"
        for each in found.contradictions
    ]
    for threat in found.threats:
        places = ", ".join(threat.sites) if threat.sites else "all sites"
        lines.append(f"threat {threat.level} ({places}), by {threat.assessed_by}: {threat.reason}")
    if not found.threats:
        lines.append("threat not stated")
    return "\n".join(lines)


def site_in_words(each: SiteLevelOut) -> str:
    line = f"{each.site}: {each.level}"
    if each.level == "not stated" and (each.lower or each.upper):
        line += f" (between {each.lower or 'none'} and {each.upper or 'not stated'})"
    if each.beyond:
        line += f", held longer than it can be, which was until {each.held_until:{MINUTE}}"
    elif each.held_until:
        line += f", can be held until {each.held_until:{MINUTE}}"
    return f"{line} [{', '.join(each.because)}]"
