"""Answers for the shell's own pages. The first argument is the viewer; moments are aware."""

from cadre.web.queries.board import board, of_mission
from cadre.web.queries.search import search, words_of
from cadre.web.queries.sites import map_of_sites
from cadre.web.queries.timeline import Wish, timeline

__all__ = [
    "Wish",
    "board",
    "map_of_sites",
    "of_mission",
    "search",
    "timeline",
    "words_of",
]
