"""How often strangers may post to the pages of links, so that no script drowns a muster.

The windows are those of one web process (there are two, or more behind a balancer): a limit that
asked the database would itself be what a flood reaches. They are so wide that a muster never meets
them: a phone sends up to fifty reports in one post, and a whole camp may stand behind one address.
"""

import time
from collections import Counter
from threading import Lock
from typing import Final

MINUTE: Final = 60.0  # seconds
OF_A_LINK: Final = 60  # posts a minute through one link: one a second
OF_AN_ADDRESS: Final = 6_000  # through genuine links from one address: a camp may be behind it
ASTRAY: Final = 120  # with links that are not genuine, from one address


class Window:
    """Counts by key within the present minute; nothing is remembered beyond it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.minute = 0
        self.counts: Counter[str] = Counter()
        self.lock = Lock()

    def lets_in(self, key: str, moment: float) -> bool:
        """Counts one more of a key at a moment (seconds); whether that is not too many."""
        with self.lock:
            minute = int(moment // MINUTE)
            if minute != self.minute:
                self.minute, self.counts = minute, Counter()
            self.counts[key] += 1
            return self.counts[key] <= self.most


links, addresses, astray = Window(OF_A_LINK), Window(OF_AN_ADDRESS), Window(ASTRAY)


def lets_in(token: str, address: str, *, genuine: bool) -> bool:
    """Whether one more post through a link from an address is taken now."""
    moment = time.monotonic()
    if not genuine:
        return astray.lets_in(address, moment)
    return links.lets_in(token, moment) and addresses.lets_in(address, moment)
