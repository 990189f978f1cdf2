"""`./cadre rehearse-muster FTM`: an exercise in which a made-up crowd answers a muster."""  # noqa: N999  # the word that is typed

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from django.core.management.base import CommandError
from django.db import connections
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.doors import moment, seen_as
from cadre.accountability.actions import NewMuster
from cadre.accountability.queries.lookups import muster as muster_called
from cadre.accountability.queries.rows import Muster
from cadre.core.releasability import Viewer
from cadre.launch.commands import Command as Base
from cadre.launch.progress import say
from cadre.launch.purpose import holds_real_work
from cadre.mission.doors import email, now
from cadre.mission.management.typed import Options, there
from cadre.mission.queries.missions import find
from cadre.packs.rehearsal.crowd import Shares
from cadre.packs.rehearsal.playing import Play, at_once, open_exercise, paced, rehearse
from cadre.packs.rehearsal.telling import Report, lines
from cadre.web import clock

STORY: Final = timedelta(hours=6)  # a story that is told at once ends before the present
FASTEST: Final = 600.0
CONSENT: Final = (
    "This database holds real work, and a rehearsal stays in its record for ever, marked as an"
    " exercise. Add --exercise if that is meant."
)
REAL_TIME: Final = (
    "This database holds real work, where everything bears the moment at which it came in: rehearse"
    " in real time, with --pace 1, or faster, with --pace 10."
)


def share(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        message = f"{text!r} is no share from 0 to 1"
        raise ArgumentTypeError(message)
    return number


def pace(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= FASTEST:
        message = f"{text!r} is no pace: 1 is real time, 60 an hour in a minute, {FASTEST:g} most"
        raise ArgumentTypeError(message)
    return number


def count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        message = f"{text!r} is no number of people"
        raise ArgumentTypeError(message)
    return int(text)


def address(text: str) -> str:
    if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).netloc:
        message = f"{text!r} is no address such as http://127.0.0.1:8000"
        raise ArgumentTypeError(message)
    return text


SHARES: Final = (
    ("answering", share, "of the able answer by themselves"),
    ("contradictory", share, "say one thing and another"),
    ("late", share, "answer in time and are heard late"),
    ("unclear", share, "write what nobody can read"),
    ("needing", share, "call for help"),
    ("doubled", share, "of those who answer send it twice"),
    ("silent", count, "people who are silent until they are found"),
)


class Command(Base):
    help = (
        "Rehearse a muster: a made-up crowd answers it, and every count is held against what the"
        " crowd knows. It is always an exercise."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mission", nargs="?", help="for example FTM; opens a muster of it")
        parser.add_argument("--muster", metavar="NUMBER", help="take this open exercise instead")
        parser.add_argument("--site", action="append", metavar="CODE", help="only there; several")
        parser.add_argument("--nation", action="append", metavar="CODE", help="only of these")
        parser.add_argument("--seed", type=int, default=1, help="another seed, another story (1)")
        usual = Shares()
        for name, kind, words in SHARES:
            parser.add_argument(
                f"--{name}", type=kind, default=getattr(usual, name), metavar="N",
                help=f"how many {words} ({getattr(usual, name):g})",
            )  # fmt: skip
        parser.add_argument(
            "--median", type=float, default=usual.median_minutes, metavar="MINUTES",
            help=f"half of those who answer do so within ({usual.median_minutes:g})",
        )  # fmt: skip
        parser.add_argument(
            "--pace", type=pace, metavar="N",
            help="play it by the clock, N times as fast; without it, it is told at once",
        )  # fmt: skip
        parser.add_argument(
            "--at", type=moment, metavar="MOMENT", help="told at once: when it begins"
        )
        parser.add_argument(
            "--http", type=address, metavar="URL",
            help="post what comes by links to the pages of this running node (with --pace)",
        )  # fmt: skip
        parser.add_argument(
            "--exercise", action="store_true", help="yes, also where there is real work"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--as", dest="as_account", metavar="EMAIL", help="do it as this account"
        )

    def handle(self, *_args: object, **options: object) -> None:
        require_sense(options)
        report = self.by_the_clock(options) if options["pace"] else self.at_once(options)
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(report), "right": report.right}, indent=1))
        else:
            self.stdout.write("\n".join(lines(report)))
        if not report.right:
            raise SystemExit(1)

    def at_once(self, options: Options) -> Report:
        """All of it or, where something is refused, nothing."""
        begin = options["at"]
        timing = at_once(begin if isinstance(begin, datetime) else now() - STORY)
        with seen_as(email(options["as_account"])) as viewer:
            muster = muster_of(viewer, options, at=timing.moment(timedelta()))
            return rehearse(muster, play_of(options), timing, by=viewer)

    def by_the_clock(self, options: Options) -> Report:
        """Each step is on record before the next: others watch it while it is played."""
        seeing = partial(seen_as, email(options["as_account"]))
        with seeing() as viewer:
            muster = muster_of(viewer, options, at=now())
        clock.start()
        say(f"{muster.number} is open: {reverse('accountability:muster', args=[muster.number])}")
        timing = paced(now(), float(str(options["pace"])), now, seeing)
        return rehearse(muster, play_of(options), timing, by=viewer)


def play_of(options: Options) -> Play:
    shares = Shares(
        median_minutes=float(str(options["median"])),
        **{name: options[name] for name, _kind, _words in SHARES},  # type: ignore[arg-type]  # as parsed
    )
    return Play(shares=shares, seed=int(str(options["seed"])), node=str(options["http"] or ""))


def require_sense(options: Options) -> None:
    """Ends the command with one sentence for options that do not go together."""
    if bool(options["mission"]) == bool(options["muster"]):
        raise CommandError("Name a mission, or an open exercise with --muster.", returncode=2)
    if options["at"] and options["pace"]:
        raise CommandError(
            "--at is for a story that is told at once, without --pace.", returncode=2
        )
    if options["http"] and not options["pace"]:
        raise CommandError("A running node goes by its clock: add --pace.", returncode=2)
    with connections["owner"].cursor() as cursor:
        real = holds_real_work(cursor.connection)
    if real and not options["exercise"]:
        raise CommandError(CONSENT, returncode=2)
    if real and not options["pace"]:
        raise CommandError(REAL_TIME, returncode=2)


def muster_of(viewer: Viewer, options: Options, *, at: datetime) -> Muster:
    if number := options["muster"]:
        return there(muster_called(viewer, str(number)), f"muster {number}")
    code = str(options["mission"])
    new = NewMuster(
        mission=there(find(viewer, code), f"mission {code}"),
        title=_("Rehearsal of a muster"),
        sites=codes(options["site"]),
        nations=codes(options["nation"]),
        exercise=True,
        protective_action=_("This is an exercise. Answer as you would if it were real."),
    )
    return open_exercise(new, by=viewer, at=at)


def codes(option: object) -> frozenset[str] | None:
    return frozenset(map(str, option)) if isinstance(option, list) else None
