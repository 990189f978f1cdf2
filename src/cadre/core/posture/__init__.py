"""What may go on where, for whom, and why: the posture algebra.

A directive restricts or suspends every cell in its scope from a moment on and has no end; only a
lift ends it, for all or a part of its scope. Strictest wins, so order of entry cannot matter and
there is no precedence. What is known only within bounds gives a ruling with two ends: the laxest
and the strictest posture that fit everything known. Equal ends are an answer; unequal ones are
*not stated*.
"""

from cadre.core.posture.orders import Orders
from cadre.core.posture.rulings import Reason, Ruling, rule
from cadre.core.posture.scopes import (
    DAYS_OF_THE_WEEK,
    HOURS_OF_THE_WEEK,
    Authorisation,
    Cell,
    Directive,
    Lift,
    Posture,
    PostureError,
    Scope,
)

__all__ = [
    "DAYS_OF_THE_WEEK",
    "HOURS_OF_THE_WEEK",
    "Authorisation",
    "Cell",
    "Directive",
    "Lift",
    "Orders",
    "Posture",
    "PostureError",
    "Reason",
    "Ruling",
    "Scope",
    "rule",
]
