"""A question about posture as people put it, answered in the record's own codes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db.models import Q

from cadre.access.models import MarkedQuerySet
from cadre.core.posture import Ruling
from cadre.core.releasability import Viewer
from cadre.directives.queries.posture import Question, World
from cadre.mission.models import ActivityLine, Mission, Organisation, Site

type Part = Literal["mission", "line", "site", "nation"]


@dataclass(frozen=True, slots=True)
class Answered:
    """A ruling, the question by codes, and the parts of it that nothing on record is called."""

    question: Question
    ruling: Ruling
    unknown: tuple[Part, ...] = ()


def posture(
    viewer: Viewer, question: Question, *, on: datetime, known_on: datetime | None
) -> Answered:
    """The ruling for one question, whose parts may be codes or names in any letters.

    Nothing on record: *not stated*, from running to suspended. A site or a nation that is not on
    record is ruled on as one that could be any of them, and never as running: nobody said that
    anything runs there, and a slip of the pen must not look like an answer.
    """
    asked, unknown = recognised(viewer, question)
    ruling = World(viewer, known_on=known_on).rule(asked, on)
    return Answered(asked, ruling.unopened() if unknown else ruling, unknown)


def recognised(viewer: Viewer, question: Question) -> tuple[Question, tuple[Part, ...]]:
    """The question by codes, and what of it nothing on record is called."""
    lines = ActivityLine.objects.visible_to(viewer)
    mission = code_of(Mission.objects.visible_to(viewer), question.mission)
    found: dict[Part, str | None] = {
        "mission": mission,
        "line": code_of(lines.filter(mission__code=mission), question.line),
        "site": code_of(Site.objects.visible_to(viewer), question.site),
        "nation": code_of(Organisation.objects.visible_to(viewer), question.nation),
    }
    if mission is None:
        found["line"] = question.line  # whose it could be is not known either
    unknown: tuple[Part, ...] = tuple(part for part, code in found.items() if code is None)
    codes = {part: code for part, code in found.items() if code is not None}
    nowhere = {part: "" for part in unknown if part in {"site", "nation"}}
    return replace(question, **(codes | nowhere)), unknown


def code_of[M: (Mission, ActivityLine, Site, Organisation)](
    rows: MarkedQuerySet[M], text: str
) -> str | None:
    """The code of what has this code or, alone, this name; "" for "", None where nothing has."""
    if not text:
        return ""
    named = list(
        rows.filter(Q(code__iexact=text) | Q(name__iexact=text)).values_list("code", flat=True)
    )
    for alike in ([text], [code for code in named if code.casefold() == text.casefold()], named):
        if len(alike) == 1 and alike[0] in named:
            return alike[0]
    return None
