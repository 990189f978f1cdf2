"""Who is meant: people at places, holders of roles, teachers, owners. With sight of the whole
record: whoever is concerned is told, and what he may read is decided for each apart.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models.functions import Lower
from django.utils.translation import override

from cadre.access.models import Account, Role, RoleChoices
from cadre.access.queries import viewer_of
from cadre.accountability.models import MusterEntry, StatusKind, Warden, WardenList
from cadre.accountability.queries.places import Circle
from cadre.accountability.queries.roster import Wish, roster
from cadre.alerts.models import Alert, Deputy
from cadre.core.releasability import Classification, Marking, Viewer, may_see
from cadre.mission.models import Holding, Mission, Person, Post
from cadre.training.models import Duty

# Who alerts are made and sent as: it has the machine's shell, as the operator has.
MACHINE = Viewer("alerts", Classification.SECRET, sees_all=True)
# Whose stay keeps them within reach of what happens at the mission's places.
HERE = frozenset(
    {StatusKind.TRANSIT, StatusKind.VISITOR, StatusKind.LOCAL_STAFF, StatusKind.INTERPRETER}
)
# To whom something passes whose owner nobody knows by that name.
LAST_RESORT = (RoleChoices.DUTY_OFFICER.value, RoleChoices.COMMANDER.value)


def people_at(
    mission: Mission, *, at: datetime, sites: Collection[str] | None = None,
    nations: Collection[str] | None = None, circle: Circle | None = None,
) -> list[UUID]:  # fmt: skip  # reads as one sentence
    """People of a mission who are at a moment at these places or below, of these nations (None is
    all of them) and within a circle, by their last known place: as a muster would count them. Of
    whom nobody can tell is told as well; who is on leave or elsewhere is not.
    """
    wish = Wish(
        missions=(mission,),
        sites=None if sites is None else frozenset(sites),
        nations=None if nations is None else frozenset(nations),
        circle=circle,
        counted_kinds=HERE,
    )
    return [line.person.pk for line in roster(wish, on=at) if line.counted]


def with_role(mission: Mission | None, *roles: str, of: Collection[str] = ()) -> list[UUID]:
    """Open accounts that hold one of these roles in a mission (None: in every one); `of`: of these
    nations or organisations only.
    """
    held = Role.objects.filter(
        role__in=roles,
        mission__in=["", mission.code] if mission else [""],
        ended_at__isnull=True,
        account__is_active=True,
    )
    if of:
        held = held.filter(account__affiliations__overlap=list(of))
    return list(held.values_list("account_id", flat=True).distinct())


def who_may_see(accounts: Iterable[UUID], marking: Marking) -> list[UUID]:
    """Of these accounts, those that may see something with this marking."""
    rows = Account.objects.filter(pk__in=list(accounts), is_active=True)
    return [row.pk for row in rows if may_see(viewer_of(row), marking)]


def teachers(sessions: Iterable[UUID], *, at: datetime) -> list[UUID]:
    """People who hold at a moment the posts that teach or lead these sessions."""
    posts = Duty.objects.filter(session__in=list(sessions)).values("post")
    held = Holding.objects.filter(post__in=posts, during__contains=at)
    return list(held.values_list("person_id", flat=True).distinct())


def with_role_for(mission: Mission | None, role: str, nation: str) -> list[UUID]:
    """Open accounts with a role for somebody of a nation: a representative is his own nation's."""
    own = [nation] if role == RoleChoices.REPRESENTATIVE else []
    return with_role(mission, role, of=own)


def deputies(_alert: Alert, people: Collection[UUID], *, at: datetime) -> dict[UUID, list[UUID]]:
    """Who stands in for each of these people at a moment: holders of the posts that were named as
    deputies of theirs, else whoever their post reports to; nobody where neither is held.
    """
    from_posts: dict[UUID, set[UUID]] = {}
    above: dict[UUID, set[UUID]] = {}
    held = Holding.objects.filter(person__in=people, during__contains=at).select_related("post")
    for each in held:
        from_posts.setdefault(each.post_id, set()).add(each.person_id)
        if each.post.reports_to_id is not None:
            above.setdefault(each.post.reports_to_id, set()).add(each.person_id)
    named = named_deputies(from_posts)
    found = spread(named, at=at)
    missing = set(people) - {person for person, standing in found.items() if standing}
    superiors = {post: whom & missing for post, whom in above.items()}
    return found | {
        person: standing
        for person, standing in spread(superiors, at=at).items()
        if person in missing
    }


def named_deputies(posts: dict[UUID, set[UUID]]) -> dict[UUID, set[UUID]]:
    """By deputy post, the people whose posts it is deputy of."""
    found: dict[UUID, set[UUID]] = {}
    rows = Deputy.objects.filter(post__in=posts, dropped=False)
    for post, deputy in rows.values_list("post_id", "deputy_id"):
        found.setdefault(deputy, set()).update(posts[post])
    return found


