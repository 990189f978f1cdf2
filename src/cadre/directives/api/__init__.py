"""Directives' doors for programs, a module for each part of their life."""

from ninja import Router

from cadre.directives.api.reading import router as reading

router = Router(tags=["directives"])
router.add_router("", reading)
