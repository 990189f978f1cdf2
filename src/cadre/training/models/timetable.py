"""The published timetable in versions.

A placement holds from the version that made it to the one that unmade it, so a version is all
placements whose span of versions holds its number, and every version is kept. Whether a session
may run is no column here: it is asked of the posture, so that a directive is one row however many
sessions it stops.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, IntegerRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.mission.models import Mission, Post, Site
from cadre.record.models import Described, Stated
from cadre.training.models.programme import Session, TraineeClass

CURRENT = models.Q(versions__upper_inf=True)


class PlanVersion(Stated):
    """One published version of a mission's timetable; `number`: 1 is the first."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("what changed, in words"), max_length=200, blank=True)
    published_by = models.CharField(_("published by"), max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint("mission", "number", name="a_version_has_its_number"),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id} {self.number}"


class Placement(Described):
    """Where and when a session stands, over a span of versions, half-open; no end: it still does.

    `room` (where the site is one) and `trainees` are filled in by the database, which refuses two
    current placements of one room or class at once, and any change but the end of the span.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="placements")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")  # a room, or a site
    during = DateTimeRangeField(_("during"))
    versions = IntegerRangeField(_("versions"))
    room = models.ForeignKey(Site, models.PROTECT, null=True, editable=False, related_name="+")
    trainees = models.ForeignKey(
        TraineeClass, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    during__startswith__isnull=False,
                    during__endswith__isnull=False,
                    during__isempty=False,
                ),
                name="a_placement_begins_and_ends",
            ),
            models.UniqueConstraint(
                "session", condition=CURRENT, name="a_session_stands_once_in_the_timetable"
            ),
            ExclusionConstraint(
                name="a_room_has_one_session_at_a_time",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=CURRENT,
            ),
            ExclusionConstraint(
                name="a_class_has_one_session_at_a_time",
                expressions=[
                    ("trainees", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=CURRENT,
            ),
        ]
        indexes = [
            GistIndex("during", condition=CURRENT, name="placement_during"),
            GistIndex("versions", name="placement_versions"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.during}"


class Duty(Described):
    """A post teaches or leads what stands there. `during` and `versions` are the placement's, which
    the database sees to; it refuses a post two current duties at once.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="duties")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    during = DateTimeRangeField(editable=False, null=True)
    versions = IntegerRangeField(editable=False, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("placement", "post", name="a_post_has_one_duty_in_a_session"),
            ExclusionConstraint(
                name="a_post_teaches_one_session_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=CURRENT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.post_id}"
