"""Words about somebody by name as typed: they count for nobody until a person finds out who."""

from uuid import uuid4

import pytest

from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.accountability import actions, links
from cadre.accountability.actions import Said, Taken
from cadre.accountability.models import CheckIn, Mention
from cadre.accountability.queries import open_mentions
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions import Misfit
from tests.accountability.conftest import ADVISER, FRANCE, GERMANY, STAFF, Open, Opened
from tests.accountability.test_checking_in import STRANGER

LEADER = Viewer(
    "staff", STAFF.clearance, STAFF.affiliations, roles=STAFF.roles, account="staff@example.org"
)


def mentioned(muster: Opened, about: str = "Bert", through: str = "anna", **more: object) -> Taken:
    told = {
        "state": "safe", "occurred_at": muster.after(1), "said_by": "Anna", "how": "saw him",
    }  # fmt: skip  # a table
    said = Said(**told | more)  # type: ignore[arg-type]  # the test says which
    token = links.check_in_token(muster.entry(through).pk)
    with seeing(STRANGER):
        return actions.mention_by_link(token, about, said, at=muster.after(2))


def seen(muster: Opened, viewer: Viewer, minutes: float = 3) -> tuple[list[str], int]:
    with seeing(viewer):
        at = muster.after(minutes)
        found = open_mentions(viewer, muster.row, on=at, known_on=None)
        return [each.about for each in found.rows], found.hidden


def test_it_counts_for_nobody_and_waits_for_a_person(opened: Open) -> None:
    muster = opened()
    taken = mentioned(muster)

    assert (taken.new, taken.muster) == (True, "M-M-2026-001")
    assert set(muster.states(3).values()) == {"unaccounted"}
    assert seen(muster, GERMANY) == (["Bert"], 0)
    assert seen(muster, FRANCE) == ([], 1)  # it came through a German


def test_the_same_key_is_taken_once(opened: Open) -> None:
    muster = opened()
    key = uuid4()

    assert [mentioned(muster, key=key).new for _ in range(2)] == [True, False]
    assert Mention.objects.count() == 1


def test_settled_it_is_a_report_by_who_said_it(opened: Open) -> None:
    muster = opened()
    mentioned(muster)
    row = Mention.objects.select_related("muster__mission").get()
    bert = muster.world.people["bert"]
    settled = actions.settle_mention(row, bert, "", by=LEADER, at=muster.after(4))
    report = CheckIn.objects.get()

    assert muster.states(5)["bert"] == "safe"
    assert (report.person, report.voice, report.said_by, report.how, report.key) == (
        bert, "other", "Anna", "saw him", settled.check_in,
    )  # fmt: skip  # one row
    assert seen(muster, GERMANY, 5) == ([], 0)
    assert seen(muster, GERMANY, 3) == (["Bert"], 0)  # as it stood then
    with pytest.raises(Refused, match="decided already"):
        actions.settle_mention(row, None, "Nobody.", by=LEADER, at=muster.after(5))


def test_that_nobody_is_meant_wants_a_reason(opened: Open) -> None:
    muster = opened()
    mentioned(muster, "Bertie")
    row = Mention.objects.select_related("muster__mission").get()
    with pytest.raises(Misfit, match="Say why"):
        actions.settle_mention(row, None, "", by=LEADER, at=muster.after(4))
    actions.settle_mention(row, None, "A dog.", by=LEADER, at=muster.after(4))

    assert CheckIn.objects.count() == 0
    assert seen(muster, GERMANY, 5) == ([], 0)


def test_not_everybody_settles_one(opened: Open) -> None:
    muster = opened()
    mentioned(muster)
    row = Mention.objects.select_related("muster__mission").get()
    with pytest.raises(NotAllowed):
        actions.settle_mention(row, None, "x", by=ADVISER, at=muster.after(4))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"about": " "}, "about"), ({"said_by": ""}, "said_by"), ({"how": ""}, "how")],
)
def test_what_lacks_something_is_refused_beside_its_field(
    opened: Open, changes: dict[str, str], field: str
) -> None:
    muster = opened()
    with pytest.raises(Misfit) as refusal:
        mentioned(muster, **changes)  # type: ignore[arg-type]  # the case says which

    assert refusal.value.field == field


def test_a_forged_link_mentions_nobody(opened: Open) -> None:
    muster = opened()
    said = Said(state="safe", occurred_at=muster.after(1), said_by="x", how="x")
    for token in ("", "x", links.check_in_token(uuid4())):
        with pytest.raises(Refused, match="This link does not work"):
            actions.mention_by_link(token, "Bert", said, at=muster.after(2))

    assert Mention.objects.count() == 0
