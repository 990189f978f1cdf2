"""`./cadre warden`: lists of wardens, who counts them, and a warden's link."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from cadre.access.permissions import require
from cadre.accountability import actions, links
from cadre.accountability.forms.rosters import ListForm, WardensForm
from cadre.accountability.management.words import Does, Word, WordCommand, the_id, when
from cadre.accountability.outgoing_people import WardenListOut, lists_out
from cadre.accountability.queries import lookups
from cadre.accountability.queries.counted import lists_of, warden_called
from cadre.accountability.queries.holds import withheld
from cadre.core.releasability import Viewer
from cadre.mission.doors import now
from cadre.mission.management.typed import Options, the_mission, there, typed

WORDS = (
    Word("list", "the lists of a mission, and how many people are on none", ("mission",)),
    Word("link", "the path of the page on which a warden counts at a muster", ("warden", "number")),
    Word("write", "write a list, or make the one of this code what is said", ("mission",), ListForm,
         'code=west title="West wing" site=site-01'),
    Word("name", "name the warden and the alternates of a list", ("mission", "list"), WardensForm,
         "people=FTM-DE-001,FTM-DE-002"),
)  # fmt: skip  # a table reads best as one


class Command(WordCommand):
    help = "Show and write the lists of wardens, name who counts them, make a warden's link."
    words = WORDS
    about: ClassVar[Mapping[str, str]] = {
        "mission": "for example FTM",
        "list": "the code of a list",
        "warden": "the id of a warden, as `./cadre warden list --json` tells it",
        "number": "of a muster, for example FTM-M-2020-001",
    }

    def doing(self) -> Mapping[str, Does]:
        return {"list": self.lists, "link": self.link, "write": self.write, "name": self.name_them}

    def lists(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        found = lists_out(lists_of(viewer, mission, when(options)), withheld(now=now()))
        if options["json"]:
            self.print_json(found.model_dump())
            return
        lines = [*map(line_of, found.lists), f"On no list: {found.nobody}"]
        self.stdout.write("\n".join(lines))

    def link(self, viewer: Viewer, options: Options) -> None:
        key, number = the_id(options["warden"], "a warden"), str(options["number"])
        warden = there(warden_called(viewer, key), "such warden")
        muster = there(lookups.muster(viewer, number), f"muster {number}")
        require(viewer, "accountability.lists", warden.list.mission.code)
        path = links.warden_path(muster.pk, warden.pk)
        if options["json"]:
            self.print_json({"path": path})
        else:
            self.stdout.write(path)

    def write(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "accountability.lists", mission.code)
        form = ListForm(viewer, typed(ListForm, options["fields"]))
        self.done(
            form, lambda at: actions.write_list(mission, form.new(), by=viewer, at=at), options
        )

    def name_them(self, viewer: Viewer, options: Options) -> None:
        mission, code = the_mission(viewer, options["mission"]), str(options["list"])
        row = there(lookups.warden_list(viewer, mission, code), f"list {code}")
        require(viewer, "accountability.lists", mission.code)
        form = WardensForm(viewer, typed(WardensForm, options["fields"]))

        def act(at: datetime) -> object:
            actions.set_wardens(row, form.cleaned_data["people"], by=viewer, at=at)
            return row

        self.done(form, act, options)


def line_of(each: WardenListOut) -> str:
    names = ", ".join(warden.name for warden in each.wardens) or "no warden"
    hidden = f" and {each.hidden} not told" if each.hidden else ""
    return f"{each.code}: {each.title}, {each.number} people, {names}{hidden}"
