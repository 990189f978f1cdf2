"""Rulings for many questions at once, worked out by the database itself.

For lists and counts, where the bounds are enough; the reasons of a ruling come from
`directives.queries.posture`. Both give the same bounds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from django.db import connection

from cadre.access.queries import seeing, settings_of
from cadre.core.posture import Posture
from cadre.core.releasability import Viewer
from cadre.directives.models import Directive, Lift, Timing
from cadre.directives.queries.posture import Question
from cadre.mission.models import (
    ActivityLine,
    Authorisation,
    Contribution,
    HostRequestWithdrawal,
    OrganisationKind,
    Presence,
    Site,
)
from cadre.mission.queries.reading import Reading


@dataclass(frozen=True, slots=True)
class Bounds:
    """The laxest and the strictest posture that fit what is known, for one question."""

    question: Question
    lower: Posture
    upper: Posture

    @property
    def posture(self) -> Posture | None:
        """The answer; None where it is not stated."""
        return self.lower if self.lower == self.upper else None


def postures_in_sql(
    viewer: Viewer, questions: Sequence[Question], *, on: datetime, known_on: datetime | None
) -> list[Bounds]:
    """The bounds for many questions at one moment (aware), in the order of the questions.

    Nothing on record gives running to suspended. Raises LookupError when a site is not on record
    for this viewer. Units, people and hours are not asked about here: a question is about all.
    """
    found = bounds_in_sql(viewer, questions, on=on, known_on=known_on)
    with seeing(viewer):
        look(viewer, {question.mission for question in questions})
    return found


def bounds_in_sql(
    viewer: Viewer, questions: Sequence[Question], *, on: datetime, known_on: datetime | None
) -> list[Bounds]:
    """The same for somebody who has loaded a `World`, which counts as a look at all of it."""
    asked: list[list[str]] = [
        [question.mission for question in questions],
        [question.line for question in questions],
        [question.site for question in questions],
        [question.nation for question in questions],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT question, lower, upper FROM cadre_rulings("
            "%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[],"
            " %s::timestamptz) ORDER BY question",
            [list(settings_of(viewer)), *asked, [on] * len(questions), known_on],
        )
        found = cursor.fetchall()
    return [bounds(questions[place - 1], lower, upper) for place, lower, upper in found]


def look(viewer: Viewer, missions: set[str]) -> None:
    """What the database reads to rule counts as looked at, as where rows are loaded (K5)."""
    ours, theirs = {"mission__code__in": missions}, {"directive__mission__code__in": missions}
    Directive.objects.visible_to(viewer).filter(**ours).look()
    Timing.objects.visible_to(viewer).filter(**theirs).look()
    Lift.objects.visible_to(viewer).filter(**theirs).look()
    Authorisation.objects.visible_to(viewer).filter(**ours).look()
    withdrawals = HostRequestWithdrawal.objects.visible_to(viewer)
    withdrawals.filter(request__mission__code__in=missions).look()


def bounds(question: Question, lower: int | None, upper: int | None) -> Bounds:
    if lower is None or upper is None:
        raise LookupError(question.site)
    return Bounds(question, Posture(lower), Posture(upper))


def cells(
    viewer: Viewer, mission: str, *, on: datetime, known_on: datetime | None
) -> list[Question]:
    """Every line of a mission, as a whole and at each of its sites, for all and for each nation.

    Lines, sites and nations are those on record for the mission; none for an unknown one.
    """
    reading = Reading(viewer, on=on, known_on=known_on)
    lines = reading.stated(ActivityLine.objects.filter(mission__code=mission))
    present = reading.stated(Presence.objects.filter(mission__code=mission))
    sites = Site.objects.visible_to(viewer).filter(pk__in=present.values("site"))
    lent = reading.stated(Contribution.objects.filter(mission__code=mission))
    nations = lent.filter(organisation__kind=OrganisationKind.NATION)
    return [
        Question(mission, *parts)
        for parts in product(
            lines.order_by("code").values_list("code", flat=True),
            ["", *sites.order_by("code").values_list("code", flat=True)],
            ["", *sorted(set(nations.values_list("organisation__code", flat=True)))],
        )
    ]
