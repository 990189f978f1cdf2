"""`./cadre withdraw-request ID "wording"`: the host nation takes its request back."""  # noqa: N999  # the word of the command

from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import CommandError

from cadre.access.doors import seen_as
from cadre.access.permissions import require
from cadre.core.moments import Moment
from cadre.launch.commands import Command as Base
from cadre.mission import actions, outgoing
from cadre.mission.doors import email, now, refusals_told
from cadre.mission.queries import basis


class Command(Base):
    help = "Record that the host nation withdrew a request; tells what loses its basis."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("request", type=UUID, help="as `./cadre mission NMI --json` shows it")
        parser.add_argument("wording", help="what the host nation said")
        parser.add_argument("--effective", default="", metavar="EDTF", help="since when")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--as", dest="as_account", metavar="EMAIL", help="do it as this account"
        )

    def handle(self, *_args: object, **options: object) -> None:
        with seen_as(email(options["as_account"])) as viewer, refusals_told():
            row = basis.find_request(viewer, UUID(str(options["request"])))
            if row is None:
                raise CommandError(f"There is no request {options['request']}.", returncode=2)
            require(viewer, "mission.withdraw_request", row.mission.code)
            lost = actions.withdraw_host_request(
                row,
                str(options["wording"]),
                effective=Moment.parse(str(options["effective"])),
                by=viewer,
                at=now(),
            )
        out = outgoing.lost_out(lost)
        if options["json"]:
            self.print_json(out.model_dump())
        else:
            lines = ", ".join(out.lines) or "none"
            self.stdout.write(
                f"Withdrawn. {len(out.authorisations)} authorisations lose their basis;"
                f" activity lines that nothing else opens: {lines}."
            )
