"""Answers about what is taught, and about what a stop would stop. The viewer comes first."""

from cadre.training.queries.away import Away, away
from cadre.training.queries.cost import Cost, cost
from cadre.training.queries.forbidding import Forbidden, forbidden
from cadre.training.queries.impact import Impact, Window, impact
from cadre.training.queries.sessions import SessionRead, Span, sessions

__all__ = [
    "Away",
    "Cost",
    "Forbidden",
    "Impact",
    "SessionRead",
    "Span",
    "Window",
    "away",
    "cost",
    "forbidden",
    "impact",
    "sessions",
]
