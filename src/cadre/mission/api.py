"""Missions' door for programs."""

from ninja import Router

router = Router(tags=["mission"])
