"""The demo's clock: once started it runs while the demo does, and stands while it is stopped.

Commands on the demo's data folder stand where its pages do.
"""

import time
from pathlib import Path

NAME = "clock-started"  # as settings.CADRE_CLOCK_STARTED
STANDS = "clock"  # where the clock stood at first, as CADRE_CLOCK
EVERY = 5.0  # seconds between two notes that it still runs


def where_it_stands(folder: Path) -> str | None:
    """What CADRE_CLOCK is in a demo's data folder; None in any other."""
    try:
        return (folder / STANDS).read_text().strip() or None
    except OSError:
        return None


class DemoClock:
    """The file that says since when the clock runs; its own time says until when it ran."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / NAME
        self.stands = folder / STANDS
        self.noted = 0.0

    def stand(self, moment: str) -> None:
        """From here it runs once it is started."""
        self.stands.write_text(moment)

    def forget(self) -> None:
        """The clock stands where it stood at first."""
        self.file.unlink(missing_ok=True)

    def resume(self) -> None:
        """The clock goes on from where it was when the demo ended; what was done stays past."""
        try:
            ran = self.file.stat().st_mtime - float(self.file.read_text())
        except (OSError, ValueError):
            self.forget()
            return
        self.file.write_text(f"{time.time() - max(0.0, ran):.3f}")

    def note(self) -> None:
        """Called often while the demo runs."""
        if time.monotonic() - self.noted > EVERY and self.file.exists():
            self.noted = time.monotonic()
            self.file.touch()
