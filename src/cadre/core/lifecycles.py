"""Life cycles as tables: what leads from which state to which, and who or what makes it happen.

*Who* may is for the permissions; *when* is for these tables: where a state decides whether a verb
is allowed, the actions and the gate ask them. `./cadre diagrams` draws them into the docs. Time
passing never lifts, meets or settles anything: it only makes due, stale or somebody else's.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cadre.core.conditions import State as Condition
from cadre.core.precautions import State as Precaution
from cadre.core.refused import Refused
from cadre.core.reviews import State as Review


class Event(StrEnum):
    """What happens: somebody's verb, or that time passes a moment on which something depends."""

    TIME = "time passes"
    CHANGE = "change"
    SIGN = "sign"
    DROP = "drop"
    STOP = "stop now"
    CONFIRM = "confirm"
    AMEND = "amend"
    LIFT = "lift"
    LIFT_PART = "lift a part"
    LIFT_ALL = "lift all of it"
    TURN_DOWN = "turn down"
    TAKE_BACK = "take back"
    FIND_MET = "find it met"
    FIND_NOT_MET = "find it not met"
    WAIVE = "waive"
    SET_BACK = "set back"
    SPEAK_FOR = "bring evidence for it"
    SPEAK_AGAINST = "bring evidence against it"
    DATE = "name its date"
    HOLD = "hold"
    REPORT_DONE = "report it done"
    REPORT_NOT_NEEDED = "report it not needed"
    REPORT_CANNOT = "report that it cannot be done"
    REPORT = "report"
    CLOSE = "close"
    CALL = "call"
    ASK_WARDEN = "ask the warden"
    SEARCH = "search"
    FIND = "account for"
    DECLARE = "place in another state"
    UNSETTLE = "report what leaves it open"


class Draft(StrEnum):
    """How a draft stands. Of what is signed a directive begins."""

    OPEN = "open"
    SIGNED = "signed"
    DROPPED = "dropped"


class Force(StrEnum):
    """How far a directive is in force: all that it covers, a part of that, or nothing any more."""

    NOT_ISSUED = "not issued"
    IN_FORCE = "in force"
    LIFTED_IN_PART = "lifted in part"
    LIFTED = "lifted"


class Stop(StrEnum):
    """Whether somebody competent has taken over what was stopped on the spot."""

    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    AMENDED = "amended"
    LIFTED = "lifted"


class Proposal(StrEnum):
    """How a proposal to lift ended, if it did."""

    OPEN = "open"
    LIFTED = "lifted"
    TURNED_DOWN = "turned down"
    TAKEN_BACK = "taken back"


class NoStep(Refused):
    """The table has no such step. In English: actions say it in the user's language."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row: from a state, by an event, to a state; `by`: who or what makes it happen."""

    before: str
    event: Event
    after: str
    by: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A life cycle: every step that there is. What is not in it cannot happen."""

    name: str
    initial: str
    steps: tuple[Step, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, as the table comes to them."""
        named = (state for each in self.steps for state in (each.before, each.after))
        return tuple(dict.fromkeys((self.initial, *named)))

    def allows(self, state: str, event: Event) -> bool:
        return any((each.before, each.event) == (state, event) for each in self.steps)

    def after(self, state: str, event: Event) -> str:
        """The state that an event leads to. Raises NoStep, with one sentence, where there is no
        such step.
        """
        for each in self.steps:
            if (each.before, each.event) == (state, event):
                return each.after
        raise NoStep(f"For a {self.name} that is {state}, there is no step “{event}”.")


DRAFTER: Final = "`directives.draft`"
LIFTER: Final = (
    "`directives.lift`, for a nation's caveat or withdrawal of people `directives.lift_caveat` of"
    " that nation; never who proposed it"
)
NOBODY: Final = "nobody: silence keeps it as it is"
DECIDER: Final = "`directives.assess`, for a condition of a nation's directive that nation only"
WITNESS: Final = "`directives.conditions`"
REPORTER: Final = "a report of what happened last, or the correction of an earlier one"

DRAFT: Final = Machine(
    "draft",
    Draft.OPEN,
    (
        Step(Draft.OPEN, Event.CHANGE, Draft.OPEN, DRAFTER),
        Step(
            Draft.OPEN,
            Event.SIGN,
            Draft.SIGNED,
            "`directives.sign`, for a nation's caveat or withdrawal of people `directives.caveat`",
        ),
        Step(Draft.OPEN, Event.DROP, Draft.DROPPED, DRAFTER),
    ),
)

