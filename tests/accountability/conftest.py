"""A mission with two camps and three contingents, whose people are to be counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.accountability import actions
from cadre.accountability.actions import NewCheckIn, NewList, NewMuster, Said, Taken
from cadre.accountability.models import Muster, MusterEntry, Warden, WardenList
from cadre.accountability.queries import Board, When, muster_board
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission import actions as mission_actions
from cadre.mission.actions import marking_of_person
from cadre.mission.models import Holding, Mission, Organisation, Person, Post, Site
from tests.directives.conftest import EARLIER, Place, make_place, viewer

__all__ = ["EARLIER"]

COMMANDER = viewer("commander")
DUTY = viewer("duty_officer")
GERMANY = viewer("senior_national_representative", "DE", name="germany")
FRANCE = viewer("senior_national_representative", "FR", name="france")
ADVISER = viewer("adviser", "DE", "FR")
READER = viewer("reader", "DE")
# Code, nation, site of the post, whether the nation shares the name with the mission's staff.
PEOPLE = (
    ("anna", "DE", "CAMP", True), ("bert", "DE", "CAMP", True), ("carl", "DE", "FORT", True),
    ("dora", "FR", "CAMP", False), ("emil", "FR", "FORT", False),
)  # fmt: skip  # a table
STAFF = viewer("duty_officer", "M", name="staff")  # sees what nations share with the mission


@dataclass(frozen=True)
class World:
    """The mission M, and its people by code."""

    place: Place
    people: dict[str, Person]

    @property
    def mission(self) -> Mission:
        return self.place.mission

    def site(self, code: str) -> Site:
        return {"CAMP": self.place.camp, "FORT": self.place.fort}[code]


def make_person(code: str, nation: str, *, shared: bool = True) -> Person:
    """A person of a nation, whose name the nation shares with the mission's staff or does not."""
    marking = marking_of_person(nation, shared_with=["M"] if shared else [])
    return Person.objects.create(
        code=code,
        name=code.title(),
        nation=Organisation.objects.get(code=nation),
        email=f"{code}@example.org",
        **marking_values(marking),
    )


def hold_post(person: Person, mission: Mission, site: Site | None, *, code: str = "") -> Post:
    """Gives somebody a post of a mission at a site, since long ago."""
    post = Post.objects.create(
        code=code or f"P-{person.code}", title="Trainer", mission=mission,
        nation=person.nation, site=site,
    )  # fmt: skip  # a row
    Holding.objects.create(
        post=post, person=person, during=DateTimeTZRange(EARLIER, None),
        **marking_values(person.marking),
    )  # fmt: skip  # a row
    return post


@pytest.fixture
def world(operator: Viewer) -> World:
    place = make_place(by=operator, at=EARLIER)
    sites = {"CAMP": place.camp, "FORT": place.fort}
    with acting("test", by=operator, at=EARLIER):
        people = {}
        for code, nation, site, shared in PEOPLE:
            people[code] = make_person(code, nation, shared=shared)
            hold_post(people[code], place.mission, sites[site])
    return World(place, people)


@dataclass(frozen=True)
class Opened:
    """A muster that is open, and what the tests do with it."""

    world: World
    row: Muster
    at: datetime

    def after(self, minutes: float) -> datetime:
        return self.at + timedelta(minutes=minutes)

    def entry(self, code: str) -> MusterEntry:
        rows = MusterEntry.objects.select_related("muster__mission", "person__nation", "list")
        return rows.get(muster=self.row, person__code=code)

    def says(
        self, code: str, state: str, minutes: float, *, by: Viewer = OPERATOR, **more: object
    ) -> Taken:
        """Somebody reports of a person, so many minutes after the opening, entered at once."""
        entered = self.after(float(str(more.pop("entered", minutes))))
        said = Said(**{"state": state, "occurred_at": self.after(minutes), **more})  # type: ignore[arg-type]  # the test says which
        new = NewCheckIn(person=self.world.people[code], said=said, muster=self.row)
        return actions.check_in(new, by=by, at=entered)

    def board(
        self, viewer: Viewer = OPERATOR, minutes: float = 0, *, live_page: bool = True,
        known: float | None = None,
    ) -> Board:  # fmt: skip  # reads as one sentence
        """The board as a viewer sees it so many minutes after the opening."""
        on = self.after(minutes)
        known_on = None if known is None else self.after(known)
        found = muster_board(viewer, self.row.number, When(on, known_on, on), live_page=live_page)
        assert found is not None
        return found

    def states(self, minutes: float = 0, *, known: float | None = None) -> dict[str, str]:
        """How everybody stands, by code."""
        board = self.board(minutes=minutes, known=known)
        codes = {row.pk: row.code for row in Person.objects.all()}
        return {codes[each.person]: each.stood.state.value for each in board.numbers.everybody}


type Open = Callable[..., Opened]


@pytest.fixture
def opened(world: World, at: datetime) -> Open:
    """Opens a muster."""

    def made(*, by: Viewer = OPERATOR, **changes: object) -> Opened:
        new = NewMuster(**{"mission": world.mission, **changes})  # type: ignore[arg-type]  # the test says which
        return Opened(world, actions.open_muster(new, by=by, at=at), at)

    return made


@pytest.fixture
def lists(world: World, operator: Viewer) -> Iterator[dict[str, WardenList]]:
    """A list for each camp; Anna is the warden at the camp, Carl at the fort, Bert the alternate of
    both.
    """
    made = {}
    for code, wardens in (("CAMP", ("anna", "bert")), ("FORT", ("carl", "bert"))):
        new = NewList(code=code, title=f"List of {code}", site=world.site(code))
        made[code] = actions.write_list(world.mission, new, by=operator, at=EARLIER)
        people = [world.people[name] for name in wardens]
        actions.set_wardens(made[code], people, by=operator, at=EARLIER)
    yield made


def warden_row(row: WardenList, position: int = 0) -> Warden:
    return Warden.objects.get(list=row, position=position, dropped=False)


def new_person(code: str, nation: str = "DE") -> Person:
    """Adds a person as a door does."""
    new = mission_actions.NewPerson(
        code=code, name=code.title(), nation=Organisation.objects.get(code=nation)
    )
    return mission_actions.add_person(new, by=OPERATOR, at=EARLIER)
