"""What of a list, whose numbers are of everybody, one viewer may be told."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cadre.accountability.queries.places import NOWHERE
from cadre.accountability.queries.roster import Line, Wish, World
from cadre.core.releasability import Viewer
from cadre.mission.models import Organisation, Person, Site
from cadre.mission.queries.reading import Reading

UNRELEASED: Final = "?"  # stands for the code of what the viewer may not know of


def released(
    viewer: Viewer, lines: Sequence[Line], wish: Wish, *, on: datetime, known_on: datetime | None
) -> list[Line]:
    """These lines of a list, of people whom the viewer may see, with no more than he may see of
    their posts, stays and sightings. Each person counts as a look, and each row that tells of one.

    Where a line rests on something that he may not see, it keeps only whether the person is
    counted, and of which kind the reason is if not.
    """
    people = [each.person.pk for each in lines]
    world = World(wish, Reading(viewer, on=on, known_on=known_on), people)
    own = {line.person.pk: line for stay in world.stays() for line in world.lines(stay)}
    Person.told((str(each.person.pk), each.person.classification) for each in lines)
    return [told(line, own.get(line.person.pk)) for line in lines]


def told(line: Line, own: Line | None) -> Line:
    """A line as its viewer finds it, if by what he sees it comes to the same."""
    if own is not None and own.excluded == line.excluded:
        return replace(own, list=line.list, in_doubt=line.in_doubt)
    because = "" if line.counted else _("not released to you")
    return replace(line, role="", place=NOWHERE, because=because)


def sites_known(viewer: Viewer, codes: Iterable[str]) -> dict[str, str]:
    """Names of places by code, of those that the viewer may see."""
    rows = Site.objects.visible_to(viewer).filter(code__in=list(codes))
    return {row.code: row.name for row in rows.only("code", "name")}


def nations_known(viewer: Viewer, codes: Iterable[str]) -> dict[str, str]:
    """Names of nations by code, of those that the viewer may see."""
    rows = Organisation.objects.visible_to(viewer).filter(code__in=list(codes))
    return {row.code: row.name for row in rows.only("code", "name")}
