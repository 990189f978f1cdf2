"""Changes of missions: each is one row or one sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.refused import Refused
from cadre.core.releasability import Classification, Marking, Viewer
from cadre.mission import actions
from cadre.mission.actions import Grounds, Misfit
from cadre.mission.models import ActivityLine, Holding, Mission, Person, Post, Site, Task
from cadre.record.models import Entry
from tests.mission.conftest import World


def person(world: World, code: str, operator: Viewer, at: datetime) -> Person:
    new = actions.NewPerson(code=code, name=code, nation=world.germany)
    return actions.add_person(new, by=operator, at=at)


@pytest.fixture
def post(world: World, operator: Viewer, at: datetime) -> Post:
    new = actions.NewPost(code="NMI-1", title="Adviser", mission=world.nmi, line="training")
    return actions.add_post(new, by=operator, at=at)


def test_a_non_combat_mission_refuses_combat_by_whatever_name(
    world: World, operator: Viewer, at: datetime
) -> None:
    for new in (
        actions.NewLine(code="strike", name="Strike", combat=True),
        actions.NewLine(code="combat", name="Something harmless"),
    ):
        with pytest.raises(Misfit, match="NMI is a non-combat mission") as refused:
            actions.add_line(world.nmi, new, by=operator, at=at)
        assert refused.value.field == "combat"
    with pytest.raises(Misfit, match="non-combat"):
        actions.add_task(
            world.nmi,
            actions.NewTask(line="training", title="Storm", combat=True),
            by=operator,
            at=at,
        )
    assert (ActivityLine.objects.count(), Task.objects.count()) == (1, 0)


def test_a_mission_whose_nature_is_not_stated_or_combat_takes_a_combat_line(
    world: World, operator: Viewer, at: datetime
) -> None:
    for code, combat in (("OIR", None), ("FIGHT", True)):
        mission = actions.found_mission(
            actions.NewMission(code=code, name=code, combat=combat), by=operator, at=at
        )
        line = actions.NewLine(code="strike", name="Strike", combat=True)
        assert actions.add_line(mission, line, by=operator, at=at).combat


def test_a_task_on_a_combat_line_is_a_combat_task(
    world: World, operator: Viewer, at: datetime
) -> None:
    mission = actions.found_mission(
        actions.NewMission(code="FIGHT", name="Fight", combat=True), by=operator, at=at
    )
    line = actions.NewLine(code="strike", name="Strike", combat=True)
    actions.add_line(mission, line, by=operator, at=at)
    task = actions.add_task(
        mission, actions.NewTask(line="strike", title="Strike"), by=operator, at=at
    )
    assert task.combat


@pytest.mark.parametrize("code", ["", "two words", "a/b", "new", "-x", "x" * 41, "a\nb"])
def test_a_code_that_no_address_could_carry_is_refused(
    world: World, operator: Viewer, at: datetime, code: str
) -> None:
    with pytest.raises(Misfit) as refused:
        actions.add_site(actions.NewSite(code=code, name="X", kind="site"), by=operator, at=at)
    assert refused.value.field == "code"
    assert Site.objects.filter(name="X").count() == 0


def test_a_code_is_given_once(world: World, operator: Viewer, at: datetime) -> None:
    with pytest.raises(Misfit, match="already") as refused:
        actions.add_site(actions.NewSite(code="TAJI", name="X", kind="site"), by=operator, at=at)
    assert refused.value.field == "code"


def test_a_line_is_defined_once_in_a_mission(world: World, operator: Viewer, at: datetime) -> None:
    with pytest.raises(Misfit, match="already"):
        actions.add_line(
            world.nmi, actions.NewLine(code="training", name="Again"), by=operator, at=at
        )


def test_nobody_writes_what_he_could_not_see(world: World, operator: Viewer, at: datetime) -> None:
    french = Viewer("Marie", Classification.UNCLASSIFIED, frozenset({"FR"}))
    new = actions.NewPerson(code="P1", name="Anna", nation=world.germany)
    with seeing(french), pytest.raises(Misfit) as refused:
        actions.add_person(new, by=french, at=at)
    assert refused.value.field == "releasable_to"


def test_a_name_is_its_nations_until_the_nation_releases_it(
    world: World, operator: Viewer, at: datetime
) -> None:
    anna = person(world, "P1", operator, at)
    assert anna.marking == Marking(releasable_to=frozenset({"DE"}), originator="DE")
    shared = actions.marking_of_person("DE", shared_with=("NMI",))
    assert shared.releasable_to == frozenset({"DE", "NMI"})


def test_a_post_has_one_holder_at_a_time(
    world: World, post: Post, operator: Viewer, at: datetime
) -> None:
    anna, bernd = (person(world, code, operator, at) for code in ("P1", "P2"))
    start = datetime(2020, 1, 1, tzinfo=UTC)
    held = actions.hold(
        actions.NewHolding(post=post, person=anna, begins_at=start), by=operator, at=at
    )
    later = actions.NewHolding(post=post, person=bernd, begins_at=start + timedelta(days=30))
    with pytest.raises(Misfit, match="holds this post in that time"):
        actions.hold(later, by=operator, at=at)
    actions.end_holding(held, ends_at=start + timedelta(days=30), by=operator, at=at)
    actions.hold(later, by=operator, at=at)
    assert Holding.objects.filter(post=post).count() == 2


def test_a_holding_ends_after_it_began_and_once(
    world: World, post: Post, operator: Viewer, at: datetime
) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    anna = person(world, "P1", operator, at)
    new = actions.NewHolding(post=post, person=anna, begins_at=start, ends_at=start)
    with pytest.raises(Misfit):
        actions.hold(new, by=operator, at=at)
    held = actions.hold(replace(new, ends_at=start + timedelta(days=9)), by=operator, at=at)
    with pytest.raises(Misfit):
        actions.end_holding(held, ends_at=start, by=operator, at=at)
    with pytest.raises(Refused, match="earlier already"):
        actions.end_holding(held, ends_at=start + timedelta(days=10), by=operator, at=at)


def test_who_holds_a_post_is_as_secret_as_the_name(
    world: World, post: Post, operator: Viewer, at: datetime
) -> None:
    anna = person(world, "P1", operator, at)
    held = actions.hold(
        actions.NewHolding(post=post, person=anna, begins_at=at), by=operator, at=at
    )
    released = actions.marking_of_person(
        "DE", shared_with=("NMI",), classification=Classification.RESTRICTED
    )
    new = actions.NewPerson(code="P1", name="P1", nation=world.germany, marking=released)
    actions.change_person(anna, new, by=operator, at=at)
    held.refresh_from_db()
    assert held.marking == released


def test_a_change_that_changes_nothing_writes_nothing(
    world: World, operator: Viewer, at: datetime
) -> None:
    same = actions.NewSite(code="TAJI", name="Camp Taji", kind="site", parent=world.country)
    before = Entry.objects.count()
    actions.change_site(world.base, same, by=operator, at=at)
    assert Entry.objects.count() == before
    actions.change_site(world.base, replace(same, name="Taji"), by=operator, at=at)
    assert Entry.objects.count() == before + 1


type Act = Callable[[World, Viewer, datetime], object]


def misfits() -> dict[str, Act]:
    """One attempt for each thing that is refused with the field to blame."""
    return {
        "kind of relation": lambda world, by, at: actions.relate(
            world.nmi, actions.NewRelation(kind="friend of", other="X"), by=by, at=at
        ),
        "itself": lambda world, by, at: actions.relate(
            world.nmi,
            actions.NewRelation(kind="part_of", other_mission=world.nmi),
            by=by,
            at=at,
        ),
        "first number is larger": lambda world, by, at: actions.record_contribution(
            world.nmi,
            actions.NewContribution(organisation=world.germany, quantity="between 9 and 3"),
            by=by,
            at=at,
        ),
        "no organisation": lambda world, by, at: actions.record_contributor_list(
            world.nmi,
            actions.NewContributorList(wording="such as", organisations=("XX",), open=True),
            by=by,
            at=at,
        ),
        "is not one of the kinds: nation": lambda _world, by, at: actions.add_organisation(
            actions.NewOrganisation(code="X", name="X", kind="club"), by=by, at=at
        ),
        "two capital letters": lambda _world, by, at: actions.add_organisation(
            actions.NewOrganisation(code="GER", name="Germany", kind="nation"), by=by, at=at
        ),
        "nothing to itself": lambda world, by, at: actions.record_membership(
            world.germany, actions.NewMembership(kind="ally of", of=world.germany), by=by, at=at
        ),
        "room lies in": lambda _world, by, at: actions.add_site(
            actions.NewSite(code="R", name="R", kind="room"), by=by, at=at
        ),
        "cannot lie in": lambda world, by, at: actions.add_site(
            actions.NewSite(code="C", name="C", kind="country", parent=world.base), by=by, at=at
        ),
        "no activity line": lambda world, by, at: actions.add_post(
            actions.NewPost(code="P", title="P", mission=world.nmi, line="flying"), by=by, at=at
        ),
        "at least one activity line": lambda world, by, at: actions.record_host_request(
            world.nmi,
            actions.NewHostRequest(host=world.iraq, wording="Please.", lines=()),
            by=by,
            at=at,
        ),
        "stand above": lambda world, by, at: actions.change_organisation(
            world.germany,
            actions.NewOrganisation(code="DE", name="Germany", kind="nation", parent=world.germany),
            by=by,
            at=at,
        ),
    }


@pytest.mark.parametrize("told", sorted(misfits()))
def test_what_does_not_fit_is_told_in_one_sentence(
    world: World, operator: Viewer, at: datetime, told: str
) -> None:
    with pytest.raises(Misfit, match=told) as refused:
        misfits()[told](world, operator, at)
    sentence = str(refused.value)
    assert (sentence[-1], "\n" in sentence) == (".", False)


def authorised(
    world: World, operator: Viewer, at: datetime, *lines: tuple[str, ...] | None
) -> list[actions.Withdrawn]:
    """Withdraws, one after the other, requests with one authorisation each for these lines."""
    mandate = actions.set_mandate(
        world.nmi, "Train.", since=Moment.parse("2018"), by=operator, at=at
    )
    asked = []
    for each in lines:
        request = actions.record_host_request(
            world.nmi,
            actions.NewHostRequest(host=world.iraq, wording="Please.", lines=each),
            by=operator,
            at=at,
        )
        new = actions.NewAuthorisation(host_request=request, mandate=mandate, lines=each)
        actions.authorise(world.nmi, new, by=operator, at=at)
        asked.append(request)
    return [
        actions.withdraw_host_request(
            request, "We withdraw it.", effective=Moment.unknown(), by=operator, at=at
        )
        for request in asked
    ]


def test_a_line_loses_its_basis_with_the_last_request_that_opens_it(
    world: World, operator: Viewer, at: datetime
) -> None:
    advising = actions.NewLine(code="advising", name="Advising")
    actions.add_line(world.nmi, advising, by=operator, at=at)
    first, second = authorised(world, operator, at, None, ("training",))
    assert (first.lines, second.lines) == (("advising",), ("training",))
    assert [len(each.authorisations) for each in (first, second)] == [1, 1]


def test_a_request_is_withdrawn_once_and_opens_nothing_afterwards(
    world: World, operator: Viewer, at: datetime
) -> None:
    [lost] = authorised(world, operator, at, ("training",))
    request = lost.withdrawal.request
    with pytest.raises(Refused, match="already"):
        actions.withdraw_host_request(
            request, "Again.", effective=Moment.unknown(), by=operator, at=at
        )
    new = actions.NewAuthorisation(
        host_request=request, mandate=world.nmi.mandates.get(), lines=("training",)
    )
    with pytest.raises(Misfit, match="withdrawn"):
        actions.authorise(world.nmi, new, by=operator, at=at)


def test_an_authorisation_opens_no_more_than_was_requested(
    world: World, operator: Viewer, at: datetime
) -> None:
    mandate = actions.set_mandate(world.nmi, "Train.", since=Moment.unknown(), by=operator, at=at)
    request = actions.record_host_request(
        world.nmi,
        actions.NewHostRequest(host=world.iraq, wording="Please.", lines=("training",)),
        by=operator,
        at=at,
    )
    other = actions.found_mission(actions.NewMission(code="OIR", name="OIR"), by=operator, at=at)
    new = actions.NewAuthorisation(host_request=request, mandate=mandate)
    with pytest.raises(Misfit, match="requested only: training"):
        actions.authorise(world.nmi, new, by=operator, at=at)
    with pytest.raises(Refused, match="another mission"):
        actions.authorise(other, replace(new, lines=("training",)), by=operator, at=at)


def test_every_change_is_in_the_ledger_with_its_verb(
    world: World, operator: Viewer, at: datetime
) -> None:
    assert Mission.objects.count() == 1
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs == {
        "mission.found", "mission.add_line", "mission.add_organisation", "mission.add_site",
    }  # fmt: skip


@pytest.mark.parametrize("holder", ["Ada Lindqvist", "Bo Lindqvist"])
def test_pressing_twice_writes_once(
    world: World, operator: Viewer, at: datetime, holder: str
) -> None:
    first = actions.NewAppointment(office="commander", holder="Ada Lindqvist")
    actions.appoint(world.nmi, first, by=operator, at=at)
    again = replace(first, holder=holder)
    later = at + timedelta(seconds=1)
    if holder == first.holder:
        with pytest.raises(Refused, match="on record already, in the same words"):
            actions.appoint(world.nmi, again, by=operator, at=later)
    else:
        actions.appoint(world.nmi, again, by=operator, at=later)
    assert {row.holder for row in world.nmi.appointments.all()} == {"Ada Lindqvist", holder}
    assert world.nmi.appointments.count() == len({"Ada Lindqvist", holder})


def test_what_was_corrected_may_be_said_again_and_is_corrected_once(
    world: World, operator: Viewer, at: datetime
) -> None:
    ada = actions.NewAppointment(office="commander", holder="Ada Lindqvist")
    first = actions.appoint(world.nmi, ada, by=operator, at=at)
    bo = replace(ada, holder="Bo Lindqvist", grounds=Grounds(corrects=first.pk))
    actions.appoint(world.nmi, bo, by=operator, at=at)
    with pytest.raises(Refused, match="corrected already"):
        actions.appoint(world.nmi, replace(bo, holder="Cy"), by=operator, at=at)
    actions.appoint(world.nmi, ada, by=operator, at=at)
    assert world.nmi.appointments.count() == 3


def test_the_same_task_is_given_once(world: World, operator: Viewer, at: datetime) -> None:
    new = actions.NewTask(line="training", title="Teach")
    actions.add_task(world.nmi, new, by=operator, at=at)
    with pytest.raises(Misfit, match="This task is on record already"):
        actions.add_task(world.nmi, new, by=operator, at=at)
    assert Task.objects.count() == 1
