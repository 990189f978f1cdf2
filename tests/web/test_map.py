"""The map of sites: what it can show, and what the page says without it."""

import re

from django.test import Client

from cadre.core.releasability import Viewer
from cadre.web.queries import map_of_sites
from cadre.web.queries.sites import Map
from tests.web.conftest import EVENING


def shown(viewer: Viewer, mission: str = "", line: str = "") -> Map:
    return map_of_sites(viewer, mission, line, on=EVENING, known_on=EVENING)


def test_first_a_mission_is_chosen_then_one_of_its_lines_real_missions_first(
    article: None, fiction: None, operator: Viewer
) -> None:
    found = shown(operator)
    assert [(each.code, [line.code for line in each.lines]) for each in found.choices] == [
        ("NMI", ["advising", "capacity-building", "training"]),
        ("OIR", ["training"]),
        ("FTM", ["advising", "capacity-building", "training"]),
    ]
    assert found.mission is not None
    assert (found.mission.code, found.line, found.fictional) == ("NMI", "advising", False)
    assert shown(operator, "FTM", "training").fictional
    assert shown(operator, "no-such-mission").mission is None


def test_country_without_coordinates_is_named_so_that_it_can_be_filled(
    article: None, fiction: None, operator: Viewer
) -> None:
    countries = {(site.name, site.country) for site in shown(operator, "OIR").sites}
    assert countries == {("Iraq", "Iraq"), ("Syria", "Syria")}
    assert {site.country for site in shown(operator, "FTM").sites} == {""}


def test_places_above_a_site_stand_by_their_names(fiction: None, operator: Viewer) -> None:
    above = {site.above for site in shown(operator, "FTM").sites}
    assert {names[0] for names in above} == {"Fictonia (fictional)"}
    assert all(name.startswith("Area ") for _country, name in above)


def test_page_says_that_made_up_places_are_made_up_and_of_others_nothing(
    article: None, fiction: None, client: Client
) -> None:
    said = "These places are made up"
    assert said in client.get("/map/?mission=FTM&line=training").text
    assert said not in client.get("/map/?mission=NMI&line=training").text


def test_choice_of_mission_and_line_are_links_that_keep_the_moment(
    article: None, client: Client
) -> None:
    text = client.get("/map/?mission=NMI&line=training&on=2020-01-05").text
    navigation = re.search(r'<div class="choices">.*?</div>', text, re.DOTALL)
    assert navigation is not None
    links = re.findall(r'href="([^"]*)"( aria-current="page")?', navigation[0])
    assert links == [
        ("?mission=NMI&amp;on=2020-01-05", ' aria-current="page"'),
        ("?mission=OIR&amp;on=2020-01-05", ""),
        ("?mission=NMI&amp;line=advising&amp;on=2020-01-05", ""),
        ("?mission=NMI&amp;line=capacity-building&amp;on=2020-01-05", ""),
        ("?mission=NMI&amp;line=training&amp;on=2020-01-05", ' aria-current="page"'),
    ]
