"""Who stands in for whom, and answers that nobody could be found for, from the command line."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cadre.access.doors import reading
from cadre.access.permissions import require
from cadre.accountability.management.words import MINUTE, Does, Word, the_id, when
from cadre.alerts import actions
from cadre.alerts.forms.contacts import DeputyForm
from cadre.alerts.forms.strays import StrayForm
from cadre.alerts.outgoing_answers import StrayOut, deputy_out, stray_out
from cadre.alerts.queries import contacts, strays
from cadre.core.releasability import Viewer
from cadre.mission.management.typed import FormCommand, Options, the_mission, there, typed

WORDS: Final = (
    Word("deputies", "which post stands in for which", ("mission",)),
    Word("deputy", "say which post stands in for which, or no longer", ("mission",), DeputyForm,
         "post=P-1 deputy=P-2"),
    Word("answers", "answers that nobody could be found for, those that wait first"),
    Word("settle", "say whose an answer is, or why nothing is to be done", ("answer",), StrayForm,
         "who=F00195 note='Her voice'"),
)  # fmt: skip  # a table reads best as one
ABOUT: Final[dict[str, str]] = {
    "mission": "for example FTM",
    "answer": "the id of an answer, as `./cadre alerts answers` tells it",
}


class AnswerWords(FormCommand):
    """The words about those who answer, or stand in for who does not."""

    def answer_words(self) -> Mapping[str, Does]:
        return {
            "deputies": self.deputies, "deputy": self.deputy, "answers": self.answers,
            "settle": self.settle,
        }  # fmt: skip  # a table reads best as one

    def deputies(self, viewer: Viewer, options: Options) -> None:
        rows = contacts.deputies_of(viewer, the_mission(viewer, options["mission"]))
        out = [deputy_out(each) for each in rows]
        if reading(options).as_json:
            self.print_json([each.model_dump() for each in out])
            return
        for each in out:
            self.stdout.write(f"{each.deputy} for {each.post} (asked as number {each.position})")
        if not out:
            self.stdout.write("Nobody was named: the post above stands in.")

    def deputy(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "alerts.contacts")
        form = DeputyForm(viewer, mission, typed(DeputyForm, options["fields"]))
        self.done(form, lambda at: actions.name_deputy(form.new(), by=viewer, at=at), options)

    def answers(self, viewer: Viewer, options: Options) -> None:
        strays.require_to_look(viewer)
        found = strays.strays(viewer, when(options), live_page=False)
        out = [stray_out(each) for each in found]
        if reading(options).as_json:
            self.print_json([each.model_dump() for each in out])
            return
        for each in out:
            self.stdout.write(in_words(each))
        if not out:
            self.stdout.write("There is none.")

    def settle(self, viewer: Viewer, options: Options) -> None:
        strays.require_to_look(viewer)
        key = the_id(options["answer"], "an answer")
        found = there(strays.stray(viewer, key), f"answer {key}")
        form = StrayForm(viewer, typed(StrayForm, options["fields"]))

        def act(at: datetime) -> object:
            note = form.cleaned_data["note"]
            return actions.settle_stray(found, form.person(), note, by=viewer, at=at)

        self.done(form, act, options)


def in_words(answer: StrayOut) -> str:
    done = answer.settled
    state = f"settled by {done.by}: {done.note}" if done else "waits for somebody"
    moment = f"{answer.occurred_at:{MINUTE}}"
    return f"{answer.id} {moment} {answer.channel} {answer.sender}: “{answer.words}” ({state})"