def spread(posts: dict[UUID, set[UUID]], *, at: datetime) -> dict[UUID, list[UUID]]:
    """The holders of these posts at a moment, by each of the people that they are named for."""
    found: dict[UUID, list[UUID]] = {}
    held = Holding.objects.filter(post__in=posts, during__contains=at)
    for post, holder in held.values_list("post_id", "person_id"):
        for person in posts[post] - {holder}:
            found.setdefault(person, []).append(holder)
    return found


def owners(mission: Mission, named: str, *, at: datetime) -> tuple[list[UUID], list[UUID]]:
    """The people and the accounts that an owner's name stands for: a post by code or title, or a
    role by its code or its name in any language. A name that stands for nobody is the duty
    officer's and the commander's: nothing is left to nobody.
    """
    wanted = named.strip().casefold()
    posts = Post.objects.filter(mission=mission)
    found = [post.pk for post in posts if wanted in {post.code.casefold(), post.title.casefold()}]
    held = Holding.objects.filter(post__in=found, during__contains=at)
    people = list(held.values_list("person_id", flat=True).distinct())
    accounts = with_role(mission, *roles_called(wanted))
    if not people and not accounts:
        accounts = with_role(mission, *LAST_RESORT)
    return people, accounts


def roles_called(wanted: str) -> list[str]:
    """The roles that are called so, by code or by name in any language of the pages."""
    found = []
    for role in RoleChoices:
        names = {role.value}
        for language, _name in settings.LANGUAGES:
            with override(language):
                names.add(str(role.label).casefold())
        if wanted in names:
            found.append(role.value)
    return found


def people_of(accounts: Collection[UUID]) -> dict[UUID, UUID]:
    """The person whose address in the directory an account has, by account; those without are
    left out. Of several with one address, the first by code.
    """
    rows = Account.objects.filter(pk__in=accounts).values_list("pk", "email")
    emails = {email.casefold(): account for account, email in rows}
    people = Person.objects.annotate(small=Lower("email")).filter(small__in=emails)
    found: dict[UUID, UUID] = {}
    for person, email in people.order_by("code").values_list("pk", "small"):
        found.setdefault(emails[email], person)
    return found


def wardens(alert: Alert, people: Collection[UUID], *, at: datetime) -> dict[UUID, list[UUID]]:
    """The wardens and alternates of each of these people: at a muster those of the list on which
    the person was counted, else those of the lists of the mission on which he stands.
    """
    number = str(alert.content.get("muster", ""))
    lists = lists_at_muster(number, people) if number else lists_of(alert.mission, people, at=at)
    named = {each for theirs in lists.values() for each in theirs}
    counting: dict[UUID, list[UUID]] = {}
    rows = Warden.objects.filter(list__in=named, dropped=False).order_by("position")
    for of_list, person in rows.values_list("list_id", "person_id"):
        counting.setdefault(of_list, []).append(person)
    found = {
        person: [each for of_list in theirs for each in counting.get(of_list, []) if each != person]
        for person, theirs in lists.items()
    }
    return {person: list(dict.fromkeys(whom)) for person, whom in found.items() if whom}


def lists_at_muster(number: str, people: Collection[UUID]) -> dict[UUID, list[UUID]]:
    rows = MusterEntry.objects.filter(muster__number=number, person__in=people, list__isnull=False)
    return {
        person: [of_list]
        for person, of_list in rows.values_list("person_id", "list_id")
        if of_list is not None
    }


def lists_of(
    mission: Mission | None, people: Collection[UUID], *, at: datetime
) -> dict[UUID, list[UUID]]:
    """The lists of a mission on which people stand: by name, or by the site and nation of a post
    that they hold at a moment.
    """
    lists = list(
        WardenList.objects.filter(mission=mission, dropped=False).select_related("site", "nation")
    )
    rows = Holding.objects.filter(
        person__in=people, post__mission=mission, during__contains=at
    ).select_related("person__nation", "post__site")
    found: dict[UUID, list[UUID]] = {}
    for holding in rows:
        theirs = [each.pk for each in lists if stands_on(holding, each)]
        found.setdefault(holding.person_id, []).extend(theirs)
    return found


def stands_on(holding: Holding, of_list: WardenList) -> bool:
    """Being named beats the rule; a list with names only is of these people."""
    if holding.person.code in of_list.people:
        return True
    if of_list.people and of_list.site is None and of_list.nation is None:
        return False
    path = holding.post.site.path if holding.post.site else []
    there = of_list.site is None or of_list.site.code in path
    return there and of_list.nation in {None, holding.person.nation}
