"""Levels, precautions and answers of nations by page, by API and by command: the same thing."""

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from cadre.core.levels import MOVEMENT
from cadre.directives.models import (
    Checklist,
    ChecklistEnd,
    Consultation,
    Directive,
    Level,
    LevelOrder,
    LevelReceipt,
    LevelRule,
    Lift,
    Precaution,
    PrecautionReport,
    Receipt,
    Rhythm,
    Scale,
    StopPass,
    Template,
    TemplateItem,
    ThreatStatement,
)
from tests.directives.commanding import refused, told, told_json
from tests.directives.conftest import Issue, Place, SignIn, Somebody

pytestmark = pytest.mark.usefixtures("clock", "place")

SCALE = {"code": "P", "name": "Protection", "track": "protection", "example": "protection-four"}
ORDER = {
    "level": "P/P4", "sites": ["CAMP"], "whose": "mission", "effective": "2026-01-05T12:00Z",
    "authority": "Commander", "review_at": "2026-01-06T12:00Z", "review_owner": "J3",
}  # fmt: skip  # one form
ITEM = {
    "text": "Guards at their posts.", "owner": "Site commander", "due_minutes": "10",
    "escalates_to": "Duty officer", "escalates_minutes": "20", "each": "site",
}  # fmt: skip  # one form


def sent(client: Client, address: str, **fields: object) -> tuple[int, dict[str, object]]:
    answer = client.post(
        f"/api/v1{address}", json.dumps({"fields": fields}), content_type="application/json"
    )
    return answer.status_code, answer.json()


def number(answer: tuple[int, dict[str, object]]) -> str:
    assert answer[0] == 201, answer
    return str(answer[1]["number"])


def asked(client: Client, address: str) -> object:
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_pages_define_a_scale_order_a_level_and_show_it(sign_in: SignIn) -> None:
    client = sign_in("commander")
    client.post("/missions/M/levels/scale/", SCALE)
    level = Level.objects.get(code="P3")
    changed = {
        "name": "Very high", "rank": 2, "allows_training": "forbidden",
        f"allows_{MOVEMENT}": "limited", f"limits_{MOVEMENT}": "Escort.", "seen": "",
    }  # fmt: skip  # one form
    client.post(f"/levels/{level.pk}/edit/", changed)
    client.post(
        f"/scales/{Scale.objects.get().pk}/levels/new/", {"code": "P5", "name": "More", "rank": 9}
    )
    before = client.get("/missions/M/levels/order/", {"level": "P/P3", "sites": "CAMP"})
    unseen = client.post("/missions/M/levels/order/", ORDER | {"level": "P/P3"})
    shown = before.context["shown"]
    kept = client.post("/missions/M/levels/order/", ORDER | {"level": "P/P3", "shown": shown})
    page = client.get("/missions/M/levels/").content.decode()

    assert dict(LevelRule.objects.filter(level=level).values_list("activity", "allows")) == {
        "advising": "", "training": "forbidden", MOVEMENT: "limited",
    }  # fmt: skip
    assert "forbidden anew" in before.content.decode()
    assert (unseen.status_code, "Look at what it forbids" in unseen.content.decode()) == (422, True)
    assert kept.headers["Location"] == "/levels/M-L-2026-001/"
    assert ("P3 · Very high" in page, "nothing stops all of it" in page) == (True, True)


def test_stale_level_is_refused_with_both_versions(sign_in: SignIn) -> None:
    client = sign_in("commander")
    client.post("/missions/M/levels/scale/", SCALE)
    level = Level.objects.get(code="P3")
    address = f"/levels/{level.pk}/edit/"
    seen = client.get(address).context["form"].initial["seen"]
    said = {"name": "Mine", "rank": 2, "allows_training": "allowed", "seen": seen}
    client.post(address, said | {"name": "Theirs", "allows_training": "forbidden"})
    stale = client.post(address, said)
    differences = {each.label: (each.typed, each.written) for each in stale.context["differences"]}

    assert stale.status_code == 422
    assert differences["Name"] == ("Mine", "Theirs")
    assert differences["Training"] == ("allowed", "forbidden")
    assert Level.objects.get(code="P3").name == "Theirs"


