"""Quantities keep their qualifiers; open lists stay open."""

import pytest

from cadre.core.moments import Moment
from cadre.core.reading import Kind, propose


def found(text: str, *kinds: Kind) -> list[tuple[str, str]]:
    return [
        (each.wording, each.value)
        for each in propose([text], published=Moment.unknown())
        if each.kind in (kinds or (Kind.QUANTITY,))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("has deployed around 120 troops to it", ("around 120 troops", "around 120 troops")),
        (
            "up to several hundred trainers, advisers, and support staff from",
            ("up to several hundred trainers, advisers, and support staff",) * 2,
        ),
        (
            "from the 29 Allied countries as",
            ("the 29 Allied countries", "exactly 29 Allied countries"),
        ),
        ("at least 20 were hurt", ("at least 20", "at least 20")),
        ("after three years of war", ("three years", "exactly 3 years")),
        ("have, several times, said", ("several times", "several times")),
        ("more than 1,500 vehicles left", ("more than 1,500 vehicles", "more than 1,500 vehicles")),
        ("fewer than 100 trainers", ("fewer than 100 trainers", "up to 99 trainers")),
        ("20–30 trainers came", ("20–30 trainers", "between 20 and 30 trainers")),
        ("between 20 and 30 trainers", ("between 20 and 30 trainers",) * 2),
        ("twenty-five trainers left", ("twenty-five trainers", "exactly 25 trainers")),
        (
            "120 United States troops",
            ("120 United States troops", "exactly 120 United States troops"),
        ),
        ("at least 12 soldiers and civilian contractors", ("at least 12", "at least 12")),
        (
            "environ 120 militaires allemands",
            ("environ 120 militaires allemands", "around 120 militaires allemands"),
        ),
        ("une centaine de soldats", ("une centaine de soldats", "around 100 soldats")),
        ("les 29 pays alliés", ("les 29 pays alliés", "exactly 29 pays alliés")),
        ("quelque 1 200 soldats", ("quelque 1 200 soldats", "around 1,200 soldats")),
        ("نحو 120 جنديا في", ("نحو 120 جنديا", "around 120 جنديا")),
        ("ما لا يقل عن ٢٠ شخصا", ("ما لا يقل عن ٢٠ شخصا", "at least 20 شخصا")),
    ],
)
def test_a_quantity_keeps_its_qualifier(text: str, expected: tuple[str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Approx 60 trainees left", "around 60 trainees"),
        ("there were ~60 trainees", "around 60 trainees"),
        ("there were c. 60 trainees", "around 60 trainees"),
        ("in the region of 60 trainees", "around 60 trainees"),
        ("60 trainees or so left", "around 60 trainees"),
        ("60 or so trainees left", "around 60 trainees"),
        ("60 trainees or more left", "at least 60 trainees"),
        ("60+ trainees left", "at least 60 trainees"),
        ("max. 60 trainees", "up to 60 trainees"),
        ("some 500 to 600 troops", "around 500 to 600 troops"),
        ("between about 60 and 70 trainees", "around 60 to 70 trainees"),
        ("up to about 60 trainees", "up to about 60 trainees"),
        ("env. 60 stagiaires", "around 60 stagiaires"),
        ("60 stagiaires environ", "around 60 stagiaires"),
        ("60 stagiaires au maximum", "up to 60 stagiaires"),
        ("de l’ordre de 60 stagiaires", "around 60 stagiaires"),
        ("une cinquantaine de Français et près", "around 50 Français"),
        ("plus de 1 200 stagiaires, notamment irakiens et kurdes", "more than 1,200 stagiaires"),
        ("ونحو 60 متدربا", "around 60 متدربا"),
        ("60 متدرباً على الأقل", "at least 60 متدربا"),
        ("حوالي 60 إلى 70 متدربا", "around 60 to 70 متدربا"),
        ("there are 143 pax on site", "exactly 143 pax"),
    ],
)
def test_a_quantity_is_never_less_vague_than_it_was_said(text: str, value: str) -> None:
    assert [each for _wording, each in found(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "perhaps 60 trainees left", "not 60 trainees left", "barely 60 trainees left",
        "about 60 or 70 trainees left", "a couple of hundred troops", "two dozen trainees",
        "fewer than about 60 trainees", "five to six hundred troops", "a hundred trainees",
        "60 or 70 trainees", "à peine 60 stagiaires", "peut-être 60 stagiaires", "ربما 60 متدربا",
    ],
)  # fmt: skip  # a list reads best so
def test_a_number_that_is_hedged_otherwise_is_not_proposed(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2170 calls", "Article 5 attacks", "the 2014 elections", "$5 million",
        "14:30 hours",
        "3.5 percent", "no one’s interest", "12 soldiers and wounded dozens", "two or three",
        "between one and two weeks",
        "room 12",
        "two hundred fifty soldiers", "many countries", "القرار 2170 الصادر",
    ],
)  # fmt: skip  # short lines
def test_no_quantity_is_found_where_none_is_certain(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "partners such as Australia, Sweden, and Finland.",
            "such as Australia, Sweden and Finland",
        ),
        ("nations such as Poland", "such as Poland"),
        (
            "including the United States, Canada and Spain",
            "such as the United States, Canada and Spain",
        ),
        ("tools such as maps, radios and tents.", "such as maps, radios and tents"),
        ("des pays tels que l’Irak et la Syrie.", "such as l’Irak and la Syrie"),
        ("دول مثل أستراليا والسويد وفنلندا.", "such as أستراليا, السويد and فنلندا"),
    ],
)
def test_an_open_list_stays_open(text: str, expected: str) -> None:
    assert [value for _wording, value in found(text, Kind.LIST)] == [expected]


@pytest.mark.parametrize(
    "text",
    ["including Iran’s support for groups", "such as it is", "such as maps and radios that work"],
)
def test_no_list_is_found_where_its_end_is_not_certain(text: str) -> None:
    assert found(text, Kind.LIST) == []
