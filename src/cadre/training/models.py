"""What a mission teaches: courses, their sessions, and the posts that teach them.

Whether a session may run is no column: it is asked of the posture, so that a directive is one row
however many sessions it stops. Posts teach, and people hold posts, so no row here names anybody.
"""

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.mission.models import Mission, Organisation, Post, Site
from cadre.record.models import Described


class Course(Described):
    """A course for a force or an institution of the host. Of trainees, how many are to take it."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="courses")
    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    line = models.CharField(_("activity line"), max_length=40)
    institution = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    trainees = models.PositiveIntegerField(_("trainees"), null=True, blank=True)
    deadline = models.DateField(_("to be completed by"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(line=""), name="a_course_is_of_a_line"),
        ]

    def __str__(self) -> str:
        return self.title


class SessionKind(models.TextChoices):
    SESSION = "session", _("session")
    ENGAGEMENT = "engagement", _("engagement")


class Session(Described):
    """Something that takes place: a session of a course, or an engagement with a counterpart."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="sessions")
    kind = models.CharField(
        _("kind"), max_length=10, choices=SessionKind, default=SessionKind.SESSION
    )
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    line = models.CharField(_("activity line"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")  # a room, or a site
    during = DateTimeRangeField(_("during"))
    counterpart = models.CharField(_("counterpart"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(during__startswith__isnull=False, during__endswith__isnull=False)
                & models.Q(during__isempty=False),
                name="a_session_begins_and_ends",
            ),
        ]
        indexes = [GistIndex("during", name="session_during")]

    def __str__(self) -> str:
        return self.title


class Duty(Described):
    """A post teaches or leads a session."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="duties")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("session", "post", name="a_post_has_one_duty_in_a_session"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.post_id}"
