"""Pages that are read from end to end: posture, directive, source, claim."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from cadre.core.releasability import Viewer
from cadre.record.models import Claim, Source

TAGS = re.compile(r"<[^>]+>")


def cells(text: str) -> list[list[str]]:
    """The cells of the table rows in a page, as words."""
    rows = re.findall(r"<tr[^>]*>.*?</tr>", text, re.DOTALL)
    return [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def words(markup: str) -> str:
    return " ".join(unescape(TAGS.sub(" ", markup)).split())


def facts(text: str) -> dict[str, str]:
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text, re.DOTALL)
    return {words(name): words(value) for name, value in found}


def test_posture_says_of_each_claim_which_attribute_of_what_it_states(
    article: None, client: Client
) -> None:
    rows = cells(client.get("/posture/?mission=NMI&line=training").text)
    assert ["Subject", "Attribute", "Value", "When", "Said by", "Claim", "Pack"] in rows
    assert [
        "NATO's training in Iraq",
        "status",
        "temporarily suspended",
        "6 January 2020",
        "NATO article",
        "F04 S03",
        "as the article says",
    ] in rows


def test_posture_is_headed_by_names_and_suggests_codes(article: None, client: Client) -> None:
    text = client.get("/posture/?mission=NMI&line=training&site=IQ").text
    heading = re.search(r'<section class="ruling".*?<h2>(.*?)</h2>', text, re.DOTALL)
    assert heading is not None
    assert words(heading[1]) == "NATO Mission Iraq · Training · Iraq · all nations"
    assert '<datalist id="sites"><option value="IQ">Iraq</option><option value="SY">' in text


def test_directive_says_by_names_what_it_covers_and_what_was_lifted_of_it(
    fiction: None, client: Client
) -> None:
    text = client.get("/directives/FTM-004/").text
    heading = re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)
    assert heading is not None
    assert words(heading[1]) == "Suspension: Training · Training mission Fictonia (fictional)"
    said = facts(text)
    assert "(fictional) · all nations" in said["Surely covers"]
    assert "lifted in part: Training · " in said["Ends"]
    assert "fictonia" not in said["Surely covers"]


def test_kind_of_reason_is_not_stated_where_nobody_gave_one(article: None, client: Client) -> None:
    said = facts(client.get("/directives/NMI-SUSPENSION-REPORTED/").text)
    assert said["Kind of reason"] == "not stated"
    assert said["Surely covers"] == "NATO Mission Iraq · Training · all sites · all nations"
    assert said["May cover as well"] == "NATO Mission Iraq · all lines · all sites · all nations"


def test_source_lists_its_claims_by_sentence_with_subject_and_attribute(
    article: None, operator: Viewer, client: Client
) -> None:
    source = Source.objects.get(name="article")
    text = client.get(reverse("record:source", args=[source.pk])).text
    rows = cells(text)
    assert [
        "S03",
        "Qassem Soleimani",
        "killed on",
        "Jan. 2",
        "2 January 2020",
        "article",
        "F08",
    ] in rows
    assert 'id="S03"' in text


def test_claim_is_headed_by_what_its_subject_is_called(
    article: None, operator: Viewer, client: Client
) -> None:
    claim = Claim.objects.get(reference="F08")
    text = client.get(reverse("record:claim", args=[claim.pk])).text
    heading = re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)
    assert heading is not None
    assert words(heading[1]) == "F08 Qassem Soleimani · killed on"
    assert facts(text)["Could be known from"] == "6 January 2020"
