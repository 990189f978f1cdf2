"""Lists from files: every mistake is told by row and column, and all is written or nothing."""

from datetime import datetime

import pytest

from cadre.access.queries import seeing
from cadre.core.releasability import Classification, Viewer
from cadre.mission import actions
from cadre.mission.actions import importing
from cadre.mission.actions.importing import Plan
from cadre.mission.models import Holding, Organisation, Person, Post, Site
from cadre.mission.queries import lists
from cadre.mission.sheets import csv_bytes, read_table
from tests.mission.conftest import World

PEOPLE = """code,name,rank,nation,post,post_from
P1,Anna Muster,Maj,DE,NMI-1,2020-01-01
P2,Bernd Beispiel,Capt,DE,,
"""


def planned(kind: str, text: str, by: Viewer, at: datetime) -> Plan:
    return importing.plan(kind, read_table("list.csv", text.encode()), by=by, at=at)


def loaded(kind: str, text: str, by: Viewer, at: datetime) -> Plan:
    return importing.load(kind, read_table("list.csv", text.encode()), by=by, at=at)


@pytest.fixture
def post(world: World, operator: Viewer, at: datetime) -> Post:
    new = actions.NewPost(code="NMI-1", title="Adviser", mission=world.nmi, line="training")
    return actions.add_post(new, by=operator, at=at)


def test_people_and_the_posts_that_they_hold_are_written(
    post: Post, operator: Viewer, at: datetime
) -> None:
    plan = planned("people", PEOPLE, operator, at)
    assert [(each.number, each.code, each.is_new) for each in plan.rows] == [
        (2, "P1", True),
        (3, "P2", True),
    ]
    loaded("people", PEOPLE, operator, at)
    anna = Person.objects.get(code="P1")
    assert (anna.releasable_to, anna.originator) == (["DE"], "DE")
    assert Holding.objects.get(post=post).person == anna


def test_the_same_list_again_changes_nothing(post: Post, operator: Viewer, at: datetime) -> None:
    loaded("people", PEOPLE, operator, at)
    again = planned("people", PEOPLE, operator, at)
    assert (again.empty, again.unchanged, again.troubles) == (True, 2, ())


def test_numbers_are_read_as_people_of_the_mission_write_them(
    operator: Viewer, at: datetime
) -> None:
    text = """code;name;kind;latitude;longitude;capacity
S1;One;site;٣٣٫٣;٤٤٫٤;١٠
S2;Two;site;33,3;44,4;10
"""
    loaded("sites", text, operator, at)
    found = [(row.latitude, row.longitude, row.capacity) for row in Site.objects.all()]
    assert found == [(33.3, 44.4, 10)] * 2


def test_kinds_are_told_in_any_letters_and_named_where_there_is_no_such(
    operator: Viewer, at: datetime
) -> None:
    text = "code,name,kind\nS1,One,Site\nS2,Two,hole\n"
    plan = planned("sites", text, operator, at)
    assert [(each.row, each.column, each.sentence) for each in plan.troubles] == [
        (3, "kind", "“hole” is not one of the kinds: country, area, site, room.")
    ]


def test_a_column_without_a_name_counts_only_where_something_stands_in_it(
    operator: Viewer, at: datetime
) -> None:
    text = "code,name,kind,,\nS1,One,site,,\nS2,Two,site,,43\n"
    assert [(each.row, each.column, each.sentence) for each in
            planned("sites", text, operator, at).troubles] == [
        (1, "", "Column 5 has no name, but row 3 has a value in it."),
    ]  # fmt: skip  # one list


def test_a_day_that_is_only_a_number_says_how_to_mend_it(
    post: Post, operator: Viewer, at: datetime
) -> None:
    text = "code,name,nation,post,post_from\nP1,Anna,DE,NMI-1,43835\nP2,Bo,DE,NMI-1,5 January 2020"
    (trouble,) = planned("people", text, operator, at).troubles
    assert (trouble.row, trouble.column) == (2, "post_from")
    assert "format the cell as a date" in trouble.sentence


def test_every_mistake_is_told_by_row_and_column(
    post: Post, operator: Viewer, at: datetime
) -> None:
    text = """code,name,nation,email,post,post_from,rank,shoe size
P1,,XX,nobody,NMI-9,soon,Maj,43
P 2,Bernd,DE,,NMI-1,,,
P3,Carla,DE,,NMI-1,2020-01-01,,
P3,Carla,DE,,NMI-1,2020-02-01,,
"""
    plan = planned("people", text, operator, at)
    assert [(each.row, each.column) for each in plan.troubles] == [
        (1, "shoe size"),
        (2, "email"),
        (2, "name"),
        (2, "nation"),
        (2, "post"),
        (2, "post_from"),
        (3, "code"),
        (3, "post_from"),
        (5, "code"),
        (5, "post_from"),
    ]
    assert loaded("people", text, operator, at).troubles == plan.troubles
    assert Person.objects.count() == 0


