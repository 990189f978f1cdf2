"""The usual restart conditions: a person chooses among them, changes them or writes another.

After the practice of staffs: who is accounted for, how dangerous it is, what can be sustained,
who consents, who is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DAY = timedelta(days=1)
# Of which severity (1 to 5) at least, within how many kilometres of the site, for how many days.
NO_INCIDENT: Final = {"severity": 3, "km": 50, "days": 7}


@dataclass(frozen=True, slots=True)
class Usual:
    """One of the usual conditions: who owns it, what would prove it, how long that holds."""

    key: str
    text: str | Promise
    owner: str | Promise
    wanted: str | Promise
    shelf_life: timedelta
    indicator: str = ""
    parameters: Mapping[str, int] = field(default_factory=dict)


LIBRARY: Final = (
    Usual(
        "accounted-for",
        _("Everybody of the mission is accounted for or formally placed in another state."),
        _("J1 personnel"),
        _("The muster's result, with the time at which it was complete."),
        DAY,
        "muster_resolved",
    ),
    Usual(
        "threat-assessed",
        _("The threat to the site was assessed anew after the event, and the result allows it."),
        _("Force protection officer"),
        _("The threat assessment with its sources and date."),
        7 * DAY,
        "no_incident",
        NO_INCIDENT,
    ),
    Usual(
        "posture-sustainable",
        _("The protection level is at or below what the site can sustain."),
        _("Force protection officer"),
        _("The level in force and how long it can be held."),
        3 * DAY,
        "posture_sustainable",
    ),
    Usual(
        "protection-capacity",
        _("There is force-protection capacity beside what training needs."),
        _("Force protection officer"),
        _("The guard and escort plan for the site."),
        3 * DAY,
    ),
    Usual(
        "host-consents",
        _("The host nation consents in writing and guarantees protection."),
        _("Host-nation liaison"),
        _("The letter, its date and who signed it."),
        30 * DAY,
        "host_request_stands",
    ),
    Usual(
        "unit-vetted",
        _("The host unit was vetted again."),
        _("J2 intelligence"),
        _("The result of the vetting, by unit."),
        90 * DAY,
    ),
    Usual(
        "evacuation-rehearsed",
        _("Evacuation and medical cover are confirmed and rehearsed."),
        _("J4 medical"),
        _("The plan, and the date of the rehearsal."),
        30 * DAY,
    ),
    Usual(
        "nations-cleared",
        _("The nations that contribute to the site have cleared their people; caveats are noted."),
        _("Senior national representatives"),
        _("Each nation's answer."),
        7 * DAY,
        "nations_consulted",
    ),
    Usual(
        "council-decided",
        _("The council or the parent headquarters has decided, where its decision is required."),
        _("Political adviser"),
        _("The record of the decision."),
        30 * DAY,
    ),
    Usual(
        "sister-informed",
        _("The sister mission is informed; shared sites are agreed."),
        _("Liaison officer"),
        _("Who was told when, and what was agreed."),
        7 * DAY,
    ),
    Usual(
        "trainers-in-place",
        _("Instructors and equipment are in place; the schedule is planned anew."),
        _("J7 training"),
        _("The timetable, and who has arrived."),
        7 * DAY,
    ),
    Usual(
        "words-ready",
        _("The statement and the letters for the restart are ready."),
        _("Press officer"),
        _("The agreed texts."),
        7 * DAY,
    ),
)
BY_KEY: Final = {each.key: each for each in LIBRARY}
