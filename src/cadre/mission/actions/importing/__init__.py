"""Lists of people, posts, organisations and sites: planned first, then all of it or nothing."""

from cadre.mission.actions.importing.loading import load, plan
from cadre.mission.actions.importing.planning import Plan, RowPlan, Trouble

__all__ = ["Plan", "RowPlan", "Trouble", "load", "plan"]
