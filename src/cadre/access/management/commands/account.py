"""`./cadre account`: who may sign in, as what."""

import getpass
import json
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime

from django.core.management.base import CommandError

from cadre.access import actions, queries
from cadre.access.links import password_link
from cadre.access.models import Account
from cadre.access.permissions import NotAllowed
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification
from cadre.launch.commands import Command as Base

CLEARANCES = [level.name.lower() for level in Classification]


class Command(Base):
    help = "Open, list and close accounts; give and end roles; set passwords."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
        add = words.add_parser("add", help="open an account")
        add.add_argument("email")
        add.add_argument("--name", required=True)
        add.add_argument("--clearance", choices=CLEARANCES, default="unclassified")
        for option, what in (
            ("--affiliation", "a nation or organisation, for example DE; may be repeated"),
            ("--community", "a community; may be repeated"),
            ("--role", "a role, for example duty_officer:NMI; may be repeated"),
        ):
            add.add_argument(option, action="append", default=[], help=what)
        listing = words.add_parser("list", help="list every account")
        listing.add_argument("--json", action="store_true", help="print JSON")
        close = words.add_parser("close", help="close an account: sessions, keys and roles end")
        close.add_argument("email")
        password = words.add_parser(
            "password", help="set a password, asked for or read from standard input"
        )
        password.add_argument("email")
        link = words.add_parser("link", help="make a link with which a password is set, once")
        link.add_argument("email")
        link.add_argument("--site", default="http://127.0.0.1:8000", help="address of this site")
        role = words.add_parser("role", help="give a role, or end it")
        role.add_argument("email")
        role.add_argument("role", help="for example duty_officer:NMI; no mission: in every one")
        role.add_argument("--post", default="", help="the code of the post that brings it")
        role.add_argument("--end", action="store_true", help="end it")

    def handle(self, *_args: object, **options: object) -> None:
        act = {
            "add": self.add,
            "list": self.listing,
            "close": self.close,
            "password": self.password,
            "link": self.link,
            "role": self.role,
        }[str(options["word"])]
        try:
            with queries.seeing(OPERATOR):
                act(options)
        except (Refused, NotAllowed) as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal

    def add(self, options: dict[str, object]) -> None:
        at = datetime.now(UTC)
        account = Account(
            email=str(options["email"]),
            name=str(options["name"]),
            clearance=Classification[str(options["clearance"]).upper()],
            affiliations=[code.upper() for code in texts(options["affiliation"])],
            communities=texts(options["community"]),
        )
        actions.open_account(account, password=None, by=OPERATOR, at=at)
        for named in texts(options["role"]):
            role, _colon, mission = named.partition(":")
            actions.give_role(account, role, mission=mission, by=OPERATOR, at=at)
        self.stdout.write(
            f"Opened {account.email}. Set its password with ./cadre account password"
            f" {account.email}, or make a link with ./cadre account link {account.email}."
        )

    def listing(self, options: dict[str, object]) -> None:
        rows = [described(account) for account in queries.accounts(OPERATOR)]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(
                f"{row['email']}  {row['name']}  {row['clearance']}"
                f"  {', '.join(texts(row['affiliations']))}  {', '.join(texts(row['roles']))}"
                f"{'' if row['open'] else '  closed'}"
            )

    def close(self, options: dict[str, object]) -> None:
        account = named(options)
        actions.close_account(account, by=OPERATOR, at=datetime.now(UTC))
        self.stdout.write(f"Closed {account.email}; its sessions, keys and roles have ended.")

    def password(self, options: dict[str, object]) -> None:
        account = named(options)
        actions.change_password(account, typed(), by=OPERATOR, at=datetime.now(UTC))
        self.stdout.write(f"The password of {account.email} is set.")

    def link(self, options: dict[str, object]) -> None:
        path = password_link(named(options), by=OPERATOR, at=datetime.now(UTC))
        self.stdout.write(f"{str(options['site']).rstrip('/')}{path}")

    def role(self, options: dict[str, object]) -> None:
        account = named(options)
        role, _colon, mission = str(options["role"]).partition(":")
        post, at = str(options["post"]), datetime.now(UTC)
        if not options["end"]:
            actions.give_role(account, role, mission=mission, post=post, by=OPERATOR, at=at)
            self.stdout.write(f"{account.email} is {options['role']}.")
            return
        for held in queries.roles_of(OPERATOR, account):
            if (held.role, held.mission, held.post) == (role, mission, post):
                actions.end_role(held, by=OPERATOR, at=at)
                self.stdout.write(f"{account.email} is no longer {options['role']}.")
                return
        raise CommandError(f"{account.email} is not {options['role']}.", returncode=2)


def named(options: dict[str, object]) -> Account:
    account = queries.account_named(OPERATOR, str(options["email"]))
    if account is None:
        raise CommandError(f"There is no account {options['email']}.", returncode=2)
    return account


def typed() -> str:
    """A password from the keyboard, twice, or the first line of standard input; never argv."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("New password: ")
    if getpass.getpass("Again: ") != password:
        raise CommandError("The two passwords differ.", returncode=2)
    return password


def described(account: Account) -> dict[str, object]:
    return {
        "email": account.email,
        "name": account.name,
        "open": account.is_active,
        "clearance": Classification(account.clearance).name.lower(),
        "affiliations": account.affiliations,
        "communities": account.communities,
        "roles": [
            f"{role.role}:{role.mission}" if role.mission else role.role
            for role in queries.roles_of(OPERATOR, account)
        ],
    }


def texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []
