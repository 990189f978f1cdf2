"""A restart of the fictional mission's size: cost, bound and gap, against a planner by hand.

8 sites, 40 rooms, 300 trainers of whom 120 teach, 120 courses of 25 sessions over 26 weeks. Four
weeks are lost, sites restart one after the other, four nations hold their people back for longer.
The points are those of the first set that was ever measured: an unplaced session 100, another week
5, another time of the week 2, another room or trainer 1, a day past a deadline 1.

By hand means greedy first-fit repair in the same run: in the order of the published plan, what can
stay stays, and the rest goes where it first fits, with the first room and trainers that are free.
For information also with the published room and trainers where they are free then, which is more
than a planner can look up by hand. All plans are judged by the core.
"""

import resource
import sys
import time

from _by_hand import first_fit
from _harness import Mark, report
from _programmes import programme, stopped

from cadre.core.planning import cost, violations
from cadre.solver import Step, solve

SECONDS = 60
EARLY = 10
SEED = 1
MEGABYTE = 1024  # of the kilobytes that the system counts in


def main() -> int:
    problem = stopped(programme(SEED))
    began = time.perf_counter()
    by_hand = first_fit(problem)
    taken = time.perf_counter() - began
    found = solve(problem, seconds=SECONDS, seed=SEED)
    broken = len(violations(found.plan, problem)) + len(violations(by_hand, problem))
    reference = cost(by_hand, problem).total
    careful = cost(first_fit(problem, careful=True), problem).total
    early, last = at(found.history, EARLY), found.history[-1]
    total = found.cost.total
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return report(
        f"A restart of {len(problem.sessions):,} sessions, {len(problem.held):,} held",
        [
            Mark(f"cost at {SECONDS} s / by hand", total / reference, at_most=0.70),
            Mark(f"bound / cost at {SECONDS} s", found.bound / total, at_least=0.45),
            Mark("first complete legal plan", found.history[0].seconds, "s", at_most=5),
            Mark("broken rules", broken, at_most=0),
            Mark("cost by hand", reference),
            Mark("seconds by hand", taken, "s"),
            Mark("cost by hand, keeping rooms and trainers", careful),
            Mark(f"cost at {SECONDS} s / by hand, keeping them", total / careful),
            Mark("cost of the first plan", found.history[0].cost),
            Mark(f"cost at {EARLY} s", early.cost),
            Mark(f"bound at {EARLY} s", early.bound),
            Mark(f"gap at {EARLY} s", early.gap * 100, "%"),
            Mark(f"cost at {SECONDS} s", total),
            Mark(f"bound at {SECONDS} s", found.bound),
            Mark(f"gap at {SECONDS} s", last.gap * 100, "%"),
            Mark("rounds", found.rounds),
            Mark("most memory", memory, "MB"),
        ],
        "time: " + ", ".join(f"{name} {share:.0%}" for name, share in found.shares.items()),
        ", ".join(f"{item.count:,} {item.name}" for item in found.cost.items if item.count),
    )


def at(history: tuple[Step, ...], seconds: float) -> Step:
    """How far it was by then."""
    return [step for step in history if step.seconds <= seconds or step is history[0]][-1]


if __name__ == "__main__":
    sys.exit(main())
