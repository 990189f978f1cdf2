"""The crowd of a rehearsal: what has to be known of each person, against the rules of the core."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from cadre.core.accountability import Meaning, Report, State, Voice, read_reply, standing
from cadre.packs.rehearsal.crowd import Crowd, Shares
from cadre.packs.rehearsal.stories import Act, Kind, Member, Story, Way
from cadre.packs.rehearsal.words import HELP, SAFE, UNCLEAR

OPENED = datetime(2020, 1, 6, 8, tzinfo=UTC)
INSTANT, LATER = timedelta(milliseconds=1), timedelta(hours=6)
SELVES = {Way.LINK, Way.SMS, Way.MAIL}
IN_CHARGE = {Way.WARDEN, Way.PAPER}


def members(number: int) -> list[Member]:
    """Some without a phone, some whom nobody can reach, one in ten without a warden."""
    ways = ((Way.LINK, Way.SMS, Way.MAIL), (Way.LINK, Way.MAIL), ())
    return [
        Member(
            entry=UUID(int=place),
            person=f"F{place:05}",
            language=("en", "fr", "ar")[place % 3],
            ways=ways[0] if place % 9 else ways[place % 2 + 1],
            counted_by=UUID(int=place % 7) if place % 10 else None,
        )
        for place in range(number)
    ]


def heard(act: Act) -> Report:
    """A report as it reaches the core, which alone reads the words."""
    said = act.said
    state = read_reply(said.words.replace("{code}", "4711"), code="4711").state
    voice = Voice.SELF if act.way in SELVES else Voice.OTHER
    return Report(
        key=str(act.key),
        state=said.state or state,
        occurred_at=OPENED + act.occurred,
        entered_at=OPENED + act.arrives,
        voice=Voice.IN_CHARGE if act.way in IN_CHARGE else voice,
    )


def at(story: Story, time: timedelta) -> tuple[State, bool]:
    moment = OPENED + time
    acts = [act for act in story.acts if not act.said.after_close]
    found = standing([heard(act) for act in acts], moment, known_on=moment)
    return found.state, found.contradicted


@pytest.mark.parametrize("seed", range(8))
def test_what_has_to_be_known_is_what_the_rules_say_before_and_after_each_word(seed: int) -> None:
    stories = Crowd(members(150), Shares(), str(seed)).stories()

    assert {each.kind for each in stories} == set(Kind)
    for story in stories:
        heard_at = [act.arrives for act in story.acts]
        for time in (timedelta(), *heard_at, *(each - INSTANT for each in heard_at), LATER):
            known = story.at(time)
            assert at(story, time) == (known.state, known.contradicted), story


def test_everybody_lives_through_one_story_and_the_shares_are_as_wished() -> None:
    people = members(400)
    stories = Crowd(people, Shares(), "1").stories()
    kinds = Counter(each.kind for each in stories)

    assert sorted(each.member.person for each in stories) == [each.person for each in people]
    assert (kinds[Kind.CONTRADICTED], kinds[Kind.LATE], kinds[Kind.SILENT]) == (20, 20, 3)
    assert all(each.member.counted_by for each in stories if each.kind is Kind.SILENT)
    assert all(each.known[-1].state is not State.UNACCOUNTED for each in stories)
    for story in stories:
        own = {act.way for act in story.acts} & SELVES
        assert own <= set(story.member.ways)


def test_the_same_seed_tells_the_same_story_and_another_muster_another() -> None:
    people = members(60)
    once, again, other = (Crowd(people, Shares(), seed).stories() for seed in ("1", "1", "2"))

    assert once == again
    assert once != other
    keys = [act.key for crowd in (once, other) for story in crowd for act in story.acts]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("meaning", "said"),
    [(Meaning.SAFE, SAFE), (Meaning.HELP, HELP), (Meaning.UNCLEAR, UNCLEAR)],
)
def test_what_the_crowd_writes_means_what_its_stories_say(
    meaning: Meaning, said: dict[str, tuple[str, ...]]
) -> None:
    read = {
        words: read_reply(words.replace("{code}", "4711"), code="4711").meaning
        for each in said.values()
        for words in each
    }
    assert read == dict.fromkeys(read, meaning)
