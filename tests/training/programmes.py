"""A timetable to test with: sessions that stand somewhere in the first version."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange, NumericRange

from cadre.mission.models import Mission, Organisation, Post, Site
from cadre.training.models import (
    Course,
    Duty,
    Placement,
    PlanVersion,
    Session,
    SessionKind,
    TraineeClass,
)

numbers = count(1)


def make_course(
    mission: Mission, code: str, *, size: int | None = None,
    institution: Organisation | None = None, line: str = "training",
) -> Course:  # fmt: skip  # reads as one sentence
    """A course with a class of its own. Inside `acting`."""
    taught = TraineeClass.objects.create(
        mission=mission, code=f"K-{code}", title=code, size=size, institution=institution
    )
    return Course.objects.create(mission=mission, code=code, title=code, line=line, trainees=taught)


def stands(
    mission: Mission, site: Site, begins: datetime, *, hours: float = 2,
    posts: Iterable[Post] = (), course: Course | None = None, **values: object,
) -> Placement:  # fmt: skip  # reads as one sentence
    """A session in the first version of the timetable: of a course unless `kind` says otherwise.

    Inside `acting`.
    """
    session = Session.objects.create(
        **{
            "mission": mission,
            "code": f"S{next(numbers)}",
            "kind": SessionKind.SESSION,
            "line": "training",
            "title": "Session",
            "minutes": int(hours * 60),
            "course": course,
            **values,
        }
    )
    if not PlanVersion.objects.filter(mission=mission).exists():
        PlanVersion.objects.create(
            mission=mission, number=1, published_by="test",
            recorded_at=begins, recorded_by="test", known_from=begins,
        )  # fmt: skip  # reads as one sentence
    placement = Placement.objects.create(
        session=session,
        site=site,
        during=DateTimeTZRange(begins, begins + timedelta(hours=hours)),
        versions=NumericRange(1, None),
    )
    for post in posts:
        Duty.objects.create(placement=placement, post=post)
    return placement
