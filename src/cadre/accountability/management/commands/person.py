"""`./cadre person`: where somebody is, what their stay is, and whether the name is held."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from cadre.access.permissions import require
from cadre.accountability import actions
from cadre.accountability.forms.holds import HoldForm, InformedForm
from cadre.accountability.forms.reports import SightingForm
from cadre.accountability.forms.rosters import StatusForm
from cadre.accountability.management.words import (
    MINUTE,
    Does,
    Word,
    WordCommand,
    the_id,
    the_person,
    when,
)
from cadre.accountability.outgoing_people import (
    StayOut,
    stay_out,
    whereabouts_out,
)
from cadre.accountability.queries import lookups
from cadre.accountability.queries.holds import withheld
from cadre.accountability.queries.whereabouts import statuses, whereabouts_of
from cadre.core.releasability import Viewer
from cadre.mission.doors import now
from cadre.mission.management.typed import Options, the_mission, there, typed

WORDS = (
    Word("where", "where somebody was last, and what is stated of the stay", ("person",)),
    Word("away", "who of a mission is on leave, in transit, lent, visiting", ("mission",)),
    Word("stay", "state what somebody's stay is", ("person",), StatusForm,
         "mission=FTM kind=leave begins_at=2020-01-06T00:00Z"),
    Word("seen", "say where somebody was seen", ("person",), SightingForm,
         "seen_at=2020-01-06T18:10Z site=site-01 source=Ada"),
    Word("hold", "hold a name until next of kin were told", ("person",), HoldForm,
         'why="Killed in action"'),
    Word("told", "say that next of kin were told", ("hold",), InformedForm,
         "informed_at=2020-01-06T20:00Z"),
)  # fmt: skip  # a table reads best as one


class Command(WordCommand):
    help = "Say where somebody is, what their stay is, that a name is held; or show it."
    words = WORDS
    about: ClassVar[Mapping[str, str]] = {
        "mission": "for example FTM",
        "person": "the code of a person",
        "hold": "the id of a hold",
    }

    def doing(self) -> Mapping[str, Does]:
        return {
            "where": self.where, "away": self.away, "stay": self.stay, "seen": self.seen,
            "hold": self.hold, "told": self.told_kin,
        }  # fmt: skip  # a table reads best as one

    def where(self, viewer: Viewer, options: Options) -> None:
        person = the_person(viewer, options["person"])
        there(None if person.pk in withheld(now=now()) else person, f"person {person.code}")
        found = whereabouts_out(person, whereabouts_of(viewer, person, when(options)))
        if options["json"]:
            self.print_json(found.model_dump())
            return
        seen = f", seen {found.seen:{MINUTE}} by {found.said_by}" if found.seen else ""
        place = found.place or "not stated"
        self.stdout.write(f"{found.person}: {place} ({found.age}){seen}")
        self.stdout.write("\n".join(f"  {line_of(each)}" for each in found.stays))

    def away(self, viewer: Viewer, options: Options) -> None:
        mission, held = the_mission(viewer, options["mission"]), withheld(now=now())
        rows = statuses(viewer, mission, when(options))
        found = [stay_out(each) for each in rows if each.person_id not in held]
        if options["json"]:
            self.print_json([each.model_dump() for each in found])
        else:
            self.stdout.write("\n".join(map(line_of, found)) or "Nobody is away or visiting.")

    def stay(self, viewer: Viewer, options: Options) -> None:
        person = the_person(viewer, options["person"])
        form = StatusForm(viewer, typed(StatusForm, options["fields"]))

        def act(at: datetime) -> object:
            new = form.new(person)
            require(viewer, "accountability.status", new.mission.code)
            return actions.set_status(new, by=viewer, at=at)

        self.done(form, act, options)

    def seen(self, viewer: Viewer, options: Options) -> None:
        person = the_person(viewer, options["person"])
        form = SightingForm(viewer, typed(SightingForm, options["fields"]))
        self.done(form, lambda at: actions.sight(form.new(person), by=viewer, at=at), options)

    def hold(self, viewer: Viewer, options: Options) -> None:
        person = the_person(viewer, options["person"])
        form = HoldForm(viewer, typed(HoldForm, options["fields"]))

        def act(at: datetime) -> object:
            return actions.place_hold(person, form.cleaned_data["why"], by=viewer, at=at)

        self.done(form, act, options)

    def told_kin(self, viewer: Viewer, options: Options) -> None:
        row = there(lookups.hold(viewer, the_id(options["hold"], "a hold")), "such hold")
        form = InformedForm(viewer, typed(InformedForm, options["fields"]))

        def act(at: datetime) -> object:
            told = form.cleaned_data
            return actions.inform_next_of_kin(
                row, told["informed_at"], hours=told["hours"], by=viewer, at=at
            )

        self.done(form, act, options)


def line_of(each: StayOut) -> str:
    until = f"until {each.ends:{MINUTE}}" if each.ends else "no end is known"
    where = each.site or each.place or "place not stated"
    return f"{each.person}: {each.kind} from {each.begins:{MINUTE}}, {until}, {where}"
