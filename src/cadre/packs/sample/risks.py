"""What risk is left for activities of the fictional mission, and what was decided about it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import override

from cadre.core.moments import Moment
from cadre.core.risks import Criticality, Risk
from cadre.directives.models import RiskAssessment, RiskAuthority, RiskDecision, RiskVerdict
from cadre.directives.queries.risks import example_table
from cadre.mission.models import Mission
from cadre.packs.sample.names import FICTIONAL
from cadre.packs.sample.plan import Plan
from cadre.record.fields import moment_values

DAY = timedelta(days=1)
SITE_COMMANDER = f"Site commander {FICTIONAL}"
COMMANDER = f"Commander, mission FTM {FICTIONAL}"
PARENT = f"Parent headquarters {FICTIONAL}"
ACCEPTED, REFUSED = RiskVerdict.ACCEPTED.value, RiskVerdict.NOT_ACCEPTED.value

# On which day, of which line, at which of the training sites (None: all), how critical, what risk
# is left, with which measures; then who decided the day after and for how many days it is accepted
# (0: it is not accepted). The third has run out by day 63, the sixth nobody can accept.
type Said = tuple[
    int, str, slice | None, Criticality, Risk, str, tuple[str, int] | None
]  # fmt: skip
ASSESSED: tuple[Said, ...] = (
    (2, "training", None, Criticality.IMPORTANT, Risk.MEDIUM, "Escorts to each course",
     (COMMANDER, 120)),
    (2, "advising", None, Criticality.ESSENTIAL, Risk.LOW, "Meetings inside the camp",
     (SITE_COMMANDER, 120)),
    (30, "capacity-building", slice(0, 4), Criticality.DESIRABLE, Risk.MEDIUM,
     "Visits in armoured vehicles", (COMMANDER, 21)),
    (52, "training", slice(1, 3), Criticality.ESSENTIAL, Risk.HIGH,
     "Half of the courses, armed guards in class", (PARENT, 60)),
    (58, "advising", slice(4, 6), Criticality.IMPORTANT, Risk.HIGH, "Another road each day",
     (PARENT, 0)),
    (61, "training", slice(3, 4), Criticality.IMPORTANT, Risk.UNACCEPTABLE,
     "Nothing holds against rockets", None),
    (61, "advising", slice(3, 4), Criticality.LIFESAVING, Risk.VERY_HIGH,
     "By telephone where it can be", None),
)  # fmt: skip  # a table reads best as one


def make_risks(plan: Plan, mission: Mission, common: Mapping[str, object]) -> int:
    """Inserts the example table, assessments and decisions; says how many assessments there are.

    `common`: of every stated row.
    """
    start = common["known_from"]
    assert isinstance(start, datetime)  # noqa: S101  # as `Making.stated` makes it
    with override("en"):
        table = example_table()
    RiskAuthority.objects.bulk_create(
        RiskAuthority(
            mission=mission,
            criticality=criticality.value,
            risk=risk.value,
            authority=f"{who} {FICTIONAL}" if who else "",
            pack=str(common["pack"]),
        )
        for (criticality, risk), who in table.items()
    )
    sites = [site.code for site in plan.training_sites()]
    rows, decisions = [], []
    for day, line, where, criticality, risk, measures, decided in ASSESSED:
        at = start + day * DAY + timedelta(hours=8)
        row = RiskAssessment(
            mission=mission,
            line=line,
            sites=None if where is None else sites[where],
            criticality=criticality.value,
            risk=risk.value,
            measures=f"{measures} {FICTIONAL}",
            reason=f"Reports of the region and of the guards {FICTIONAL}",
            assessed_by=f"Force protection officer {FICTIONAL}",
            **moment_values("assessed", Moment.at(at)),
            **{**common, "known_from": at},
        )
        rows.append(row)
        if decided:
            decisions.append(decision_of(row, *decided, at + DAY, common))
    RiskAssessment.objects.bulk_create(rows)
    RiskDecision.objects.bulk_create(decisions)
    return len(rows)


def decision_of(
    row: RiskAssessment, authority: str, days: int, at: datetime, common: Mapping[str, object]
) -> RiskDecision:
    return RiskDecision(
        assessment=row,
        decision=ACCEPTED if days else REFUSED,
        authority=authority,
        decided_at=at,
        until=at + days * DAY if days else None,
        reason=f"The measures hold {FICTIONAL}" if days else f"It can wait {FICTIONAL}",
        **{**common, "known_from": at},
    )
