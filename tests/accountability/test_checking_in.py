"""Checking in: once by its key, by whoever may, and never safer than what was said."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cadre.access.actions import acting
from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.accountability import actions, links
from cadre.accountability.actions import NewCheckIn, NewSighting, Said
from cadre.accountability.models import CheckIn, WardenList
from cadre.accountability.queries import by_link, by_warden_link
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification, Viewer
from cadre.mission.actions import Misfit
from cadre.record.models import Entry
from cadre.record.queries import verify
from tests.accountability.conftest import (
    ADVISER,
    COMMANDER,
    FRANCE,
    GERMANY,
    READER,
    Open,
    Opened,
    warden_row,
)

STRANGER = Viewer("stranger", Classification.UNCLASSIFIED)
SELF = Viewer("Anna", Classification.UNCLASSIFIED, frozenset({"DE"}), account="ANNA@example.org")


def said(muster: Opened, state: str = "safe", minutes: float = 1, **more: object) -> Said:
    return Said(**{"state": state, "occurred_at": muster.after(minutes), **more})  # type: ignore[arg-type]  # the test says which


def link(muster: Opened, code: str) -> str:
    return links.check_in_token(muster.entry(code).pk)


def test_a_report_is_on_record_with_both_times_and_the_persons_marking(opened: Open) -> None:
    muster = opened()
    taken = muster.says("dora", "safe", 1, entered=3)
    row = CheckIn.objects.get(person__code="dora")

    assert (taken.new, taken.muster, taken.late) == (True, "M-M-2026-001", False)
    assert (row.occurred_at, row.recorded_at) == (muster.after(1), muster.after(3))
    assert row.marking == muster.world.people["dora"].marking
    entry = Entry.objects.get(table="accountability_checkin")
    assert (entry.row, entry.verb, entry.marking) == (
        str(row.pk), "accountability.check_in", row.marking,
    )  # fmt: skip  # one row


def test_the_same_key_is_the_same_report(opened: Open) -> None:
    muster = opened()
    key = uuid4()
    first, second = (muster.says("anna", "safe", 1, key=key, entered=e) for e in (1, 9))

    assert (first.new, second.new) == (True, False)
    assert CheckIn.objects.get(key=key).recorded_at == muster.after(1)


def test_no_report_is_lost_because_its_key_was_used_for_another(opened: Open) -> None:
    muster = opened()
    key = uuid4()
    muster.says("anna", "safe", 1, key=key)
    again = [muster.says("anna", "need help", 2, key=key).new for _ in range(2)]
    other = muster.says("bert", "safe", 2, key=key)

    assert (again, other.new) == ([True, False], True)
    assert muster.states(3)["anna"] == "need help"
    assert muster.states(3)["bert"] == "safe"


def test_a_batch_is_one_statement_and_all_or_none(opened: Open) -> None:
    muster = opened()
    news = [
        NewCheckIn(person=person, said=said(muster), muster=muster.row)
        for person in muster.world.people.values()
    ]
    doubled = [*news, news[0]]
    with CaptureQueriesContext(connection) as five:
        taken = actions.check_in_many(doubled, by=OPERATOR, at=muster.after(2))
    again = actions.check_in_many(news, by=OPERATOR, at=muster.after(3))
    with CaptureQueriesContext(connection) as one:
        actions.check_in_many(
            [NewCheckIn(person=news[0].person, said=said(muster, "away"), muster=muster.row)],
            by=OPERATOR, at=muster.after(4),
        )  # fmt: skip  # a call

    assert [each.new for each in taken] == [True] * 6
    assert [each.new for each in again] == [False] * 5
    assert CheckIn.objects.filter(recorded_at=muster.after(2)).count() == 5
    assert len(five) == len(one)


def test_nothing_of_a_batch_is_kept_when_a_part_is_refused(opened: Open) -> None:
    muster = opened()
    good, bad = (
        NewCheckIn(person=muster.world.people["anna"], said=said(muster, state))
        for state in ("safe", "fine")
    )
    with pytest.raises(Misfit):
        actions.check_in_many([good, bad], by=OPERATOR, at=muster.after(2))

    assert CheckIn.objects.count() == 0


# --- who may say what ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "code", "voice", "allowed"),
    [
        (SELF, "anna", "self", True),
        (SELF, "bert", "self", False),
        (SELF, "bert", "other", False),
        (READER, "anna", "other", False),
        (ADVISER, "anna", "self", False),
        (ADVISER, "anna", "other", True),
        (ADVISER, "anna", "in charge", False),
        (COMMANDER, "anna", "in charge", True),
        (GERMANY, "anna", "in charge", True),
        (GERMANY, "dora", "in charge", False),
        (FRANCE, "dora", "in charge", True),
        (STRANGER, "anna", "self", False),
    ],
)
def test_who_may_report_of_whom_in_which_voice(
    opened: Open, by: Viewer, code: str, voice: str, *, allowed: bool
) -> None:
    muster = opened()
    told = {} if voice == "self" else {"said_by": "Zoe", "how": "saw"}

    def report() -> None:
        muster.says(code, "safe", 1, by=by, voice=voice, **told)

    if allowed:
        report()
        assert muster.states(2)[code] == "safe"
    else:
        with pytest.raises(NotAllowed):
            report()
        assert muster.states(2)[code] == "unaccounted"


def test_a_warden_is_in_charge_of_the_own_list_only(
    lists: dict[str, WardenList], opened: Open
) -> None:
    muster = opened()
    warden = Viewer(
        "Anna", Classification.UNCLASSIFIED, frozenset({"DE", "M"}),
        roles=frozenset({("warden", "M")}), account="anna@example.org",
    )  # fmt: skip  # a value
    told = {"voice": "in charge", "said_by": "Anna", "how": "counted"}
    muster.says("bert", "missing", 1, by=warden, **told)

    assert muster.states(2)["bert"] == "missing"
    with pytest.raises(NotAllowed, match="Only who is in charge"):
        muster.says("carl", "missing", 1, by=warden, **told)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"state": "ok"}, "state"),
        ({"state": "unaccounted"}, "state"),
        ({"voice": "nobody"}, "voice"),
        ({"channel": "pigeon"}, "channel"),
        ({"voice": "other", "how": "saw"}, "said_by"),
        ({"voice": "other", "said_by": "Zoe"}, "how"),
    ],
)
def test_what_is_not_said_rightly_is_refused_beside_its_field(
    opened: Open, changes: dict[str, object], field: str
) -> None:
    muster = opened()
    with pytest.raises(Misfit) as refusal:
        muster.says("anna", **{"state": "safe", "minutes": 1, **changes})  # type: ignore[arg-type]  # the case says which

    assert refusal.value.field == field


def test_a_clock_elsewhere_may_be_a_little_ahead_and_no_more(opened: Open) -> None:
    muster = opened()
    muster.says("anna", "safe", 4, entered=1)

    assert CheckIn.objects.get().occurred_at == muster.after(1)
    with pytest.raises(Misfit, match="a moment that has come"):
        muster.says("bert", "safe", 10, entered=1)


@pytest.mark.parametrize("where", ["words", "place", "note"])
def test_a_word_for_help_beats_the_button_for_safe(opened: Open, where: str) -> None:
    muster = opened()
    taken = muster.says("anna", "safe", 1, **{where: "am bleeding"})
    row = CheckIn.objects.get()

    assert (taken.state, row.state) == ("need help", "need help")
    assert row.note.endswith("Sent as: safe.")
    assert muster.states(2)["anna"] == "need help"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("SAFE", "safe"),
        ("بخير", "safe"),
        ("I am not ok", "unclear"),
        ("no help needed", "need help"),
        ("je suis blessé", "need help"),
        ("", "unclear"),
    ],
)
def test_a_message_is_read_by_the_rules_of_replies(opened: Open, text: str, state: str) -> None:
    muster = opened()
    actions.reply(
        muster.world.people["anna"], text, said(muster, "safe", channel="sms"),
        muster=muster.row, by=OPERATOR, at=muster.after(2),
    )  # fmt: skip  # a call

    assert muster.states(3)["anna"] == state
    assert CheckIn.objects.get().words == text.strip()


def test_the_code_of_the_muster_may_stand_after_the_word(opened: Open) -> None:
    muster = opened()
    actions.reply(
        muster.world.people["anna"], f"safe {muster.row.code}", said(muster), muster=muster.row,
        by=OPERATOR, at=muster.after(2),
    )  # fmt: skip  # a call

    assert muster.states(3)["anna"] == "safe"


# --- links --------------------------------------------------------------------------------------


def test_a_link_checks_its_person_in_without_an_account(opened: Open) -> None:
    muster = opened()
    token = link(muster, "dora")
    with seeing(STRANGER), CaptureQueriesContext(connection) as captured:
        taken = actions.check_in_by_link(token, said(muster), at=muster.after(2))

    assert (taken.new, taken.state, taken.muster, taken.late) == (
        True,
        "safe",
        "M-M-2026-001",
        False,
    )
    assert len(captured) == 1
    assert muster.states(3)["dora"] == "safe"
    row = CheckIn.objects.get()
    assert (row.person.code, row.recorded_by, row.marking) == (
        "dora", "check-in link", muster.world.people["dora"].marking,
    )  # fmt: skip  # one row


def test_a_link_is_told_again_what_it_told(opened: Open) -> None:
    muster = opened()
    once = said(muster)
    new = [
        actions.check_in_by_link(link(muster, "anna"), once, at=muster.after(at)).new
        for at in (2, 3)
    ]

    assert new == [True, False]


def test_a_link_loses_no_report_because_its_key_was_used_for_another(opened: Open) -> None:
    muster = opened()
    key = uuid4()
    told = [said(muster, state, key=key) for state in ("safe", "need help", "need help", "safe")]
    new = [
        actions.check_in_by_link(link(muster, "anna"), each, at=muster.after(2)).new
        for each in told
    ]

    assert new == [True, True, False, False]
    assert muster.states(3)["anna"] == "need help"


def test_after_closing_a_link_still_takes_and_says_that_it_is_late(opened: Open) -> None:
    muster = opened()
    actions.close_muster(muster.row, "Over.", by=OPERATOR, at=muster.after(5))
    taken = actions.check_in_by_link(
        link(muster, "anna"), said(muster, minutes=6), at=muster.after(6)
    )

    assert (taken.new, taken.late) == (True, True)
    assert muster.states(7)["anna"] == "safe"
    assert muster.board(minutes=7).numbers.late == 1


@pytest.mark.parametrize(("minutes", "kept"), [(-90, 0), (1, 1), (90, 2)])
def test_clocks_of_phones_lose_no_report(opened: Open, minutes: float, kept: float) -> None:
    muster = opened()
    actions.check_in_by_link(
        link(muster, "anna"), said(muster, "need help", minutes), at=muster.after(2)
    )

    assert CheckIn.objects.get().occurred_at == muster.after(kept)
    assert muster.states(3)["anna"] == "need help"


def forged(token: str) -> list[str]:
    """What somebody might try: other letters, another row, another end, nothing."""
    other = links.check_in_token(uuid4())
    return [
        "", "x", token[:-1], token + "A", token.swapcase(), token[:22] + other[22:],
        "/".join(token), "ü" * 43, token + "=", other,
        links.warden_token(UUID(int=1), UUID(int=2)),
    ]  # fmt: skip  # a list


def test_a_forged_link_says_nothing_about_anybody(opened: Open) -> None:
    muster = opened()
    token = link(muster, "anna")

    assert by_link(token, at=muster.after(1)) is not None
    for text in forged(token):
        assert by_link(text, at=muster.after(1)) is None
        assert by_warden_link(text, at=muster.after(1)) is None
        with pytest.raises(Refused, match="This link does not work"):
            actions.check_in_by_link(text, said(muster), at=muster.after(1))
    assert CheckIn.objects.count() == 0


def test_nobody_is_in_charge_by_a_check_in_link(opened: Open) -> None:
    muster = opened()
    told = said(muster, "not required", voice="in charge", said_by="x", how="x")
    with pytest.raises(Refused):
        actions.check_in_by_link(link(muster, "anna"), told, at=muster.after(2))
    actions.check_in_by_link(link(muster, "anna"), said(muster, "missing"), at=muster.after(2))

    assert muster.states(3)["anna"] == "unclear"  # only who is in charge can say so


def test_a_link_shows_its_person_and_nobody_else(opened: Open) -> None:
    muster = opened()
    muster.says("anna", "sheltering", 1)
    muster.says("bert", "safe", 1)
    token = link(muster, "anna")
    with seeing(STRANGER):
        page = by_link(token, at=muster.after(2))

    assert page is not None
    assert (page.entry.person.name, page.stood.state.value, page.closed) == (
        "Anna", "sheltering", False,
    )  # fmt: skip  # one row
    assert [each.state for each in page.said] == ["sheltering"]


def test_a_wardens_link_counts_the_list_and_no_other(
    lists: dict[str, WardenList], opened: Open
) -> None:
    muster = opened()
    token = links.warden_token(muster.row.pk, warden_row(lists["CAMP"]).pk)
    with seeing(STRANGER):
        page = by_warden_link(token, at=muster.after(1))
        assert page is not None
        told = [(muster_row, said(muster, how="counted")) for muster_row in page_entries(page)]
        taken = actions.check_in_by_warden_link(token, told, at=muster.after(2))

    assert sorted(each.entry.person.code for each in page.people) == ["anna", "bert"]
    assert page.hidden == 1  # Dora of France: a German warden is not told the name
    assert [each.new for each in taken] == [True, True]
    assert muster.states(3) == {
        "anna": "safe", "bert": "safe", "carl": "unaccounted", "dora": "unaccounted",
        "emil": "unaccounted",
    }  # fmt: skip  # a table
    row = CheckIn.objects.get(person__code="bert")
    assert (row.voice, row.said_by, row.channel) == ("in charge", "Anna", "warden")


def page_entries(page: object) -> list[UUID]:
    return [each.entry.pk for each in page.people]  # type: ignore[attr-defined]  # a warden's page


@pytest.mark.parametrize("code", ["carl", "dora"])
def test_a_warden_reports_of_nobody_who_is_not_shown_on_the_list(
    lists: dict[str, WardenList], opened: Open, code: str
) -> None:
    muster = opened()
    token = links.warden_token(muster.row.pk, warden_row(lists["CAMP"]).pk)
    told = [(muster.entry(code).pk, said(muster, how="counted"))]
    with pytest.raises(Refused, match="not on your list"):
        actions.check_in_by_warden_link(token, told, at=muster.after(2))


def test_the_link_of_a_warden_who_was_replaced_is_dead(
    lists: dict[str, WardenList], opened: Open
) -> None:
    muster = opened()
    token = links.warden_token(muster.row.pk, warden_row(lists["CAMP"]).pk)
    actions.set_wardens(
        lists["CAMP"], [muster.world.people["bert"]], by=OPERATOR, at=muster.after(0)
    )

    assert by_warden_link(token, at=muster.after(1)) is None
    with pytest.raises(Refused):
        actions.check_in_by_warden_link(token, [], at=muster.after(2))


# --- the ledger and the database ----------------------------------------------------------------


def test_reports_by_link_are_sealed_with_the_next_change(
    opened: Open,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    muster = opened()
    with django_capture_on_commit_callbacks(execute=True):
        actions.check_in_by_link(link(muster, "anna"), said(muster), at=muster.after(2))
        sight(muster, "bert")

    found = verify()
    assert (found.waiting, found.trouble) == (0, None)


def sight(muster: Opened, code: str, **more: object) -> None:
    new = {
        "person": muster.world.people[code], "seen_at": muster.after(1), "source": "Zoe",
        "place": "gate",
    }  # fmt: skip  # a table
    actions.sight(NewSighting(**new | more), by=OPERATOR, at=muster.after(2))  # type: ignore[arg-type]  # the test says which


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "ok"},
        {"voice": "nobody"},
        {"voice": "other", "how": "saw"},
        {"voice": "in charge", "said_by": "Zoe"},
    ],
)
def test_the_database_keeps_the_rules_of_reports(opened: Open, wrong: dict[str, str]) -> None:
    muster = opened()
    row = CheckIn(
        key=uuid4(), person=muster.world.people["anna"], occurred_at=muster.at, channel="page",
        recorded_at=muster.at, recorded_by="x", known_from=muster.at,
        **{"state": "safe", "voice": "self", **wrong},
    )  # fmt: skip  # a row
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        acting("test", by=OPERATOR, at=muster.at + timedelta(minutes=1)),
    ):
        row.save(force_insert=True)
