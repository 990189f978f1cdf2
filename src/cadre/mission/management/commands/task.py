"""`./cadre task add NMI training "Teach map reading"`: gives a mission or a post a task."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from cadre.access.doors import seen_as
from cadre.access.permissions import require
from cadre.launch.commands import Command as Base
from cadre.mission import actions
from cadre.mission.doors import email, now, refusals_told
from cadre.mission.queries import missions, posts


class Command(Base):
    help = "Give a mission, or one post of it, a task; a non-combat mission refuses a combat one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("add",))
        parser.add_argument("mission", help="for example NMI")
        parser.add_argument("line", help="the activity line, for example training")
        parser.add_argument("title", help="what is to be done")
        parser.add_argument("--post", default="", help="the code of the post that does it")
        parser.add_argument("--combat", action="store_true", help="it is a combat task")
        parser.add_argument(
            "--as", dest="as_account", metavar="EMAIL", help="do it as this account"
        )

    def handle(self, *_args: object, **options: object) -> None:
        with seen_as(email(options["as_account"])) as viewer, refusals_told():
            row = missions.find(viewer, str(options["mission"]))
            if row is None:
                raise CommandError(f"There is no mission {options['mission']}.", returncode=2)
            post = posts.find(viewer, str(options["post"])) if options["post"] else None
            if options["post"] and post is None:
                raise CommandError(f"There is no post {options['post']}.", returncode=2)
            new = actions.NewTask(
                line=str(options["line"]),
                title=str(options["title"]),
                combat=bool(options["combat"]),
                post=post,
            )
            require(viewer, "mission.change", row.code)
            actions.add_task(row, new, by=viewer, at=now())
            self.stdout.write(f"{row.code} has this task now: {new.title}")