def test_pages_report_state_and_receive(sign_in: SignIn) -> None:
    client = sign_in("commander")
    client.post("/missions/M/levels/scale/", SCALE)
    threat = {"code": "T", "name": "Threat", "track": "threat", "example": "threat-five"}
    client.post("/missions/M/levels/scale/", threat)
    client.post("/missions/M/levels/report/", {"direction": "raise", "authority": "Headquarters"})
    client.post(
        "/missions/M/levels/threat/", {"level": "T/T4", "assessed_by": "J2", "reason": "Reports."}
    )
    received = {
        "addressee": "site:CAMP", "received_at": "2026-01-05T12:10Z", "received_by": "Guard",
    }  # fmt: skip  # one form
    client.post("/levels/M-L-2026-001/received/", received)
    page = client.get("/levels/M-L-2026-001/").content.decode()

    assert (LevelOrder.objects.count(), ThreatStatement.objects.count()) == (1, 1)
    assert LevelReceipt.objects.get().received_by == "Guard"
    assert ("not stated" in page, "Guard" in page) == (True, True)


def test_api_does_and_tells_the_same(sign_in: SignIn) -> None:
    client = sign_in("commander")
    assert number(sent(client, "/missions/M/scales", **SCALE))
    number(sent(client, "/missions/M/scales/P/levels", code="P5", name="More", rank="9"))
    number(sent(client, "/missions/M/scales/P/levels/P5", name="Most", rank="9"))
    ordered = number(sent(client, "/missions/M/levels", **ORDER))
    receipt = {"addressee": "nation:DE", "received_at": "2026-01-05T12:10Z", "received_by": "Ada",
               "note": "Called."}  # fmt: skip  # one form
    number(sent(client, f"/levels/{ordered}/receipts", **receipt))
    reported = number(sent(client, "/missions/M/levels/reported", authority="Headquarters"))
    levels = asked(client, "/missions/M/levels")
    order = asked(client, f"/levels/{ordered}")
    forbids = asked(client, f"/levels/{ordered}/forbids")

    assert [(each["site"], each["level"]) for each in levels["sites"]] == [  # type: ignore[index]  # JSON
        ("CAMP", "not stated"), ("FORT", "not stated"),
    ]  # fmt: skip
    assert (order["level"], order["sites"], reported) == ("P4", ["CAMP"], "M-L-2026-002")  # type: ignore[index]  # JSON
    assert [each["received"] for each in order["received"] if each["addressee"] == "nation:DE"] == [  # type: ignore[index]  # JSON
        "2026-01-05T12:10:00Z"
    ]
    assert sorted(forbids["forbidden"]) == ["advising", MOVEMENT, "training"]  # type: ignore[index]  # JSON
    assert [each["name"] for each in asked(client, "/missions/M/scales")[0]["levels"]][-1] == "Most"  # type: ignore[index]  # JSON
    assert sent(client, "/missions/M/levels", **ORDER | {"level": "P/P9"})[0] == 422
    assert sent(sign_in("warden"), "/missions/M/levels", **ORDER)[0] == 403
    assert sent(client, "/missions/X/levels", **ORDER)[0] == 404


