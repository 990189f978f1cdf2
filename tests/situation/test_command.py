"""`./cadre incident`: reports, corrects, lists; one sentence for what cannot be done."""

import json
from datetime import datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cadre.access.actions import acting
from cadre.access.models import Account, Role
from cadre.core.releasability import Viewer
from cadre.mission.actions import Grounds
from cadre.situation.models import Incident
from tests.situation.conftest import ONLY_GERMANY, Places, Report


@pytest.fixture
def warden(operator: Viewer, at: datetime) -> str:
    """The address of a French warden."""
    with acting("test", by=operator, at=at):
        account = Account(email="warden@example.org", name="Warden", affiliations=["FR"])
        account.set_unusable_password()
        account.save()
        Role.objects.create(account=account, role="warden", mission="M")
    return account.email


def said(capsys: pytest.CaptureFixture[str], *words: str, **options: object) -> str:
    call_command("incident", *words, **options)
    return capsys.readouterr().out.strip()


def test_report_is_put_on_record(
    places: Places, warden: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(
        capsys, "kind=attack", "what=Shots at the gate: two, or = three", "site=CAMP",
        "occurred=2026-01-03", "severity=3", as_account=warden,
    )  # fmt: skip
    row = Incident.objects.get()

    assert told == f"On record as {row.number}."
    assert (row.what, row.recorded_by) == ("Shots at the gate: two, or = three", warden)
    assert (row.site, row.severity, row.occurred.edtf()) == (places.camp, 3, "2026-01-03")


def test_correction_is_told_as_json(reported: Report, capsys: pytest.CaptureFixture[str]) -> None:
    row = reported()
    told = json.loads(
        said(capsys, "kind=other", "what=A door", "site=CAMP", f"corrects={row.pk}", json=True)
    )

    assert told == {"number": row.number, "id": str(Incident.objects.get(corrects=row).pk)}


def test_list_is_read_by_people_and_by_programs(
    reported: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    reported(what="A rocket", info_credibility="2")
    reported(what="x", severity=None, site=None, place="By the bridge")

    assert said(capsys, list=True).splitlines() == [
        "INC-2026-002: attack, severity not stated, 3 January 2026, at By the bridge, graded ––: x",
        "INC-2026-001: attack, severity 3, 3 January 2026, at CAMP, graded –2: A rocket",
    ]
    told = json.loads(said(capsys, list=True, json=True))
    assert [each["severity"] for each in told["incidents"]] == [None, 3]


def test_list_shows_each_account_what_it_may_see(
    reported: Report, warden: str, capsys: pytest.CaptureFixture[str]
) -> None:
    row = reported(grounds=Grounds(marking=ONLY_GERMANY))

    assert row.number in said(capsys, list=True)
    assert said(capsys, list=True, as_account=warden) == "None is on record."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Give fields of a report, or --list."),
        (("--list", "kind=attack"), "Give fields of a report, or --list."),
        (("attack",), "“attack” is no field with a value: write FIELD=VALUE."),
        (("kind=attack", "what=x", "colour=red"), "There is no field “colour”"),
        (("kind=attack", "what=x", "site=XX"), "site: There is none with the code “XX”."),
        (("kind=attack", "what=x"), "Say where it was"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    places: Places, words: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("incident", *words)

    assert str(refused.value).startswith(sentence)
    assert refused.value.returncode == 2
    assert Incident.objects.count() == 0
