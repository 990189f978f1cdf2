"""Incidents as a list: on two clocks, by who may see them, narrowed without losing the unclear."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from cadre.mission.actions import Grounds
from cadre.situation import actions, queries
from cadre.situation.models import Incident
from cadre.situation.queries import Around, Wish
from tests.situation.conftest import ONLY_GERMANY, Places, Report, near, viewer

SINCE = datetime.fromisoformat("2026-01-01T00:00Z")


def listed(
    on: datetime,
    *,
    by: Viewer = OPERATOR,
    known_on: datetime | None = None,
    around: Around | None = None,
    **wish: object,
) -> list[Incident]:
    found = queries.incidents(by, Wish(**wish), around, page=1, on=on, known_on=known_on)  # type: ignore[arg-type]  # as above
    return [each.incident for each in found.object_list]


# --- the two clocks ---------------------------------------------------------------------------


def test_correction_takes_the_place_of_what_it_corrects_once_it_is_known(
    reported: Report, places: Places, at: datetime
) -> None:
    row = reported(severity=4)
    later = at + timedelta(hours=2)
    corrected = correction(row, at=later, severity=2)

    assert near(places.camp, on=later, least=3) == ()
    assert listed(later) == [corrected]
    assert listed(later, known_on=at + timedelta(hours=1)) == [row]
    assert listed(later, known_on=at - timedelta(hours=1)) == []


def correction(row: Incident, *, at: datetime, **changes: object) -> Incident:
    said: dict[str, object] = {"kind": row.kind, "what": row.what, "site": row.site}
    new = actions.NewIncident(
        **said | {"occurred": row.occurred} | changes,  # type: ignore[arg-type]  # the test says which
        grounds=Grounds(corrects=row.pk),
    )
    return actions.report(new, by=OPERATOR, at=at)


def test_what_had_not_happened_yet_is_left_out(reported: Report, at: datetime) -> None:
    row = reported(occurred=Moment.parse("2026-01-03"))

    assert listed(datetime.fromisoformat("2026-01-02T12:00Z")) == []
    assert listed(datetime.fromisoformat("2026-01-03T12:00Z")) == [row]


# --- the list ---------------------------------------------------------------------------------


def test_newest_stands_first_and_the_undated_by_when_they_were_reported(
    reported: Report, at: datetime
) -> None:
    early = reported(occurred=Moment.parse("2025-12-24"))
    late = reported(occurred=Moment.parse("2026-01-04"))
    undated = reported(occurred=Moment.unknown())

    assert listed(at) == [undated, late, early]


def test_list_is_narrowed_and_keeps_what_is_unclear(
    reported: Report, places: Places, at: datetime
) -> None:
    plain = reported(what="A shot", severity=2, occurred=Moment.parse("2025-12-24"))
    grave = reported(what="A rocket", severity=5, site=places.fort)
    unstated = reported(what="A noise", severity=None, occurred=Moment.unknown())

    assert listed(at) == [unstated, grave, plain]
    assert listed(at, least=3) == [unstated, grave]
    assert listed(at, since=SINCE) == [unstated, grave]
    assert listed(at, words="rock") == [grave]
    assert listed(at, words=plain.number) == [plain]
    assert listed(at, around=Around(places.camp, 5)) == [unstated, plain]
    assert listed(at, around=Around(places.camp, 5), since=SINCE) == [unstated]


def test_marked_incident_is_seen_by_its_own_nation_only(
    reported: Report, places: Places, at: datetime
) -> None:
    row = reported(grounds=Grounds(marking=ONLY_GERMANY))
    seen = {}
    for nation in ("DE", "FR"):
        who = viewer("warden", nation)
        with seeing(who):
            by_rule = (
                listed(at, by=who),
                [each.incident for each in near(places.camp, on=at, by=who)],
            )
            by_database = list(Incident.objects.all())
        seen[nation] = (*by_rule, by_database, queries.find(who, row.pk))

    assert seen == {"DE": ([row], [row], [row], row), "FR": ([], [], [], None)}


def test_secret_is_for_who_is_cleared(reported: Report, at: datetime) -> None:
    row = reported(grounds=Grounds(marking=Marking(classification=Classification.SECRET)))
    cleared = Viewer("c", Classification.SECRET)

    assert (listed(at, by=viewer("warden")), listed(at, by=cleared)) == ([], [row])


def test_list_takes_no_more_queries_for_more_rows(
    reported: Report, places: Places, at: datetime
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(at, around=Around(places.camp, 10))
            near(places.camp, on=at)
        return len(captured)

    reported()
    with_one = asked()
    for site in (places.camp, places.room, places.country):
        reported(site=site)

    assert asked() == with_one


def test_long_list_comes_in_pages(
    reported: Report, places: Places, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cadre.situation.queries.reports.PAGE", 2)
    rows = [reported() for _number in range(3)]
    for around in (None, Around(places.camp, 1)):
        pages = [
            queries.incidents(OPERATOR, Wish(), around, page=number, on=at, known_on=None)
            for number in (1, 2)
        ]
        assert [each.incident for page in pages for each in page.object_list] == rows[::-1]
        assert [(page.number, page.has_next, page.paginator.count) for page in pages] == [
            (1, True, 3),
            (2, False, 3),
        ]
