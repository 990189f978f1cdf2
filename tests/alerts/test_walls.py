"""Nobody reads what he may not see, by any channel; and each leak was possible."""

from collections.abc import Iterable
from datetime import datetime

import pytest

from cadre.access.actions import acting
from cadre.access.models import Account, marking_values
from cadre.access.queries import seeing, viewer_of
from cadre.accountability.models import NextOfKinHold
from cadre.accountability.queries import When
from cadre.alerts.actions.climbing import climb_due
from cadre.alerts.actions.listening import listen
from cadre.alerts.channels import Message
from cadre.alerts.models import Alert, Attempt, Channel, Contact, Recipient
from cadre.alerts.queries.lists import own
from cadre.alerts.queries.sending import messages
from cadre.core.posture import Scope
from cadre.core.releasability import OPERATOR, Classification, Marking
from cadre.directives.actions import issue as issue_order
from cadre.mission.actions import Grounds
from cadre.mission.models import Site
from tests.alerts.conftest import Staff, issue, told
from tests.directives.conftest import EARLIER, order

SECRETS = ("Anna Fictional", "anna@", "Camp", "CAMP", "Adviser", "M-D-")
SHORT = {"sms", "voice", "push", "chat"}


def sent(alert: Alert) -> dict[tuple[str, str], str]:
    """What goes out: everything that a channel gets, by person or account and channel."""
    rows = list(
        Attempt.objects.filter(recipient__alert=alert).select_related(
            "recipient__alert__mission", "recipient__person__nation", "recipient__account"
        )
    )
    found = messages(rows, now=EARLIER)
    return {(named(row.recipient), row.channel): whole(found[row.pk]) for row in rows}


def whole(message: Message) -> str:
    return f"{message.subject}\n{message.text}\n{message.link}"


def named(row: Recipient) -> str:
    return row.person.code if row.person else row.account.name


def leaks(texts: Iterable[str], secrets: Iterable[str]) -> set[str]:
    return {secret for secret in secrets for text in texts if secret in text}


@pytest.fixture
def everywhere(staff: Staff) -> Staff:
    """Anna can be told by every channel that takes an address."""
    with acting("test", by=OPERATOR, at=EARLIER):
        for channel in (Channel.VOICE, Channel.CHAT, Channel.SMS):
            Contact.objects.create(
                person=staff.anna, channel=channel, address=f"{channel}-anna",
                **marking_values(staff.anna.marking),
            )  # fmt: skip  # one row
    return staff


def test_a_text_message_says_no_name_no_place_and_no_number_while_a_mail_does(
    everywhere: Staff, heads: dict[str, Account], at: datetime
) -> None:
    issue(at, scope=Scope("M", frozenset({"training"}), frozenset({"CAMP"})))
    climb_due(at=at.replace(hour=23))

    texts = sent(Alert.objects.get())

    short = [text for (_who, channel), text in texts.items() if channel in SHORT]
    assert {channel for _who, channel in texts} >= {"sms", "voice", "chat", "email", "page"}
    assert leaks(short, (*SECRETS, "Stay inside.")) == set()
    assert leaks([texts["anna", "email"]], SECRETS) == {"Camp", "M-D-"}
    assert "Stay inside." in texts["anna", "email"]


def test_an_order_that_somebody_may_not_see_is_told_to_him_without_a_word_of_it(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    """He is there and has to know that there is something; Germany alone may know what."""
    grounds = Grounds(marking=Marking(releasable_to=frozenset({"DE"})))
    issue_order(order(at, scope=Scope("M"), grounds=grounds), by=OPERATOR, at=at)
    listen(at=at)

    alert = Alert.objects.get()
    texts = sent(alert)

    assert told(alert) == {"anna", "bert", "chloe", "germany"}
    assert leaks(
        [texts["chloe", "email"], texts["chloe", "sms"]], ("Commander", "Stay", "M-D-")
    ) == (set())
    assert leaks([texts["anna", "email"]], ("Commander", "Stay", "M-D-")) == {
        "Commander", "Stay", "M-D-",
    }  # fmt: skip  # words


def test_somebody_without_an_account_is_cleared_for_nothing(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    grounds = Grounds(marking=Marking(classification=Classification.RESTRICTED))
    issue_order(order(at, scope=Scope("M"), grounds=grounds), by=OPERATOR, at=at)
    listen(at=at)

    texts = sent(Alert.objects.get())

    assert leaks([texts["anna", "email"]], ("Commander", "Stay inside.")) == set()
    assert leaks([texts["commander", "page"]], ("Commander", "Stay inside.")) == {
        "Commander", "Stay inside.",
    }  # fmt: skip  # words


def test_a_place_that_one_nation_keeps_to_itself_is_named_to_nobody_else(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    with acting("test", by=OPERATOR, at=EARLIER):
        Site.objects.filter(code="CAMP").update(releasable_to=["DE"], name="Hidden valley")
    issue(at, scope=Scope("M", None, frozenset({"CAMP", "FORT"})))

    texts = sent(Alert.objects.get())

    knowing = {who for (who, channel), text in texts.items() if "Hidden valley" in text}
    assert knowing == {"anna", "bert", "germany"}
    assert "Places: Fort, others." in texts["commander", "page"]
    assert "Fort" in texts["chloe", "email"]


@pytest.fixture
def held(staff: Staff, heads: dict[str, Account], at: datetime) -> Alert:
    with acting("test", by=OPERATOR, at=at):
        NextOfKinHold.objects.create(
            person=staff.anna,
            why="Hit by the roadside.",
            placed_at=at,
            placed_by="Duty",
            recorded_at=at,
            recorded_by="duty",
            known_from=at,
        )  # unmarked, as if somebody had forgotten it
    listen(at=at)
    return Alert.objects.get()


def test_of_a_hold_only_the_own_nation_is_told_however_long_nobody_answers(
    held: Alert, at: datetime
) -> None:
    climb_due(at=at.replace(hour=23))

    texts = sent(held)

    assert told(held) == {"germany"}
    assert leaks(texts.values(), ("Anna", "anna", "Hit by", "Camp")) == set()
    assert any("person of your nation" in text for text in texts.values())


def test_the_alert_of_a_hold_is_no_row_for_anybody_else(
    held: Alert, heads: dict[str, Account], at: datetime
) -> None:
    seen = {}
    for name, account in heads.items():
        with seeing(viewer_of(account)):
            seen[name] = (
                Alert.objects.count(),
                Recipient.objects.count(),
                Attempt.objects.exists(),
            )

    assert seen == {
        "germany": (1, 1, True),
        "france": (0, 0, False),
        "commander": (0, 0, False),
        "duty": (0, 0, False),
    }


def test_ones_own_messages_are_ones_own(
    staff: Staff, heads: dict[str, Account], at: datetime
) -> None:
    issue(at, scope=Scope("M", None, None, frozenset({"FR"})))

    found = {}
    for name, account in heads.items():
        viewer = viewer_of(account)
        with seeing(viewer):
            listed = own(viewer, page=1, when=When(at, None, at)).object_list
            found[name] = [each.row.account.name for each in listed]

    assert found == {
        "commander": ["commander"], "duty": ["duty"], "germany": [], "france": ["france"],
    }  # fmt: skip  # a table
