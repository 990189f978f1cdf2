"""`./cadre sample`: a fictional mission at full size."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, date, datetime

from cadre.access.doors import seen_as
from cadre.launch.commands import Command as Base
from cadre.packs.sample.actions import make_sample
from cadre.packs.sample.plan import Wish

MOST_PEOPLE = 100_000


def counting(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_PEOPLE):
        message = f"{text!r} is not a whole number from 1 to {MOST_PEOPLE}"
        raise ArgumentTypeError(message)
    return int(text)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        message = f"{text!r} is not a date such as 2019-11-04"
        raise ArgumentTypeError(message) from problem


class Command(Base):
    help = "Make a fictional mission, the same for the same seed, marked fictional everywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=counting, default=400, help="at scale 1 (400)")
        parser.add_argument("--seed", type=int, default=1, help="another seed, another mission (1)")
        parser.add_argument(
            "--scale", type=counting, default=1, help="10 makes it 10 times as large"
        )
        parser.add_argument(
            "--start", type=day, default=date(2019, 11, 4), metavar="DATE",
            help="the mission's first day (2019-11-04)",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: object, **options: object) -> None:
        wish = Wish(
            people=int(str(options["people"])),
            seed=int(str(options["seed"])),
            scale=int(str(options["scale"])),
            start=date.fromisoformat(str(options["start"])),
        )
        with seen_as(None) as viewer:
            made = make_sample(wish, by=viewer, at=datetime.now(UTC))
        if options["json"]:
            self.print_json({"made": made is not None, "counts": made or {}})
        elif made is None:
            self.stdout.write("This fictional mission is on record already, nothing changed.")
        else:
            counts = ", ".join(f"{number} {kind}" for kind, number in made.items())
            self.stdout.write(f"Made the fictional mission FTM: {counts}.")
