"""What musters say of a restart condition."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cadre.accountability import queries as musters
from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.models import Verdict
from cadre.mission.models import Mission


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an indicator proposes of a condition, with its data in sentences. `verdict` None: the
    data do not say.
    """

    verdict: Verdict | None
    data: tuple[str, ...]


def mustered(
    viewer: Viewer, mission: Mission, part: Scope, *, on: datetime, known_on: datetime | None
) -> Proposed:
    """Whether everybody in a part is accounted for or formally placed in another state, by the
    latest musters of these people.
    """
    found = musters.muster_resolved(
        viewer,
        mission,
        musters.part_of(part.sites, part.nations, on=on),
        on=on,
        known_on=known_on,
    )
    if found is None:
        return Proposed(None, (_("No muster is on record."),))
    words = {
        "numbers": ", ".join(each.number for each in found.musters),
        "open": found.unresolved,
        "counted": found.counted,
    }
    if found.unresolved:
        return Proposed(
            Verdict.NOT_MET,
            (_("%(numbers)s: of %(counted)s counted, %(open)s are not resolved.") % words,),
        )
    if not found.whole:
        return Proposed(
            None,
            (_("%(numbers)s: resolved are all %(counted)s counted, but not everybody was counted.")
             % words,),
        )  # fmt: skip  # one sentence
    return Proposed(Verdict.MET, (_("%(numbers)s: resolved are all %(counted)s counted.") % words,))
