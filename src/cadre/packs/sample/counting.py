"""Where people stay, who counts them, and who was seen: as rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from cadre.access.models import marking_values
from cadre.accountability.models import PersonnelStatus, Sighting, Warden, WardenList
from cadre.mission.models import Mission, Organisation, Person, Site
from cadre.packs.sample.names import FICTIONAL
from cadre.packs.sample.stays import AHEAD, PlannedSighting, PlannedStatus
from cadre.packs.sample.wardens import PlannedList

REPORTED = timedelta(minutes=20)  # after somebody was seen it is on record


class Counting:
    """The rows that people of the mission and places on record have in common."""

    def __init__(
        self, mission: Mission, sites: Mapping[str, Site], common: Mapping[str, object], batch: int
    ) -> None:
        self.mission, self.sites, self.common, self.batch = mission, sites, common, batch
        self.pack = str(common["pack"])
        self.people = {row.code: row for row in Person.objects.filter(pack=self.pack)}

    def stated(self, known_from: datetime) -> dict[str, object]:
        start = self.common["known_from"]
        assert isinstance(start, datetime)  # noqa: S101  # as `Making.stated` makes it
        return {**self.common, "known_from": max(start, known_from)}

    def about(self, code: str) -> dict[str, object]:
        """A person with the marking that a row about them carries."""
        person = self.people[code]
        return {"person": person, **marking_values(person.marking)}

    def make_statuses(self, planned: Iterable[PlannedStatus]) -> int:
        rows = [
            PersonnelStatus(
                **self.about(each.person),
                mission=self.mission,
                kind=each.kind,
                begins_at=each.begins,
                ends_at=each.ends,
                site=self.sites.get(each.site),
                place=each.place,
                **self.stated(each.begins - AHEAD),
            )
            for each in planned
        ]
        return len(PersonnelStatus.objects.bulk_create(rows, batch_size=self.batch))

    def make_sightings(self, planned: Iterable[PlannedSighting]) -> int:
        rows = [
            Sighting(
                **self.about(each.person),
                site=self.sites[each.site],
                seen_at=each.seen,
                source=f"Guard at the gate {FICTIONAL}",
                how=f"Seen at the gate {FICTIONAL}",
                **self.stated(each.seen + REPORTED),
            )
            for each in planned
        ]
        return len(Sighting.objects.bulk_create(rows, batch_size=self.batch))

    def make_lists(
        self, planned: Sequence[PlannedList], organisations: Mapping[str, Organisation]
    ) -> int:
        lists, wardens = [], []
        for each in planned:
            row = WardenList(
                mission=self.mission,
                code=each.code,
                title=each.title,
                site=self.sites.get(each.site),
                nation=organisations.get(each.nation),
                people=list(each.people),
                pack=self.pack,
            )
            lists.append(row)
            wardens += [
                Warden(
                    list=row,
                    **self.about(code),
                    position=place,
                    pack=self.pack,
                )
                for place, code in enumerate(each.wardens)
            ]
        WardenList.objects.bulk_create(lists, batch_size=self.batch)
        Warden.objects.bulk_create(wardens, batch_size=self.batch)
        return len(lists)
