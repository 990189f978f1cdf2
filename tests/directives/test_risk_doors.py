"""Risks by page, by API and by command: the same thing."""

from datetime import datetime
from uuid import UUID

import pytest

from cadre.directives.models import RiskAssessment, RiskAuthority, RiskDecision
from tests.directives.commanding import refused, told, told_json
from tests.directives.conftest import Place, SignIn, Somebody
from tests.directives.test_level_doors import asked, number, sent

pytestmark = pytest.mark.usefixtures("clock", "place")

RISK = {
    "line": "training", "sites": ["CAMP"], "criticality": "2", "risk": "high",
    "measures": "Armed escort.", "reason": "Fire on the road.", "assessed_by": "J2",
    "assessed": "2026-01-05T12:00Z",
}  # fmt: skip  # one form
DECISION = {
    "decision": "accepted", "authority": "Parent headquarters",
    "decided_at": "2026-01-05T12:10Z", "until": "2026-01-06T12:00Z", "reason": "Pay day.",
}  # fmt: skip  # one form
PAGE = "/missions/M/risks/"


def test_pages_take_the_example_over_assess_and_decide(sign_in: SignIn) -> None:
    client = sign_in("commander")
    empty = client.get(PAGE).content.decode()
    taken = client.post(f"{PAGE}example/")
    again = client.post(f"{PAGE}example/", follow=True).content.decode()
    kept = client.post(f"{PAGE}assess/", RISK)
    before = client.get(PAGE).content.decode()
    row = RiskAssessment.objects.get()
    form = client.get(f"/risks/{row.pk}/decide/")
    decided = client.post(f"/risks/{row.pk}/decide/", DECISION)
    after = client.get(PAGE).content.decode()
    ended = client.get(f"{PAGE}?on=2026-01-07&known_on=2026-01-07").content.decode()

    assert ("Take over the example" in empty, "nobody has decided" in empty) == (True, True)
    assert (taken.headers["Location"], "said already who decides" in again) == (
        f"{PAGE}#table", True,
    )  # fmt: skip
    assert (kept.headers["Location"], decided.headers["Location"]) == (PAGE, PAGE)
    assert form.context["form"].initial["authority"] == "Parent headquarters"
    assert ("Take over" in before, before.count("nobody has decided")) == (False, 5)
    assert ("Pay day." in after, after.count("nobody has decided")) == (True, 3)
    assert "open again" in ended


def test_levels_lead_to_risks_and_who_may_not_is_offered_nothing(sign_in: SignIn) -> None:
    client = sign_in("warden")
    page = client.get(PAGE).content.decode()
    row = sign_in("commander").post(f"{PAGE}assess/", RISK)
    addresses = (
        f"{PAGE}assess/",
        f"{PAGE}table/",
        f"/risks/{RiskAssessment.objects.get().pk}/decide/",
    )

    assert row.status_code == 302
    assert f'href="{PAGE}"' in client.get("/missions/M/levels/").content.decode()
    assert [word in page for word in ("Assess a risk", "Say who decides", "Take over")] == [
        False, False, False,
    ]  # fmt: skip
    assert [client.get(each).status_code for each in addresses] == [403, 403, 403]
    assert client.post(f"{PAGE}example/").status_code == 403


def test_a_page_says_beside_the_field_what_is_refused(sign_in: SignIn) -> None:
    client = sign_in("commander")
    client.post(f"{PAGE}assess/", RISK | {"risk": "unacceptable"})
    row = RiskAssessment.objects.get()
    refusal = client.post(f"/risks/{row.pk}/decide/", DECISION)
    endless = client.post(f"/risks/{row.pk}/decide/", DECISION | {"until": ""})

    assert (refusal.status_code, endless.status_code) == (422, 422)
    assert "Nobody can accept an unacceptable risk" in str(
        refusal.context["form"].errors["decision"]
    )
    assert "until when" in str(endless.context["form"].errors["until"])
    assert RiskDecision.objects.count() == 0


def test_an_assessment_is_corrected_by_its_page(sign_in: SignIn) -> None:
    client = sign_in("force_protection_officer")
    client.post(f"{PAGE}assess/", RISK | {"assessed": "", "other_sites": "COUNTRY"})
    row = RiskAssessment.objects.get()
    opened = client.get(PAGE).content.decode()
    first = client.get(f"{PAGE}assess/?corrects={row.pk}").context["form"].initial
    client.post(f"{PAGE}assess/", RISK | {"corrects": str(row.pk)})
    found = client.get(PAGE)

    assert "open which one counts" in opened
    assert (first["risk"], first["sites"], first["other_sites"]) == ("high", ["CAMP"], "COUNTRY")
    assert [each.row.corrects for each in found.context["found"].assessments] == [row]
    assert client.get(f"{PAGE}assess/?corrects={UUID(int=1)}").status_code == 404


