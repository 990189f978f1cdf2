"""`./cadre plan-check PROBLEM.json PLAN.json`: whether a plan is legal, and what it costs."""  # noqa: N999  the word that is typed

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cadre.core.planning import Cost, Violation, cost, violations
from cadre.launch.commands import Command as Base
from cadre.solver.reasons import Explanation, explanations
from cadre.solver.remedies import Remedy, remedies
from cadre.training.management.curriculum import is_instance, judged
from cadre.training.management.planning import plan_in, problem_in


class Command(Base):
    help = "Check a timetable, whoever made it: every broken rule, and the cost with its parts."
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "problem", type=Path, help="a problem in Cadre's planning format, or a .ctt"
        )
        parser.add_argument("plan", type=Path, help="a plan of it, in the same format")
        parser.add_argument(
            "--why",
            action="store_true",
            help="say why sessions are unplaced or moved by over two weeks, and what would help",
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: object, **options: object) -> None:
        path, plan_path = Path(str(options["problem"])), Path(str(options["plan"]))
        found = (
            judged(path, plan_path)
            if is_instance(path)
            else checked(path, plan_path, why=bool(options["why"]))
        )
        if options["json"]:
            self.print_json(asdict(found) | {"total": found.cost.total})
        else:
            self.stdout.write("\n".join(found.lines()))
        if found.broken:
            raise SystemExit(1)


@dataclass
class Findings:
    """What was found of a plan; `why` and `remedies` only where they were asked for."""

    broken: tuple[Violation, ...]
    cost: Cost
    why: list[Explanation] = field(default_factory=list)
    remedies: list[Remedy] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        for each in self.broken:
            yield f"{each.rule}: {each.reason}"
        for item in self.cost.items:
            count = f"{item.count:,} {item.unit}"
            yield f"{item.name:14} {count:40} {item.points:8,}"
        yield f"{'cost':55} {self.cost.total:8,}"
        yield f"Broken rules: {len(self.broken)}."
        for explained in self.why:
            state = "unplaced" if explained.unplaced else "moved far"
            reasons = " ".join(reason.sentence for reason in explained.reasons)
            yield f"{explained.session} is {state}. {reasons or 'No change that was tried helps.'}"
        for remedy in self.remedies:
            yield remedy.sentence


def checked(path: Path, plan_path: Path, *, why: bool) -> Findings:
    """The findings of a plan in a file."""
    problem = problem_in(path)
    plan = plan_in(plan_path, problem)
    found = Findings(violations(plan, problem), cost(plan, problem))
    if why and not found.broken:
        found.why = list(explanations(plan, problem))
        found.remedies = remedies(plan, problem)
    return found
