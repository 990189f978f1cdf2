"""Answers about directives and posture. The first argument is the viewer; moments are aware."""

from cadre.directives.queries.asking import Answered, posture
from cadre.directives.queries.competence import who_may_lift
from cadre.directives.queries.names import Names, ScopeRead, suggestions
from cadre.directives.queries.posture import Line, MissionLines, Question, World
from cadre.directives.queries.reading import (
    ClockRead,
    DirectiveRead,
    Shown,
    directive,
    directives,
    shown,
)
from cadre.directives.queries.restart import restart
from cadre.directives.queries.reviews import reviews, reviews_due
from cadre.directives.queries.rulings import Bounds, bounds_in_sql

__all__ = [
    "Answered",
    "Bounds",
    "ClockRead",
    "DirectiveRead",
    "Line",
    "MissionLines",
    "Names",
    "Question",
    "ScopeRead",
    "Shown",
    "World",
    "bounds_in_sql",
    "directive",
    "directives",
    "posture",
    "restart",
    "reviews",
    "reviews_due",
    "shown",
    "suggestions",
    "who_may_lift",
]
