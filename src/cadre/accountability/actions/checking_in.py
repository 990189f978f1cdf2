"""Checking in: what is said of people is taken once, in one statement, whatever way it comes.

A word for help anywhere in what is said beats a press on "safe": see `heard`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from cadre.access.actions import seal
from cadre.access.permissions import NotAllowed
from cadre.accountability import links
from cadre.accountability.actions.checks import Competence, competence, require_of
from cadre.accountability.models import Channel, Muster, StateChoices, VoiceChoices
from cadre.accountability.queries.lookups import ended_by
from cadre.accountability.queries.signed import wards_by_link
from cadre.core.accountability import Meaning, read_reply
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import refuse_lacking
from cadre.mission.models import Person

TOLERANCE: Final = timedelta(minutes=5)  # how far a clock elsewhere may be ahead of this one
SEALED_EACH: Final = 64  # reports: sealing each by itself would make them wait for each other
STATES, VOICES, CHANNELS = (
    frozenset(map(str, each.values)) for each in (StateChoices, VoiceChoices, Channel)
)
SAFE_WORDS: Final = frozenset({"", "safe", "sheltering", "away"})  # which a word for help beats
LONGEST: Final = {
    "words": 4_000, "said_by": 200, "how": 300, "site": 40, "place": 200, "note": 500,
}  # fmt: skip  # a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of somebody: a word of `StateChoices` ("" is unclear), of which moment (aware).

    `key`: made by whoever sends it, the same each time that one report is sent. `site` is a code.
    `said_by` and `how` (how they know) are demanded unless the person speaks (`voice` self).
    """

    state: str
    occurred_at: datetime
    key: UUID = field(default_factory=uuid4)
    channel: str = Channel.PAGE.value
    voice: str = VoiceChoices.SELF.value
    said_by: str = ""
    how: str = ""
    site: str = ""
    place: str = ""
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheckIn:
    """What is said, of whom, and through which muster if through one."""

    person: Person
    said: Said
    muster: Muster | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that is on record. `new` False: it was there already, and nothing was written.

    `muster`: the number of the muster through which it came, "" for none. `late`: the muster was
    closed by then. `state`: as it was taken.
    """

    key: UUID
    new: bool
    state: str
    muster: str = ""
    late: bool = False
    exercise: bool = False


def check_in(new: NewCheckIn, *, by: Viewer, at: datetime) -> Taken:
    """Takes one report; entered at `at` (aware). As `check_in_many`."""
    return check_in_many([new], by=by, at=at)[0]


def check_in_many(news: Sequence[NewCheckIn], *, by: Viewer, at: datetime) -> list[Taken]:
    """Takes reports, all or none, in one statement; the answers stand in the order of the reports.

    A report that is on record already, or comes twice, is not written again. Of oneself (the
    account's address is the person's) anybody reports. Of others whoever may
    `accountability.report` in a mission of the person; as somebody in charge only the warden of a
    list on which the person stands, the staff (commander, duty and force protection officers) and
    the representative of the person's nation. Raises NotAllowed; Misfit for no state that there is,
    a moment to come, nobody who says so, no word on how they know.
    """
    people = [each.person for each in news]
    known = Competence(by, {}, frozenset()) if by.sees_all else competence(by, people, at=at)
    fitting = [(each, fitted(each.said, at=at)) for each in news]
    for each, said in fitting:
        require_voice(known, each.person, said.voice)
    closed = ended_by({each.muster.pk for each in news if each.muster}, at=at)
    rows = [row_of(said, each.person.pk, each.muster) for each, said in fitting]
    new = take(rows, by.account or by.name, at=at)
    return [
        Taken(
            said.key,
            new.get(said.key, False),
            said.state,
            each.muster.number if each.muster else "",
            late=bool(each.muster and each.muster.pk in closed),
            exercise=bool(each.muster and each.muster.exercise),
        )
        for each, said in fitting
    ]


def require_voice(known: Competence, person: Person, voice: str) -> None:
    """Raises NotAllowed for who speaks in a voice that is not theirs."""
    if voice == VoiceChoices.SELF and (known.by.sees_all or known.is_self(person)):
        return
    require_of(known, "accountability.report", person)
    if voice == VoiceChoices.IN_CHARGE and not known.in_charge(person):
        raise NotAllowed(
            _("Only who is in charge of %(person)s may say this so: report it as somebody else.")
            % {"person": person}
        )
    if voice == VoiceChoices.SELF:
        raise NotAllowed(
            _("You are not %(person)s: say who says so, and how they know.") % {"person": person}
        )


def fitted(said: Said, *, at: datetime) -> Said:
    """What is said, as it is kept. Raises Misfit for what cannot be."""
    kept = said
    cut = {name: getattr(said, name).strip()[:most] for name, most in LONGEST.items()}
    changed = {name: text for name, text in cut.items() if text != getattr(said, name)}
    if changed or said.occurred_at > at:
        kept = replace(said, **changed, occurred_at=min(said.occurred_at, at))
    if not is_whole(kept) or said.occurred_at > at + TOLERANCE:
        refuse(kept, to_come=said.occurred_at > at + TOLERANCE)
    return heard(kept)


def is_whole(said: Said) -> bool:
    own = said.voice == VoiceChoices.SELF
    known = said.state in STATES and said.voice in VOICES and said.channel in CHANNELS
    return known and (own or bool(said.said_by and said.how))


def refuse(said: Said, *, to_come: bool) -> None:
    """Raises Misfit for what cannot be."""
    others = said.voice != VoiceChoices.SELF
    refuse_lacking(
        (
            ("state", said.state not in STATES, _("There is no such state.")),
            ("voice", said.voice not in VOICES, _("Say who reports.")),
            ("channel", said.channel not in CHANNELS, _("There is no such way of a report.")),
            ("said_by", others and not said.said_by, _("Say who says so.")),
            ("how", others and not said.how, _("Say how they know.")),
            ("occurred_at", to_come, _("It happened at a moment that has come.")),
        )
    )


def heard(said: Said) -> Said:
    """A press on "safe" beside a word for help is a call for help: so it is kept, with a note of
    what was pressed. The words stay as they came.
    """
    text = f"{said.words} {said.place} {said.note}".strip()
    if said.state not in SAFE_WORDS or not text:
        return said
    if read_reply(text, code=None).meaning is not Meaning.HELP:
        return said
    pressed = StateChoices(said.state).label
    note = _("Sent as: %(state)s.") % {"state": pressed} if said.state else ""
    kept = " ".join(part for part in (said.note, note) if part)
    return replace(said, state=StateChoices.NEED_HELP.value, note=kept[: LONGEST["note"]])


def row_of(said: Said, person: UUID, muster: Muster | None) -> dict[str, object]:
    through = str(muster.pk) if muster else None
    return {**columns(said), "person": str(person), "muster": through}


def columns(said: Said) -> dict[str, object]:
    """What is said, as the database takes it; texts that are empty are left out."""
    found: dict[str, object] = {
        "key": str(said.key),
        "occurred_at": said.occurred_at.isoformat(),
        "state": said.state,
        "channel": said.channel,
        "voice": said.voice,
    }
    found.update((name, text) for name in LONGEST if (text := getattr(said, name)))
    return found


def take(rows: Sequence[Mapping[str, object]], who: str, *, at: datetime) -> dict[UUID, bool]:
    """Writes these reports under a name; gives each key, and whether it is new."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, new FROM cadre_take_check_ins(%s, %s, %s, %s, %s)",
            [json.dumps(rows), who, at, settings.CADRE_NODE, "accountability.check_in"],
        )
        found = dict(cursor.fetchall())
        if any(found.values()):
            transaction.on_commit(seal)
    return found


