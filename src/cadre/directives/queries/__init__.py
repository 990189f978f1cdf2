"""Answers about directives and posture. The first argument is the viewer; moments are aware."""

from cadre.directives.queries.asking import Answered, posture
from cadre.directives.queries.names import Names, ScopeRead, suggestions
from cadre.directives.queries.posture import Question, World
from cadre.directives.queries.reading import (
    ClockRead,
    DirectiveRead,
    Shown,
    directive,
    directives,
    shown,
)

__all__ = [
    "Answered",
    "ClockRead",
    "DirectiveRead",
    "Names",
    "Question",
    "ScopeRead",
    "Shown",
    "World",
    "directive",
    "directives",
    "posture",
    "shown",
    "suggestions",
]
