"""`./cadre import people FILE`: a CSV or XLSX list, all of it or nothing."""  # noqa: N999  # the word of the command

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError

from cadre.access.doors import seen_as
from cadre.launch.commands import Command as Base
from cadre.mission import outgoing
from cadre.mission.actions import importing
from cadre.mission.actions.importing import Plan
from cadre.mission.doors import email, now, refusals_told, require_somewhere
from cadre.mission.queries.lists import COLUMNS
from cadre.mission.sheets import SheetError, Table, read_table


class Command(Base):
    help = "Import people, posts, organisations or sites from a CSV or XLSX list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(COLUMNS))
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would change")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--as", dest="as_account", metavar="EMAIL", help="do it as this account"
        )

    def handle(self, *_args: object, **options: object) -> None:
        table = table_in(Path(str(options["file"])))
        with seen_as(email(options["as_account"])) as viewer, refusals_told():
            require_somewhere(viewer, "mission.import")
            verb = importing.plan if options["dry_run"] else importing.load
            plan = verb(str(options["kind"]), table, by=viewer, at=now())
        written = not (plan.troubles or options["dry_run"])
        if options["json"]:
            self.print_json(outgoing.plan_out(plan, written=written).model_dump())
        else:
            self.stdout.write(in_words(plan, written=written))
        if plan.troubles:
            raise SystemExit(1)


def table_in(path: Path) -> Table:
    try:
        return read_table(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error
    except SheetError as error:
        raise CommandError(str(error), returncode=2) from error


def in_words(plan: Plan, *, written: bool) -> str:
    """Every mistake by row and column, or what was or would be written."""
    if plan.troubles:
        lines = [f"Nothing was written: {len(plan.troubles)} mistakes."]
        lines += [f"  row {each.row}, {each.column}: {each.sentence}" for each in plan.troubles]
        return "\n".join(lines)
    done = "Written" if written else "Would be written"
    counts = f"{len(plan.new)} new, {len(plan.changed)} changed, {plan.unchanged} unchanged."
    return f"{done}: {counts}" + (f"\n{plan.note}" if plan.note else "")
