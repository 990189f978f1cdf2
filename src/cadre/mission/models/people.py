"""Who and where: organisations, sites, posts, people. Described, so they may change."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.core.moments import Moment
from cadre.mission.models.basis import Mission
from cadre.record.fields import MomentField
from cadre.record.models import Described, Stated


class OrganisationKind(models.TextChoices):
    NATION = "nation", _("Nation")
    ORGANISATION = "organisation", _("Organisation")
    FORCE = "force", _("Force")
    INSTITUTION = "institution", _("Institution")


class Organisation(Described):
    """A nation (its code is ISO 3166-1 alpha-2), an organisation, a force, an institution."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Membership(Stated):
    """What an organisation is to another (Ally of, partner of, member of), and since when."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    kind = models.CharField(_("kind"), max_length=40)
    of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    since = MomentField(_("since"), default=Moment.unknown)
    until = MomentField(_("until"), default=Moment.unknown)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.of_id}"


class SiteKind(models.TextChoices):
    COUNTRY = "country", _("Country")
    AREA = "area", _("Area")
    SITE = "site", _("Site")
    ROOM = "room", _("Room")


class Site(Described):
    """A place in the tree of places. `path` holds the codes from the root down to itself."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=SiteKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    path = ArrayField(models.CharField(max_length=40), editable=False)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)  # WGS 84, degrees
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_position_is_whole_and_on_earth",
            ),
        ]
        indexes = [GinIndex("path", name="site_path")]

    def __str__(self) -> str:
        return self.name


class Presence(Stated):
    """A mission works at a site."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="presences")
    site = models.ForeignKey(Site, models.PROTECT, related_name="presences")
    since = MomentField(_("since"), default=Moment.unknown)

    def __str__(self) -> str:
        return f"{self.mission_id} {self.site_id}"


class Post(Described):
    """A post (billet) of a mission. Permissions and duties hang on posts; people hold them."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="posts")
    line = models.CharField(_("activity line"), max_length=40, blank=True)
    nation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="posts")
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.title


class Person(Described):
    """Somebody of a mission. Released to the person's own nation unless its marking says more."""

    personal = "nation__code"

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    rank = models.CharField(_("rank"), max_length=60, blank=True)
    nation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)

    def __str__(self) -> str:
        return " ".join(part for part in (self.rank, self.name) if part)


class Holding(Described):
    """Who holds which post over which time. One holder at a time: the database refuses more."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    during = DateTimeRangeField(_("during"))

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_post_has_one_holder_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.person_id}"


class Task(Described):
    """Something a post is told to do. A non-combat mission refuses a combat one."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="tasks")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="tasks")
    line = models.CharField(_("activity line"), max_length=40)
    title = models.CharField(_("task"), max_length=200)
    combat = models.BooleanField(_("is combat"), default=False)

    def __str__(self) -> str:
        return self.title
