"""One process per data folder runs the database, and neither side's death costs a row."""

import os
import signal
import stat
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from cadre.launch.database.address import Address
from cadre.launch.processes import working_in
from tests.launch.running import Cadre, eventually

SHORT_WORD = """
import sys, time
from cadre.launch.database.supervisor import supervised
from cadre.launch.places import data_folder
with supervised("ask", data_folder(), None) as database:
    time.sleep(float(sys.argv[1]))
    with database.address.connect() as connection:
        print(*connection.execute(
            "SELECT 6 * 7, current_setting('fsync'), current_setting('synchronous_commit')"
        ).fetchone())
"""


class Load:
    """Inserts rows one transaction at a time and counts those that were acknowledged."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.acknowledged = 0
        with address.connect() as connection:
            connection.execute("CREATE TABLE kept (number int PRIMARY KEY)")
        self.thread = threading.Thread(target=self._insert)
        self.thread.start()

    def _insert(self) -> None:
        try:
            with self.address.connect() as connection:
                while True:
                    insert = "INSERT INTO kept VALUES (%s)"
                    connection.execute(insert, [self.acknowledged])
                    self.acknowledged += 1
        except psycopg.Error:
            return

    def kept(self) -> int:
        with self.address.connect() as connection:
            row = connection.execute("SELECT count(*) FROM kept").fetchone()
        assert row is not None
        return int(str(row[0]))


def gone(cadre: Cadre) -> bool:
    return not working_in(cadre.data / "database")


def test_a_second_supervisor_is_refused_with_the_name_of_the_first(cadre: Cadre) -> None:
    first = cadre.supervise()

    code, said = cadre.say("database")

    assert code == 2
    assert said == (
        f"./cadre database (process {first.pid}) already runs on {cadre.data}; stop it first."
    )


def test_no_committed_row_is_lost_when_the_supervisor_is_killed(cadre: Cadre) -> None:
    supervisor = cadre.supervise()
    load = Load(cadre.address())
    assert eventually(lambda: load.acknowledged > 100)

    supervisor.kill()
    load.thread.join()
    cadre.supervise()

    assert load.kept() - load.acknowledged in {0, 1}  # one may be saved and not acknowledged


def test_no_committed_row_is_lost_when_the_server_is_killed(cadre: Cadre) -> None:
    supervisor = cadre.supervise()
    load = Load(cadre.address())
    assert eventually(lambda: load.acknowledged > 100)

    os.kill(cadre.postmaster(), signal.SIGKILL)
    load.thread.join()
    assert eventually(cadre.answers)

    assert load.kept() - load.acknowledged in {0, 1}
    supervisor.send_signal(signal.SIGTERM)
    said, _ = supervisor.communicate()
    assert "ended unexpectedly (signal 9); starting it again" in said


def test_the_server_ends_cleanly_when_its_parent_is_killed(cadre: Cadre) -> None:
    supervisor = cadre.supervise()

    supervisor.kill()

    assert eventually(lambda: gone(cadre))
    assert not (cadre.data / "database" / "postmaster.pid").exists()
    assert "database system is shut down" in (cadre.data / "log" / "postgres.log").read_text()


def test_it_stops_everything_when_it_is_told_to(cadre: Cadre) -> None:
    for number, code in ((signal.SIGTERM, 0), (signal.SIGINT, 130)):
        supervisor = cadre.supervise()
        supervisor.send_signal(number)
        assert supervisor.wait() == code
        assert gone(cadre)


def test_it_goes_on_when_the_terminal_closes_only_if_it_was_started_so(cadre: Cadre) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        lasting = cadre.supervise()
    finally:
        signal.signal(signal.SIGHUP, before)
    lasting.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        lasting.wait(1)
    lasting.send_signal(signal.SIGTERM)
    assert lasting.wait() == 0

    other = cadre.supervise()
    other.send_signal(signal.SIGHUP)
    assert other.wait() == 0
    assert gone(cadre)


def test_a_data_folder_of_another_major_version_is_refused_with_the_way_to_upgrade(
    cadre: Cadre,
) -> None:
    (cadre.data / "database" / "PG_VERSION").write_text("13\n")

    code, said = cadre.say("database")

    assert code == 2
    assert "was made by PostgreSQL 13" in said
    assert "./cadre backup FILE" in said
    assert len(said.splitlines()) == 1


def test_the_mode_of_a_folder_that_is_not_its_own_stays(
    folder: Path, copied: Callable[[Path], Cadre]
) -> None:
    foreign = folder / "foreign"
    foreign.mkdir()
    foreign.chmod(0o1751)
    cadre = copied(foreign / "data")

    cadre.supervise()

    assert stat.S_IMODE(foreign.stat().st_mode) == 0o1751
    assert stat.S_IMODE(folder.stat().st_mode) == 0o711
    cadre.end()


def test_two_short_commands_at_once_on_a_fresh_folder_share_one_server(folder: Path) -> None:
    cadre = Cadre(folder / "data")

    children = [cadre.run_python("-c", SHORT_WORD, pause) for pause in ("0", "1")]

    for child in children:
        said, _ = child.communicate()
        assert said.splitlines()[-1] == "42 on on"
    assert gone(cadre)


def test_a_short_command_waits_for_another_that_uses_its_server(cadre: Cadre) -> None:
    first = cadre.run_python("-c", SHORT_WORD, "0.5")
    assert eventually(cadre.answers)
    second = cadre.run_python("-c", SHORT_WORD, "1.5")

    assert [child.communicate()[0] for child in (first, second)] == 2 * ["42 off on\n"]


def test_a_pid_file_that_names_another_process_does_not_keep_it_from_starting(
    cadre: Cadre,
) -> None:
    supervisor = cadre.supervise()
    left = cadre.data / "database" / "postmaster.pid"
    number, text = str(cadre.postmaster()), left.read_text()
    supervisor.kill()
    supervisor.wait()
    assert eventually(lambda: gone(cadre))
    left.write_text(text.replace(number, str(os.getpid()), 1))
    os.chown(left, *(cadre.data / "database").stat()[4:6])

    cadre.supervise()

    assert cadre.postmaster() != os.getpid()


def test_a_folder_with_other_things_in_it_is_left_alone(folder: Path) -> None:
    (folder / "somebody-elses").write_text("")

    code, said = Cadre(folder).say("database")

    assert code == 2
    assert (
        said == f"{folder}, which CADRE_DATA names, holds other things; name a new or empty folder."
    )
    assert [path.name for path in folder.iterdir()] == ["somebody-elses"]


def test_a_path_too_long_for_a_socket_gets_a_short_private_folder(
    folder: Path, copied: Callable[[Path], Cadre]
) -> None:
    cadre = copied(folder / ("long-" * 20))

    supervisor = cadre.supervise()

    socket = Path(cadre.address().host)
    assert not socket.is_relative_to(folder)
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait() == 0
    assert not socket.exists()
