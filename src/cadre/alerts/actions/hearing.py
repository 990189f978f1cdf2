"""What a gateway tells: receipts, answers, keys pressed. What is not clear goes to a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.queries import seeing
from cadre.accountability.actions import Said, reply
from cadre.alerts.actions.answering import (
    acknowledge_attempt,
    alone,
    attempt_called,
    note_receipt,
)
from cadre.alerts.channels.webhooks import Receipt, Reply, VoiceCode
from cadre.alerts.models import Acknowledgement, Attempt, StrayReply, StraySettled
from cadre.alerts.queries.senders import (
    missions_asking,
    muster_called,
    open_musters_of,
    plain,
    senders,
)
from cadre.alerts.queries.strays import require_concerned
from cadre.alerts.queries.who import MACHINE
from cadre.core.accountability import Meaning, read_reply
from cadre.core.alerts import State
from cadre.core.refused import Refused
from cadre.core.releasability import Marking, Viewer
from cadre.mission.actions.checks import OUR_OWN, Misfit, stated_values
from cadre.mission.models import Person

# The whole of an answer by which somebody says that he has read a message; all else goes to a
# person.
READ_IT: Final = frozenset({"ok", "okay", "yes", "1", "read", "oui", "lu", "vu", "نعم", "قرأت"})
RECENT: Final = timedelta(days=7)
SAFE: Final = "SAFE"  # what a 1 in a call says, where a 1 was asked for


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer as it came: by whom, in which words, to which message if that is known."""

    said: Reply | VoiceCode
    channel: str
    words: str
    attempt: Attempt | None


def hear_receipt(said: Receipt, *, at: datetime) -> bool:
    """Notes what became of a message; False: nobody knows such a message."""
    key = said.attempt or said.reference
    return note_receipt(key, State(said.state), at=min(said.at, at), reason=said.reason)


def hear_answer(said: Reply | VoiceCode, *, at: datetime) -> str:
    """Takes an answer: as a report at an open muster, as an acknowledgement, or, where it is not
    known whose it is or what it means, as something that a person looks at. Says which, in a word.

    Told twice it counts once.
    """
    with transaction.atomic(), seeing(MACHINE):
        attempt = attempt_called(said.attempt) if said.attempt else None
        if isinstance(said, VoiceCode):
            heard = Heard(said, "voice", said.words, attempt)
        else:
            heard = Heard(said, said.channel, said.text, attempt)
        person = whose(heard)
        if person is not None and (answer := checked_in(heard, person, at=at)):
            return answer
        if person is not None and has_read(heard, person, at=at):
            return "acknowledged"
        keep_stray(heard, at=at)
        return "for a person"


def whose(heard: Heard) -> Person | None:
    """The one person whose answer it is. A number that several share is nobody's."""
    found = who_may_be_meant(heard)
    return found[0] if len(found) == 1 else None


def who_may_be_meant(heard: Heard) -> list[Person]:
    """To whom the message went that was answered, else everybody with the sender's address."""
    if heard.attempt is None:
        return senders(heard.channel, heard.said.sender)
    person = heard.attempt.recipient.person
    return [person] if person else []


def asking_then(heard: Heard, *, at: datetime) -> list[str]:
    """The missions that an answer may be for: of the message that was answered, else all that were
    asking people.
    """
    answered = heard.attempt.recipient.alert.mission if heard.attempt else None
    return [answered.code] if answered else missions_asking(at=at, since=at - RECENT)


def checked_in(heard: Heard, person: Person, *, at: datetime) -> str:
    """Reports the answer at the muster that it is for; "" where none is open for that person."""
    told = heard.attempt.recipient.alert.content.get("muster") if heard.attempt else None
    asked = muster_called(str(told or ""))
    musters = [asked] if asked is not None else open_musters_of(person)
    if not musters:
        return ""
    named = [each for each in musters if each.code and each.code in heard.words.split()]
    muster = (named or musters)[0]
    # A 1 is safe only where this very call asked for it.
    pressed = isinstance(heard.said, VoiceCode) and heard.attempt is not None
    words = SAFE if pressed and heard.words.strip() == "1" else heard.words
    said = Said(
        state="",
        key=heard.said.key,
        occurred_at=min(heard.said.at, at),
        channel={"email": "mail", "chat": "sms"}.get(heard.channel, heard.channel),
    )
    reply(person, words, said, muster=muster, by=MACHINE, at=at)
    return "checked in"


def has_read(heard: Heard, person: Person, *, at: datetime) -> bool:
    """Acknowledges the message that was answered, if the answer says no more than that."""
    bare = heard.words.strip().strip(".!").casefold()
    if bare not in READ_IT and read_reply(heard.words, code=None).meaning is not Meaning.SAFE:
        return False
    attempt = heard.attempt or last_asked(person, heard, at=at)
    if attempt is None:
        return False
    return acknowledge_attempt(str(attempt.pk), how=heard.channel, at=at) is not None


def last_asked(person: Person, heard: Heard, *, at: datetime) -> Attempt | None:
    """The latest message to this address that asks somebody to answer and that he has not."""
    answered = Acknowledgement.objects.filter(recipient__person=person).values("recipient")
    rows = Attempt.objects.filter(recipient__person=person, due_at__gt=at - RECENT, due_at__lte=at)
    rows = rows.exclude(recipient__alert__acknowledging="").exclude(recipient__in=answered)
    wanted = plain(heard.said.sender, heard.channel)
    for row in rows.order_by("-due_at"):
        if plain(row.address, row.channel) == wanted:
            return row
    return None


def keep_stray(heard: Heard, *, at: datetime) -> None:
    said = heard.said
    try:
        with transaction.atomic():
            StrayReply.objects.create(
                key=said.key,
                channel=heard.channel,
                sender=said.sender[:300],
                words=heard.words,
                occurred_at=min(said.at, at),
                heard_at=at,
                missions=asking_then(heard, at=at),
                nations=sorted({person.nation.code for person in who_may_be_meant(heard)}),
                **marking_values(Marking()),
            )
    except IntegrityError:
        return  # it was told before


def settle_stray(
    row: StrayReply, person: Person | None, note: str, *, by: Viewer, at: datetime
) -> StraySettled:
    """Somebody found out whose an answer is, or that nothing is to be done; once. Where it is
    somebody's who is counted at an open muster, it counts there as if he had been known.

    Raises NotAllowed for whom it does not concern; Misfit for no note; Refused for what is settled
    already.
    """
    require_concerned(by, row)
    if not note.strip():
        raise Misfit("note", _("Say how you know, or why nothing is to be done."))
    with transaction.atomic(), seeing(MACHINE):
        alone(row.pk)
        if StraySettled.objects.filter(reply=row).exists():
            raise Refused(_("Somebody has settled this already."))
        if person is not None:
            for muster in open_musters_of(person)[:1]:
                said = Said(
                    state="", key=row.key, occurred_at=row.occurred_at,
                    channel={"email": "mail", "chat": "sms"}.get(row.channel, row.channel),
                )  # fmt: skip  # one thing
                reply(person, row.words, said, muster=muster, by=MACHINE, at=at)
        with acting("alerts.settle_stray", by=by, at=at):
            return StraySettled.objects.create(
                reply=row,
                person=person,
                note=note.strip()[:500],
                settled_at=at,
                settled_by=by.name[:200],
                **stated_values(OUR_OWN, by=by, at=at),
            )
