"""What happened around the fictional mission, as it was reported."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cadre.core.moments import Moment
from cadre.mission.models import Site
from cadre.packs.sample.names import FICTIONAL
from cadre.packs.sample.plan import Plan
from cadre.record.fields import moment_values
from cadre.situation.models import Incident, IncidentKind, Severity

# By how many days after the start, at which of the sites (None: nobody stated where), how severe
# (None: not stated), what happened, and how far source and report can be trusted.
HAPPENED = (
    (20, 5, IncidentKind.DEMONSTRATION, Severity.MINOR, "Crowd at the gate", "B", "2"),
    (45, 1, IncidentKind.CRIME, Severity.MODERATE, "Theft from a vehicle", "C", "3"),
    (60, 3, IncidentKind.INDIRECT_FIRE, Severity.SEVERE, "Rockets near the base", "A", "1"),
    (61, 2, IncidentKind.EXPLOSIVE_DEVICE, None, "Something found at the road", "D", "6"),
    (62, None, IncidentKind.OTHER, Severity.SERIOUS, "Talk of an attack", "E", "4"),
)


def make_incidents(plan: Plan, sites: Mapping[str, Site], common: Mapping[str, object]) -> int:
    """Inserts them and says how many there are. `common`: of every stated row."""
    start, codes = common["known_from"], [site.code for site in plan.training_sites()]
    assert isinstance(start, datetime)  # noqa: S101  # as `Making.stated` makes it
    rows = [
        Incident(
            number=f"INC-FIC-{place:03}",
            kind=kind,
            severity=severity,
            what=f"{what} {FICTIONAL}",
            site=None if where is None else sites[codes[where]],
            place="" if where is not None else f"Somewhere in the north {FICTIONAL}",
            source=f"Guard {FICTIONAL}" if where is not None else f"Traveller {FICTIONAL}",
            source_reliability=reliability,
            info_credibility=credibility,
            **moment_values("occurred", Moment.at(start + timedelta(days=day, hours=4))),
            **{**common, "known_from": start + timedelta(days=day, hours=5)},
        )
        for place, (day, where, kind, severity, what, reliability, credibility) in enumerate(
            HAPPENED, 1
        )
    ]
    return len(Incident.objects.bulk_create(rows))
