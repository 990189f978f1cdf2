"""A muster rehearsed: a crowd that answers in every way, and no count that differs from what it knows."""

from datetime import UTC, date, datetime

import pytest

from cadre.accountability.actions import NewMuster
from cadre.core.accountability import Meaning, read_reply
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission
from cadre.packs.rehearsal.crowd import Shares
from cadre.packs.rehearsal.playing import Play, at_once, open_exercise, rehearse
from cadre.packs.rehearsal.telling import lines
from cadre.packs.rehearsal.words import HELP, SAFE, UNCLEAR
from cadre.packs.sample.actions import make_sample
from cadre.packs.sample.plan import Wish

START = date(2019, 11, 4)
AT = datetime(2020, 1, 6, 8, tzinfo=UTC)


@pytest.fixture
def mission(operator: Viewer) -> Mission:
    make_sample(Wish(people=400, seed=1, scale=1, start=START), by=operator, at=AT)
    return Mission.objects.get(code="FTM")


def test_everybody_is_counted_as_the_crowd_knows(mission: Mission, operator: Viewer) -> None:
    new = NewMuster(mission=mission, exercise=True)
    muster = open_exercise(new, by=operator, at=AT)
    report = rehearse(muster, Play(shares=Shares()), at_once(AT), by=operator)
    print("\n".join(lines(report)))
    assert report.right


@pytest.mark.parametrize(
    ("meaning", "said"),
    [(Meaning.SAFE, SAFE), (Meaning.HELP, HELP), (Meaning.UNCLEAR, UNCLEAR)],
)
def test_what_the_crowd_writes_means_what_the_story_says(
    meaning: Meaning, said: dict[str, tuple[str, ...]]
) -> None:
    read = {
        words: read_reply(words.replace("{code}", "4711"), code="4711").meaning
        for each in said.values()
        for words in each
    }
    assert read == dict.fromkeys(read, meaning)