def test_stale_table_is_refused_with_both_versions(sign_in: SignIn) -> None:
    client = sign_in("commander")
    address = f"{PAGE}table/"
    seen = client.get(address).context["form"].initial["seen"]
    said = {"says_1_low": "authority", "who_1_low": "Mine", "seen": seen}
    client.post(address, said | {"who_1_low": "Theirs", "says_2_low": "not_allowed"})
    stale = client.post(address, said)
    differences = {each.label: (each.typed, each.written) for each in stale.context["differences"]}
    again = client.post(address, said | {"seen": stale.context["form"]["seen"].value()})

    assert stale.status_code == 422
    assert differences == {
        "Who decides: criticality lifesaving, risk low": ("Mine", "Theirs"),
        "Criticality essential, risk low": ("not stated", "not allowed"),
    }
    assert again.status_code == 302
    rows = RiskAuthority.objects.order_by("criticality")
    assert [(each.authority, each.dropped) for each in rows] == [("Mine", False), ("", True)]


def test_a_cell_says_one_thing(sign_in: SignIn) -> None:
    client = sign_in("commander")
    nobody = client.post(f"{PAGE}table/", {"says_1_low": "authority"})
    somebody = client.post(f"{PAGE}table/", {"says_1_low": "not_allowed", "who_1_low": "J3"})

    assert "who_1_low" in nobody.context["form"].errors
    assert "says_1_low" in somebody.context["form"].errors
    assert RiskAuthority.objects.count() == 0


def test_api_does_and_tells_the_same(sign_in: SignIn) -> None:
    client = sign_in("commander")
    version = asked(client, "/missions/M/risks")["version"]  # type: ignore[index]  # JSON
    cells = {"says_2_high": "authority", "who_2_high": "Headquarters", "seen": version}
    number(sent(client, "/missions/M/risks/table", **cells))
    stale = sent(client, "/missions/M/risks/table", **cells)
    kept = number(sent(client, "/missions/M/risks", **RISK))
    number(sent(client, f"/risks/{kept}/decisions", **DECISION))
    found = asked(client, "/missions/M/risks")
    cell = {(each["criticality"], each["risk"]): each["authority"] for each in found["table"]}  # type: ignore[index]  # JSON

    assert stale[0] == 409
    assert [(each["line"], each["site"], each["risk"], each["assessment"])
            for each in found["places"] if each["risk"]] == [  # type: ignore[index]  # JSON
        ("training", "CAMP", "high", kept),
    ]  # fmt: skip
    assert (cell[2, "high"], cell[1, "low"], cell[1, "unacceptable"]) == ("Headquarters", None, "")
    (assessment,) = found["assessments"]  # type: ignore[index]  # JSON
    assert (assessment["allowed"], assessment["decides"]) == (True, "Headquarters")
    assert assessment["decision"] == {
        "decision": "accepted", "authority": "Parent headquarters", "reason": "Pay day.",
        "decided_at": "2026-01-05T12:10:00Z", "until": "2026-01-06T12:00:00Z", "open_again": False,
    }  # fmt: skip
    assert sent(client, "/missions/M/risks", **RISK | {"risk": "awful"})[0] == 422
    assert sent(sign_in("warden"), "/missions/M/risks", **RISK)[0] == 403
    assert sent(sign_in("warden"), "/missions/M/risks/table", **cells)[0] == 403
    assert sent(sign_in("warden"), f"/risks/{kept}/decisions", **DECISION)[0] == 403
    assert sent(client, f"/risks/{UUID(int=1)}/decisions", **DECISION)[0] == 404
    assert sent(client, "/missions/X/risks", **RISK)[0] == 404


def test_commands_do_and_tell_the_same(place: Place, somebody: Somebody, at: datetime) -> None:
    commander, warden = somebody("commander"), somebody("warden")
    fields = [f"{name}={','.join(v) if isinstance(v, list) else v}" for name, v in RISK.items()]
    decision = [f"{name}={value}" for name, value in DECISION.items()]
    kept = told_json("risk", "assess", "M", *fields, "--as", commander)["number"]  # type: ignore[index]  # JSON
    before = told("risk", "show", "M", "--on", "2026-01-05T12:20Z")
    told("risk", "decide", kept, *decision, "--as", commander)
    shown = [
        told("risk", "show", "M", "--on", day, "--known-on", "2026-01-07")
        for day in ("2026-01-05T12:20Z", "2026-01-07")
    ]
    line = "training at CAMP: criticality 2, risk high; decides: not stated; "

    assert f"{line}nobody has decided" in before.splitlines()
    assert "training at FORT: not stated" in before.splitlines()
    assert f"{line}accepted by Parent headquarters until 2026-01-06T12:00Z" in shown[0].splitlines()
    assert f"{line}open again since 2026-01-06T12:00Z" in shown[1].splitlines()
    assert refused("risk", "assess", "M", *fields, "--as", warden).startswith("This needs one of")
    assert refused("risk", "decide", kept, *decision, "--as", warden).startswith("This needs one")
    assert refused("risk", "decide", "x", *decision) == "“x” is no id of an assessment."
    assert refused("risk", "show", "X") == "There is no mission X on record."
    assert told_json("risk", "show", "M")["places"]  # type: ignore[index]  # JSON
