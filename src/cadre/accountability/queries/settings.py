"""A mission's targets and times for musters."""

from datetime import timedelta

from cadre.accountability.models import MusterSettings
from cadre.core.accountability import Measure, Target
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission

WHOLE = 100


def settings_of(viewer: Viewer, mission: Mission) -> MusterSettings:
    """A mission's settings; where it has none that the viewer may see, the defaults, unsaved."""
    found = MusterSettings.objects.visible_to(viewer).filter(mission=mission).first()
    return found or MusterSettings(mission=mission)


def targets_of(settings: MusterSettings) -> tuple[Target, ...]:
    """The four targets that a muster is held against."""
    return (
        Target(Measure.ACCOUNTED, settings.first_share, timedelta(minutes=settings.first_minutes)),
        Target(
            Measure.ACCOUNTED, settings.second_share, timedelta(minutes=settings.second_minutes)
        ),
        Target(Measure.RESOLVED, WHOLE, timedelta(hours=settings.affected_hours), affected=True),
        Target(Measure.RESOLVED, WHOLE, timedelta(hours=settings.mission_hours)),
    )
