"""Restart conditions: how each stands at a moment, and what keeps a gate shut.

A person decides whether a condition is met, on evidence; evidence ages. What is stale, disputed or
undecided is *unknown*, and unknown never opens anything. Time alone never opens anything either:
it only makes evidence stale and ends waivers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cadre.core.moments import Moment, later
from cadre.core.posture import Scope

type Path = tuple[str, ...]


class State(StrEnum):
    """How a condition stands."""

    MET = "met"
    NOT_MET = "not met"
    WAIVED = "waived"
    UNKNOWN = "unknown"
    NOT_ASSESSED = "not assessed"

    @property
    def opens(self) -> bool:
        return self in {State.MET, State.WAIVED}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was brought for or against a condition. `brought_at`: when it was put on record."""

    key: str
    supports: bool
    occurred: Moment
    brought_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, when, on which evidence; a waiver ends at `until`."""

    state: State
    at: datetime
    evidence: frozenset[str] = frozenset()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition for a part of what a directive covers, with all that was said of it.

    `shelf_life` None: its evidence holds for as long as nothing newer speaks against it.
    """

    key: str
    part: Scope
    shelf_life: timedelta | None
    evidence: tuple[Evidence, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a condition stands at a moment, why, and until when at the latest if nothing is said."""

    state: State
    why: str = ""  # "stale", "disputed", "waiver ended" where a decision does not hold any more
    until: datetime | None = None
    decision: Decision | None = None


def standing(condition: Condition, at: datetime) -> Standing:
    """How a condition stands at a moment (aware), from what was decided and brought by then.

    The latest decision counts, of two at one moment the stricter. One that it is met holds while
    the evidence that it names is fresh and nothing against it was brought since; vague evidence is
    as old as it can be. Without a decision it is not assessed, whatever evidence there is.
    """
    made = [each for each in condition.decisions if each.at <= at]
    if not made:
        return Standing(State.NOT_ASSESSED)
    decision = max(made, key=lambda each: (each.at, not each.state.opens))
    if decision.state is State.WAIVED:
        return waived(decision, at)
    if decision.state is not State.MET:
        return Standing(decision.state, decision=decision)
    return met(condition, decision, at)


def waived(decision: Decision, at: datetime) -> Standing:
    if decision.until is not None and at < decision.until:
        return Standing(State.WAIVED, until=decision.until, decision=decision)
    return Standing(State.UNKNOWN, "waiver ended", decision=decision)


def met(condition: Condition, decision: Decision, at: datetime) -> Standing:
    brought = [each for each in condition.evidence if each.brought_at <= at]
    if any(not each.supports and each.brought_at >= decision.at for each in brought):
        return Standing(State.UNKNOWN, "disputed", decision=decision)
    named = [each for each in brought if each.key in decision.evidence and each.supports]
    if condition.shelf_life is None and named:
        return Standing(State.MET, decision=decision)
    until = max(fresh_until(condition, named), default=None)
    if until is None or until <= at:
        return Standing(State.UNKNOWN, "stale", decision=decision)
    return Standing(State.MET, until=until, decision=decision)


def fresh_until(condition: Condition, named: Iterable[Evidence]) -> Iterable[datetime]:
    """Until when each piece of evidence holds. What has no earliest moment is as old as can be."""
    for each in named:
        if condition.shelf_life is not None and each.occurred.earliest is not None:
            yield later(each.occurred.earliest, condition.shelf_life)


def bearing_on(
    part: Scope, conditions: Iterable[Condition], paths: Mapping[str, Path]
) -> list[Condition]:
    """The conditions that bear on a part of a directive: those whose own part meets it."""
    return [each for each in conditions if meet(each.part, part, paths)]


def meet(one: Scope, other: Scope, paths: Mapping[str, Path]) -> bool:
    """Whether two parts have something in common. `paths`: each site's, from the root down to
    itself; a site that is not among them lies in nothing that is known.
    """
    return (
        one.mission == other.mission
        and common(one.lines, other.lines)
        and common(one.nations, other.nations)
        and (
            one.sites is None
            or other.sites is None
            or any(
                mine in paths.get(theirs, (theirs,)) or theirs in paths.get(mine, (mine,))
                for mine in one.sites
                for theirs in other.sites
            )
        )
    )


def common(some: frozenset[str] | None, others: frozenset[str] | None) -> bool:
    return some is None or others is None or not some.isdisjoint(others)
