"""The public timetabling problem: the solver against the winner of the competition of 2007.

The instances are no part of Cadre: CADRE_ITC2007 names the folder that holds comp01.ctt to
comp05.ctt; without it nothing is measured. The winner's solver is held to what it reached in 60 s
on a machine of this kind, in the middle of what was seen.

Minimal perturbation: of the timetable found, one thing after the other becomes forbidden: the
place of a lecture, its room for that day, its slot for everybody, and its slot and the following
one for all the courses of its curriculum. Told are the fewest lectures that change, the seconds
until that was proved, and the cost with 0, 5 and 10 further changes.
"""

import os
import statistics
import sys
from pathlib import Path
from typing import Final

from _harness import Mark, report

from cadre.core.planning.curriculum import Instance, Slot, Timetable, read_instance, violations
from cadre.solver.curriculum import Ban, Effort, repair, solve

FOLDER: Final = "CADRE_ITC2007"
SECONDS: Final = 60
SEED: Final = 1
WINNER: Final = {"comp01": 5, "comp02": 67, "comp03": 90, "comp04": 45, "comp05": 364}
EFFORT: Final = Effort(seconds=20, seed=SEED)
TITLE: Final = "The public timetabling problem"


def main() -> int:
    if not (folder := os.environ.get(FOLDER)):
        note = f"Not measured: {FOLDER} should name the folder of comp01.ctt to comp05.ctt."
        return report(TITLE, [], note)
    paths = [Path(folder) / f"{name}.ctt" for name in WINNER]
    if missing := [path.name for path in paths if not path.is_file()]:
        print(f"{folder} has no {', '.join(missing)}.", file=sys.stderr)
        return 2
    marks: list[Mark] = []
    ratios: list[float] = []
    for path in paths:
        instance, name = read_instance(path.read_text(encoding="utf-8")), path.stem
        outcome = solve(instance, seconds=SECONDS, seed=SEED)
        cost, broken = outcome.cost.total, violations(instance, outcome.timetable)
        ratios.append(cost / WINNER[name])
        marks += [
            Mark(f"{name}: cost at {SECONDS} s (the winner's: {WINNER[name]})", cost),
            Mark(f"{name}: broken rules", len(broken), at_most=0),
            *perturbed(name, instance, outcome.timetable),
        ]
    marks.append(Mark("mean of cost divided by the winner's", statistics.mean(ratios), at_most=1.0))
    return report(TITLE, marks)


def perturbed(name: str, instance: Instance, timetable: Timetable) -> list[Mark]:
    marks: list[Mark] = []
    unproved = 0
    for what, ban in bans(instance, timetable).items():
        found = repair(instance, timetable, ban, effort=EFFORT)
        costs = ", ".join(str(each.cost.total) for each in found.repairs)
        marks += [
            Mark(f"{name}, {what}: fewest changes (then costs {costs})", found.fewest),
            Mark(f"{name}, {what}: found and proved in", found.seconds, "s"),
        ]
        unproved += not found.proved
    return [*marks, Mark(f"{name}: fewest changes not proved", unproved, at_most=0)]


def bans(instance: Instance, timetable: Timetable) -> dict[str, Ban]:
    """What becomes forbidden, around a lecture in the middle of the timetable."""
    lecture = timetable[len(timetable) // 2]
    courses, rooms = frozenset({lecture.course}), frozenset({lecture.room})
    slot, day = lecture.slot, frozenset(each for each in instance.slots if each.day == lecture.day)
    following = Slot(slot.day, (slot.period + 1) % instance.periods)
    fellows = next(each.courses for each in instance.curricula if lecture.course in each.courses)
    return {
        "a place": Ban(courses, rooms, frozenset({slot})),
        "a room-day": Ban(rooms=rooms, slots=day),
        "a slot": Ban(slots=frozenset({slot})),
        "a curriculum": Ban(frozenset(fellows), slots=frozenset({slot, following})),
    }


if __name__ == "__main__":
    sys.exit(main())
