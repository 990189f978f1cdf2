"""Solvers: they make timetables; the rules in the core judge them."""
