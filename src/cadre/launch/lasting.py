"""Words that run until somebody stops them."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


@contextmanager
def ends_politely() -> Iterator[None]:
    """SIGTERM and SIGHUP leave the block as an ordinary end does, so that everything is stopped.

    What is ignored already stays so: nohup means to go on when the terminal closes.
    """
    numbers = (signal.SIGTERM, signal.SIGHUP)
    heard = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, _leave) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
