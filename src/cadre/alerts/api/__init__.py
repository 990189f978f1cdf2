"""Alerts' door for programs."""

from ninja import Router

from cadre.alerts.api.answers import router as answers
from cadre.alerts.api.changing import router as changing
from cadre.alerts.api.own import router as own
from cadre.alerts.api.people import router as people
from cadre.alerts.api.reading import router as reading

router = Router(tags=["alerts"])
router.add_router("", reading)
router.add_router("", changing)
router.add_router("", people)
router.add_router("", own)
router.add_router("", answers)

__all__ = ["router"]
