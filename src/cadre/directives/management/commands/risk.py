"""`./cadre risk`: what risk is left where, who has to decide about it, and what was decided."""

from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import CommandError

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.forms.risks import RiskDecisionForm, RiskForm
from cadre.directives.outgoing_risks import (
    RiskAssessmentOut,
    RiskAtOut,
    RiskDecisionOut,
    RisksOut,
    risks_out,
)
from cadre.directives.queries import World
from cadre.directives.queries.risks import mission_risks, risk_assessment
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

ASSESS = 'line=training sites=site-01 criticality=2 risk=high reason="Fire on the road"'
DECIDE = "decision=accepted authority=Commander until=2020-02-06T18:00Z"
MINUTE = "%Y-%m-%dT%H:%MZ"


class Command(FormCommand):
    help = "Say what risk is left where and who has to decide; assess one, decide about one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
        show = words.add_parser("show", help="the risk of each line at each site of a mission")
        show.add_argument("mission", help="for example NMI")
        add_reading_arguments(show)
        assess = words.add_parser("assess", help="assess a risk; it stops nothing")
        assess.add_argument("mission", help="for example NMI")
        add_fields(assess, RiskForm, ASSESS)
        add_acting_arguments(assess)
        decide = words.add_parser("decide", help="decide whether an assessed risk is accepted")
        decide.add_argument("assessment", help="its id, as show prints it")
        add_fields(decide, RiskDecisionForm, DECIDE)
        add_acting_arguments(decide)

    def handle(self, *_args: object, **options: object) -> None:
        act = getattr(self, str(options["word"]))
        with seen_as(email(options["as_account"])) as viewer:
            act(viewer, options)

    def show(self, viewer: Viewer, options: Options) -> None:
        asked, mission = reading(options), the_mission(viewer, options["mission"])
        world = World(viewer, known_on=asked.known_on or now())
        found = risks_out(mission_risks(world, mission, on=asked.on or now()))
        if asked.as_json:
            self.print_json(found.model_dump())
        else:
            self.stdout.write(in_words(found))

    def assess(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "risks.assess", mission.code)
        form = RiskForm(viewer, mission, typed(RiskForm, options["fields"]))
        self.done(
            form, lambda at: actions.assess_risk(mission, form.new(), by=viewer, at=at), options
        )

    def decide(self, viewer: Viewer, options: Options) -> None:
        text = str(options["assessment"])
        row = there(risk_assessment(viewer, read_id(text)), f"assessment {text} of a risk")
        require(viewer, "risks.decide", row.mission.code)
        form = RiskDecisionForm(viewer, typed(RiskDecisionForm, options["fields"]))
        self.done(form, lambda at: actions.decide_risk(row, form.new(), by=viewer, at=at), options)


def read_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is no id of an assessment.", returncode=2) from error


def in_words(found: RisksOut) -> str:
    assessments = {each.id: each for each in found.assessments}
    lines = [place_in_words(each, assessments) for each in found.places]
    lines += [f"{each.id}: {assessment_in_words(each)}" for each in found.assessments]
    return "\n".join(lines) or "no line and no site is on record"


def place_in_words(each: RiskAtOut, assessments: dict[str, RiskAssessmentOut]) -> str:
    where = f"{each.line} at {each.site}"
    if each.assessment:
        return f"{where}: {standing_in_words(assessments[each.assessment])}"
    if each.worst:
        return f"{where}: not stated, at worst {assessments[each.worst].risk}"
    return f"{where}: not stated"


def assessment_in_words(each: RiskAssessmentOut) -> str:
    places = ", ".join(each.sites) if each.sites else "all sites"
    as_of = each.assessed or "no stated moment"
    return (
        f"{each.line} ({places}), as of {as_of}, by {each.assessed_by}:"
        f" {standing_in_words(each)}. {each.reason}"
    )


def standing_in_words(each: RiskAssessmentOut) -> str:
    who = "not stated" if each.allowed is None else each.decides or "nobody, it is not allowed"
    return (
        f"criticality {each.criticality}, risk {each.risk.replace('_', ' ')}; decides: {who};"
        f" {decision_in_words(each.decision)}"
    )


def decision_in_words(found: RiskDecisionOut | None) -> str:
    if found is None:
        return "nobody has decided"
    if found.open_again:
        return f"open again since {found.until:{MINUTE}}"
    until = f" until {found.until:{MINUTE}}" if found.until else ""
    return f"{found.decision.replace('_', ' ')} by {found.authority}{until}"
