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
from cadre.mission.models import ActivityLine, HostRequest, Mission, Organisation, Person, Task
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


STATED = (
    ("mandates", "mandate", {"wording": "Train.", "since": "2018-10"}),
    ("relations", "relation", {"kind": "part_of", "other": "A wider effort"}),
    ("appointments", "appointment", {"office": "commander", "holder": "Ada Lindqvist"}),
    ("contributions", "contribution", {"organisation": "DE", "quantity": "around 120 troops"}),
    ("host-requests", "request", {"host": "IQ", "wording": "Please", "lines": ["training"]}),
    ("presences", "site", {"site": "TAJI", "since": "January 2020"}),
)


def count(row: Mission) -> int:
    return sum(
        rows.count()
        for rows in (
            row.mandates, row.relations, row.appointments, row.contributions, row.host_requests,
            row.presences,
        )
    )  # fmt: skip


@pytest.mark.parametrize(("address", "what", "sent"), STATED)
def test_what_is_stated_is_put_on_record_once_by_api_and_command(
    world: World, api: Callable[..., Client], address: str, what: str, sent: dict[str, object]
) -> None:
    reader, officer = api("DE", role="reader"), api("DE")
    statuses = [
        client.post(
            f"/api/v1/missions/{code}/{address}", json.dumps(sent), "application/json"
        ).status_code
        for client, code in ((reader, "NMI"), (officer, "XX"), (officer, "NMI"), (officer, "NMI"))
    ]
    assert (statuses, count(world.nmi)) == ([403, 404, 201, 409], 1)
    fields = [f"{name}={','.join(v) if isinstance(v, list) else v}" for name, v in sent.items()]
    with pytest.raises(CommandError, match="on record already"):
        call_command("state", "NMI", what, *fields)
    assert count(world.nmi) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (["wording=Train.", "since=soon"], "since: “soon” is not a moment"),
        (["wording="], "wording: This field is required."),
        (["wording=Train.", "colour=red"], "There is no field “colour”"),
        (["Train."], "write FIELD=VALUE"),
        (["wording=Train.", "claims=F99"], "There is no claim “F99” on record."),
        (["wording=T.", "corrects=00000000-0000-0000-0000-000000000000"], "no such row"),
    ],
)
def test_a_bad_field_of_a_statement_is_one_sentence(
    world: World, fields: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("state", "NMI", "mandate", *fields)
    assert (refused.value.returncode, count(world.nmi)) == (2, 0)


def test_a_bad_value_is_422_and_a_correction_is_made_by_its_id(
    world: World, api: Callable[..., Client]
) -> None:
    client, address = api("DE"), "/api/v1/missions/NMI/contributions"

    def sent(**values: object) -> tuple[int, list[str]]:
        typed = json.dumps({"organisation": "DE", **values})
        status = client.post(address, typed, "application/json").status_code
        found = client.get("/api/v1/missions/NMI").json()["contributions"]
        return status, [each["quantity"] for each in found]

    assert sent(quantity="lots") == (422, [])
    assert sent(quantity="around 70") == (201, ["around 70"])
    row = client.get("/api/v1/missions/NMI").json()["contributions"][0]["id"]
    assert sent(quantity="around 120", corrects=row) == (201, ["around 120"])
    assert sent(quantity="around 130", corrects=row) == (409, ["around 120"])
