"""`./cadre restart`: conditions, evidence, decisions, proposals, and the lift itself."""

from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import CommandError

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives import actions, queries
from cadre.directives.actions import Shut
from cadre.directives.forms.restarting import (
    AnswerForm,
    AssessmentForm,
    ConditionForm,
    EndForm,
    EvidenceForm,
    ProposalForm,
)
from cadre.directives.management.typed import the_directive
from cadre.directives.outgoing import restart_out
from cadre.directives.queries import lookups
from cadre.directives.queries.indicators import consulted
from cadre.directives.queries.rows import Condition, LiftProposal
from cadre.directives.schemas import ConditionOut, RestartOut
from cadre.mission.doors import email, now
from cadre.mission.management.typed import (
    FormCommand,
    Options,
    add_acting_arguments,
    add_fields,
    there,
    typed,
)

ABOUT = {
    "number": "of a directive, for example NMI-D-2020-001",
    "proposal": "its number, for example NMI-D-2020-001-P001",
    "condition": "its id, as `./cadre restart show` tells it",
}
# The words that fill in a form: what they do, about what, the form, an example.
WORDS = (
    ("condition", "write a restart condition", "number", ConditionForm, "library=host-consents"),
    ("evidence", "bring evidence for or against a condition", "condition", EvidenceForm,
     'supports=yes text="It stands." source="A photograph" occurred=2020-01-09'),
    ("decide", "decide about a condition", "condition", AssessmentForm,
     "verdict=met evidence=ID authority=Commander"),
    ("answer", "record what a nation answers to a restart", "number", AnswerForm,
     "nation=DE position=agrees answered_at=2020-01-09T10:00Z answered_by=Ada"),
    ("propose", "propose to lift a directive or a part of it", "number", ProposalForm,
     "lines=training reason=Ready"),
    ("end", "take one's own proposal back, or turn another's down", "proposal", EndForm,
     'reason="Not yet."'),
)  # fmt: skip  # a table reads best as one


class Command(FormCommand):
    help = "Show how a restart stands; write conditions, decide on evidence; propose and lift."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
        show = words.add_parser("show", help="conditions with evidence, proposals, who may lift")
        show.add_argument("number", help=ABOUT["number"])
        add_reading_arguments(show)
        for word, does, about, form, example in WORDS:
            below = words.add_parser(word, help=does)
            below.add_argument(about, help=ABOUT[about])
            add_fields(below, form, example)
            add_acting_arguments(below)
        lift = words.add_parser("lift", help="lift what was proposed, or say all that is missing")
        lift.add_argument("proposal", help=ABOUT["proposal"])
        add_acting_arguments(lift)

    def handle(self, *_args: object, **options: object) -> None:
        act = {
            "show": self.show,
            "condition": self.condition,
            "evidence": self.evidence,
            "answer": self.answer,
            "decide": self.decide,
            "propose": self.propose,
            "lift": self.lift,
            "end": self.end,
        }[str(options["word"])]
        with seen_as(email(options["as_account"])) as viewer:
            act(viewer, options)

    def show(self, viewer: Viewer, options: Options) -> None:
        asked, row = reading(options), the_directive(viewer, options["number"])
        on, known_on = asked.on or now(), asked.known_on or now()
        out = restart_out(row, queries.restart(viewer, row, on=on, known_on=known_on))
        if asked.as_json:
            self.print_json(out.model_dump())
        else:
            self.stdout.write(in_words(out))

    def condition(self, viewer: Viewer, options: Options) -> None:
        row = the_directive(viewer, options["number"])
        require(viewer, "directives.conditions", row.mission.code)
        form = ConditionForm(viewer, row, typed(ConditionForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.write_condition(
                row, form.new(), grounds=form.grounds(), by=viewer, at=at
            ),
            options,
        )

    def evidence(self, viewer: Viewer, options: Options) -> None:
        row = the_condition(viewer, options["condition"])
        require(viewer, "directives.conditions", row.directive.mission.code)
        form = EvidenceForm(viewer, typed(EvidenceForm, options["fields"]))
        self.done(
            form, lambda at: actions.bring_evidence(row, form.new(), by=viewer, at=at), options
        )

    def decide(self, viewer: Viewer, options: Options) -> None:
        row = the_condition(viewer, options["condition"])
        require(viewer, "directives.assess", row.directive.mission.code)
        form = AssessmentForm(viewer, typed(AssessmentForm, options["fields"]))
        form.offer(lookups.evidence_choices(viewer, row))
        self.done(form, lambda at: actions.assess(row, form.new(), by=viewer, at=at), options)

    def answer(self, viewer: Viewer, options: Options) -> None:
        row = the_directive(viewer, options["number"])
        require(viewer, "directives.consult", row.mission.code)
        form = AnswerForm(viewer, typed(AnswerForm, options["fields"]))
        form.offer(consulted(viewer, row, on=now(), known_on=None))
        self.done(
            form, lambda at: actions.answer_consultation(row, form.new(), by=viewer, at=at), options
        )

    def propose(self, viewer: Viewer, options: Options) -> None:
        row = the_directive(viewer, options["number"])
        require(viewer, "directives.propose_lift", row.mission.code)
        form = ProposalForm(viewer, row, typed(ProposalForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.propose_lift(row, form.new(), by=viewer, at=at),
            options,
            "Proposed as %s. Another person has to lift it.",
        )

    def lift(self, viewer: Viewer, options: Options) -> None:
        """Lifts exactly what was proposed; else says everything that is missing, a line each."""
        row = the_proposal(viewer, options["proposal"])
        try:
            lifted = actions.lift(row, by=viewer, at=now())
        except Shut as shut:
            sentences = [each.sentence for each in shut.missing]
            if options["json"]:
                self.print_json({"missing": sentences})
            raise CommandError("\n".join(sentences), returncode=2) from shut
        self.told(lifted, options, "Lifted by %s.")

    def end(self, viewer: Viewer, options: Options) -> None:
        row = the_proposal(viewer, options["proposal"])
        form = EndForm(viewer, typed(EndForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.end_proposal(row, form.cleaned_data["reason"], by=viewer, at=at),
            options,
        )


def the_condition(viewer: Viewer, text: object) -> Condition:
    try:
        row = UUID(str(text))
    except ValueError as error:
        raise CommandError(f"“{text}” is no id of a condition.", returncode=2) from error
    return there(lookups.condition(viewer, row), f"condition {row}")


def the_proposal(viewer: Viewer, number: object) -> LiftProposal:
    return there(lookups.proposal(viewer, str(number)), f"proposal {number}")


def in_words(out: RestartOut) -> str:
    lines = [out.who_may_lift]
    for each in out.conditions:
        lines += condition_in_words(each)
    for proposal in out.proposals:
        state = "waits for another person" if proposal.open else "has ended"
        lines.append(f"proposal {proposal.number} of {proposal.proposed_by}: {state}")
    if not out.conditions:
        lines.append("No restart condition is written, so nothing can be lifted.")
    return "\n".join(lines)


def condition_in_words(out: ConditionOut) -> list[str]:
    state = f"{out.state} ({out.why})" if out.why else out.state
    until = f", until {out.until:%Y-%m-%dT%H:%MZ} at the latest" if out.until else ""
    return [
        f"condition {out.id}: {out.text}",
        f"  {state}{until}; owner: {out.owner}; evidence wanted: {out.wanted}",
        *(
            f"  evidence {each.id} {'for' if each.supports else 'against'} it: {each.text}"
            f" ({each.source}, {each.occurred or 'of which moment is not stated'})"
            for each in out.evidence
        ),
    ]
