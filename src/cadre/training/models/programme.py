"""What a mission teaches: courses of sessions for classes, and the rooms and posts that they need.

Posts teach, and people hold posts, so no row here names anybody. When a session takes place is
not here but in the timetable, which is published in versions.
"""

from typing import Final

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.mission.models import Mission, Organisation, Post, Site
from cadre.record.models import Described

DAY: Final = 24 * 60  # minutes


class TraineeClass(Described):
    """Trainees of a force or an institution of the host who are taught together."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    institution = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    size = models.PositiveIntegerField(_("trainees"), null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Course(Described):
    """A course for a class. Its sessions stand in its modules, which follow each other."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="courses")
    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    line = models.CharField(_("activity line"), max_length=40)
    trainees = models.ForeignKey(
        TraineeClass, models.PROTECT, null=True, blank=True, related_name="courses"
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    deadline = models.DateField(_("to be completed by"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(line=""), name="a_course_is_of_a_line"),
        ]

    def __str__(self) -> str:
        return self.title


class Module(Described):
    """A part of a course; `position`: 1 is the first."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="modules")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "course", "position", name="a_course_has_one_module_at_a_position"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SessionKind(models.TextChoices):
    SESSION = "session", _("session")
    ENGAGEMENT = "engagement", _("engagement")


class Session(Described):
    """What is to take place once: a session of a course, or an engagement with a counterpart.

    `after`: the codes of sessions that have to be over before it begins. What an engagement needs
    is not stated here: it is arranged with the counterpart.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="sessions")
    kind = models.CharField(
        _("kind"), max_length=10, choices=SessionKind, default=SessionKind.SESSION
    )
    code = models.CharField(_("code"), max_length=60, unique=True)
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    module = models.ForeignKey(Module, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(_("position in the course"), default=1)
    line = models.CharField(_("activity line"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveIntegerField(_("minutes"), default=60)
    after = ArrayField(
        models.CharField(max_length=60), verbose_name=_("after"), default=list, blank=True
    )
    room_kind = models.CharField(_("kind of room"), max_length=60, blank=True)
    trainers = models.PositiveSmallIntegerField(_("trainers wanted"), default=1)
    qualification = models.CharField(_("qualification of each"), max_length=60, blank=True)
    at_least = models.PositiveIntegerField(_("trainees at least"), default=0)
    at_most = models.PositiveIntegerField(_("trainees at most"), null=True, blank=True)
    counterpart = models.CharField(_("counterpart"), max_length=200, blank=True)
    dropped = models.BooleanField(_("no longer to take place"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0, minutes__lte=DAY),
                name="a_session_lasts_within_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(at_most__isnull=True)
                | models.Q(at_most__gte=models.F("at_least")),
                name="a_session_has_no_more_at_least_than_at_most",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=SessionKind.SESSION)
                | models.Q(course__isnull=True, module__isnull=True),
                name="an_engagement_is_of_no_course",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TeachingRoom(Described):
    """A room as one teaches in it. Its places are those of the site; hours are local, in minutes
    from midnight.
    """

    site = models.OneToOneField(Site, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of room"), max_length=60)
    opens = models.PositiveSmallIntegerField(_("opens"), default=8 * 60)
    closes = models.PositiveSmallIntegerField(_("closes"), default=17 * 60)
    dropped = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes"), closes__lte=DAY),
                name="a_room_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return str(self.site_id)


class Trainer(Described):
    """A post that teaches. From when to when somebody holds it is told by its holdings.

    `sites`: codes of places at which it may teach beside the post's own.
    """

    post = models.OneToOneField(Post, models.PROTECT, related_name="+")
    qualifications = ArrayField(
        models.CharField(max_length=60), verbose_name=_("qualifications"), default=list, blank=True
    )
    sites = ArrayField(
        models.CharField(max_length=40), verbose_name=_("teaches at, too"), default=list, blank=True
    )
    day_minutes = models.PositiveIntegerField(_("minutes a day at most"), default=6 * 60)
    week_minutes = models.PositiveIntegerField(_("minutes a week at most"), default=30 * 60)
    dropped = models.BooleanField(_("no longer teaches"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day_minutes__lte=DAY), name="a_trainer_teaches_within_a_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.post_id)


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", _("leave")
    ROTATION = "rotation", _("rotation")
    DUTY = "duty", _("other duty")
    OTHER = "other", _("other reason")


class Absence(Described):
    """Days, local to the place, on which whoever holds a post does not teach. Who it is, and why in
    detail, is not said here.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    days = DateRangeField(_("days"))
    kind = models.CharField(
        _("kind"), max_length=10, choices=AbsenceKind, default=AbsenceKind.LEAVE
    )
    dropped = models.BooleanField(_("called off"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    days__startswith__isnull=False,
                    days__endswith__isnull=False,
                    days__isempty=False,
                ),
                name="an_absence_begins_and_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind}"


class WorkingCalendar(Described):
    """When a mission teaches: the working week, feast days and breaks of the place.

    `weekdays`: 0 is a Monday. `feasts`: names by ISO date. `breaks`: lists of the first and the
    last minute of every day, half-open, and a name, such as a prayer. `step`: sessions begin and
    end on multiples of so many minutes.
    """

    mission = models.OneToOneField(Mission, models.PROTECT, related_name="+")
    zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("working days"))
    feasts = models.JSONField(_("feast days"), default=dict, blank=True)
    breaks = models.JSONField(_("breaks"), default=list, blank=True)
    step = models.PositiveSmallIntegerField(_("step in minutes"), default=30)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(weekdays=[]), name="a_calendar_has_working_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id} {self.zone}"
