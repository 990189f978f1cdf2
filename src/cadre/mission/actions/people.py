"""Posts, the people who hold them, and what they are told to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from cadre.access.models import marking_values
from cadre.core.refused import Refused
from cadre.core.releasability import Classification, Marking, Viewer
from cadre.mission.actions.basis import COMBAT, refuse_combat
from cadre.mission.actions.checks import Misfit, add, change, code_of, one_at_a_time
from cadre.mission.actions.places import refuse_own_parent
from cadre.mission.models import (
    ActivityLine,
    Holding,
    Mission,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    Site,
    Task,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post as it is to be. `line` "" is work for the mission as a whole."""

    code: str
    title: str
    mission: Mission
    line: str = ""
    nation: Organisation | None = None
    site: Site | None = None
    reports_to: Post | None = None
    marking: Marking = field(default_factory=Marking)
    pack: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person as they are to be. `marking` None: the rule of `marking_of_person`."""

    code: str
    name: str
    nation: Organisation
    rank: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    marking: Marking | None = None
    pack: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHolding:
    """That a person holds a post from one moment to another (None: until further notice)."""

    post: Post
    person: Person
    begins_at: datetime
    ends_at: datetime | None = None
    pack: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """Something that a mission, or one post of it, is to do."""

    line: str
    title: str
    combat: bool = False
    post: Post | None = None
    marking: Marking = field(default_factory=Marking)
    pack: str = ""


def marking_of_person(
    nation: str,
    *,
    shared_with: Iterable[str] = (),
    communities: Iterable[str] = (),
    classification: Classification = Classification.UNCLASSIFIED,
) -> Marking:
    """Who may see a person's name unless their nation says more: that nation, nobody else.

    `shared_with` are codes of nations or organisations that the nation releases it to: with the
    mission's own code there, its staff sees the name.
    """
    return Marking(
        classification=classification,
        releasable_to=frozenset({nation, *shared_with}),
        communities=frozenset(communities),
        originator=nation,
    )


def add_post(new: NewPost, *, by: Viewer, at: datetime) -> Post:
    """Adds a post to a mission. Refused for a line that the mission does not have."""
    require_line(new.mission, new.line)
    return add(Post(**post_values(new)), "mission.add_post", by=by, at=at)


def change_post(row: Post, new: NewPost, *, seen: str = "", by: Viewer, at: datetime) -> Post:
    """Makes a post what `new` says. Refused where it would report to itself."""
    above: list[object] = []
    post = new.reports_to
    while post is not None and post.pk not in above:
        above.append(post.pk)
        post = post.reports_to
    refuse_own_parent(row.pk, new.reports_to, above)
    require_line(new.mission, new.line)
    return change(row, post_values(new), "mission.change_post", seen=seen, by=by, at=at)


def post_values(new: NewPost) -> dict[str, object]:
    """Column values of a post. Raises Misfit for a nation that is none."""
    require_nation(new.nation)
    return {
        "code": code_of(new.code),
        "title": new.title.strip(),
        "mission": new.mission,
        "line": new.line,
        "nation": new.nation,
        "site": new.site,
        "reports_to": new.reports_to,
        "pack": new.pack,
        **marking_values(new.marking),
    }


def require_line(mission: Mission, line: str) -> None:
    """Raises Misfit for a line that the mission does not have; "" is the mission as a whole."""
    if line and not ActivityLine.objects.filter(mission=mission, code=line).exists():
        raise no_line(mission, line)


def no_line(mission: Mission, line: str) -> Misfit:
    return Misfit(
        "line",
        _("%(mission)s has no activity line “%(line)s”.") % {"mission": mission.code, "line": line},
    )


def require_nation(organisation: Organisation | None) -> None:
    if organisation is not None and organisation.kind != OrganisationKind.NATION:
        raise Misfit("nation", _("“%(code)s” is not a nation.") % {"code": organisation.code})


def add_person(new: NewPerson, *, by: Viewer, at: datetime) -> Person:
    """Adds a person. Refused when the one who adds could not see the name by its marking."""
    return add(Person(**person_values(new)), "mission.add_person", by=by, at=at)


def change_person(
    row: Person, new: NewPerson, *, seen: str = "", by: Viewer, at: datetime
) -> Person:
    """Makes a person what `new` says."""
    return change(row, person_values(new), "mission.change_person", seen=seen, by=by, at=at)


def person_values(new: NewPerson) -> dict[str, object]:
    """Column values of a person. Raises Misfit for a nation that is none."""
    require_nation(new.nation)
    return {
        "code": code_of(new.code),
        "name": new.name.strip(),
        "nation": new.nation,
        "rank": new.rank.strip(),
        "email": new.email.strip(),
        "phone": new.phone.strip(),
        "language": new.language.strip(),
        "pack": new.pack,
        **marking_values(new.marking or marking_of_person(new.nation.code)),
    }


def hold(new: NewHolding, *, by: Viewer, at: datetime) -> Holding:
    """Puts a person on a post for a time. Refused when somebody else holds it then.

    Who holds the post is told to whoever may see the person's name: the marking is the same.
    """
    return add(Holding(**holding_values(new)), "mission.hold", by=by, at=at)


def holding_values(new: NewHolding) -> dict[str, object]:
    """Column values of a holding. Raises Misfit for an end that does not follow its beginning."""
    if new.ends_at is not None and new.ends_at <= new.begins_at:
        raise Misfit("ends_at", _("A post is held from one moment to a later one."))
    return {
        "post": new.post,
        "person": new.person,
        "during": DateTimeTZRange(new.begins_at, new.ends_at, "[)"),
        "pack": new.pack,
        **marking_values(new.person.marking),
    }


def end_holding(holding: Holding, *, ends_at: datetime, by: Viewer, at: datetime) -> Holding:
    """Ends a holding. Refused before it began, and past the end that it has already."""
    during = holding.during
    if during.lower is not None and ends_at <= during.lower:
        raise Misfit("ends_at", _("A holding ends after it began."))
    if during.upper is not None and ends_at > during.upper:
        raise Refused(_("This holding ends earlier already."))
    values = {"during": DateTimeTZRange(during.lower, ends_at, "[)")}
    return change(holding, values, "mission.end_holding", seen="", by=by, at=at)


def add_task(mission: Mission, new: NewTask, *, by: Viewer, at: datetime) -> Task:
    """Gives a mission, or one of its posts, a task. A non-combat mission refuses a combat one.

    A task on a combat line is a combat task, whatever else is said of it.
    """
    line = ActivityLine.objects.filter(mission=mission, code=new.line).first()
    combat = new.combat or new.line.casefold() == COMBAT or (line is not None and line.combat)
    refuse_combat(mission, new.title, combat=combat)
    if line is None:
        raise no_line(mission, new.line)
    if new.post is not None and new.post.mission_id != mission.pk:
        raise Misfit("post", _("This post belongs to another mission."))
    row = Task(
        mission=mission,
        post=new.post,
        line=new.line,
        title=new.title.strip(),
        combat=combat,
        pack=new.pack,
        **marking_values(new.marking),
    )
    with transaction.atomic():
        one_at_a_time(Task)
        if mission.tasks.filter(post=row.post, line=row.line, title=row.title).exists():
            raise Misfit("title", _("This task is on record already."))
        return add(row, "mission.add_task", by=by, at=at)