def check_in_by_link(token: str, said: Said, *, at: datetime) -> Taken:
    """Takes what came through a signed link: from the person of the entry, or (voice other) from
    somebody who holds the phone and speaks of that person.

    One round trip to the database. After the muster was closed it is taken all the same, and late.
    What is said to have happened before the link was made or after it came in is taken as of these
    moments. Raises Refused, without a word about anybody, for a link that this node did not make;
    Misfit as `check_in_many`. Nobody is in charge by such a link.
    """
    entry = links.entry_of(token)
    if entry is None or said.voice == VoiceChoices.IN_CHARGE:
        raise no_link()
    kept = fitted(replace(said, occurred_at=min(said.occurred_at, at)), at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM cadre_check_in_by_link(%s, %s, %s, %s)",
            [entry, json.dumps(columns(kept)), at, settings.CADRE_NODE],
        )
        row = cursor.fetchone()
    if row is None:
        raise no_link()
    new, number, late, exercise = row
    if new and kept.key.int % SEALED_EACH == 0:
        transaction.on_commit(seal)
    return Taken(kept.key, new, kept.state, number, late=late, exercise=exercise)


def no_link() -> Refused:
    return Refused(_("This link does not work. Ask your warden or the duty officer for another."))


def check_in_by_warden_link(
    token: str, reports: Iterable[tuple[UUID, Said]], *, at: datetime
) -> list[Taken]:
    """Takes what a warden counted through the link of the list: pairs of an entry and what is said.

    The warden speaks in charge; who says so is the warden unless somebody else is named. Raises
    Refused for a link that this node did not make, of a warden who was replaced, and for an entry
    that is not on the list or that the warden may not see; Misfit as `check_in_many`.
    """
    found = wards_by_link(token, at=at)
    if found is None:
        raise no_link()
    people = {each.entry: each.person for each in found.shown}
    board, muster, warden = found.board, found.board.muster, found.board.viewer
    rows = []
    for entry, said in reports:
        if entry not in people:
            raise Refused(_("This person is not on your list."))
        spoken = replace(
            said,
            voice=VoiceChoices.IN_CHARGE.value,
            channel=Channel.WARDEN.value,
            said_by=said.said_by or warden.name,
            occurred_at=min(max(said.occurred_at, muster.opened_at), at),
        )
        rows.append((fitted(spoken, at=at), people[entry]))
    new = take(
        [row_of(said, person, muster) for said, person in rows],
        warden.account or warden.name,
        at=at,
    )
    return [
        Taken(
            said.key, new.get(said.key, False), said.state, muster.number,
            late=not board.open, exercise=muster.exercise,
        )
        for said, _person in rows
    ]  # fmt: skip  # a row


def reply(
    person: Person, text: str, said: Said, *, muster: Muster | None, by: Viewer, at: datetime
) -> Taken:
    """Takes a message that a person wrote. Its words are kept as they came; only an exact word is
    safe, any word for help is a call for help, and everything else is unclear.

    `said` gives key, channel and moment; its state and voice do not count. Raises as
    `check_in_many`.
    """
    code = muster.code if muster else None
    read = read_reply(text, code=code, name=person.name)
    spoken = replace(
        said,
        state=read.state.value if read.state else StateChoices.UNCLEAR.value,
        voice=VoiceChoices.SELF.value,
        words=text,
    )
    return check_in(NewCheckIn(person=person, said=spoken, muster=muster), by=by, at=at)
