"""What runs beside the web server, and the demo's clock."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from cadre.launch.companions import Companion, Companions
from cadre.launch.demo_clock import DemoClock, where_it_stands


def waited(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.02)
    return False


def again(beside: Companions, note: Path) -> bool:
    beside.watch()
    return note.read_text() == "xx"


def test_a_companion_that_ends_is_started_again_and_ends_with_the_others(tmp_path: Path) -> None:
    note = tmp_path / "starts"
    code = f"open({str(note)!r}, 'a').write('x')\nimport time\ntime.sleep(60)"
    beside = Companions([Companion("clerk", ("-c", code))], dict(os.environ))
    beside.start()
    try:
        assert waited(lambda: note.exists() and note.read_text() == "x")
        first = beside.every[0].child
        assert first is not None
        first.kill()
        assert waited(lambda: again(beside, note))
    finally:
        beside.stop()

    second = beside.every[0].child
    assert second is not None
    assert second.poll() is not None


def test_the_demos_clock_stands_while_the_demo_is_stopped(tmp_path: Path) -> None:
    clock = DemoClock(tmp_path)
    clock.resume()
    assert not clock.file.exists()

    began = time.time() - 1000
    clock.file.write_text(f"{began:.3f}")
    os.utime(clock.file, (began + 300, began + 300))  # it ran for five minutes, then was stopped
    clock.resume()

    ran = time.time() - float(clock.file.read_text())
    assert 299.9 < ran < 310  # the file rounds to milliseconds


def test_a_demo_that_starts_over_forgets_that_its_clock_ran(tmp_path: Path) -> None:
    clock = DemoClock(tmp_path)
    clock.file.write_text("nonsense")
    clock.resume()
    assert not clock.file.exists()


def test_commands_stand_where_the_demo_of_their_folder_does(tmp_path: Path) -> None:
    assert where_it_stands(tmp_path) is None
    DemoClock(tmp_path).stand("2020-01-06")
    assert where_it_stands(tmp_path) == "2020-01-06"
