"""Who of the fictional mission is where at each moment, how reached, and counted by whom."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from cadre.access.demonstration import PLAYERS
from cadre.accountability.models import PersonnelStatus, Sighting, Warden, WardenList
from cadre.core.moments import Moment
from cadre.core.releasability import OPERATOR, Viewer
from cadre.core.risks import Criticality, Risk
from cadre.directives.queries.posture import World
from cadre.directives.queries.risks import mission_risks
from cadre.mission.models import Holding, Mission, Person
from cadre.packs.sample.actions import make_sample
from cadre.packs.sample.names import FICTIONAL, FIELD, WITHHELD
from cadre.packs.sample.plan import Wish, plan
from cadre.packs.sample.stays import PlannedStatus, Stays, contact_of, plan_stays, stream
from cadre.packs.sample.wardens import plan_lists

START = date(2019, 11, 4)
WISH = Wish(people=400, seed=1, scale=1, start=START)
LARGE = Wish(people=400, seed=1, scale=10, start=START)
EVENING = datetime(2020, 1, 6, 18, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENTS = [datetime(2019, 11, 4, 1, tzinfo=UTC) + timedelta(hours=13) * step for step in range(335)]


def at(stays: Stays, moment: datetime) -> list[PlannedStatus]:
    return [
        each
        for each in stays.statuses
        if each.begins <= moment and (each.ends is None or moment < each.ends)
    ]


@pytest.mark.parametrize(("wish", "posts"), [(WISH, 400), (LARGE, 4_000)])
def test_at_every_moment_of_the_26_weeks_the_same_share_is_away(wish: Wish, posts: int) -> None:
    stays = plan_stays(wish, plan(wish))
    least, most = Counter[str](), Counter[str]()
    for moment in MOMENTS[:: 1 if wish.scale == 1 else 12]:
        found = Counter(each.kind for each in at(stays, moment))
        for kind in ("leave", "transit", "lent", "present", "visitor", "local_staff"):
            share = round(1_000 * found[kind] / posts)
            least[kind], most[kind] = min(least.get(kind, share), share), max(most[kind], share)

    wanted = {"leave": 60, "transit": 20, "lent": 10, "present": 20, "visitor": 20}
    for kind, share in wanted.items():
        assert share * 0.5 <= least[kind] <= most[kind] <= share * 1.5, kind
    assert (least["local_staff"], most["local_staff"]) == (100, 100)


def test_nobody_is_in_two_places_at_once() -> None:
    by_person: dict[str, list[PlannedStatus]] = {}
    for each in plan_stays(WISH, plan(WISH)).statuses:
        by_person.setdefault(each.person, []).append(each)
    for statuses in by_person.values():
        statuses.sort(key=lambda each: each.begins)
        for one, other in pairwise(statuses):
            assert one.ends is not None
            assert one.ends <= other.begins


def test_the_same_seed_gives_the_same_stays_and_another_seed_others() -> None:
    again = Wish(people=400, seed=1, scale=1, start=START)
    other = Wish(people=400, seed=2, scale=1, start=START)

    assert plan_stays(again, plan(again)) == plan_stays(WISH, plan(WISH))
    assert plan_lists(again, plan(again)) == plan_lists(WISH, plan(WISH))
    assert plan_stays(other, plan(other)) != plan_stays(WISH, plan(WISH))


def test_some_people_have_no_phone_and_some_cannot_be_reached_at_all() -> None:
    chance = stream(WISH, "contacts")
    found = [contact_of(chance, f"F{number:05}", "FR") for number in range(1, 401)]
    without_phone = [each for each in found if not each.phone]
    without_any = [each for each in without_phone if not each.email]

    assert len(found) > len(without_phone) > len(without_any) > 0
    assert all(each.phone.startswith("+999 ") for each in found if each.phone)
    assert all(each.email.endswith("@fictional.invalid") for each in found if each.email)
    numbers = [each.phone for each in found if each.phone]
    assert len(set(numbers)) == len(numbers)


def test_each_list_has_a_warden_and_two_alternates_who_may_see_whom_they_count() -> None:
    planned = plan(WISH)
    nations = {person.code: person.nation for person in planned.everybody()}
    lists = plan_lists(WISH, planned)

    assert {each.site for each in lists if each.site} == {
        site.code for site in planned.training_sites()
    }
    for each in lists:
        own = {nations[code] for code in each.wardens}
        if each.people:
            assert own == {each.nation}
            assert {nations[code] for code in each.people} == {each.nation} <= WITHHELD
        else:
            assert not own & WITHHELD
        assert len(each.wardens) == 3 or len(each.people) < 3
    named = [code for each in lists for code in each.people]
    assert sorted(named) == sorted(code for code, nation in nations.items() if nation in WITHHELD)


def test_the_people_in_the_field_are_those_of_the_demonstration() -> None:
    players = {player.email: player.name for player in PLAYERS}

    assert {email: name for _code, name, *_rest, email in FIELD} == {
        email: name for email, name in players.items() if email.startswith(("warden@", "adviser@"))
    }


@pytest.fixture
def made(operator: Viewer) -> Mission:
    make_sample(WISH, by=operator, at=EVENING)
    return Mission.objects.get(code="FTM")


def test_all_of_it_is_on_record_marked_as_its_people_are(made: Mission) -> None:
    planned = plan(WISH)
    stays, lists = plan_stays(WISH, planned), plan_lists(WISH, planned)

    assert PersonnelStatus.objects.filter(mission=made).count() == len(stays.statuses)
    assert Sighting.objects.count() == len(stays.sightings)
    assert WardenList.objects.count() == len(lists)
    assert Warden.objects.count() == sum(len(each.wardens) for each in lists)
    for model in (PersonnelStatus, Sighting, Warden):
        for row in model.objects.select_related("person"):
            assert row.marking == row.person.marking
    with_post = set(Holding.objects.values_list("person__code", flat=True))
    guests = {each.code for each in stays.guests}
    assert set(Person.objects.filter(pack="fictional").values_list("code", flat=True)) == (
        with_post | guests
    )
    assert with_post.isdisjoint(guests)
    assert len(with_post) == 400 + len(FIELD)


def test_the_warden_of_the_demonstration_counts_the_site_where_the_worst_happens(
    made: Mission,
) -> None:
    row = Warden.objects.select_related("list__site").get(person__code=FIELD[0][0])

    assert (row.position, row.list.site and row.list.site.code) == (0, "site-04")
    assert Person.objects.get(code=FIELD[0][0]).email == FIELD[0][-1]


def test_risks_are_assessed_one_is_overdue_and_one_that_nobody_can_accept_is_open(
    made: Mission,
) -> None:
    world = World(OPERATOR, known_on=None)
    found = mission_risks(world, made, on=EVENING)
    open_ones = [each for each in found.assessments if each.decided is None]

    assert len(found.assessments) == 7
    assert [each.row.line for each in found.assessments if each.ended] == ["capacity-building"]
    assert [
        (each.row.line, each.row.sites)
        for each in open_ones
        if Risk(each.row.risk) is Risk.UNACCEPTABLE
    ] == [("training", ["site-04"])]
    assert found.table.said[Criticality.IMPORTANT, Risk.MEDIUM] == f"Commander {FICTIONAL}"
    assert sum(each.counts is not None for each in found.places) == 8 + 8 + 4
    assert all(FICTIONAL in each.row.reason for each in found.assessments)
    assert all(each.row.assessed != Moment.unknown() for each in found.assessments)
