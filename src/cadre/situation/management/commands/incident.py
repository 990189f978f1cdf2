"""`./cadre incident kind=attack what="…" site=TAJI`: reports an incident; `--list` lists them."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from cadre.access.doors import Reading, add_reading_arguments, reading, seen_as
from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.launch.commands import Command as Base
from cadre.mission.doors import now, pair
from cadre.mission.forms.sent import require_fit, retyped
from cadre.situation import actions, queries
from cadre.situation.forms import IncidentForm
from cadre.situation.outgoing import IncidentOut, incidents_out


class Command(Base):
    help = "Report an incident, or correct a report (corrects=ID); or list those on record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "fields",
            nargs="*",
            metavar="FIELD=VALUE",
            help="the fields of the page's form, for example kind=attack severity=3 site=TAJI"
            f' what="Shots at the gate."; the fields are: {", ".join(IncidentForm.base_fields)}',
        )
        parser.add_argument("--list", action="store_true", help="list incidents, newest first")
        parser.add_argument("--page", type=int, default=1, help="which page of the list")
        add_reading_arguments(parser)

    def handle(self, *_args: object, **options: object) -> None:
        fields, asked = options["fields"], reading(options)
        typed = [str(each) for each in fields] if isinstance(fields, list) else []
        if bool(typed) == bool(options["list"]):
            raise CommandError("Give fields of a report, or --list.", returncode=2)
        with seen_as(asked.account) as viewer:
            if typed:
                self.report(viewer, typed, as_json=asked.as_json)
            else:
                self.listing(viewer, asked, page=int(str(options["page"])))

    def report(self, viewer: Viewer, typed: list[str], *, as_json: bool) -> None:
        form = IncidentForm(viewer, retyped(dict(map(pair, typed))))
        require_fit(form)
        row = actions.report(form.new(), by=viewer, at=now())
        if as_json:
            self.print_json({"number": row.number, "id": row.pk})
        else:
            self.stdout.write(f"On record as {row.number}.")

    def listing(self, viewer: Viewer, asked: Reading, *, page: int) -> None:
        on = asked.on or now()
        found = queries.incidents(viewer, queries.Wish(), page=page, on=on, known_on=asked.known_on)
        out = incidents_out(found, None)
        if asked.as_json:
            self.print_json(out.model_dump())
        else:
            self.stdout.write("\n".join(map(in_words, out.incidents)) or "None is on record.")
            if out.pages > 1:
                self.stdout.write(f"Page {out.page} of {out.pages}, {out.count} in all.")


def in_words(out: IncidentOut) -> str:
    """One incident in a line, and what is not stated of it."""
    severity = out.severity or "not stated"
    where = out.site or out.place or f"{out.latitude}, {out.longitude}"
    grade = f"{out.source_reliability or '–'}{out.info_credibility or '–'}"
    return (
        f"{out.number}: {out.kind}, severity {severity}, {Moment.parse(out.occurred or '')},"
        f" at {where}, graded {grade}: {out.what}"
    )
