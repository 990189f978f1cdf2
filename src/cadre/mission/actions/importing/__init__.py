"""Lists of people, posts, organisations and sites: planned first, then all of it or nothing."""

from cadre.mission.actions.importing.loading import Changed, load, plan
from cadre.mission.actions.importing.planning import Plan, RowPlan, Trouble

__all__ = ["Changed", "Plan", "RowPlan", "Trouble", "load", "plan"]
