"""Answers about missions: dated, attributed, and never more than was said."""

from datetime import UTC, datetime, timedelta

from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission import actions
from cadre.mission.queries import missions, organisations, people, posts, sites
from cadre.mission.queries.missions import MissionView
from cadre.mission.queries.posts import Filter
from tests.mission.conftest import World

THAT_DAY = datetime(2020, 1, 6, 23, 59, tzinfo=UTC)


def view(operator: Viewer, code: str = "NMI", *, on: datetime = THAT_DAY) -> MissionView:
    found = missions.mission(operator, code, on=on, known_on=None)
    assert found is not None
    return found


def test_the_latest_mandate_that_has_surely_begun_is_in_force(
    world: World, operator: Viewer, at: datetime
) -> None:
    for wording, since in (
        ("Train.", "2018-10"), ("Train and advise.", "2019"), ("Build capacity.", "[2020-01-05..]"),
        ("Later.", "2020-02"),
    ):  # fmt: skip
        actions.set_mandate(world.nmi, wording, since=Moment.parse(since), by=operator, at=at)
    found = {each.told.row.wording: each.standing for each in view(operator).mandates}
    assert found == {
        "Train.": "earlier",
        "Train and advise.": "in force",
        "Build capacity.": "perhaps",
    }


def test_a_commander_whom_nobody_named_is_not_stated(
    world: World, operator: Viewer, at: datetime
) -> None:
    def commander() -> object:
        return next(fact.value for fact in view(operator).facts if fact.key == "commander")

    assert commander() is None
    new = actions.NewAppointment(
        office="commander", holder="Somebody", since=Moment.parse("2019-01-01")
    )
    actions.appoint(world.nmi, new, by=operator, at=at)
    assert commander() == "Somebody"


def test_relations_that_nobody_stated_are_named_as_not_stated(
    world: World, operator: Viewer, at: datetime
) -> None:
    oir = actions.found_mission(actions.NewMission(code="OIR", name="OIR"), by=operator, at=at)
    new = actions.NewRelation(kind="sister_of", other_mission=oir)
    actions.relate(world.nmi, new, by=operator, at=at)
    assert [(each.other.code, each.kinds) for each in view(operator).unrelated] == [
        ("OIR", ("contributes to", "part of"))
    ]
    assert [each.kinds for each in view(operator, "OIR").unrelated] == [
        ("contributes to", "part of")
    ]


def test_a_contributor_elsewhere_is_not_stated_here_and_nothing_is_summed(
    world: World, operator: Viewer, at: datetime
) -> None:
    oir = actions.found_mission(actions.NewMission(code="OIR", name="OIR"), by=operator, at=at)
    new = actions.NewContribution(organisation=world.germany, quantity="around 120 troops")
    actions.record_contribution(oir, new, by=operator, at=at)
    here, there = view(operator), view(operator, "OIR")
    assert [(line.organisation.code, line.stakes) for line in here.contributions] == [("DE", ())]
    assert [str(stake.quantity) for line in there.contributions for stake in line.stakes] == [
        "around 120 troops"
    ]
    germany = organisations.organisation(operator, "DE", on=THAT_DAY, known_on=None)
    assert germany is not None
    assert {line.mission.code: len(line.stakes) for line in germany.contributions} == {
        "NMI": 0,
        "OIR": 1,
    }


def test_an_open_list_stays_open(world: World, operator: Viewer, at: datetime) -> None:
    new = actions.NewContributorList(
        wording="non-NATO partners", organisations=("DE", "IQ"), open=True
    )
    actions.record_contributor_list(world.nmi, new, by=operator, at=at)
    assert [str(line.names) for line in view(operator).lists] == ["such as Germany and Iraq"]


def test_a_correction_takes_the_place_of_what_it_corrects_from_then_on(
    world: World, operator: Viewer, at: datetime
) -> None:
    wrong = actions.appoint(
        world.nmi, actions.NewAppointment(office="commander", holder="Wrong"), by=operator, at=at
    )
    later = at + timedelta(days=1)
    right = actions.NewAppointment(
        office="commander", holder="Right", grounds=actions.Grounds(corrects=wrong.pk)
    )
    actions.appoint(world.nmi, right, by=operator, at=later)

    def holders(known_on: datetime) -> list[str]:
        found = missions.mission(operator, "NMI", on=THAT_DAY, known_on=known_on)
        assert found is not None
        return [each.told.row.holder for each in found.appointments]

    assert (holders(at), holders(later)) == (["Wrong"], ["Right"])


