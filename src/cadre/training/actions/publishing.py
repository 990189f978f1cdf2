"""Publishing a version of the timetable: what it changes ends, what it makes begins, at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange, NumericRange
from django.db.models import F, Func, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.permissions import require
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.checks import broken_constraint, stated_values
from cadre.mission.models import Mission, Post, Site
from cadre.training.models import CURRENT, Duty, Placement, PlanVersion, Session
from cadre.training.queries.timetable import latest

PUBLISH = "training.publish"
BATCH = 2_000
# What the database refuses by a constraint of this name.
BROKEN = {
    "a_room_has_one_session_at_a_time": gettext_lazy(
        "Two sessions would stand in one room at the same time."
    ),
    "a_class_has_one_session_at_a_time": gettext_lazy(
        "A class would have two sessions at the same time."
    ),
    "a_post_teaches_one_session_at_a_time": gettext_lazy(
        "Somebody would teach two sessions at the same time."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlacement:
    """Where a session is to stand, from when to when (aware), and who teaches it. Without a place
    it stands in the timetable no longer.
    """

    session: Session
    site: Site | None = None
    during: tuple[datetime, datetime] | None = None
    posts: tuple[Post, ...] = ()


def publish(
    mission: Mission, placements: Sequence[NewPlacement], *,
    title: str, by: Viewer, at: datetime, grounds: Grounds = OUR_OWN,
) -> PlanVersion:  # fmt: skip  # reads as one sentence
    """The next version of a mission's timetable: these sessions stand as said, all others stay.

    Raises NotAllowed; Refused where nothing would change, or where a room, a class or a post would
    be in two places at once, also by what the publisher may not see.
    """
    require(by, PUBLISH, mission.code)
    if not placements:
        raise Refused(_("Nothing would change: there is nothing to publish."))
    try:
        with acting(PUBLISH, by=by, at=at):
            one_by_one(mission)
            number = latest(by, mission) + 1
            version = PlanVersion.objects.create(
                mission=mission,
                number=number,
                title=title.strip(),
                published_by=by.name,
                **stated_values(grounds, by=by, at=at),
            )
            end([each.session for each in placements], number)
            begin(placements, number)
            return version
    except IntegrityError as error:
        name = broken_constraint(error)
        raise Refused(str(BROKEN.get(name, name))) from error


def one_by_one(mission: Mission) -> None:
    """Whoever else publishes for this mission waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"timetable {mission.code}"])


def end(sessions: Sequence[Session], number: int) -> None:
    """They stand no longer from this version on."""
    began = Func(F("versions"), function="lower")
    Placement.objects.filter(CURRENT, session__in=sessions).update(
        versions=Func(began, Value(number), function="int4range")
    )


def begin(placements: Sequence[NewPlacement], number: int) -> None:
    """They stand from this version on. A placement and its duties are marked as the session is."""
    rows, duties = [], []
    for each in placements:
        if each.site is None or each.during is None:
            continue
        marking = marking_values(each.session.marking)
        row = Placement(
            session=each.session,
            site=each.site,
            during=DateTimeTZRange(*each.during),
            versions=NumericRange(number, None),
            pack=each.session.pack,
            **marking,
        )
        rows.append(row)
        duties += [Duty(placement=row, post=post, pack=row.pack, **marking) for post in each.posts]
    with transaction.atomic():
        Placement.objects.bulk_create(rows, batch_size=BATCH)
        Duty.objects.bulk_create(duties, batch_size=BATCH)