def test_a_missing_column_leaves_values_as_they_are_and_an_empty_cell_clears_them(
    world: World, operator: Viewer, at: datetime
) -> None:
    loaded("people", PEOPLE.replace("NMI-1,2020-01-01", ","), operator, at)
    plan = planned("people", "code,rank\nP1,\nP2,Capt\n", operator, at)
    assert [(each.code, each.cells) for each in plan.changed] == [("P1", (("rank", "Maj", ""),))]
    loaded("people", "code,rank\nP1,\nP2,Capt\n", operator, at)
    assert (Person.objects.get(code="P1").rank, Person.objects.get(code="P1").name) == (
        "",
        "Anna Muster",
    )


def test_sites_may_name_places_further_down_the_list(
    world: World, operator: Viewer, at: datetime
) -> None:
    text = """code,name,kind,parent,mgrs,capacity
R1,Room 1,room,CAMP,,12
CAMP,Camp,site,NORTH,38S MB 41028 86304,
NORTH,North,area,IRQ,,
"""
    loaded("sites", text, operator, at)
    assert Site.objects.get(code="R1").path == ["IRQ", "NORTH", "CAMP", "R1"]
    assert round(Site.objects.get(code="CAMP").latitude or 0, 4) == 33.3142
    assert planned("sites", text, operator, at).empty


def test_a_circle_of_organisations_is_a_mistake_in_each_row_of_it(
    world: World, operator: Viewer, at: datetime
) -> None:
    text = "code,name,kind,parent\nA,A,force,B\nB,B,force,A\n"
    plan = planned("organisations", text, operator, at)
    assert [(each.row, each.column) for each in plan.troubles] == [(2, "parent"), (3, "parent")]


def test_positions_that_contradict_each_other_are_a_mistake(
    world: World, operator: Viewer, at: datetime
) -> None:
    text = "code,name,kind,latitude,longitude,mgrs\nX,X,site,33.3,44.3,38S MB 41028 86304\n"
    assert [each.column for each in planned("sites", text, operator, at).troubles] == ["mgrs"]


def test_what_goes_out_comes_in_again_unchanged(post: Post, operator: Viewer, at: datetime) -> None:
    loaded("people", PEOPLE, operator, at)
    for kind, model in (
        ("people", Person), ("posts", Post), ("organisations", Organisation), ("sites", Site),
    ):  # fmt: skip
        rows = lists.export(operator, kind, at=at)
        data = csv_bytes([column.name for column in lists.COLUMNS[kind]], rows)
        plan = importing.plan(kind, read_table("x.csv", data), by=operator, at=at)
        assert (plan.empty, plan.unchanged) == (True, model.objects.count())


def test_a_code_that_somebody_else_has_hidden_is_told_and_nothing_is_written(
    world: World, operator: Viewer, at: datetime
) -> None:
    loaded("people", PEOPLE.replace("NMI-1,2020-01-01", ","), operator, at)
    with_france = actions.NewOrganisation(code="FR", name="France", kind="nation")
    actions.add_organisation(with_france, by=operator, at=at)
    french = Viewer(
        "Marie", Classification.UNCLASSIFIED, frozenset({"FR"}),
        roles=frozenset({("senior_national_representative", "")}),
    )  # fmt: skip
    with seeing(french):
        plan = planned("people", "code,name,nation\nP1,Marie,FR\nP9,Luc,FR\n", french, at)
        assert [(each.row, each.column) for each in plan.troubles] == [(2, "code")]
    assert Person.objects.filter(nation__code="FR").count() == 0


def test_nobody_imports_names_that_he_could_not_see(
    world: World, operator: Viewer, at: datetime
) -> None:
    officer = Viewer("Duty", Classification.UNCLASSIFIED, frozenset({"NATO"}))
    text = "code,name,nation,releasable_to\nP1,Anna,DE,\nP2,Bernd,DE,NATO\n"
    plan = planned("people", text, officer, at)
    assert [(each.row, each.column) for each in plan.troubles] == [(2, "releasable_to")]


def test_a_post_has_one_holder_at_a_time_in_the_list_as_well(
    post: Post, operator: Viewer, at: datetime
) -> None:
    loaded("people", PEOPLE, operator, at)
    text = "code,name,nation,post,post_from,post_until\nP3,Carla,DE,NMI-1,2020-06-01,\n"
    assert [each.column for each in planned("people", text, operator, at).troubles] == ["post_from"]
    both = text + "P1,Anna Muster,DE,NMI-1,2020-01-01,2020-05-31\n"
    plan = planned("people", both, operator, at)
    assert plan.troubles == ()
    loaded("people", both, operator, at)
    assert Holding.objects.filter(post=post).count() == 2


def test_a_list_that_would_do_something_else_than_was_shown_is_not_written(
    world: World, operator: Viewer, at: datetime
) -> None:
    table = read_table("list.csv", b"code,name,kind\nX,X,force\n")
    shown = importing.plan("organisations", table, by=operator, at=at).fingerprint
    new = actions.NewOrganisation(code="X", name="Another", kind="force")
    actions.add_organisation(new, by=operator, at=at)
    with pytest.raises(importing.Changed):
        importing.load("organisations", table, shown=shown, by=operator, at=at)
    assert Organisation.objects.get(code="X").name == "Another"