def test_precautions_by_page_paper_and_api(sign_in: SignIn) -> None:
    client = sign_in("duty_officer")
    client.post(
        "/missions/M/precautions/usual/", {"code": "shock", "title": "Shock", "trigger": "stop"}
    )
    client.post("/missions/M/precautions/usual/shock/", ITEM)
    kept = TemplateItem.objects.get()
    seen = client.get(f"/precautions/usual/{kept.pk}/").context["form"].initial["seen"]
    client.post(f"/precautions/usual/{kept.pk}/", ITEM | {"owner": "Guard", "seen": seen})
    opened = {"template": "shock", "sites": ["CAMP", "FORT"], "because": "M-S-2026-001"}
    client.post("/missions/M/precautions/open/", opened)
    paper = client.get("/precautions/M-P-2026-001/CAMP/?form=pdf")
    sheet = {
        "done_by": "Guard", "outcome_0": "done", "occurred_at_0": "2026-01-05T12:35Z",
        "text_0": "Seen.",
    }  # fmt: skip  # one form
    entered = client.post("/precautions/M-P-2026-001/CAMP/enter/", sheet)
    fort = Precaution.objects.get(site="FORT")
    report = {
        "outcome": "cannot", "occurred_at": "2026-01-05T12:30Z", "done_by": "Ada",
        "note": "No guards.",
    }  # fmt: skip  # one form
    first = sent(client, f"/precautions/items/{fort.pk}/reports", **report)
    found = asked(client, "/precautions/M-P-2026-001")

    assert paper.content[:5] == b"%PDF-"
    assert (entered.status_code, "moment that has come" in entered.content.decode()) == (422, True)
    assert UUID(number(first))
    assert [(each["site"], each["state"], each["with_whom"]) for each in found["items"]] == [  # type: ignore[index]  # JSON
        ("FORT", "cannot be done", "Guard"), ("CAMP", "open", "Guard"),
    ]  # fmt: skip
    client.post("/precautions/M-P-2026-001/CAMP/enter/", sheet | {
        "occurred_at_0": "2026-01-05T12:30Z"})  # fmt: skip  # one form
    assert PrecautionReport.objects.count() == 2
    assert number(sent(client, "/precautions/M-P-2026-001/close", reason="All clear."))
    assert ChecklistEnd.objects.count() == 1
    assert "closed" in client.get("/missions/M/precautions/").content.decode()


def test_nations_answer_by_page_and_api(sign_in: SignIn, issued: Issue) -> None:
    directive = issued()
    germany = sign_in("senior_national_representative", "DE")
    said = {"position": "agrees", "answered_at": "2026-01-05T12:20Z", "answered_by": "Ada"}
    germany.post(f"/directives/{directive.number}/nations/", said | {"nation": "DE"})
    refusal = sent(germany, f"/directives/{directive.number}/nations", nation="FR", **said)
    told_of = asked(germany, f"/directives/{directive.number}/nations")

    assert Consultation.objects.get().nation == "DE"
    assert (refusal[0], "how you know" in str(refusal[1])) == (409, True)
    assert [(each["nation"], each["position"]) for each in told_of] == [  # type: ignore[attr-defined]  # JSON
        ("FR", None), ("DE", "agrees"),
    ]  # fmt: skip


def test_commands_do_and_tell_the_same(
    place: Place, somebody: Somebody, tmp_path: Path, at: datetime
) -> None:
    commander, warden = somebody("commander"), somebody("warden")
    fields = [f"{name}={','.join(v) if isinstance(v, list) else v}" for name, v in ORDER.items()]
    told("level", "scale", "M", *(f"{name}={value}" for name, value in SCALE.items()))
    ordered = told("level", "order", "M", *fields, "--as", commander)
    shown = told("level", "show", "M", "--on", "2026-01-05T12:30Z")
    told("precautions", "usual", "M", "code=raised", "title=Raised", "trigger=level",
         "level=P/P3", "example=level-raised")  # fmt: skip  # one command
    opened = told_json("precautions", "open", "M", "template=raised", "sites=CAMP")
    item = str(Precaution.objects.filter(position=1).get().pk)
    done = ["outcome=done", "occurred_at=2026-01-05T12:30Z", "done_by=Ada"]
    told("precautions", "report", item, *done)
    told("precautions", "print", opened["number"], "CAMP", str(tmp_path / "camp.pdf"))  # type: ignore[index]  # JSON

    assert ordered == "Ordered: M-L-2026-001. It stops nothing and restarts nothing."
    assert shown.splitlines()[:2] == [
        "CAMP: P4, can be held until 2026-01-08T12:00Z [M-L-2026-001]", "FORT: none []",
    ]  # fmt: skip
    assert (tmp_path / "camp.pdf").read_bytes()[:5] == b"%PDF-"
    assert told("precautions", "list", "M").startswith("M-P-2026-001: Raised, 1 of 4 settled")
    assert refused("level", "order", "M", *fields, "--as", warden).startswith("This needs one of")
    assert refused("level", "show", "X") == "There is no mission X on record."
    assert refused("precautions", "show", "X") == "There is no list X on record."
    assert Checklist.objects.count() == Template.objects.count() == 1


