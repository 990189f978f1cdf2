"""./cadre bench"""

import sys
from pathlib import Path

from psycopg import sql

from cadre.launch.arguments import SentenceParser
from cadre.launch.database.address import Address
from cadre.launch.database.cluster import APP
from cadre.launch.database.roles import ensure_database
from cadre.launch.installation import do
from cadre.launch.lasting import ends_politely
from cadre.launch.places import ROOT
from cadre.launch.processes import run as run_program
from cadre.launch.progress import say, step
from cadre.launch.quality.own_server import environment_at, own_server
from cadre.launch.refusal import FAILED, Refusal

PURPOSE = "Run the benchmarks, each on a database of its own, and print their ratios."
FOLDER = ROOT / "benchmarks"


def run(arguments: list[str]) -> int:
    scripts = {path.stem: path for path in sorted(FOLDER.glob("[!_]*.py"))}
    parser = SentenceParser("bench", PURPOSE)
    known = ", ".join(scripts) or "none yet"
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of: {known}")
    names: list[str] = parser.parse_args(arguments).names
    if strange := [name for name in names if name not in scripts]:
        message = f"There is no benchmark {strange[0]!r}; there are {known}."
        raise Refusal(message)
    with ends_politely(), own_server(forgetful=False) as address:
        chosen = [scripts[name] for name in names or scripts]
        failed = [script.stem for script in chosen if _measure(script, address)]
    if failed:
        say(f"These did not reach their mark: {', '.join(failed)}.")
        return FAILED
    return 0


def _measure(script: Path, address: Address) -> int:
    """Run one script on a database with all tables; its exit code."""
    own = address.named(f"bench_{script.stem}")
    environment = environment_at(own)
    with address.named("postgres").connect() as connection:
        ensure_database(connection, own.name)
        # Only here: the pages' role keeps what it measures with in tables of its own session.
        grant = sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}")
        connection.execute(grant.format(sql.Identifier(own.name), sql.Identifier(APP)))
    with step(f"{script.stem}: making the tables"):
        do(["migrate", "--verbosity", "0"], environment)
    code = run_program([sys.executable, str(script)], environment, ROOT)
    with address.named("postgres").connect() as connection:
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(own.name))
        connection.execute(drop)
    return code
