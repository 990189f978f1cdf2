"""./cadre backup"""

import os
from pathlib import Path

from cadre.launch.arguments import SentenceParser
from cadre.launch.database.address import given_address
from cadre.launch.database.programs import called, contents, programs_for, reason
from cadre.launch.database.reach import Reach, reach
from cadre.launch.database.supervisor import supervised
from cadre.launch.places import data_folder
from cadre.launch.progress import say, step
from cadre.launch.refusal import FAILED, Refusal

PURPOSE = "Save the whole database to a file that ./cadre restore reads."
MEGABYTE = 1024 * 1024


def run(arguments: list[str]) -> int:
    parser = SentenceParser("backup", PURPOSE)
    parser.add_argument("file", type=Path, metavar="FILE", help="where to save it")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    wish = parser.parse_args(arguments)
    file: Path = wish.file.expanduser().absolute()
    _refuse_unless_free(file, force=wish.force)
    data = data_folder()
    with supervised("backup", data, given_address()) as database:
        save(reach(database.address), file)
    size = file.stat().st_size / MEGABYTE
    say(f"Saved the database to {file} ({size:.1f} MB); it is as confidential as the record.")
    if "CADRE_SECRET_KEY" not in os.environ:
        say(f"Keep {data.path / 'secret_key'} with it: what is encrypted needs that key.")
    return 0


def _refuse_unless_free(file: Path, *, force: bool) -> None:
    if file.is_dir():
        message = f"{file} is a folder; name a file in it."
    elif not file.parent.is_dir():
        message = f"There is no folder {file.parent}."
    elif file.exists() and not force:
        message = f"{file} is there already; --force replaces it."
    else:
        return
    raise Refusal(message)


def save(server: Reach, file: Path) -> None:
    """Write the backup beside its place and rename it when it is whole and on disk."""
    if not server.holds_tables():
        message = "The database is empty, so there is nothing to save."
        raise Refusal(message)
    programs = programs_for(server)
    partial = file.with_name(f"{file.name}.partial")
    try:
        with step("Saving the database"):
            _write(programs.folder / "pg_dump", server, partial)
        contents(partial)
        partial.rename(file)
    except OSError as error:
        message = f"{partial} cannot be written: {error.strerror}."
        raise Refusal(message, FAILED) from error
    finally:
        partial.unlink(missing_ok=True)


def _write(program: Path, server: Reach, partial: Path) -> None:
    """Have pg_dump write a file that is there for its owner alone already.

    Not its standard output: pg_dump 18 then adds its table of contents at the end once more, and
    a file that lost that much in a copy would still pass for whole.
    """
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    command = [str(program), "--format=custom", f"--file={partial}"]
    done = called([*command, *server.arguments(server.name, server.admin)], server.environment())
    if done.returncode:
        message = f"The database could not be saved: {reason(done)}."
        raise Refusal(message, FAILED)
