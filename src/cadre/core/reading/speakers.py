"""Who speaks in each sentence: said there, carried on by a quotation, or by “he said”."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cadre.core.reading.attributions import Attribution, attributions
from cadre.core.reading.names import KnownNames
from cadre.core.reading.proposal import Certainty, Found, Reason
from cadre.core.reading.sentences import reference
from cadre.core.reading.speaking_patterns import SEEN_BY

QUOTES: Final = re.compile(r"[“”«»\"]")
LONGEST_QUOTATION: Final = 12  # sentences; a quotation that is never closed ends somewhere
REMEMBERED: Final = 1  # sentences back to which “he” may refer


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quotations in one sentence: their places, and whether it begins or ends inside one."""

    spans: tuple[tuple[int, int], ...]
    begins_inside: bool
    ends_inside: bool

    def holds(self, start: int) -> bool:
        return any(first <= start < last for first, last in self.spans)

    def is_all_of(self, text: str) -> bool:
        """Nothing of the sentence stands outside of its quotations."""
        outside = [character for place, character in enumerate(text) if not self.holds(place)]
        return bool(self.spans) and not any(map(str.isalnum, outside))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who was found to say a sentence, and in which sentence that is written."""

    chain: tuple[str, ...]
    itself: tuple[str, ...]  # the chain without those whose words were handed on, or a document
    sentence: int
    person: bool


def quotations(texts: Sequence[str]) -> list[Quoted]:
    """The quotations of a text, sentence by sentence."""
    found, inside, length = [], False, 0
    for text in texts:
        begins_inside = inside and length < LONGEST_QUOTATION
        quoted = quoted_in(text, begins_inside=begins_inside)
        inside, length = quoted.ends_inside, length + 1 if quoted.ends_inside else 0
        found.append(quoted)
    return found


def quoted_in(text: str, *, begins_inside: bool) -> Quoted:
    spans, since = [], 0 if begins_inside else None
    for mark in QUOTES.finditer(text):
        closes = mark[0] in "”»" or (mark[0] == '"' and since is not None)
        if closes and since is not None:
            spans.append((since, mark.end()))
            since = None
        elif not closes and since is None:
            since = mark.start()
    if since is not None:
        spans.append((since, len(text)))
    return Quoted(tuple(spans), begins_inside, since is not None)


class Listener:
    """Goes through the sentences of a text and keeps in mind who spoke."""

    def __init__(self, texts: Sequence[str], first: int, source: str, names: KnownNames) -> None:
        self.texts, self.first, self.source, self.names = texts, first, source, names
        self.quoted = quotations(texts)
        self.said = [self.outside_quotations(place) for place in range(len(texts))]
        self.last: Speaker | None = None
        self.heard_at = 0
        self.speakers: dict[int, Speaker] = {}
        self.persons: set[str] = set()

    def outside_quotations(self, place: int) -> list[Attribution]:
        found = [
            each
            for each in attributions(self.texts[place])
            if not self.quoted[place].holds(each.start)
        ]
        kept: list[Attribution] = []
        for each in sorted(found, key=lambda one: (one.start - one.end, one.start)):
            if all(each.end <= other.start or other.end <= each.start for other in kept):
                kept.append(each)
        return sorted(kept, key=lambda one: one.start)

    def hear(self, place: int) -> list[Found]:
        """Who speaks in the sentence at `place`; call it for one after the other."""
        if self.said[place]:
            said = [self.attributed(place, each) for each in self.said[place]]
            return [*said, *self.seen_by(place)]
        if self.quoted[place].is_all_of(self.texts[place]):
            return self.carried_on(place)
        return []

    def attributed(self, place: int, said: Attribution) -> Found:
        if not said.name:
            return self.by_pronoun(place, said)
        chain, itself = self.chain(said), self.itself(said)
        person = said.person or said.name in self.persons
        if person:
            self.persons.add(said.name.split()[-1])
        self.remember(place, Speaker(chain, itself, self.first + place, person))
        reason = Reason.SAYS_IN if said.before or said.after else Reason.SAYS
        return Found(said.start, said.end, chain, Certainty.STATED, reason, {"words": said.words})

    def seen_by(self, place: int) -> list[Found]:
        """Through whom a document became known that is spoken of: what is said of it itself."""
        return [
            Found(
                *match.span(),
                self.as_chain(match["name"]),
                Certainty.STATED,
                Reason.SEEN_BY,
                {"words": match[0]},
            )
            for match in SEEN_BY.finditer(self.texts[place])
            if not self.quoted[place].holds(match.start())
        ]

    def chain(self, said: Attribution) -> tuple[str, ...]:
        return self.as_chain(*said.before, said.name, *said.after)

    def itself(self, said: Attribution) -> tuple[str, ...]:
        return self.as_chain(said.name)

    def as_chain(self, *names: str) -> tuple[str, ...]:
        known = tuple(self.names.key_at_end_of(name) or name for name in names)
        return (*known, self.source) if self.source else known

    def remember(self, place: int, speaker: Speaker) -> None:
        self.last = self.speakers[place] = speaker
        self.heard_at = place

    def referred_to(self, place: int) -> Speaker | None:
        """Who “he” or “she” is: the person who spoke last, if that was not long ago."""
        near = place - self.heard_at <= REMEMBERED
        return self.last if self.last is not None and self.last.person and near else None

    def by_pronoun(self, place: int, said: Attribution) -> Found:
        last, details = self.referred_to(place), {"words": said.words}
        if last is None:
            return Found(said.start, said.end, None, Certainty.UNCLEAR, Reason.PRONOUN, details)
        speaker = Speaker(last.itself, last.itself, self.first + place, person=True)
        self.remember(place, speaker)
        return Found(
            said.start, said.end, speaker.chain, Certainty.INFERRED, Reason.PRONOUN, details
        )

    def carried_on(self, place: int) -> list[Found]:
        """A quotation without “he said” of its own: the next or the last one speaks for it."""
        last = self.closing(place)
        speaker = self.before(place) if last is None else self.ahead(place, last)
        if speaker is None:
            return []
        self.speakers[place] = speaker
        self.heard_at = place
        start, end = self.quoted[place].spans[0]
        details = {"sentence": reference(speaker.sentence)}
        return [Found(start, end, speaker.chain, Certainty.INFERRED, Reason.CONTINUES, details)]

    def before(self, place: int) -> Speaker | None:
        """Who spoke in the sentence before, if that was quoted too or a person said it."""
        last = self.speakers.get(place - 1)
        if last is None or not (last.person or self.quoted[place - 1].spans):
            return None
        return last

    def closing(self, place: int) -> int | None:
        """The sentence in which the quotation closes, if it says something besides."""
        while self.quoted[place].ends_inside and place + 1 < len(self.texts):
            place += 1
        return None if self.quoted[place].is_all_of(self.texts[place]) else place

    def ahead(self, place: int, closing: int) -> Speaker | None:
        """Who is named where the quotation closes; None if that is not certain."""
        for said in self.said[closing]:
            if said.name:
                return Speaker(
                    self.chain(said), self.itself(said), self.first + closing, said.person
                )
            last = self.referred_to(place)
            if last is not None:
                return Speaker(last.itself, last.itself, self.first + closing, person=True)
        return None
