"""Answers about what is taught, and about what a stop would stop. The viewer comes first."""

from cadre.training.queries.impact import Impact, Window, impact
from cadre.training.queries.sessions import SessionRead, Span, sessions

__all__ = ["Impact", "SessionRead", "Span", "Window", "impact", "sessions"]
