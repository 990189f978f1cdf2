"""Doors for programs to musters, people and movements."""

from ninja import Router

from cadre.accountability.api.lists import router as lists
from cadre.accountability.api.movements import router as movements
from cadre.accountability.api.musters import router as musters
from cadre.accountability.api.people import router as people

router = Router(tags=["accountability"])
router.add_router("", musters)
router.add_router("", lists)
router.add_router("", people)
router.add_router("", movements)
