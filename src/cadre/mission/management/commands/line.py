"""`./cadre line add NMI training "Training"`: defines an activity line of a mission."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from cadre.access.doors import seen_as
from cadre.access.permissions import require
from cadre.launch.commands import Command as Base
from cadre.mission import actions
from cadre.mission.doors import email, now, refusals_told
from cadre.mission.queries import missions


class Command(Base):
    help = "Define an activity line of a mission; a non-combat mission refuses a combat one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("add",))
        parser.add_argument("mission", help="for example NMI")
        parser.add_argument("code", help="for example training")
        parser.add_argument("name", nargs="?", default="", help="how pages call it")
        parser.add_argument("--combat", action="store_true", help="it is a combat activity")
        parser.add_argument(
            "--as", dest="as_account", metavar="EMAIL", help="do it as this account"
        )

    def handle(self, *_args: object, **options: object) -> None:
        code = str(options["code"])
        new = actions.NewLine(
            code=code, name=str(options["name"]) or code, combat=bool(options["combat"])
        )
        with seen_as(email(options["as_account"])) as viewer, refusals_told():
            row = missions.find(viewer, str(options["mission"]))
            if row is None:
                raise CommandError(f"There is no mission {options['mission']}.", returncode=2)
            require(viewer, "mission.change", row.code)
            line = actions.add_line(row, new, by=viewer, at=now())
            self.stdout.write(f"{row.code} has the activity line {line.code} now.")