def test_a_described_row_is_shown_as_it_was_known_then(
    world: World, operator: Viewer, at: datetime
) -> None:
    later = at + timedelta(days=1)
    new = actions.NewSite(code="TAJI", name="Renamed", kind="site", parent=world.country)
    actions.change_site(world.base, new, by=operator, at=later)
    actions.add_site(actions.NewSite(code="LATE", name="Late", kind="site"), by=operator, at=later)

    def names(known_on: datetime | None) -> list[str]:
        return [each.site.name for each in sites.sites(operator, on=THAT_DAY, known_on=known_on)]

    assert names(at) == ["Iraq", "Camp Taji"]
    assert names(later) == names(None) == ["Iraq", "Renamed", "Late"]


def test_a_post_has_the_holder_of_the_moment_asked_about(
    world: World, operator: Viewer, at: datetime
) -> None:
    post = actions.add_post(
        actions.NewPost(code="A", title="A", mission=world.nmi, site=world.base),
        by=operator,
        at=at,
    )
    start = datetime(2020, 1, 1, tzinfo=UTC)
    for place, code in enumerate(("P1", "P2")):
        person = actions.add_person(
            actions.NewPerson(code=code, name=code, nation=world.germany), by=operator, at=at
        )
        begins_at = start + timedelta(days=10 * place)
        new = actions.NewHolding(
            post=post, person=person, begins_at=begins_at, ends_at=begins_at + timedelta(days=10)
        )
        actions.hold(new, by=operator, at=at)

    def holder(on: datetime, known_on: datetime | None) -> str | None:
        found = posts.post(operator, "A", on=on, known_on=known_on)
        assert found is not None
        return found.holder.person.code if found.holder else None

    days = [start + timedelta(days=day) for day in (-1, 0, 9, 10, 19, 20)]
    expected = [None, "P1", "P1", "P2", "P2", None]
    assert [holder(day, None) for day in days] == expected
    assert [holder(day, at) for day in days] == expected
    narrowed = Filter(mission="NMI", site="IRQ")
    found = people.people(operator, narrowed, page=1, on=days[1], known_on=None)
    assert [each.person.code for each in found.object_list] == ["P1"]


def test_what_an_organisation_is_to_another_is_dated(
    world: World, operator: Viewer, at: datetime
) -> None:
    alliance = actions.add_organisation(
        actions.NewOrganisation(code="NATO", name="NATO", kind="organisation"), by=operator, at=at
    )
    new = actions.NewMembership(kind="Ally of", of=alliance, since=Moment.parse("1955-05-06"))
    actions.record_membership(world.germany, new, by=operator, at=at)

    def kinds(on: datetime) -> dict[str, list[str]]:
        found = organisations.organisations(operator, on=on, known_on=None)
        return {
            each.organisation.code: [told.row.kind for told in each.memberships] for each in found
        }

    assert kinds(THAT_DAY) == {"DE": ["Ally of"], "IQ": [], "NATO": []}
    assert kinds(datetime(1950, 1, 1, tzinfo=UTC))["DE"] == []


def test_a_page_of_people_beyond_the_last_is_the_last(world: World, operator: Viewer) -> None:
    found = people.people(operator, Filter(), page=9, on=THAT_DAY, known_on=None)
    assert (found.number, found.object_list, found.has_other_pages) == (1, [], False)


def test_the_made_up_and_the_real_are_not_blended(
    world: World, operator: Viewer, at: datetime
) -> None:
    made_up = actions.found_mission(
        actions.NewMission(code="FTM", name="Made up", grounds=actions.Grounds(pack="fictional-1")),
        by=operator,
        at=at,
    )
    new = actions.NewContribution(
        organisation=world.germany, quantity="20", grounds=actions.Grounds(pack="fictional-1")
    )
    actions.record_contribution(made_up, new, by=operator, at=at)
    assert (view(operator).contributions, view(operator).unrelated) == ((), ())
    assert len(view(operator, "FTM").contributions) == 1


def test_a_nation_is_shown_as_what_it_was_at_the_moment(
    world: World, operator: Viewer, at: datetime
) -> None:
    alliance = actions.add_organisation(
        actions.NewOrganisation(code="NATO", name="NATO", kind="organisation"), by=operator, at=at
    )
    for kind, since, until in (("partner of", "1994", "2024-03-06"), ("Ally of", "2024-03-07", "")):
        new = actions.NewMembership(
            kind=kind, of=alliance, since=Moment.parse(since), until=Moment.parse(until)
        )
        actions.record_membership(world.germany, new, by=operator, at=at)
    shown = {}
    for year in (1990, 2020, 2025):
        found = organisations.organisation(
            operator, "DE", on=datetime(year, 1, 6, tzinfo=UTC), known_on=None
        )
        assert found is not None
        shown[year] = [each.row.kind for each in found.memberships]
    assert shown == {1990: [], 2020: ["partner of"], 2025: ["Ally of", "partner of"]}
