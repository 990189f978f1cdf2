"""Answers about incidents. The viewer comes first; moments are aware."""

from cadre.situation.queries.nearness import Around
from cadre.situation.queries.reports import (
    Near,
    Unclear,
    Wish,
    called,
    find,
    incidents,
    measurable,
    near,
)

__all__ = ["Around", "Near", "Unclear", "Wish", "called", "find", "incidents", "measurable", "near"]
