"""`./cadre plan-check PROBLEM.json PLAN.json`: whether a plan is legal, and what it costs."""  # noqa: N999  the word that is typed

from argparse import ArgumentParser
from pathlib import Path

from cadre.core.planning import cost, violations
from cadre.launch.commands import Command as Base
from cadre.training.management.planning import plan_in, problem_in


class Command(Base):
    help = "Check a timetable, whoever made it: every broken rule, and the cost with its parts."
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("problem", type=Path, help="a problem in Cadre's planning format")
        parser.add_argument("plan", type=Path, help="a plan in Cadre's planning format")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: object, **options: object) -> None:
        problem = problem_in(Path(str(options["problem"])))
        plan = plan_in(Path(str(options["plan"])), problem)
        broken, price = violations(plan, problem), cost(plan, problem)
        if options["json"]:
            self.print_json(
                {
                    "violations": [
                        {
                            "rule": each.rule,
                            "session": each.session,
                            "reason": each.reason,
                            "order": each.order,
                        }
                        for each in broken
                    ],
                    "cost": price.total,
                    "items": [
                        {
                            "name": item.name,
                            "count": item.count,
                            "unit": item.unit,
                            "weight": item.weight,
                            "points": item.points,
                        }
                        for item in price.items
                    ],
                }
            )
        else:
            for each in broken:
                self.stdout.write(f"{each.rule}: {each.reason}")
            for item in price.items:
                count = f"{item.count:,} {item.unit}"
                self.stdout.write(f"{item.name:14} {count:40} {item.points:8,}")
            self.stdout.write(f"{'cost':55} {price.total:8,}")
            self.stdout.write(f"Broken rules: {len(broken)}.")
        if broken:
            raise SystemExit(1)
