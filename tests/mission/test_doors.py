"""The API and the commands of missions: as thin as pages, as strict."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from cadre.access.actions import acting
from cadre.access.models import Account, Role
from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.mission import actions
from cadre.mission.actions import importing
from cadre.mission.models import ActivityLine, HostRequest, Organisation, Person, Task
from cadre.mission.sheets import read_table
from tests.mission.conftest import World


@pytest.fixture
def api(settings: Settings, operator: Viewer, at: datetime) -> Callable[..., Client]:
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False

    def made(*affiliations: str, role: str = "duty_officer") -> Client:
        email = f"{'-'.join(affiliations).lower()}-{role}@example.org"
        with acting("test", by=operator, at=at):
            account = Account(email=email, name=email, affiliations=list(affiliations))
            account.set_unusable_password()
            account.save()
            Role.objects.create(account=account, role=role, mission="")
        client = Client()
        client.force_login(account)
        return client

    return made


@pytest.fixture
def request_row(world: World, operator: Viewer, at: datetime) -> HostRequest:
    mandate = actions.set_mandate(
        world.nmi, "Train.", since=Moment.parse("2018"), by=operator, at=at
    )
    asked = actions.record_host_request(
        world.nmi,
        actions.NewHostRequest(host=world.iraq, wording="At the government's request"),
        by=operator,
        at=at,
    )
    new = actions.NewAuthorisation(host_request=asked, mandate=mandate)
    actions.authorise(world.nmi, new, by=operator, at=at)
    return asked


@pytest.fixture
def anna(world: World, operator: Viewer, at: datetime) -> Person:
    new = actions.NewPerson(code="P1", name="Anna Muster", nation=world.germany)
    return actions.add_person(new, by=operator, at=at)


@pytest.mark.parametrize(
    "address",
    ["missions", "missions/NMI", "organisations", "sites", "posts", "people",
     "people?nation=DE&mission=NMI&site=TAJI&q=a", "missions/NMI?on=2020-01-06&known_on=2026-02"],
)  # fmt: skip
def test_every_question_has_an_answer(
    anna: Person, api: Callable[..., Client], address: str
) -> None:
    assert api("DE").get(f"/api/v1/{address}").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [("missions/XX", 404), ("missions/N%00", 422), ("people?q=%00", 422), ("people?page=0", 422),
     ("missions?on=soon", 422), ("missions?known_on=2020-13", 422)],
)  # fmt: skip
def test_a_bad_question_is_told_in_one_sentence(
    world: World, api: Callable[..., Client], address: str, status: int
) -> None:
    response = api("DE").get(f"/api/v1/{address}")
    assert (response.status_code, list(response.json())) == (status, ["detail"])


def test_names_go_to_those_to_whom_they_are_released(
    anna: Person, api: Callable[..., Client]
) -> None:
    seen = [
        [each["name"] for each in api(nation).get("/api/v1/people").json()["people"]]
        for nation in ("DE", "FR")
    ]
    assert seen == [["Anna Muster"], []]


def test_what_nobody_stated_is_not_stated(world: World, api: Callable[..., Client]) -> None:
    found = api("DE").get("/api/v1/missions/NMI").json()
    facts = {fact["name"]: fact["value"] for fact in found["facts"]}
    assert (facts["commander"], facts["size"]) == ("not stated", "not stated")
    assert facts["established"] == "October 2018"


@pytest.mark.parametrize(
    ("address", "sent"),
    [("lines", {"code": "strike", "combat": True}), ("lines", {"code": "combat"}),
     ("tasks", {"line": "training", "title": "Storm", "combat": True})],
)  # fmt: skip
def test_combat_is_refused_with_409_and_a_sentence(
    world: World, api: Callable[..., Client], address: str, sent: dict[str, object]
) -> None:
    response = api("DE").post(
        f"/api/v1/missions/NMI/{address}", json.dumps(sent), content_type="application/json"
    )
    assert response.status_code == 409
    assert "is a non-combat mission" in response.json()["detail"]
    assert (ActivityLine.objects.count(), Task.objects.count()) == (1, 0)


def test_a_line_and_a_task_are_put_on_record(world: World, api: Callable[..., Client]) -> None:
    client = api("DE")
    for address, sent in (
        ("lines", {"code": "advising", "name": "Advising"}),
        ("tasks", {"line": "advising", "title": "Advise the staff college"}),
    ):
        response = client.post(
            f"/api/v1/missions/NMI/{address}", json.dumps(sent), content_type="application/json"
        )
        assert response.status_code == 201


def test_a_reader_changes_nothing(request_row: HostRequest, api: Callable[..., Client]) -> None:
    reader = api("DE", role="reader")
    sent = json.dumps({"code": "x", "wording": "x"})
    statuses = [
        reader.post(f"/api/v1/{address}", sent, content_type="application/json").status_code
        for address in ("missions/NMI/lines", f"host-requests/{request_row.pk}/withdraw")
    ]
    upload = SimpleUploadedFile("x.csv", b"code\nX\n")
    statuses.append(reader.post("/api/v1/import/sites", {"file": upload}).status_code)
    assert statuses == [403, 403, 403]


def test_a_withdrawal_tells_what_loses_its_basis(
    request_row: HostRequest, api: Callable[..., Client]
) -> None:
    client = api("DE")
    address = f"/api/v1/host-requests/{request_row.pk}/withdraw"
    sent = json.dumps({"wording": "We withdraw it.", "effective": "2020-01-09"})
    first = client.post(address, sent, content_type="application/json")
    again = client.post(address, sent, content_type="application/json")
    assert (first.status_code, first.json()["lines"], again.status_code) == (
        201,
        ["training"],
        409,
    )


def test_a_dry_run_writes_nothing_and_a_list_with_mistakes_neither(
    world: World, api: Callable[..., Client]
) -> None:
    client = api("DE")

    def sent(content: bytes, query: str = "") -> tuple[int, dict[str, object]]:
        upload = SimpleUploadedFile("people.csv", content)
        response = client.post(f"/api/v1/import/people{query}", {"file": upload})
        return response.status_code, response.json()

    good, bad = b"code,name,nation\nP1,Anna,DE\n", b"code,name,nation\nP1,,XX\n"
    status, dry = sent(good, "?dry_run=true")
    assert (status, dry["written"], Person.objects.count()) == (200, False, 0)
    status, told = sent(bad)
    assert (status, [(each["row"], each["column"]) for each in told["errors"]]) == (  # type: ignore[attr-defined]  # JSON
        422,
        [(2, "name"), (2, "nation")],
    )
    status, done = sent(good)
    assert (status, done["written"], Person.objects.count()) == (200, True, 1)
    assert sent(b"")[0] == 422


@pytest.fixture
def people_file(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text("code,name,nation\nP1,Anna,DE\n", encoding="utf-8")
    return file


def test_the_commands_show_and_import(
    world: World, people_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("mission", "NMI", "--json")
    assert json.loads(capsys.readouterr().out)["code"] == "NMI"
    call_command("mission")
    assert "NMI: NATO Mission Iraq (non-combat)" in capsys.readouterr().out
    call_command("mission", "NMI", "--on", "2020-01-06")
    assert "commander: not stated" in capsys.readouterr().out
    call_command("import", "people", str(people_file), "--dry-run")
    assert ("1 new" in capsys.readouterr().out, Person.objects.count()) == (True, 0)
    call_command("import", "people", str(people_file), "--json")
    assert json.loads(capsys.readouterr().out)["written"]
    assert Person.objects.count() == 1


def test_a_list_with_mistakes_ends_the_command_with_1(
    world: World, people_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people_file.write_text("code,name,nation\nP1,Anna,XX\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("import", "people", str(people_file))
    assert (ended.value.code, "row 2, nation" in capsys.readouterr().out) == (1, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("line", "add", "NMI", "combat", "--combat"), "non-combat"),
        (("line", "add", "XX", "training"), "no mission XX"),
        (("task", "add", "NMI", "training", "Storm", "--combat"), "non-combat"),
        (("task", "add", "NMI", "training", "Teach", "--post", "X"), "no post X"),
        (("mission", "XX"), "no mission XX"),
        (("import", "people", "/nowhere.csv"), "cannot be read"),
        (("withdraw-request", "00000000-0000-0000-0000-000000000000", "x"), "no request"),
    ],
)
def test_a_refused_command_says_why_in_one_sentence(
    world: World, words: tuple[str, ...], told: str
) -> None:
    with pytest.raises(CommandError, match=told) as refused:
        call_command(*words)
    assert refused.value.returncode == 2


def test_a_command_withdraws_a_request(
    request_row: HostRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("withdraw-request", str(request_row.pk), "Withdrawn.", "--effective", "2020-01-09")
    assert "nothing else opens: training" in capsys.readouterr().out


def test_three_rows_take_no_more_queries_than_one_in_an_import(
    world: World, operator: Viewer, at: datetime
) -> None:
    def count(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            importing.plan("organisations", read_table("x", text.encode()), by=operator, at=at)
        return len(captured)

    head = "code,name,kind,parent\n"
    one, three = head + "A,A,force,DE\n", head + "".join(f"{c},A,force,DE\n" for c in "ABC")
    assert count(three) == count(one)
    assert Organisation.objects.count() == 2
