"""Packs are never blended in one view without labels."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client

from cadre.core.answers import Said
from cadre.core.moments import Moment, asked
from cadre.core.releasability import Viewer
from cadre.directives.queries import Question, World, directives
from cadre.record.models import Pack
from cadre.web.packs import label, others
from tests.web.conftest import EVENING, Load

ARTICLE, OUTSIDE = "iraq-2020", "iraq-2020-outside"
TRAINING = Question("NMI", "training")
LABELS = re.compile(r'<span class="pack"[^>]*><bdi>([^<]*)</bdi></span>')
# Pages of what the article says that another source narrows, corrects or stands beside.
PAGES = (
    "/",
    "/missions/NMI/",
    "/map/?mission=NMI&line=training",
    "/posture/?mission=NMI&line=training",
    "/directives/",
    "/directives/NMI-SUSPENSION-REPORTED/",
    "/timeline/",
    "/ask/?subject=NATO-training-Iraq&attribute=status",
    "/subjects/NATO-training-Iraq/",
    "/sources/",
    "/search/?q=suspended",
)


@pytest.mark.parametrize("address", PAGES)
def test_page_names_the_other_pack_as_soon_as_something_on_it_rests_on_it(
    article: None, outside: Callable[[], None], client: Client, address: str
) -> None:
    before = set(LABELS.findall(client.get(address).text))
    outside()
    after = set(LABELS.findall(client.get(address).text))

    assert (before, after) == (
        {"as the article says"},
        {"as the article says", "outside the article"},
    )


def test_label_stands_in_the_row_whose_value_rests_on_the_other_pack_and_in_no_other(
    article: None, outside: Callable[[], None], client: Client
) -> None:
    outside()
    rows = re.findall(r"<tr data-posture.*?</tr>", client.get("/").text, re.DOTALL)
    labelled = [LABELS.findall(row) for row in rows]
    lines = [re.findall(r"line=([a-z-]+)", row)[0] for row in rows]

    assert dict(
        zip(zip(["NMI", "NMI", "NMI", "OIR"], lines, strict=True), labelled, strict=True)
    ) == {
        ("NMI", "training"): ["outside the article"],
        ("NMI", "advising"): ["outside the article"],
        ("NMI", "capacity-building"): ["outside the article"],
        ("OIR", "training"): [],  # another source dates the decision; nothing here rests on that
    }


def packs_of(world: World, question: Question, on: str) -> set[str]:
    at = asked(on)
    return set(world.packs(question, world.rule(question, at), at))


def test_ruling_rests_on_the_packs_that_could_be_known(
    article: None, outside: Callable[[], None], operator: Viewer
) -> None:
    outside()

    def packs(on: str, known_on: str) -> set[str]:
        return packs_of(World(operator, known_on=asked(known_on)), TRAINING, on)

    assert packs("2020-01-06", "2020-01-06") == {ARTICLE, OUTSIDE}
    assert packs("2020-01-01", "2020-01-06") == {ARTICLE}  # nothing had begun by then
    assert packs("2020-01-06", "2020-01-01") == set()


def test_what_runs_since_another_pack_lifted_the_stop_rests_on_both(
    load: Load, operator: Viewer, tmp_path: Path
) -> None:
    written(tmp_path / "school", SCHOOL)
    written(tmp_path / "lifting", LIFTING)
    load(tmp_path / "school")
    teaching = Question("M", "teaching")
    before = packs_of(World(operator, known_on=None), teaching, "2024-03-01")
    load(tmp_path / "lifting")
    world = World(operator, known_on=None)

    assert world.rule(teaching, asked("2024-03-01")).because == ()
    assert (before, packs_of(world, teaching, "2024-03-01")) == (
        {"school"},
        {"school", "lifting"},
    )
    assert packs_of(world, teaching, "2024-02-05") == {"school"}


def test_directives_say_which_packs_date_them(
    article: None, outside: Callable[[], None], operator: Viewer
) -> None:
    outside()
    listed = directives(operator, known_on=EVENING)
    assert {line.row.number: set(line.packs) for line in listed} == {
        "NMI-SUSPENSION-REPORTED": {ARTICLE, OUTSIDE},
        "OIR-TRAINING-SUSPENSION-REPORTED": {ARTICLE},
    }


def test_only_packs_other_than_the_one_whose_label_stands_over_it_are_named() -> None:
    assert others({ARTICLE, OUTSIDE, ""}, ARTICLE) == ("", OUTSIDE)
    assert others({ARTICLE}, ARTICLE) == ()
    assert others((), ARTICLE) == ()


def test_pack_is_called_by_its_label_else_its_title_else_its_key() -> None:
    known = {
        "a": Pack(key="a", title="A title", label="a label"),
        "b": Pack(key="b", title="A title"),
    }
    assert [label(key, known) for key in ("a", "b", "c", "")] == [
        "a label",
        "A title",
        "c",
        "recorded here",
    ]


def test_claims_of_two_packs_with_one_reference_are_two_links_with_two_labels() -> None:
    shown = render_to_string("components/claims.html", {"said": (claim("p", "1"), claim("q", "2"))})
    assert re.findall(r"/claims/([-0-9]+)/", shown) == [
        claim("p", "1").claim,
        claim("q", "2").claim,
    ]
    assert LABELS.findall(shown) == ["p", "q"]


def claim(pack: str, digit: str) -> Said:
    return Said(
        claim=f"00000000-0000-0000-0000-{digit * 12}",
        reference="F1",
        pack=pack,
        value="",
        when=Moment.unknown(),
        precision="",
        said_by=("Head",),
        source="letter",
        source_row="",
        sentences=(),
        inferred=False,
    )


SCHOOL = {
    "pack.toml": 'format = 1\nkey = "school"\ntitle = "A school"\ndefault_source = "letter"\n',
    "sources.tsv": "name\tkind\ttitle\tpublished\nletter\tletter\tA letter\t2024-01-01\n",
    "claims.tsv": (
        "reference\tsubject\tattribute\tvalue\tsaid_by\tstatus\n"
        "C1\tschool\tstatus\tclosed\tHead > letter\tstated\n"
    ),
    "organisations.tsv": "code\tname\tkind\nXE\tExampleland\tnation\n",
    "missions.tsv": "code\tname\tcombat\tclaims\nM\tMission\tno\tC1\n",
    "lines.tsv": "mission\tcode\tname\nM\tteaching\tTeaching\n",
    "mandates.tsv": "key\tmission\twording\tsince\nfirst\tM\tTeach.\t2023\n",
    "host_requests.tsv": "key\tmission\thost\tlines\twording\nasked\tM\tXE\tteaching\tplease\n",
    "authorisations.tsv": (
        "key\tmission\tlines\thost_request\tmandate\tbegins\nopen\tM\tteaching\tasked\tfirst\t2023\n"
    ),
    "directives.tsv": (
        "number\tmission\teffect\tauthority\tlines\tsites\tnations\tclaims\n"
        "D1\tM\tsuspend\tHead\tteaching\tall\tall\tC1\n"
    ),
    "timings.tsv": "key\tdirective\tclock\tmoment\nd1\tD1\teffective\t2024-02-01\n",
}
LIFTING = {
    "pack.toml": 'format = 1\nkey = "lifting"\ntitle = "Its lift"\nneeds = ["school"]\n',
    "lifts.tsv": (
        "number\tdirective\tauthority\tlines\tsites\tnations\teffective\n"
        "L1\tD1\tHead\tteaching\tall\tall\t2024-02-09\n"
    ),
}


def written(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
