"""`./cadre stop NMI site=CAMP`: stops now; `./cadre stop confirm NUMBER` takes a stop over."""

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import CommandError
from django.urls import reverse

from cadre.access.doors import seen_as
from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.forms.stopping import ConfirmationForm, PassForm, StopForm
from cadre.directives.management.typed import the_directive
from cadre.directives.queries.rows import ConfirmationOutcome
from cadre.mission.doors import email, now
from cadre.mission.forms.sent import require_fit
from cadre.mission.management.typed import (
    FormCommand,
    Options,
    add_acting_arguments,
    the_mission,
    typed,
)

CONFIRM, PASS = "confirm", "pass"


class Command(FormCommand):
    help = "Stop now, provisionally; confirm or amend such a stop; give out a pass to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        forms = (StopForm, ConfirmationForm, PassForm)
        stop, confirm, given = (", ".join(each.base_fields) for each in forms)
        parser.add_argument(
            "mission",
            help=f"for example NMI; or “{CONFIRM}” and the number of a stop; or “{PASS}” and NMI",
        )
        parser.add_argument(
            "fields",
            nargs="+",
            metavar="FIELD=VALUE",
            help=f"for example site=TAJI; the fields are: {stop}; to confirm: {confirm};"
            f" of a pass: {given}",
        )
        add_acting_arguments(parser)

    def handle(self, *_args: object, **options: object) -> None:
        act = {CONFIRM: self.confirm, PASS: self.give_pass}.get(str(options["mission"]), self.stop)
        with seen_as(email(options["as_account"])) as viewer:
            act(viewer, options)

    def stop(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "directives.stop", mission.code)
        form = StopForm(viewer, mission, typed(StopForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.stop_now(form.new(), by=viewer, at=at),
            options,
            "Stopped by %s, until a competent authority decides.",
        )

    def give_pass(self, viewer: Viewer, options: Options) -> None:
        code, *fields = options["fields"] if isinstance(options["fields"], list) else [""]
        mission = the_mission(viewer, code)
        require(viewer, "directives.passes", mission.code)
        form = PassForm(viewer, mission, typed(PassForm, fields))
        require_fit(form)
        said = form.cleaned_data
        _row, secret = actions.give_pass(
            form.new(), said["holder"], expires_at=said["expires_at"], by=viewer, at=now()
        )
        path = reverse("directives:on_the_spot", args=[secret])
        if options["json"]:
            self.print_json({"path": path})
        else:
            self.stdout.write(f"The path of the link, told once: {path}")

    def confirm(self, viewer: Viewer, options: Options) -> None:
        number, *fields = options["fields"] if isinstance(options["fields"], list) else [""]
        if "=" in number:
            raise CommandError(
                "Name the stop: ./cadre stop confirm NUMBER outcome=confirmed.", returncode=2
            )
        directive = the_directive(viewer, number)
        form = ConfirmationForm(viewer, typed(ConfirmationForm, fields))

        def act(at: datetime) -> object:
            outcome = ConfirmationOutcome(form.cleaned_data["outcome"])
            return actions.confirm(directive, outcome, form.cleaned_data["note"], by=viewer, at=at)

        self.done(form, act, options)
