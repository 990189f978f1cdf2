"""Who may see what: the one rule, in plain Python. Its twin in SQL is proven equal to it."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Classification(IntEnum):
    """How sensitive something is, from open to closed."""

    UNCLASSIFIED = 0
    RESTRICTED = 1
    CONFIDENTIAL = 2
    SECRET = 3


@dataclass(frozen=True, slots=True)
class Marking:
    """What is written on a row about who may see it.

    `releasable_to`: nations (ISO alpha-2) and organisations; None is no limit, the empty set is
    nobody but the originator. `communities`: one in common is needed; the empty set is no limit.
    `originator`: always sees its own, if cleared; empty is none.
    """

    classification: Classification = Classification.UNCLASSIFIED
    releasable_to: frozenset[str] | None = None
    communities: frozenset[str] = frozenset()
    originator: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking. A role counts for one mission, or for every mission where that is empty."""

    name: str
    clearance: Classification
    affiliations: frozenset[str] = frozenset()
    communities: frozenset[str] = frozenset()
    roles: frozenset[tuple[str, str]] = frozenset()
    sees_all: bool = False
    account: str | None = None

    def has_role(self, role: str, mission: str) -> bool:
        return not self.roles.isdisjoint({(role, mission), (role, "")})


def may_see(viewer: Viewer, marking: Marking) -> bool:
    """Cleared, released to, and in the community. More of any of these never hides anything."""
    if viewer.sees_all:
        return True
    return (
        viewer.clearance >= marking.classification
        and released_to(viewer, marking)
        and (not marking.communities or not viewer.communities.isdisjoint(marking.communities))
    )


def released_to(viewer: Viewer, marking: Marking) -> bool:
    if marking.releasable_to is None:
        return True
    originator = frozenset({marking.originator} if marking.originator else ())
    return not viewer.affiliations.isdisjoint(marking.releasable_to | originator)


# Whoever has the machine's shell.
OPERATOR: Final = Viewer("operator", Classification.SECRET, sees_all=True)
