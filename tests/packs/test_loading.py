"""A pack is loaded whole or not at all, and a second time without a change."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadre.access.actions import acting
from cadre.core.refused import Refused
from cadre.core.releasability import Classification, Viewer
from cadre.directives.models import Directive, Lift, Timing
from cadre.directives.queries import Question, posture
from cadre.mission.models import Mission, Organisation, Relation, Site
from cadre.packs import actions
from cadre.packs.checking import check_pack
from cadre.packs.format import TABLES
from cadre.record.models import Claim, Entry, Kept, Pack, Source, Subject
from tests.packs.conftest import EXAMPLE, SOUND, Write

type Load = Callable[..., actions.Loaded]


def every_row() -> dict[str, int]:
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if issubclass(model, Kept) or model is Entry
    }


def test_every_row_of_the_files_is_put_on_record(write: Write, load: Load) -> None:
    loaded = load(write())
    assert {name: count for name, count in loaded.added.items() if count} == {
        file.removesuffix(".tsv"): content.count("\n") - 1
        for file, content in SOUND.items()
        if file.endswith(".tsv")
    }
    assert (loaded.changed | {}, loaded.kept, loaded.left) == (dict.fromkeys(TABLES, 0), 0, 0)


def test_loading_twice_changes_nothing(write: Write, load: Load, at: datetime) -> None:
    load(write())
    before = every_row()
    again = load(write(), when=at + timedelta(days=1))
    assert (again.nothing, every_row()) == (True, before)


def test_rows_have_the_same_id_on_every_node(write: Write, load: Load) -> None:
    load(write())
    assert str(Claim.objects.get(reference="C1").pk) == "8875ec3c-1082-5fb5-a408-821ca351878a"


def test_changed_pack_adds_what_is_new(write: Write, load: Load) -> None:
    load(write())
    claims = SOUND["claims.tsv"] + "C3\tschool\tstatus\tclosed\tletter\tstated\n"
    again = load(write({"claims.tsv": claims}))
    assert {name: count for name, count in again.added.items() if count} == {"claims": 1}
    assert Claim.objects.filter(pack="sound").count() == 3


def test_correction_is_a_new_row(write: Write, load: Load) -> None:
    load(write())
    lines = SOUND["claims.tsv"].replace("status\n", "status\tcorrects\n", 1)
    claims = lines + "C3\tschool\tstatus\tclosed\tletter\tstated\tC1\n"
    load(write({"claims.tsv": claims}))
    assert Claim.objects.get(reference="C3").corrects == Claim.objects.get(reference="C1")


@pytest.mark.parametrize(
    ("file", "before", "after", "field"),
    [
        ("claims.tsv", "open", "closed", "value"),
        ("claims.tsv", "Head > letter", "letter", "said_by"),
        ("sources.tsv", "2024-03-01", "2024-03-02", "published"),
        ("mandates.tsv", "2023", "2022", "since"),
        ("directives.tsv", "suspend", "restrict", "effect"),
        ("directives.tsv", "\tE\t", "\tE-1\t", "sites"),
        ("timings.tsv", "2024-02-01", "2024-02-02", "moment"),
        ("lifts.tsv", "Head", "Nobody", "authority"),
        ("host_requests.tsv", "please", "now", "wording"),
        ("missions.tsv", "C1", "C2", "claims"),
    ],
)
def test_row_changed_in_place_is_refused(
    write: Write, load: Load, file: str, before: str, after: str, field: str
) -> None:
    load(write())
    rows = every_row()
    with pytest.raises(actions.PackRefused) as refused:
        load(write({file: SOUND[file].replace(before, after)}))
    (problem,) = map(str, refused.value.problems)
    assert problem == (
        f"{file}, line 2: {field} is not what it was when this row was loaded; what is on record is"
        " never changed: a correction is a new row that says which one it corrects."
    )
    assert every_row() == rows


def test_nothing_is_left_of_a_load_that_fails_late(
    write: Write, operator: Viewer, at: datetime
) -> None:
    rows = every_row()
    pack = check_pack(write()).pack
    pack.tables["lifts"][("L1",)].cells["lines"] = None
    with pytest.raises(actions.PackRefused) as refused:
        actions.load(pack, by=operator, at=at)
    assert [str(problem) for problem in refused.value.problems] == [
        "lifts.tsv, line 2: Lift L1 reaches beyond what directive D1 covers."
    ]
    assert every_row() == rows


def test_database_refuses_what_the_check_missed_and_nothing_is_left(
    write: Write, operator: Viewer, at: datetime
) -> None:
    rows = every_row()
    pack = check_pack(write()).pack
    pack.tables["lines"][("M", "advice")].cells["combat"] = True
    with pytest.raises(Refused, match="non-combat"):
        actions.load(pack, by=operator, at=at)
    assert every_row() == rows


def test_described_row_is_brought_up_to_date(write: Write, load: Load) -> None:
    load(write())
    again = load(write({"sites.tsv": SOUND["sites.tsv"].replace("School", "Old school")}))
    assert {name: count for name, count in again.changed.items() if count} == {"sites": 1}
    assert Site.objects.get(code="E-1").name == "Old school"


def test_described_row_that_this_node_has_changed_stays(
    write: Write, load: Load, operator: Viewer, at: datetime
) -> None:
    load(write())
    site = Site.objects.get(code="E-1")
    site.name = "Our own name"
    with acting("mission.change_site", by=operator, at=at):
        site.save()
    again = load(write({"sites.tsv": SOUND["sites.tsv"].replace("School", "Old school")}))
    assert (again.nothing, Site.objects.get(code="E-1").name) == (True, "Our own name")


def test_row_that_has_left_the_pack_stays_on_record(write: Write, load: Load) -> None:
    load(write())
    again = load(write({"lifts.tsv": None}))
    assert (again.nothing, again.left, Lift.objects.filter(number="L1").count()) == (True, 1, 1)


def test_organisation_of_another_pack_is_shared(write: Write, load: Load) -> None:
    load(write())
    load(write(other_pack(), "other"))
    assert Organisation.objects.filter(code="XE").count() == 1
    assert Mission.objects.get(code="N").host_requests.get().host.pack == "sound"


def test_code_that_is_of_another_kind_elsewhere_is_refused(write: Write, load: Load) -> None:
    load(write())
    changes = other_pack() | {"sites.tsv": "code\tname\tkind\nE\tExampleland\tarea\n"}
    with pytest.raises(actions.PackRefused) as refused:
        load(write(changes, "other"))
    assert "sites.tsv, line 2: kind is otherwise on record, from the pack “sound”." in str(
        refused.value
    )


def test_mission_of_another_pack_is_refused(write: Write, load: Load) -> None:
    load(write())
    changes = {
        "pack.toml": 'format = 1\nkey = "other"\ntitle = "Other"\ndefault_source = "letter"\n'
    }
    with pytest.raises(actions.PackRefused) as refused:
        load(write(changes, "other"))
    assert [str(problem) for problem in refused.value.problems] == [
        "directives.tsv, line 2: number “D1” is on record already, from the pack “sound”.",
        "lifts.tsv, line 2: number “L1” is on record already, from the pack “sound”.",
        "missions.tsv, line 2: code “M” is on record already, from the pack “sound”.",
    ]


def test_pack_that_is_needed_is_loaded_first(write: Write, load: Load) -> None:
    second = dict.fromkeys(SOUND, None) | {
        "pack.toml": 'format = 1\nkey = "second"\ntitle = "Second"\nneeds = ["sound"]\n',
        "timings.tsv": (
            "key\tdirective\tclock\tmoment\tclaims\nt\tD1\teffective\t2024-01\tsound:C1\n"
        ),
    }
    folder = write(second, "second")
    with pytest.raises(Refused, match=r"Load the pack “sound” first: “second” rests on it."):
        load(folder)
    load(write())
    load(folder)
    timing = Timing.objects.get(pack="second")
    assert timing.claims == [Claim.objects.get(reference="C1").pk]
    assert timing.known_from == Claim.objects.get(reference="C1").known_from


def test_name_that_is_nowhere_on_record_is_told(write: Write, load: Load, tmp_path: Path) -> None:
    load(write())
    (tmp_path / "sound").rename(tmp_path / "elsewhere")
    second = dict.fromkeys(SOUND, None) | {
        "pack.toml": 'format = 1\nkey = "second"\ntitle = "Second"\nneeds = ["sound"]\n',
        "timings.tsv": (
            "key\tdirective\tclock\tmoment\tclaims\nt\tD7\teffective\t2024-01\tsound:C9\n"
        ),
    }
    with pytest.raises(actions.PackRefused) as refused:
        load(write(second, "second"))
    assert [str(problem) for problem in refused.value.problems] == [
        "timings.tsv, line 2: claims “sound:C9” is not on record.",
        "timings.tsv, line 2: directive “D7” is not on record.",
    ]


def test_viewer_who_does_not_see_all_cannot_load(write: Write, at: datetime) -> None:
    viewer = Viewer("reader", Classification.SECRET)
    with pytest.raises(Refused, match="Only who sees everything can load a pack"):
        actions.load(check_pack(write()).pack, by=viewer, at=at)


def test_marking_of_the_pack_is_on_every_row(load: Load) -> None:
    load(EXAMPLE)
    claim = Claim.objects.get(pack="example-mission", reference="C1")
    assert (claim.classification, claim.releasable_to, claim.originator) == (
        1,
        ["ES", "EU", "FR"],
        "EU",
    )
    assert Mission.objects.get(code="EUXM").marking == claim.marking


def test_another_kind_of_mission_loads_without_a_change_of_code(
    load: Load, operator: Viewer
) -> None:
    """An invented advisory mission with lines of its own, a caveat and a partial lift."""
    load(EXAMPLE)
    at = datetime.fromisoformat("2024-06-25T12:00:00+00:00")
    answers = {
        site: posture(
            operator, Question("EUXM", "mentoring", site, "FR"), on=at, known_on=None
        ).ruling.posture
        for site in ("EX-NORTH", "EX-SCHOOL", "EX-ROOM", "EX-SOUTH")
    }
    words = {
        site: answer.word if answer is not None else "not stated"
        for site, answer in answers.items()
    }
    assert words == {
        "EX-NORTH": "not stated",  # its school runs again, the rest of it does not
        "EX-SCHOOL": "running",
        "EX-ROOM": "running",
        "EX-SOUTH": "running",
    }
    caveat = posture(
        operator, Question("EUXM", "mentoring", "EX-SOUTH", "ES"), on=at, known_on=None
    ).ruling
    assert caveat.posture is not None
    assert caveat.posture.word == "restricted"
    assert Pack.objects.get(key="example-mission").fictional


def test_subject_is_found_by_its_title_and_other_names(load: Load) -> None:
    load(EXAMPLE)
    assert Subject.objects.get(key="EUXM").also == ["the invented advisory mission", "the mission"]


def test_relation_to_a_mission_on_record_points_at_it(write: Write, load: Load) -> None:
    load(write())
    changes = other_pack() | {
        "relations.tsv": (
            "key\tmission\tkind\tother\nr\tN\tsister_of\tM\ns\tN\tcontributes_to\tA group\n"
        )
    }
    load(write(changes, "other"))
    assert [
        (row.other, row.other_mission and row.other_mission.code)
        for row in Relation.objects.filter(pack="other").order_by("other")
    ] == [("A group", None), ("M", "M")]


def test_number_of_queries_does_not_grow_with_the_rows(write: Write, load: Load) -> None:
    counts = []
    for number in (1, 3):
        claims = SOUND["claims.tsv"] + "".join(
            f"X{place}\tschool\tplace {place}\tyes\tletter\tstated\n" for place in range(number)
        )
        description = f'format = 1\nkey = "p{number}"\ntitle = "P"\ndefault_source = "letter"\n'
        only_claims = {name: None for name in SOUND if name != "sources.tsv"} | {
            "claims.tsv": claims,
            "pack.toml": description,
        }
        folder = write(only_claims, f"p{number}")
        with CaptureQueriesContext(connection) as queries:
            load(folder)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_source_of_a_claim_says_from_when_on_it_could_be_known(write: Write, load: Load) -> None:
    load(write())
    source = Source.objects.get(pack="sound")
    assert {
        Claim.objects.get(reference="C1").known_from,
        Directive.objects.get(number="D1").known_from,
        Mission.objects.get(code="M").known_from,
    } == {source.published.earliest}


def other_pack() -> dict[str, str | bytes | None]:
    """A pack that tells a nation and a place that the sound pack tells as well."""
    return dict.fromkeys(SOUND, None) | {
        "pack.toml": 'format = 1\nkey = "other"\ntitle = "Other"\n',
        "organisations.tsv": SOUND["organisations.tsv"],
        "sites.tsv": SOUND["sites.tsv"],
        "missions.tsv": "code\tname\nN\tAnother mission\n",
        "host_requests.tsv": "key\tmission\thost\tlines\twording\nasked\tN\tXE\tall\tplease\n",
    }
