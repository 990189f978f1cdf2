"""`./cadre state NMI mandate wording="Train and advise"`: what the page of a mission adds."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from cadre.access.doors import seen_as
from cadre.access.permissions import require
from cadre.launch.commands import Command as Base
from cadre.mission.doors import email, now, pair, refusals_told
from cadre.mission.forms.additions import ADDITIONS, put_on_record
from cadre.mission.queries import missions

SEVERAL = {"lines"}  # fields that take several values, with commas between them


class Command(Base):
    help = "Put on record what is stated about a mission, such as a mandate or a contribution."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mission", help="for example NMI")
        parser.add_argument("what", choices=sorted(ADDITIONS))
        parser.add_argument(
            "fields", nargs="+", metavar="FIELD=VALUE", help="for example since=2018-10"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--as", dest="as_account", metavar="EMAIL", help="do it as this account"
        )

    def handle(self, *_args: object, **options: object) -> None:
        what, fields = str(options["what"]), options["fields"]
        typed = dict(map(field, fields if isinstance(fields, list) else []))
        with seen_as(email(options["as_account"])) as viewer, refusals_told():
            row = missions.find(viewer, str(options["mission"]))
            if row is None:
                raise CommandError(f"There is no mission {options['mission']}.", returncode=2)
            require(viewer, "mission.change", row.code)
            kept = put_on_record(what, row, typed, by=viewer, at=now())
        if options["json"]:
            self.print_json({"id": str(kept.pk)})
        else:
            self.stdout.write(f"On record for {row.code}: {what}, {kept.pk}.")


def field(text: str) -> tuple[str, object]:
    """A field and its value or values. Raises CommandError for an argument without “=”."""
    name, value = pair(text)
    several = name in SEVERAL
    return name, [each for each in value.split(",") if each] if several else value
