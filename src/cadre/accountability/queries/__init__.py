"""Answers about who is where and how. The viewer comes first; moments are aware."""
