"""What people say of themselves and of others: check-ins, replies, sightings, follow-up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from cadre.accountability.models import (
    Channel,
    FollowUp,
    Muster,
    MusterEntry,
    Sighting,
    VoiceChoices,
)
from cadre.core.releasability import Viewer
from cadre.mission.coordinates import Position
from cadre.mission.models import Person, Site


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSighting:
    """Where somebody was seen, when (aware), and who says so: at a site, a position or in words."""

    person: Person
    seen_at: datetime
    source: str
    how: str = ""
    site: Site | None = None
    position: Position | None = None
    place: str = ""


def check_in(new: NewCheckIn, *, by: Viewer, at: datetime) -> Taken:
    """Takes one report; entered at `at` (aware).

    Of oneself (the account's address is the person's) anybody reports. Of others whoever may
    `accountability.report`; as somebody in charge only the warden of a list on which the person
    stands, the staff of a muster's mission (commander, duty and force protection officers) and the
    representative of the person's nation. Raises NotAllowed; Misfit for no state that there is, a
    moment to come, nobody who says so, no word on how they know.
    """
    raise NotImplementedError


def check_in_many(news: Sequence[NewCheckIn], *, by: Viewer, at: datetime) -> list[Taken]:
    """Takes many reports in one statement, all or none; in the order in which they were given.

    A report that is on record already, or comes twice, is not written again. Raises as `check_in`.
    """
    raise NotImplementedError


def check_in_by_link(token: str, said: Said, *, at: datetime) -> Taken:
    """Takes what came through a signed link, from the person of the entry or on their behalf.

    One round trip to the database. After the muster was closed it is taken all the same, and late.
    Raises Refused, without a word about anybody, for a link that this node did not make; Misfit as
    `check_in` does. Nobody is in charge by such a link.
    """
    raise NotImplementedError


def check_in_by_warden_link(
    token: str, reports: Sequence[tuple[UUID, Said]], *, at: datetime
) -> list[Taken]:
    """Takes what a warden counted through the link of the list: pairs of an entry and what is said.

    The warden speaks in charge. Raises Refused for a link that this node did not make, of a warden
    who was replaced, and for an entry that is not on the list or that the warden may not see.
    """
    raise NotImplementedError


def reply(
    person: Person, text: str, said: Said, *, muster: Muster | None, by: Viewer, at: datetime
) -> Taken:
    """Takes a message that a person wrote. Its words are kept as they came; only an exact word is
    safe, any word for help is a call for help, and everything else is unclear.

    `said` gives key, channel and moment; its state does not count.
    """
    raise NotImplementedError


def sight(new: NewSighting, *, by: Viewer, at: datetime) -> Sighting:
    """Puts on record where somebody was seen. Raises NotAllowed; Misfit for nowhere, a moment to
    come and nobody who says so; Refused for the same again.
    """
    raise NotImplementedError


def follow_up(
    entry: MusterEntry, step: str, outcome: str, *, done_at: datetime, by: Viewer, at: datetime
) -> FollowUp:
    """Notes what was done about somebody's silence: a step of `core.accountability.escalation`.

    Raises NotAllowed; Refused for a step that the life cycle does not have there, or that is noted
    already; Misfit for a moment to come.
    """
    raise NotImplementedError
