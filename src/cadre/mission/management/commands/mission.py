"""`./cadre mission NMI`: everything about one mission, and who said it."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from cadre.access.doors import add_reading_arguments, seen_as
from cadre.launch.commands import Command as Base
from cadre.mission import outgoing, schemas
from cadre.mission.doors import email, moment, now
from cadre.mission.queries import missions


class Command(Base):
    help = "Show one mission, as of a moment, as known on another; without a code, list them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", default="", help="for example NMI")
        add_reading_arguments(parser)

    def handle(self, *_args: object, **options: object) -> None:
        code = str(options["code"])
        on, known_on = moment(options["on"]) or now(), moment(options["known_on"])
        with seen_as(email(options["as_account"])) as viewer:
            if not code:
                self.print_list(
                    [
                        outgoing.mission_out(each)
                        for each in missions.missions(viewer, on=on, known_on=known_on)
                    ],
                    as_json=bool(options["json"]),
                )
                return
            found = missions.mission(viewer, code, on=on, known_on=known_on)
            if found is None:
                raise CommandError(f"There is no mission {code}.", returncode=2)
            out = outgoing.mission_full_out(found)
        if options["json"]:
            self.print_json(out.model_dump())
        else:
            self.stdout.write(in_words(out))

    def print_list(self, found: list[schemas.MissionOut], *, as_json: bool) -> None:
        if as_json:
            self.print_json([each.model_dump() for each in found])
            return
        for each in found:
            self.stdout.write(f"{each.code}: {each.name} ({each.nature or 'nature not stated'})")


def in_words(out: schemas.MissionFullOut) -> str:
    """The mission as plain text, one statement a line."""
    lines = [f"{out.code}: {out.name}"]
    lines += [f"  {fact.name}: {fact.value}{said(fact.claims)}" for fact in out.facts]
    lines += [
        f"  mandate ({each.standing}): {each.wording}{said(each.claims)}" for each in out.mandates
    ]
    lines += [
        f"  {each.office} ({each.standing}): {each.holder}{said(each.claims)}"
        for each in out.appointments
    ]
    lines += [f"  activity line {each.code}: {each.name}" for each in out.lines]
    lines += [f"  works at {site}" for site in out.sites]
    lines += [
        f"  {each.kind} {each.other}" + (said(each.claims) if each.stated else ": not stated")
        for each in out.relations
    ]
    lines += [
        f"  {each.organisation} contributes: {each.quantity}{said(each.claims)}"
        for each in out.contributions
    ]
    lines += [
        f"  {each.wording}{said(each.claims)}" + (" (there may be more)" if each.open else "")
        for each in out.contributor_lists
    ]
    lines += [
        f"  host request of {each.host}: {each.wording}{said(each.claims)}"
        + (" (withdrawn)" if each.withdrawn else "")
        for each in out.host_requests
    ]
    return "\n".join(lines)


def said(claims: list[schemas.GroundOut]) -> str:
    references = ", ".join(each.reference for each in claims)
    return f" [{references}]" if references else ""
