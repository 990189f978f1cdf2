"""Answers for the shell's own pages. The first argument is the viewer; moments are aware."""

from cadre.web.queries.board import board, of_mission
from cadre.web.queries.search import search
from cadre.web.queries.sites import Choice, choices, markers
from cadre.web.queries.timeline import timeline

__all__ = ["Choice", "board", "choices", "markers", "of_mission", "search", "timeline"]
