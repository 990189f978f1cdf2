"""Missions as they were on one moment, as known on another. The first argument is the viewer."""
