"""Directives' doors for programs, a module for each part of their life."""

from ninja import Router

from cadre.directives.api.changing import router as changing
from cadre.directives.api.drafting import router as drafting
from cadre.directives.api.levels import router as levels
from cadre.directives.api.precautions import router as precautions
from cadre.directives.api.reading import router as reading
from cadre.directives.api.reporting import router as reporting
from cadre.directives.api.risks import router as risks
from cadre.directives.api.standing import router as standing

router = Router(tags=["directives"])
router.add_router("", standing)
router.add_router("", drafting)
router.add_router("", changing)
router.add_router("", levels)
router.add_router("", precautions)
router.add_router("", risks)
router.add_router("", reporting)
router.add_router("", reading)
