"""A database cluster on disk: made whole or not at all, and how it is to be run."""

import locale
import os
import shutil
from pathlib import Path

from cadre.launch.database.binaries import Binaries
from cadre.launch.places import DataFolder
from cadre.launch.progress import step
from cadre.launch.refusal import FAILED, Refusal

ADMIN = "cadre_admin"
OWNER = "cadre_owner"
APP = "cadre_app"
PORT = "5432"
BUILTIN_LOCALE_SINCE = 17
MEGABYTE = 1024 * 1024
FORGETFUL = "fsync = off\nfull_page_writes = off\n"  # a commit is still handed to the system


def environment_for(data: DataFolder) -> dict[str, str]:
    """What PostgreSQL's programs see: nothing of the caller's own PG… variables or language."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(data.path),
        "LC_ALL": "C",
        "TZ": "UTC",
    }


def make(data: DataFolder, binaries: Binaries, *, forgetful: bool = False) -> None:
    """Make the cluster in a folder of another name first, so that a kill leaves nothing half done.

    Only the holder of the data folder's lock may call it. A `forgetful` one, for tests, is faster
    and may lose data in a crash of the machine; the death of its processes costs it no row.
    """
    if data.cluster.exists() and any(data.cluster.iterdir()):
        message = f"{data.cluster} is not a database of Cadre; name another folder in CADRE_DATA."
        raise Refusal(message)
    with step(f"Making a database with {binaries} in {data.cluster}"):
        fresh = data.cluster.with_name("database.unfinished")
        shutil.rmtree(fresh, ignore_errors=True)
        data.own_folder(fresh)
        _initialise(fresh, data, binaries, forgetful=forgetful)
        fresh.rename(data.cluster)


def _initialise(fresh: Path, data: DataFolder, binaries: Binaries, *, forgetful: bool) -> None:
    command = [str(binaries.folder / "initdb"), "-D", str(fresh), "-U", ADMIN, "-E", "UTF8"]
    command += ["--auth=peer", "--data-checksums", *_locale(binaries)]
    command += ["--no-sync"] if forgetful else []
    done = data.account.run(command, environment=environment_for(data))
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        message = f"The database could not be made: {reason[0]}."
        raise Refusal(message, FAILED)
    append = ["/bin/sh", "-c", 'cat >> "$1"', "sh", str(fresh / "postgresql.conf")]
    data.account.run(append, text=_starting_values() + (FORGETFUL if forgetful else ""))


def _locale(binaries: Binaries) -> list[str]:
    """Sorting by code point on every system, now and after its upgrades."""
    ctype = "C.UTF-8" if _has_locale("C.UTF-8") else "C"
    libc = ["--lc-collate=C", f"--lc-ctype={ctype}", "--lc-messages=C"]
    if binaries.major < BUILTIN_LOCALE_SINCE:
        return libc
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", *libc]


def _has_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return True


def _starting_values() -> str:
    """Values that an operator may change afterwards in postgresql.conf."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    buffers = max(128, min(1024, memory // 16))
    return (
        "\n# Cadre's starting values; yours to change.\n"
        f"shared_buffers = {buffers}MB\n"
        "max_connections = 100\n"
        "timezone = 'UTC'\n"
        "log_timezone = 'UTC'\n"
        "random_page_cost = 1.1\n"
        "jit = off\n"
        "max_wal_size = 2GB\n"
    )


def write_access(data: DataFolder) -> list[str]:
    """Who may come in, and the options that tell the server so.

    Only by the socket, only as the system user one really is, and only root, the database's user
    and whoever started it: no password exists. The files are ours, not the cluster's, so that a
    cluster that is restored or was changed by hand still opens for the right people only.
    """
    people = sorted({"root", data.account.name})
    roles = (ADMIN, OWNER, APP)
    rights = "local all all peer map=cadre\nlocal replication all peer map=cadre\n"
    identities = "".join(f'cadre "{person}" {role}\n' for person in people for role in roles)
    data.settings.mkdir(exist_ok=True)
    data.settings.chmod(0o755)
    for name, text in (("pg_hba.conf", rights), ("pg_ident.conf", identities)):
        fresh = data.settings / f"{name}.new"
        fresh.write_text(text)
        fresh.chmod(0o644)
        fresh.rename(data.settings / name)
    values = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": str(data.socket),
        "unix_socket_permissions": "0700",
        "hba_file": str(data.settings / "pg_hba.conf"),
        "ident_file": str(data.settings / "pg_ident.conf"),
        "logging_collector": "off",
    }
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")]
