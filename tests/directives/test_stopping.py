"""Stop now: by who is in charge, with one press, provisional until somebody competent decides."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core.posture import Posture
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification
from cadre.directives import actions
from cadre.directives.actions import NewCondition, NewProposal, Stop
from cadre.directives.models import Confirmation, ConfirmationOutcome, Directive, StopPass
from cadre.directives.queries import World
from cadre.mission.models import Mission, Site
from cadre.record.models import Entry
from tests.directives.conftest import (
    COMMANDER,
    DUTY,
    GERMANY,
    Place,
    SignIn,
    make_place,
    ruling,
    viewer,
)

WARDEN = viewer("warden")
FAR = datetime(2100, 1, 1, tzinfo=UTC)


def at_camp(place: Place, **changes: object) -> Stop:
    return Stop(mission=place.mission, site="CAMP", **changes)  # type: ignore[arg-type]  # the test says which


def test_one_press_suspends_the_site_at_once_and_provisionally(place: Place, at: datetime) -> None:
    row = actions.stop_now(at_camp(place), by=WARDEN, at=at)

    assert (row.number, row.kind, row.review_owner) == ("M-S-2026-001", "stop", "Duty officer")
    assert row.first_review_at == at + timedelta(hours=24)
    assert row.protective_action
    for line in ("training", "advising"):
        assert ruling(line, at, site="CAMP").posture == Posture.SUSPENDED
        assert ruling(line, at, site="FORT").posture == Posture.RUNNING
    assert [each.key for each in World(OPERATOR, known_on=None).provisional(at)] == [row.number]


def test_pressing_again_gives_the_same_stop_while_it_stands(place: Place, at: datetime) -> None:
    first = actions.stop_now(at_camp(place), by=WARDEN, at=at)
    again = actions.stop_now(at_camp(place, what="Shots"), by=WARDEN, at=at + timedelta(hours=9))
    other = actions.stop_now(
        at_camp(place), by=viewer("warden", name="another"), at=at + timedelta(hours=9)
    )

    assert (again, other.number) == (first, "M-S-2026-002")


def test_silence_keeps_a_stop_and_a_decision_is_taken_once(place: Place, at: datetime) -> None:
    row = actions.stop_now(at_camp(place), by=WARDEN, at=at)
    later = at + timedelta(days=400)
    assert ruling("training", later, site="CAMP").posture == Posture.SUSPENDED
    with pytest.raises(NotAllowed):
        actions.confirm(row, ConfirmationOutcome.CONFIRMED, "", by=WARDEN, at=at)
    with pytest.raises(Refused, match="Name the directive or the lift by which it is amended"):
        actions.confirm(row, ConfirmationOutcome.AMENDED, " ", by=DUTY, at=at)
    actions.confirm(row, ConfirmationOutcome.CONFIRMED, "Seen", by=DUTY, at=at)
    with pytest.raises(Refused, match=r"It was decided already by duty_officer: confirmed\."):
        actions.confirm(row, ConfirmationOutcome.AMENDED, "M-D-1", by=COMMANDER, at=at)

    assert World(OPERATOR, known_on=None).provisional(at) == []
    assert ruling("training", at, site="CAMP").posture == Posture.SUSPENDED


def test_who_may_not_stop_is_refused(place: Place, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.stop_now(at_camp(place), by=viewer("press_officer"), at=at)
    with pytest.raises(NotAllowed):
        actions.stop_now(at_camp(place), by=viewer("warden", mission="OTHER"), at=at)

    assert Directive.objects.count() == 0


def test_nobody_is_kept_from_stopping_by_what_he_may_not_see(place: Place, at: datetime) -> None:
    with acting("test", by=OPERATOR, at=at):
        Site.objects.filter(code="CAMP").update(classification=Classification.SECRET)
    with seeing(WARDEN):
        assert not Site.objects.filter(code="CAMP").exists()
        assert actions.stop_now(at_camp(place), by=WARDEN, at=at).sure_sites == ["CAMP"]


def test_stop_that_was_lifted_is_not_given_again(place: Place, at: datetime) -> None:
    row = actions.stop_now(at_camp(place), by=WARDEN, at=at)
    gate = NewCondition(text="All clear", owner="FP", wanted="A look")
    condition = actions.write_condition(row, gate, by=DUTY, at=at)
    waived = actions.NewAssessment(
        verdict="waived", authority="C", reason="A false alarm", until=at + timedelta(hours=1)
    )
    actions.assess(condition, waived, by=COMMANDER, at=at)
    part = actions.Stop(mission=place.mission, site="CAMP").scope
    proposal = actions.propose_lift(row, NewProposal(part=part, reason="x"), by=DUTY, at=at)
    actions.lift(proposal, by=COMMANDER, at=at)

    assert ruling("training", at, site="CAMP").posture == Posture.RUNNING
    later = at + timedelta(hours=2)
    assert actions.stop_now(at_camp(place), by=WARDEN, at=later).number == "M-S-2026-002"


@pytest.fixture
def stranger(settings: Settings) -> Client:
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    return Client()


def given(place: Place, at: datetime, expires_at: datetime = FAR) -> tuple[StopPass, str]:
    return actions.give_pass(
        at_camp(place), "Sergeant Ito", expires_at=expires_at, by=COMMANDER, at=at
    )


def test_holder_of_a_pass_stops_without_an_account(
    place: Place, stranger: Client, at: datetime
) -> None:
    row, secret = given(place, at)
    address = f"/stop/{secret}/"
    looked = stranger.get(address)
    looked_again = stranger.get(address)
    assert (looked.status_code, Directive.objects.count()) == (200, 0)
    assert "Stop at Camp now" in looked_again.text
    pressed = [stranger.post(address, {"who": "Ito", "what": "Shots"}) for _ in range(3)]
    stands = stranger.get(address)

    assert {each.status_code for each in pressed} == {302}
    stop = Directive.objects.get()
    assert (stop.recorded_by, stop.authority, stop.reason) == (f"pass {row.pk}", "Ito", "Shots")
    assert stop.number in stands.text
    assert "<button" not in stands.text
    assert len(looked.content) < 15_000
    assert set(
        Entry.objects.filter(table="directives_directive").values_list("actor", flat=True)
    ) == {f"pass {row.pk}"}


@pytest.mark.parametrize("why", ["unknown", "revoked", "expired"])
def test_pass_that_does_not_work_says_nothing_about_the_mission(
    place: Place, stranger: Client, at: datetime, why: str
) -> None:
    row, secret = given(place, at, FAR if why != "expired" else at + timedelta(hours=1))
    if why == "revoked":
        actions.revoke_pass(row, by=DUTY, at=at)
    address = "/stop/nothing/" if why == "unknown" else f"/stop/{secret}/"
    answers = [stranger.get(address), stranger.post(address, {"who": "x"})]

    assert [each.status_code for each in answers] == [404, 404]
    for each in answers:
        assert "This link does not work" in each.text
        assert not re.search("Camp|CAMP|Mission|Ito", each.text)
    assert Directive.objects.count() == 0


def test_secret_of_a_pass_is_kept_nowhere(place: Place, at: datetime) -> None:
    row, secret = given(place, at)

    assert secret not in str(StopPass.objects.values().get())
    assert not Entry.objects.filter(content__has_key="digest", table="directives_stoppass").exists()
    with pytest.raises(NotAllowed):
        actions.revoke_pass(row, by=GERMANY, at=at)


def test_two_presses_at_once_are_one_stop(scratch: str, at: datetime) -> None:
    with seeing(OPERATOR):
        place = make_place(by=OPERATOR, at=at - timedelta(days=9))
        _row, secret = given(place, at)

    def pressed(_number: int) -> str:
        try:
            return actions.stop_by_pass(secret, "", "", at=at).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(pressed, range(4))) == {"M-S-2026-001"}
    with seeing(OPERATOR):
        assert Directive.objects.count() == 1


def test_pages_stop_confirm_and_give_out_passes(place: Place, sign_in: SignIn) -> None:
    adviser, duty = sign_in("adviser"), sign_in("duty_officer")
    assert adviser.get("/missions/M/stop/?site=CAMP").status_code == 200
    stopped = adviser.post("/missions/M/stop/", {"site": "CAMP", "what": "Shots"})
    page = duty.get(stopped["Location"]).text
    assert "Provisional" in page
    assert "Confirm or amend" in page
    assert "Confirm or amend" not in adviser.get(stopped["Location"]).text
    board = duty.get("/").text
    assert "Confirm, amend or lift one stop that was pressed on the spot" in board
    number = Directive.objects.get().number
    assert duty.post(f"/directives/{number}/confirm/", {"outcome": "confirmed"}).status_code == 302
    assert "Provisional" not in duty.get(stopped["Location"]).text
    assert Confirmation.objects.get().directive.number == number

    assert adviser.get("/missions/M/passes/").status_code == 403
    typed = {"holder": "Ito", "site": "CAMP", "expires_at": "2100-01-01"}
    made = duty.post("/missions/M/passes/", typed).text
    secret = re.findall(r"/stop/([\w-]+)/", made)[0]
    assert secret not in duty.get("/missions/M/passes/").text
    assert Client().get(f"/stop/{secret}/").status_code == 200
    assert Mission.objects.count() == 1