def test_commands_record_what_others_did_and_answered(
    place: Place, issued: Issue, somebody: Somebody
) -> None:
    number = issued().number
    reported = ["number=R-1", "effect=2", "lines=training", "perhaps_all_lines=on"]
    told("order", "report", "M", *reported, "authority=Headquarters", "effective=2026-01-05")
    told("order", "lifted", "R-1", "number=L-1", "authority=Headquarters", "effective=2026-01-05")
    told("order", "received", number, "addressee=site:CAMP", "received_at=2026-01-05T12:10Z",
         "received_by=Guard")  # fmt: skip  # one command
    germany = somebody("senior_national_representative", "DE")
    answer = ["nation=DE", "position=agrees", "answered_at=2026-01-05T12:20Z", "answered_by=Ada"]
    told("restart", "answer", number, *answer, "--as", germany)
    told("reviews", "rhythm", "M", "first_hours=12", "then_hours=12", "then_days=3",
         "later_hours=48")  # fmt: skip  # one command
    told("level", "scale", "M", *(f"{name}={value}" for name, value in SCALE.items()))
    told("level", "step", "M", "P", "code=P5", "name=Siege", "rank=5", "allows_training=forbidden")
    told("precautions", "usual", "M", "code=shock", "title=Shock", "trigger=by_hand")
    told("precautions", "item", "M", "shock", *(f"{name}={value}" for name, value in ITEM.items()))
    refusal = refused("order", "lifted", number, "number=L-2", "authority=Headquarters")

    assert Directive.objects.get(number="R-1").perhaps_lines is None
    assert [each.number for each in Lift.objects.all()] == ["L-1"]
    assert Receipt.objects.get().code == "CAMP"
    assert Consultation.objects.get().nation == "DE"
    assert Rhythm.objects.get().first_hours == 12
    assert LevelRule.objects.get(level__code="P5").allows == "forbidden"
    assert TemplateItem.objects.get().owner == "Site commander"
    assert refusal.endswith("a report does not lift it, two people do.")


def test_passes_are_given_out_by_api_and_command_and_told_once(
    place: Place, sign_in: SignIn, somebody: Somebody
) -> None:
    said = {"holder": "Guard", "site": "CAMP", "expires_at": "2026-02-05T12:00Z"}
    client = sign_in("commander")
    body = json.dumps({"fields": said})
    answer = client.post("/api/v1/missions/M/passes", body, content_type="application/json")
    fields = [f"{name}={value}" for name, value in said.items()]
    given = told_json("stop", "pass", "M", *fields, "--as", somebody("duty_officer"))
    refusal = refused("stop", "pass", "M", *fields, "--as", somebody("warden"))

    assert (answer.status_code, StopPass.objects.count()) == (201, 2)
    for path in (answer.json()["path"], given["path"]):  # type: ignore[index]  # JSON
        assert Client().get(path).status_code == 200
    assert refusal.startswith("This needs one of these roles")
    assert sent(client, "/missions/M/passes", **said | {"expires_at": "x"})[0] == 422
