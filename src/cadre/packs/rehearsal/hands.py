"""How a crowd's reports come in: by the node's own actions, or the pages of a running one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import UUID

from django.utils.translation import gettext as _

from cadre.accountability.actions import (
    NewCheckIn,
    Said,
    check_in_by_link,
    check_in_by_warden_link,
    check_in_many,
    reply,
)
from cadre.accountability.links import check_in_token
from cadre.accountability.queries.rows import Channel, Muster, VoiceChoices
from cadre.core.accountability import State
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.packs.rehearsal.listing import Listing
from cadre.packs.rehearsal.stories import Act, Way

PATIENCE = 30  # seconds for an answer of a running node
MOST = 50  # reports of a warden in one delivery
IN_CHARGE, OTHER = VoiceChoices.IN_CHARGE.value, VoiceChoices.OTHER.value


@dataclass(frozen=True, slots=True)
class Sent:
    """A report that goes in now; `occurred_at` is aware."""

    act: Act
    occurred_at: datetime


@dataclass(slots=True)
class Handed:
    """How many reports went in, how many of them were on record already, and how many were late."""

    sent: int = 0
    repeated: int = 0
    late: int = 0
    ways: dict[Way, int] = field(default_factory=dict)

    def note(self, way: Way, *, new: bool, late: bool = False) -> None:
        self.sent += 1
        self.repeated += not new
        self.late += late
        self.ways[way] = self.ways.get(way, 0) + 1


@dataclass(frozen=True, slots=True)
class Hands:
    """Hands reports in. `node`: the address of a running node to whose pages links are posted; ""
    is by the actions, without a web server. `by`: as whom the staff and the gateway speak.
    """

    muster: Muster
    listing: Listing
    by: Viewer
    node: str = ""
    handed: Handed = field(default_factory=Handed)

    def hand_in(self, way: Way, batch: Sequence[Sent], *, at: datetime) -> None:
        """Hands in what came by one way at one time; twice what is sent twice."""
        turns = 1 + max(each.act.said.again for each in batch)
        for turn in range(turns):
            again = [each for each in batch if each.act.said.again >= turn]
            if way is Way.WARDEN:
                self.by_wardens(again, at=at)
            elif way is Way.PAPER:
                self.on_paper(again, at=at)
            else:
                for each in again:
                    self.alone(way, each, at=at)

    def alone(self, way: Way, sent: Sent, *, at: datetime) -> None:
        if way is Way.LINK:
            self.by_link(sent, at=at)
        elif way is Way.HEARSAY:
            self.hearsay(sent, at=at)
        else:
            self.in_words(way, sent, at=at)

    def by_link(self, sent: Sent, *, at: datetime) -> None:
        token = check_in_token(sent.act.entry)
        if self.node:
            report = {"state": state_of(sent.act).value, **self.kept(sent, at)}
            answer = post(f"{self.node}/check-in/{token}/reports", [report])
            self.handed.note(Way.LINK, new=True, late=not answer.get("open", True))
            return
        taken = check_in_by_link(token, said_of(sent, Channel.LINK), at=at)
        self.handed.note(Way.LINK, new=taken.new, late=taken.late)

    def by_wardens(self, batch: Sequence[Sent], *, at: datetime) -> None:
        counts = {each.entry: each.counted_by for each in self.listing.members}
        by_warden: dict[UUID, list[Sent]] = {}
        for sent in batch:
            if warden := counts[sent.act.entry]:
                by_warden.setdefault(warden, []).append(sent)
        for warden, reports in by_warden.items():
            for first in range(0, len(reports), MOST):
                self.by_warden(warden, reports[first : first + MOST], at=at)

    def by_warden(self, warden: UUID, batch: Sequence[Sent], *, at: datetime) -> None:
        token = self.listing.links[warden]
        if self.node:
            reports = [
                {
                    "entry": str(sent.act.entry),
                    "state": state_of(sent.act).value,
                    "how": "seen",
                    **self.kept(sent, at),
                }
                for sent in batch
            ]
            post(f"{self.node}/warden/{token}/reports", reports)
            for _sent in batch:
                self.handed.note(Way.WARDEN, new=True)
            return
        pairs = [
            (sent.act.entry, said_of(sent, Channel.WARDEN, IN_CHARGE, how=_("Seen")))
            for sent in batch
        ]
        for taken in check_in_by_warden_link(token, pairs, at=at):
            self.handed.note(Way.WARDEN, new=taken.new, late=taken.late)

    def on_paper(self, batch: Sequence[Sent], *, at: datetime) -> None:
        said_by = _("Warden, on paper")
        news = [
            NewCheckIn(
                person=self.listing.entries[sent.act.entry].person,
                said=said_of(sent, Channel.PAPER, IN_CHARGE, said_by=said_by, how=_("Seen")),
                muster=self.muster,
            )
            for sent in batch
        ]
        for taken in check_in_many(news, by=self.by, at=at):
            self.handed.note(Way.PAPER, new=taken.new, late=taken.late)

    def hearsay(self, sent: Sent, *, at: datetime) -> None:
        said = said_of(sent, Channel.VOICE, OTHER, said_by=_("A colleague"), how=_("Saw it"))
        person = self.listing.entries[sent.act.entry].person
        new = NewCheckIn(person=person, said=said, muster=self.muster)
        (taken,) = check_in_many([new], by=self.by, at=at)
        self.handed.note(Way.HEARSAY, new=taken.new, late=taken.late)

    def in_words(self, way: Way, sent: Sent, *, at: datetime) -> None:
        person = self.listing.entries[sent.act.entry].person
        words = sent.act.said.words.replace("{code}", self.muster.code)
        channel = Channel.SMS if way is Way.SMS else Channel.MAIL
        said = said_of(sent, channel)
        taken = reply(person, words, said, muster=self.muster, by=self.by, at=at)
        self.handed.note(way, new=taken.new, late=taken.late)

    def kept(self, sent: Sent, at: datetime) -> dict[str, object]:
        """What a phone that kept a report says of it: its key, and how long ago it was."""
        age = max(0.0, (at - sent.occurred_at).total_seconds())
        return {"key": str(sent.act.key), "age": age}


def state_of(act: Act) -> State:
    if act.said.state is None:
        message = "a press on a page says a state"
        raise ValueError(message)
    return act.said.state


def said_of(
    sent: Sent,
    channel: Channel,
    voice: str = VoiceChoices.SELF.value,
    *,
    said_by: str = "",
    how: str = "",
) -> Said:
    state = sent.act.said.state
    return Said(
        state=state.value if state else "",
        occurred_at=sent.occurred_at,
        key=sent.act.key,
        channel=channel.value,
        voice=voice,
        said_by=said_by,
        how=how,
    )


def post(address: str, reports: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    """Posts reports as a phone does. Raises Refused for an answer that does not take them all."""
    body = json.dumps({"reports": reports}).encode()
    request = Request(address, body, {"Content-Type": "application/json"})  # noqa: S310  # checked by the command
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  # the same
            found: dict[str, object] = json.load(answer)
    except (URLError, ValueError, OSError) as problem:
        raise Refused(
            _("The node did not take a report: %(problem)s.") % {"problem": problem}
        ) from problem
    if refused := found.get("refused"):
        raise Refused(_("The node refused a report: %(why)s.") % {"why": refused})
    return found
