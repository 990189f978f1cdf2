"""People on the first screen: how many nobody has heard of, and what to do about whom next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre.accountability.queries import (
    Hold,
    Numbers,
    OpenMuster,
    When,
    holds,
    open_musters,
)
from cadre.core.accountability import Outcome, State
from cadre.core.moments import later
from cadre.core.releasability import Viewer
from cadre.web.queries.doing import Link, Step, leading

ENDING = timedelta(hours=6)  # so long before a hold of a name ends, somebody is told
HELP = (State.NEED_HELP, State.INJURED)


@dataclass(frozen=True, slots=True)
class People:
    """The musters that are open, and the holds of names that the viewer may know of.

    `unaccounted`: people who are not resolved over all real open musters, each once; None: no
    muster is open, so nobody was asked.
    """

    musters: tuple[OpenMuster, ...]
    holds: tuple[Hold, ...]
    unaccounted: int | None

    @property
    def real(self) -> int:
        return sum(not each.muster.exercise for each in self.musters)


def people(
    viewer: Viewer, missions: Sequence[str], *, on: datetime, known_on: datetime | None
) -> People:
    when = When(on, known_on, on)
    found = open_musters(viewer, when)
    held = [each for each in holds(viewer, missions, now=on) if each.in_force(on)]
    return People(found, tuple(held), unresolved(found))


def unresolved(found: Sequence[OpenMuster]) -> int | None:
    real = [each for each in found if not each.muster.exercise]
    if not real:
        return None
    everybody = (person for each in real for person in each.numbers.everybody)
    return len({each.person for each in everybody if not each.stood.state.resolved})


def steps_about(found: People, on: datetime) -> list[Step]:
    """What is open about people, the most urgent first."""
    real = [each for each in found.musters if not each.muster.exercise]
    return [
        at_musters(real, in_need, help_sentence),
        at_musters(real, unclear, look_sentence),
        at_musters(real, unheard, find_sentence),
        at_musters(real, due_again, again_sentence),
        at_musters(real, missed, over_sentence),
        kin(found.holds, on),
    ]


def step_of_exercises(found: People) -> Step:
    """The exercises that run, apart from all that is real."""
    played = [each for each in found.musters if each.muster.exercise]
    return at_musters(played, outstanding, exercise_sentence)


def outstanding(numbers: Numbers) -> int:
    return len(numbers.outstanding)


def exercise_sentence(number: int) -> str:
    return ngettext(
        "EXERCISE: one person is outstanding; nothing of it is real.",
        "EXERCISE: %(number)s people are outstanding; nothing of it is real.",
        number,
    )


def in_need(numbers: Numbers) -> int:
    return sum(numbers.count.everybody.states.get(state, 0) for state in HELP)


def unclear(numbers: Numbers) -> int:
    return numbers.unclear + numbers.contradicted


def unheard(numbers: Numbers) -> int:
    return numbers.count.everybody.states.get(State.UNACCOUNTED, 0)


def due_again(numbers: Numbers) -> int:
    return numbers.recheck_due


def missed(numbers: Numbers) -> int:
    return sum(each.status.outcome is Outcome.MISSED for each in numbers.targets)


def help_sentence(number: int) -> str:
    return ngettext(
        "Help one person: they say that they need it.",
        "Help %(number)s people: they say that they need it.",
        number,
    )


def look_sentence(number: int) -> str:
    return ngettext(
        "Look at what was said of one person: it is unclear or contradicted.",
        "Look at what was said of %(number)s people: it is unclear or contradicted.",
        number,
    )


def find_sentence(number: int) -> str:
    return ngettext(
        "Find one person: nobody has heard of them.",
        "Find %(number)s people: nobody has heard of them.",
        number,
    )


def again_sentence(number: int) -> str:
    return ngettext(
        "Ask one person again: the last word is too old.",
        "Ask %(number)s people again: the last word is too old.",
        number,
    )


def over_sentence(number: int) -> str:
    return ngettext(
        "One target of a muster was missed: say what is lacking.",
        "%(number)s targets of musters were missed: say what is lacking.",
        number,
    )


def at_musters(
    musters: Sequence[OpenMuster],
    how_many: Callable[[Numbers], int],
    sentence: Callable[[int], str],
) -> Step:
    """A step about the musters where there is something to do, with how much of it."""
    numbers = [(each, how_many(each.numbers)) for each in musters]
    links = [
        Link(label(each, number), reverse("accountability:muster", args=[each.muster.number]))
        for each, number in numbers
        if number
    ]
    total = sum(number for _each, number in numbers)
    every = reverse("accountability:musters")
    return leading(sentence(total) % {"number": total}, links, every)


def label(each: OpenMuster, number: int) -> str:
    return _("{muster} ({number})").format(muster=each.muster.number, number=number)


def kin(held: Sequence[Hold], on: datetime) -> Step:
    """Holds that end soon, and those whose next of kin nobody has told."""
    soon = later(on, ENDING)
    found = [each for each in held if each.until is None or each.until <= soon]
    sentence = ngettext(
        "See to one held name: next of kin were not told, or the hold ends within six hours.",
        "See to %(number)s held names: next of kin were not told, or the hold ends within six"
        " hours.",
        len(found),
    )
    url = reverse("accountability:holds")
    links = [Link(each.row.person.nation.code, url) for each in found]
    return leading(sentence % {"number": len(found)}, links, url)
