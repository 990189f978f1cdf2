"""Changes: what is told, to whom, and what came of it. Each verb is one transaction."""

from cadre.alerts.actions.answering import (
    Answer,
    acknowledge,
    acknowledge_as,
    acknowledge_attempt,
    acknowledge_by_link,
    note_read,
    note_receipt,
)
from cadre.alerts.actions.browsers import Browser, drop_browser, keep_browser
from cadre.alerts.actions.contacts import (
    NewContact,
    NewDeputy,
    Quiet,
    Wish,
    ask_to_verify,
    drop_contact,
    name_deputy,
    note_contact,
    set_quiet_hours,
    subscribe,
    verify_contact,
)
from cadre.alerts.actions.hearing import hear_answer, hear_receipt, settle_stray
from cadre.alerts.actions.ladders import require_fits, set_ladder
from cadre.alerts.actions.listening import listen, tick
from cadre.alerts.actions.making import make_alert
from cadre.alerts.actions.resending import send_again
from cadre.alerts.actions.sending import keep_in_outbox
from cadre.alerts.actions.testing import test_now
from cadre.alerts.actions.watching import try_ways
from cadre.alerts.actions.writing import NewMessage, Text, follow, send

__all__ = [
    "Answer",
    "Browser",
    "NewContact",
    "NewDeputy",
    "NewMessage",
    "Quiet",
    "Text",
    "Wish",
    "acknowledge",
    "acknowledge_as",
    "acknowledge_attempt",
    "acknowledge_by_link",
    "ask_to_verify",
    "drop_browser",
    "drop_contact",
    "follow",
    "hear_answer",
    "hear_receipt",
    "keep_browser",
    "keep_in_outbox",
    "listen",
    "make_alert",
    "name_deputy",
    "note_contact",
    "note_read",
    "note_receipt",
    "require_fits",
    "send",
    "send_again",
    "set_ladder",
    "set_quiet_hours",
    "settle_stray",
    "subscribe",
    "test_now",
    "tick",
    "try_ways",
    "verify_contact",
]