DIRECTIVE: Final = Machine(
    "directive",
    Force.NOT_ISSUED,
    (
        Step(Force.NOT_ISSUED, Event.SIGN, Force.IN_FORCE, "who signs its draft"),
        Step(
            Force.NOT_ISSUED,
            Event.STOP,
            Force.IN_FORCE,
            "`directives.stop`, or the holder of a pass; provisional at first",
        ),
        Step(Force.IN_FORCE, Event.TIME, Force.IN_FORCE, NOBODY),
        Step(Force.LIFTED_IN_PART, Event.TIME, Force.LIFTED_IN_PART, NOBODY),
        Step(Force.IN_FORCE, Event.LIFT_PART, Force.LIFTED_IN_PART, LIFTER),
        Step(Force.LIFTED_IN_PART, Event.LIFT_PART, Force.LIFTED_IN_PART, LIFTER),
        Step(Force.IN_FORCE, Event.LIFT_ALL, Force.LIFTED, LIFTER),
        Step(Force.LIFTED_IN_PART, Event.LIFT_ALL, Force.LIFTED, LIFTER),
    ),
)

STOP: Final = Machine(
    "stop",
    Stop.PROVISIONAL,
    (
        Step(Stop.PROVISIONAL, Event.TIME, Stop.PROVISIONAL, NOBODY),
        Step(Stop.PROVISIONAL, Event.CONFIRM, Stop.CONFIRMED, "`directives.confirm`"),
        Step(
            Stop.PROVISIONAL,
            Event.AMEND,
            Stop.AMENDED,
            "`directives.confirm`, naming the directive or the lift by which it is amended",
        ),
        *(
            Step(state, Event.LIFT_ALL, Stop.LIFTED, LIFTER)
            for state in (Stop.PROVISIONAL, Stop.CONFIRMED, Stop.AMENDED)
        ),
    ),
)

PROPOSAL: Final = Machine(
    "proposal to lift",
    Proposal.OPEN,
    (
        Step(Proposal.OPEN, Event.TIME, Proposal.OPEN, NOBODY),
        Step(Proposal.OPEN, Event.LIFT, Proposal.LIFTED, LIFTER),
        Step(Proposal.OPEN, Event.TURN_DOWN, Proposal.TURNED_DOWN, LIFTER),
        Step(Proposal.OPEN, Event.TAKE_BACK, Proposal.TAKEN_BACK, "who proposed it"),
    ),
)

CONDITION: Final = Machine(
    "restart condition",
    Condition.NOT_ASSESSED,
    (
        *(
            Step(state, event, after, DECIDER)
            for event, after in (
                (Event.FIND_MET, Condition.MET),
                (Event.FIND_NOT_MET, Condition.NOT_MET),
                (Event.WAIVE, Condition.WAIVED),
                (Event.SET_BACK, Condition.NOT_ASSESSED),
            )
            for state in Condition
        ),
        *(Step(state, Event.SPEAK_FOR, state, WITNESS) for state in Condition),
        *(
            Step(
                state,
                Event.SPEAK_AGAINST,
                Condition.UNKNOWN if state is Condition.MET else state,
                WITNESS,
            )
            for state in Condition
        ),
        Step(Condition.MET, Event.TIME, Condition.UNKNOWN, "its evidence goes stale"),
        Step(Condition.WAIVED, Event.TIME, Condition.UNKNOWN, "its waiver ends"),
        *(
            Step(state, Event.LIFT, state, "the gate: every condition that bears on the part")
            for state in (Condition.MET, Condition.WAIVED)
        ),
    ),
)

REVIEW: Final = Machine(
    "review",
    Review.NOT_DATED,
    (
        Step(
            Review.NOT_DATED,
            Event.DATE,
            Review.DUE,
            "who issues the directive, then who holds the review before it",
        ),
        Step(Review.DUE, Event.TIME, Review.OVERDUE, "its date comes; the directive stands"),
        *(
            Step(state, Event.HOLD, Review.HELD, "`directives.review`")
            for state in (Review.NOT_DATED, Review.DUE, Review.OVERDUE)
        ),
        Step(Review.DUE, Event.LIFT, Review.DUE, "the gate: the next review of the directive"),
    ),
)

PRECAUTION: Final = Machine(
    "precaution",
    Precaution.OPEN,
    (
        Step(Precaution.OPEN, Event.TIME, Precaution.OVERDUE, "it was due"),
        Step(Precaution.OVERDUE, Event.TIME, Precaution.ESCALATED, "it passes to somebody else"),
        *(
            Step(state, event, after, REPORTER)
            for event, after in (
                (Event.REPORT_DONE, Precaution.DONE),
                (Event.REPORT_NOT_NEEDED, Precaution.NOT_NEEDED),
                (Event.REPORT_CANNOT, Precaution.CANNOT),
            )
            for state in Precaution
        ),
    ),
)

MACHINES: Final = (DRAFT, DIRECTIVE, STOP, PROPOSAL, CONDITION, REVIEW, PRECAUTION)
