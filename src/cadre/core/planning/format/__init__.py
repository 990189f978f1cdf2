"""Problems and plans as JSON: documented, and read with one sentence for each fault."""

from cadre.core.planning.format.plans import plan_as_json, read_plan
from cadre.core.planning.format.problems import problem_as_json, read_problem
from cadre.core.planning.format.records import Faults

__all__ = ["Faults", "plan_as_json", "problem_as_json", "read_plan", "read_problem"]
