"""Answers about who is where and how. The viewer comes first; moments are aware.

Numbers are of everybody; names only of whom the viewer may see, and never of whom a name is held,
unless it is for a live page of who has to act on it (see `holds`).
"""

from cadre.accountability.queries.assigned import (
    ListOfMuster,
    OnLists,
    on_lists,
    wardens_of_muster,
)
from cadre.accountability.queries.board import (
    Board,
    Counted,
    Held,
    Hidden,
    Numbers,
    board_of,
    muster_board,
)
from cadre.accountability.queries.holds import (
    Hold,
    held_people,
    hidden_people,
    hold_of,
    holds,
    withheld,
)
from cadre.accountability.queries.home import (
    OpenMuster,
    Part,
    Resolved,
    muster_resolved,
    open_musters,
    part_of,
    unaccounted,
)
from cadre.accountability.queries.lines import (
    Excluded,
    Outstanding,
    ToLook,
    Whereabouts,
    excluded,
    heard_of,
    lines_of,
    outstanding,
    to_look,
)
from cadre.accountability.queries.lists import ListRead, lists
from cadre.accountability.queries.mentions import Mentioned, mention, open_mentions
from cadre.accountability.queries.movements import MovementRead, Passenger, movement, movements
from cadre.accountability.queries.perstat import Cell, Name, Perstat, perstat
from cadre.accountability.queries.places import Circle, Place
from cadre.accountability.queries.preview import Preview, preview
from cadre.accountability.queries.roster import Line, Wish, roster
from cadre.accountability.queries.settings import settings_of, targets_of
from cadre.accountability.queries.signed import (
    OwnPage,
    WardenPage,
    by_link,
    by_warden_link,
    my_lists,
)
from cadre.accountability.queries.standings import Asked, Stood, stood
from cadre.accountability.queries.when import When

__all__ = [
    "Asked",
    "Board",
    "Cell",
    "Circle",
    "Counted",
    "Excluded",
    "Held",
    "Hidden",
    "Hold",
    "Line",
    "ListOfMuster",
    "ListRead",
    "Mentioned",
    "MovementRead",
    "Name",
    "Numbers",
    "OnLists",
    "OpenMuster",
    "Outstanding",
    "OwnPage",
    "Part",
    "Passenger",
    "Perstat",
    "Place",
    "Preview",
    "Resolved",
    "Stood",
    "ToLook",
    "WardenPage",
    "When",
    "Whereabouts",
    "Wish",
    "board_of",
    "by_link",
    "by_warden_link",
    "excluded",
    "heard_of",
    "held_people",
    "hidden_people",
    "hold_of",
    "holds",
    "lines_of",
    "lists",
    "mention",
    "movement",
    "movements",
    "muster_board",
    "muster_resolved",
    "my_lists",
    "on_lists",
    "open_mentions",
    "open_musters",
    "outstanding",
    "part_of",
    "perstat",
    "preview",
    "roster",
    "settings_of",
    "stood",
    "targets_of",
    "to_look",
    "unaccounted",
    "wardens_of_muster",
    "withheld",
]
