"""Answers about who was told what, and how it stands. The viewer comes first."""
