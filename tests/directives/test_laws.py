"""The laws of posture hold through any sequence of commands by anybody: against a plain model.

The model knows atoms (a line at a site for a nation's people), and for each directive the atoms
that it still stops. Each command says what the model expects: done, or refused and nothing changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre.access.permissions import NotAllowed
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.directives import actions
from cadre.directives.actions import (
    NewAssessment,
    NewCondition,
    NewLevelOrder,
    NewProposal,
    NewReview,
    NewScale,
    Stop,
)
from cadre.directives.models import (
    Condition,
    ConfirmationOutcome,
    Directive,
    Kind,
    Level,
    LevelOrder,
    LiftProposal,
    Outcome,
    Track,
    Verdict,
)
from cadre.directives.queries import Question, World
from tests.directives.conftest import COMMANDER, DUTY, GERMANY, Place, order, viewer

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
LINES, SITES, NATIONS = ("training", "advising"), ("CAMP", "FORT"), ("DE", "FR", "IQ")
FRANCE = viewer("senior_national_representative", "FR", name="france")
SECOND = viewer("commander", name="deputy")
WARDEN = viewer("warden")
ACTORS = (COMMANDER, SECOND, DUTY, GERMANY, FRANCE, WARDEN)
NATION_OF = {GERMANY.name: "DE", FRANCE.name: "FR"}


def gate() -> NewCondition:
    return NewCondition(text="Clear", owner="FP", wanted="A look")


type Atom = tuple[str, str, str]

ATOMS = frozenset(product(LINES, SITES, NATIONS))


@dataclass(frozen=True)
class Command:
    """What somebody tries; `which` picks a directive or a proposal, `part` a scope."""

    verb: str
    actor: Viewer
    part: Scope
    which: int
    restrict: bool


@dataclass
class Kept:
    """A directive in the model: what it stops yet, and whether its condition is waived."""

    row: Directive
    effect: Posture
    scope: frozenset[Atom]
    atoms: frozenset[Atom]
    waived: bool = False
    confirmed: bool = False
    lifted: bool = False  # by one lift of all that it names


@dataclass
class Model:
    directives: list[Kept] = field(default_factory=list)
    proposals: list[tuple[LiftProposal, Kept, Scope, str]] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)

    def posture(self, atom: Atom) -> Posture:
        stopping = [each.effect for each in self.directives if atom in each.atoms]
        return max(stopping, default=Posture.RUNNING)


def atoms_of(scope: Scope) -> frozenset[Atom]:
    return frozenset(
        (line, site, nation)
        for line, site, nation in ATOMS
        if (scope.lines is None or line in scope.lines)
        and (scope.sites is None or not scope.sites.isdisjoint({"COUNTRY", site}))
        and (scope.nations is None or nation in scope.nations)
    )


def scope_of(row: Directive) -> Scope:
    names = (row.sure_lines, row.sure_sites, row.sure_nations)
    return Scope("M", *(None if each is None else frozenset(each) for each in names))


def some(names: tuple[str, ...]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.sampled_from(names).map(lambda name: frozenset({name}))


parts = st.builds(Scope, st.just("M"), some(LINES), some((*SITES, "COUNTRY")), some(("DE", "FR")))
commands = st.builds(
    Command,
    st.sampled_from(
        [*["order"] * 3, "caveat", "stop", *["waive"] * 2, *["propose"] * 2, *["lift"] * 3,
         "review", *["confirm"] * 2, "drop", *["restart"] * 5, *["level"] * 2]
    ),
    st.sampled_from(ACTORS),
    parts,
    st.integers(0, 3),
    st.booleans(),
)  # fmt: skip


def commands_a_commander(actor: Viewer) -> bool:
    return ("commander", "M") in actor.roles


def competent(actor: Viewer, kept: Kept) -> bool:
    """May lift it."""
    if kept.row.kind in {Kind.CAVEAT, Kind.WITHDRAWAL}:
        return NATION_OF.get(actor.name) == kept.row.nation
    return commands_a_commander(actor)


class Play:
    """Runs commands on the product and on the model, and holds the outcomes against each other."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.model = Model()
        self.at = START
        self.said = ""  # the latest refusal
        new = NewScale(code="P", name="P", track=Track.PROTECTION, example="protection-four")
        scale = actions.define_scale(place.mission, new, by=COMMANDER, at=START)
        rows = Level.objects.filter(scale=scale, rank__lt=3).order_by("rank")
        self.levels = list(rows.select_related("scale__mission"))

    def play(self, command: Command) -> None:
        for each in self.steps(command):
            self.run(each)
            self.compare()

    def steps(self, command: Command) -> Iterator[Command]:
        """A restart is all that leads to a lift, each step by who may: chance alone finds it too
        seldom.
        """
        if command.verb != "restart":
            yield command
        elif (kept := self.picked(command)) is not None:
            nations = {nation: name for name, nation in NATION_OF.items()}
            able = {GERMANY.name: GERMANY, FRANCE.name: FRANCE}.get(
                nations.get(kept.row.nation, ""), COMMANDER
            )
            yield replace(command, verb="waive", actor=able)
            before = len(self.model.proposals)
            yield replace(command, verb="propose", actor=DUTY)
            if len(self.model.proposals) > before:
                yield replace(command, verb="lift", actor=able, which=before)

    def run(self, command: Command) -> None:
        self.at += timedelta(minutes=20)  # apart from each other, so that nothing is a second press
        try:
            with transaction.atomic():
                done = getattr(self, command.verb)(command)
        except (Refused, NotAllowed) as refusal:
            done, self.said = False, str(refusal)
        expected = getattr(self, f"may_{command.verb}")(command)
        if done is not None:
            assert bool(done) == expected, (command, self.said)
        self.settle(command, done)

    def picked(self, command: Command) -> Kept | None:
        found = self.model.directives
        return found[command.which % len(found)] if found else None

    def proposed(self, command: Command) -> int | None:
        found = self.model.proposals
        return command.which % len(found) if found else None

    # What the product does.

    def order(self, command: Command) -> object:
        effect = Posture.RESTRICTED if command.restrict else Posture.SUSPENDED
        new = order(self.at, scope=command.part, effect=effect, permits="Planning",
                    conditions=(gate(),))  # fmt: skip
        return actions.issue(new, by=command.actor, at=self.at)

    def caveat(self, command: Command) -> object:
        nation = NATION_OF.get(command.actor.name, "DE")
        new = order(self.at, kind=Kind.CAVEAT, nation=nation, scope=self.own(command, nation),
                    conditions=(gate(),))  # fmt: skip
        return actions.issue(new, by=command.actor, at=self.at)

    def own(self, command: Command, nation: str) -> Scope:
        part = command.part
        return Scope("M", part.lines, part.sites, frozenset({nation}))

    def stop(self, command: Command) -> object:
        site = next(iter(command.part.sites or {"CAMP"}))
        stop = Stop(mission=self.place.mission, site=site, lines=command.part.lines)
        row = actions.stop_now(stop, by=command.actor, at=self.at)
        if row.pk in {each.row.pk for each in self.model.directives}:
            return None  # the same stop as before
        actions.write_condition(row, gate(), by=DUTY, at=self.at)
        return row

    def waive(self, command: Command) -> object:
        kept = self.picked(command)
        if kept is None:
            return False
        waiver = NewAssessment(
            verdict=Verdict.WAIVED, authority="x", reason="x", until=self.at + timedelta(days=9)
        )
        condition = Condition.objects.get(directive=kept.row)
        return actions.assess(condition, waiver, by=command.actor, at=self.at)

    def propose(self, command: Command) -> object:
        kept = self.picked(command)
        if kept is None:
            return False
        new = NewProposal(part=self.inside(kept, command), reason="x")
        return actions.propose_lift(kept.row, new, by=command.actor, at=self.at)

    def inside(self, kept: Kept, command: Command) -> Scope:
        """The part asked for, with the names of the directive where none are given."""
        row, part = kept.row, command.part
        names = (
            (part.lines, row.sure_lines),
            (part.sites, row.sure_sites),
            (part.nations, row.sure_nations),
        )
        return Scope("M", *(mine or (frozenset(its) if its else None) for mine, its in names))

    def lift(self, command: Command) -> object:
        number = self.proposed(command)
        if number is None:
            return False
        row = LiftProposal.objects.get(pk=self.model.proposals[number][0].pk)
        return actions.lift(row, by=command.actor, at=self.at)

    def drop(self, command: Command) -> object:
        number = self.proposed(command)
        if number is None:
            return False
        row = LiftProposal.objects.get(pk=self.model.proposals[number][0].pk)
        return actions.end_proposal(row, "x", by=command.actor, at=self.at)

    def review(self, command: Command) -> object:
        kept = self.picked(command)
        if kept is None:
            return False
        last = kept.row.reviews.order_by("-held_at").first()
        new = NewReview(
            outcome=Outcome.LIFT, reason="x", authority="x", next_owner="J3",
            next_at=self.at + timedelta(hours=24), last=str(last.pk) if last else "",
        )  # fmt: skip
        return actions.hold_review(kept.row, new, by=command.actor, at=self.at)

    def confirm(self, command: Command) -> object:
        kept = self.picked(command)
        if kept is None:
            return False
        outcome = ConfirmationOutcome.CONFIRMED
        return actions.confirm(kept.row, outcome, "", by=command.actor, at=self.at)

    def level(self, command: Command) -> object:
        """None of these forbids a line; what one that does means for a lift is tested apart."""
        new = NewLevelOrder(
            level=self.levels[command.which % len(self.levels)], sites=command.part.sites,
            authority="x", effective=Moment.at(self.at), review_at=self.at + timedelta(days=1),
            review_owner="x",
        )  # fmt: skip
        return actions.order_level(self.place.mission, new, by=command.actor, at=self.at)

    # What the model expects.

    def may_level(self, command: Command) -> bool:
        return commands_a_commander(command.actor)

    def may_order(self, command: Command) -> bool:
        return commands_a_commander(command.actor)

    def may_caveat(self, command: Command) -> bool:
        return command.actor.name in NATION_OF

    def may_stop(self, _command: Command) -> bool:
        return True  # everybody here is in charge of something

    def may_waive(self, command: Command) -> bool:
        kept = self.picked(command)
        if kept is None:
            return False
        if kept.row.kind == Kind.CAVEAT:
            return NATION_OF.get(command.actor.name) == kept.row.nation
        return commands_a_commander(command.actor) or command.actor.name in NATION_OF

    def may_propose(self, command: Command) -> bool:
        kept = self.picked(command)
        if kept is None or command.actor == WARDEN:
            return False
        part = self.inside(kept, command)
        row = kept.row
        sites = set(row.sure_sites or ())
        return all(
            (
                row.sure_lines is None or part.lines <= set(row.sure_lines),
                row.sure_sites is None
                or all(site in sites or "COUNTRY" in sites for site in part.sites or ()),
                row.sure_nations is None or part.nations <= set(row.sure_nations),
            )
        )

    def may_lift(self, command: Command) -> bool:
        number = self.proposed(command)
        if number is None or number in self.model.ended:
            return False
        _row, kept, part, proposer = self.model.proposals[number]
        already = any(
            ended in self.model.ended and self.model.proposals[ended][1] is kept
            and lifted and part.within(lifted)
            for ended, lifted in self.lifted.items()
        )  # fmt: skip
        return (
            competent(command.actor, kept)
            and proposer != command.actor.account
            and kept.waived
            and not already
        )

    @property
    def lifted(self) -> dict[int, Scope]:
        return {
            number: part
            for number, (row, _kept, part, _by) in enumerate(self.model.proposals)
            if number in self.model.ended and hasattr(LiftProposal.objects.get(pk=row.pk), "lift")
        }

    def may_drop(self, command: Command) -> bool:
        number = self.proposed(command)
        if number is None or number in self.model.ended:
            return False
        _row, kept, _part, proposer = self.model.proposals[number]
        return proposer == command.actor.account or competent(command.actor, kept)

    def may_review(self, command: Command) -> bool:
        return self.picked(command) is not None and command.actor != WARDEN

    def may_confirm(self, command: Command) -> bool:
        kept = self.picked(command)
        return (
            kept is not None
            and kept.row.kind == Kind.STOP
            and not kept.confirmed
            and not kept.lifted
            and (commands_a_commander(command.actor) or command.actor == DUTY)
        )

    # What the model remembers of what was done.

    def settle(self, command: Command, done: object) -> None:
        if not done:
            return
        if isinstance(done, LevelOrder):
            return  # raising stops nothing, lowering restarts nothing
        if isinstance(done, Directive):
            atoms = atoms_of(scope_of(done))
            self.model.directives.append(Kept(done, Posture(done.effect), atoms, atoms))
        elif isinstance(done, LiftProposal):
            kept = self.picked(command)
            assert kept is not None
            part = self.inside(kept, command)
            by = command.actor.account or ""
            self.model.proposals.append((done, kept, part, by))
        elif command.verb == "lift":
            number = self.proposed(command)
            assert number is not None
            _row, kept, part, _by = self.model.proposals[number]
            kept.atoms -= atoms_of(part)
            kept.lifted |= scope_of(kept.row).within(part)
            self.model.ended.add(number)
        elif command.verb == "drop":
            number = self.proposed(command)
            assert number is not None
            self.model.ended.add(number)
        elif (kept := self.picked(command)) is not None:
            kept.waived |= command.verb == "waive"
            kept.confirmed |= command.verb == "confirm"

    def compare(self) -> None:
        world = World(OPERATOR, known_on=None)
        for line, site, nation in ATOMS:
            ruling = world.rule(Question("M", line, site, nation), self.at)
            assert ruling.posture == self.model.posture((line, site, nation)), (line, site, nation)
            stopping = {
                each.row.number
                for each in self.model.directives
                if (line, site, nation) in each.atoms
            }
            assert {reason.directive.key for reason in ruling.because} == stopping


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tried=st.lists(commands, min_size=1, max_size=14))
def test_any_sequence_of_commands_by_anybody_gives_what_the_plain_model_says(
    place: Place, tried: list[Command]
) -> None:
    with transaction.atomic():
        play = Play(place)
        for command in tried:
            play.play(command)
        transaction.set_rollback(True)
