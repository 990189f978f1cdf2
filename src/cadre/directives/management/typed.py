"""What the commands that order something name."""

from cadre.core.releasability import Viewer
from cadre.directives.queries import lookups
from cadre.directives.queries.rows import Directive
from cadre.mission.management.typed import there


def the_directive(viewer: Viewer, number: object) -> Directive:
    return there(lookups.directive(viewer, str(number)), f"directive {number}")
