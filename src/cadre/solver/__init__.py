"""Making plans: `core.planning` says what a plan has to keep to, this finds one.

The only importer of OR-Tools. First everything is put where it fits, then parts are taken out and
put back better, round by round; a Lagrangian bound says how much better a plan could be at most.
"""

from cadre.solver.solving import Outcome, Step, solve

__all__ = ["Outcome", "Step", "solve"]
