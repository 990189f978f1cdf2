"""A crowd that answers a muster, from a seed: what happens to whom, and who says what when.

Plain values. Each person lives through one story, and each story says what is known of the person
from when on. That is written down beside what is said, story by story, and never worked out by the
rules that count a muster: so it can be held against them.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final
from uuid import UUID

from cadre.core.accountability import State
from cadre.packs.rehearsal.stories import Act, Kind, Known, Member, Story, Utterance, Way
from cadre.packs.rehearsal.words import HELP, SAFE, UNCLEAR

MINUTE: Final = timedelta(minutes=1)
ON_PAPER: Final = 0.15  # of the wardens count on paper
FOUND_WITHIN: Final = (70, 170)  # minutes after which the silent are found


@dataclass(frozen=True, slots=True)
class Shares:
    """How the crowd behaves; shares of all who are counted."""

    answering: float = 0.88  # by themselves; the others are counted by their wardens
    median_minutes: float = 6
    contradictory: float = 0.05
    late: float = 0.05
    unclear: float = 0.03
    needing: float = 0.01  # help
    doubled: float = 0.03
    silent: int = 3  # people


class Crowd:
    """Draws the stories of all members; the same for the same seed and members."""

    def __init__(self, members: Sequence[Member], shares: Shares, seed: str) -> None:
        self.chance = Random(f"cadre crowd {seed}")  # noqa: S311  # no secret
        self.shares = shares
        self.members = members
        self.rounds: dict[UUID | None, list[timedelta]] = {}
        self.on_paper: set[UUID | None] = {None}  # whose lists the staff types in
        for each in members:
            if each.counted_by not in self.rounds:
                self.rounds[each.counted_by] = list(self.deliveries())
                if self.chance.random() < ON_PAPER:
                    self.on_paper.add(each.counted_by)

    def stories(self) -> list[Story]:
        return [self.story(member, kind) for member, kind in self.cast()]

    def cast(self) -> Iterator[tuple[Member, Kind]]:
        """Who lives through what. Only somebody with a warden is silent: wardens find them."""
        shuffled = self.chance.sample(self.members, len(self.members))
        silent = [each for each in shuffled if each.counted_by is not None][: self.shares.silent]
        yield from ((each, Kind.SILENT) for each in silent)
        left = [each for each in shuffled if each not in set(silent)]
        able = [each for each in left if each.ways]
        yield from ((each, Kind.COUNTED) for each in left if not each.ways)
        for kind, share in (
            (Kind.CONTRADICTED, self.shares.contradictory),
            (Kind.LATE, self.shares.late),
            (Kind.UNCLEAR, self.shares.unclear),
            (Kind.CALLED_FOR_HELP, self.shares.needing),
        ):
            number = min(len(able), round(share * len(self.members)))
            yield from ((each, kind) for each in able[:number])
            able = able[number:]
        for each in able:
            answers = self.chance.random() < self.shares.answering
            yield each, Kind.PLAIN if answers else Kind.COUNTED

    def deliveries(self) -> Iterator[timedelta]:
        """When a warden's phone has a line: most soon and often, three in ten late and seldom."""
        offline = self.chance.random() < 0.3  # noqa: PLR2004  # as the sentence says
        time = self.minutes(35, 65) if offline else self.minutes(12, 20)
        while time < 300 * MINUTE:
            yield time
            time += self.minutes(25, 50) if offline else self.minutes(8, 16)

    def story(self, member: Member, kind: Kind) -> Story:
        tell = {
            Kind.PLAIN: self.plain,
            Kind.COUNTED: self.counted,
            Kind.CALLED_FOR_HELP: self.called_for_help,
            Kind.CONTRADICTED: self.contradicted,
            Kind.LATE: self.late,
            Kind.UNCLEAR: self.unclear,
            Kind.SILENT: self.silent,
        }[kind]
        story = Story(member, kind)
        tell(story)
        return story

    # The stories. What is known is written down where it is said.

    def plain(self, story: Story) -> None:
        time = self.answer_time()
        doubled = self.chance.random() < self.shares.doubled
        state = self.own_word(story, time, again=self.chance.choice((1, 2)) if doubled else 0)
        story.known.append(Known(time, state))

    def counted(self, story: Story) -> None:
        seen = self.minutes(8, 40)
        story.known.append(Known(self.in_charge(story, seen, State.SAFE), State.SAFE))

    def called_for_help(self, story: Story) -> None:
        time = self.answer_time()
        self.cry(story, time)
        story.known.append(Known(time, State.NEED_HELP))
        reached = self.in_charge(story, time + self.minutes(15, 60), State.SAFE)
        story.known.append(Known(reached, State.SAFE))

    def contradicted(self, story: Story) -> None:
        time = self.answer_time()
        self.chance.choice(
            (self.hearsay_of_harm, self.safe_after_a_cry, self.harm_told_late, self.in_doubt)
        )(story, time)
        last = max(each.since for each in story.known)
        cleared = self.in_charge(story, last + self.minutes(12, 30), State.SAFE)
        story.known.append(Known(cleared, State.SAFE))

    def hearsay_of_harm(self, story: Story, time: timedelta) -> None:
        """Somebody says that who was safe is hurt; it was seen three minutes later."""
        told = time + self.minutes(4, 9)
        story.known.append(Known(time, self.own_word(story, time)))
        self.say(story, Way.HEARSAY, told, time + 3 * MINUTE, Utterance(State.INJURED))
        story.known.append(Known(told, State.INJURED, contradicted=True))

    def safe_after_a_cry(self, story: Story, time: timedelta) -> None:
        """A call for help stands, whatever the same person writes next."""
        then = time + self.minutes(2, 8)
        self.cry(story, time)
        story.known.append(Known(time, State.NEED_HELP))
        self.say(story, Way.LINK, then, then, Utterance(State.SAFE))
        story.known.append(Known(then, State.NEED_HELP, contradicted=True))

    def harm_told_late(self, story: Story, time: timedelta) -> None:
        """Saved on the phone before the safe word, and delivered long after it."""
        then, delivered = time + 5 * MINUTE, time + self.minutes(15, 35)
        self.say(story, Way.LINK, then, then, Utterance(State.SAFE))
        story.known.append(Known(then, State.SAFE))
        self.say(story, Way.LINK, delivered, time, Utterance(State.INJURED))
        story.known.append(Known(delivered, State.INJURED, contradicted=True))

    def in_doubt(self, story: Story, time: timedelta) -> None:
        """Said to be safe by somebody else; the person's own words say nothing clear."""
        then = time + self.minutes(3, 9)
        self.say(story, Way.HEARSAY, time, time, Utterance(State.SAFE))
        story.known.append(Known(time, State.SAFE))
        self.mumble(story, then)
        story.known.append(Known(then, State.UNCLEAR))

    def late(self, story: Story) -> None:
        """Said in time and heard late; of some the warden knew by then, of some only the close."""
        said, heard = self.answer_time(), self.minutes(65, 170)
        if self.chance.random() < 0.5:  # noqa: PLR2004  # one in two
            self.say(story, Way.LINK, heard, said, Utterance(State.SAFE))
            story.known.append(Known(heard, State.SAFE))
            return
        seen = said + self.minutes(15, 30)
        story.known.append(Known(self.in_charge(story, seen, State.SAFE), State.SAFE))
        self.say(story, Way.LINK, heard, said, Utterance(State.SHELTERING, after_close=True))

    def unclear(self, story: Story) -> None:
        time = self.answer_time()
        self.mumble(story, time)
        story.known.append(Known(time, State.UNCLEAR))
        later = time + self.minutes(6, 25)
        if self.chance.random() < 0.5:  # noqa: PLR2004  # one in two
            self.write(story, later, self.chance.choice(SAFE[story.member.language]))
            story.known.append(Known(later, State.SAFE))
        else:
            story.known.append(Known(self.in_charge(story, later, State.SAFE), State.SAFE))

    def silent(self, story: Story) -> None:
        """Nothing is heard until the warden's people find them, one in three hurt."""
        found = self.minutes(*FOUND_WITHIN)
        state = State.INJURED if self.chance.random() < 1 / 3 else State.SAFE
        self.say(story, self.of_warden(story), found + MINUTE, found, Utterance(state))
        story.known.append(Known(found + MINUTE, state))

    # What is said.

    def say(
        self,
        story: Story,
        way: Way,
        arrives: timedelta,
        occurred: timedelta,
        said: Utterance,
    ) -> None:
        key = UUID(int=self.chance.getrandbits(128), version=4)
        story.acts.append(Act(story.member.entry, way, arrives, occurred, key, said))

    def own_word(self, story: Story, time: timedelta, again: int = 0) -> State:
        """By one of the person's own ways; says what it says."""
        way = self.chance.choice(story.member.ways)
        if way is Way.LINK:
            state = self.chance.choices((State.SAFE, State.SHELTERING, State.AWAY), (93, 5, 2))[0]
            self.say(story, way, time, time, Utterance(state, again=again))
            return state
        words = self.chance.choice(SAFE[story.member.language])
        self.say(story, way, time, time, Utterance(words=words, again=again))
        return State.SAFE

    def write(self, story: Story, time: timedelta, words: str) -> None:
        written = [way for way in story.member.ways if way is not Way.LINK]
        self.say(story, self.chance.choice(written), time, time, Utterance(words=words))

    def cry(self, story: Story, time: timedelta) -> None:
        self.write(story, time, self.chance.choice(HELP[story.member.language]))

    def mumble(self, story: Story, time: timedelta) -> None:
        self.write(story, time, self.chance.choice(UNCLEAR[story.member.language]))

    def in_charge(self, story: Story, seen: timedelta, state: State) -> timedelta:
        """The warden counts the person and has a line some time later; says when it arrives."""
        rounds = self.rounds[story.member.counted_by]
        arrives = next((each for each in rounds if each >= seen), seen)
        self.say(story, self.of_warden(story), arrives, seen, Utterance(state))
        return arrives

    def of_warden(self, story: Story) -> Way:
        return Way.PAPER if story.member.counted_by in self.on_paper else Way.WARDEN

    def minutes(self, least: float, most: float) -> timedelta:
        """Never on a whole second, so that nothing happens just when somebody counts."""
        seconds = round(self.chance.uniform(least, most) * 60)
        return timedelta(seconds=seconds, milliseconds=500)

    def answer_time(self) -> timedelta:
        """How soon people answer by themselves: half within the median, few very late."""
        drawn = self.chance.lognormvariate(math.log(self.shares.median_minutes), 0.8)
        least = min(max(drawn, 0.5), 55)
        return self.minutes(least, least)
