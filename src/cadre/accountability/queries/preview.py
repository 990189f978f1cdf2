"""A muster's list before it is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cadre.accountability.queries.released import released
from cadre.accountability.queries.roster import Line, Wish, roster
from cadre.core.releasability import Viewer, may_see


@dataclass(frozen=True, slots=True)
class Preview:
    """A list before it is frozen: the lines whose people the viewer may see, by name, and how many
    there are in all.
    """

    lines: tuple[Line, ...]
    counted: int
    in_doubt: int
    without_warden: int
    excluded: Mapping[str, int]

    @property
    def hidden(self) -> int:
        """People whose names the viewer may not see."""
        return self.counted + sum(self.excluded.values()) - len(self.lines)


def preview(viewer: Viewer, wish: Wish, *, on: datetime, known_on: datetime | None) -> Preview:
    """The list that a muster opened at `on` would freeze, as far as the viewer may see names."""
    whole = roster(wish, on=on, known_on=known_on)
    excluded: dict[str, int] = {}
    for each in whole:
        if not each.counted:
            excluded[each.excluded] = excluded.get(each.excluded, 0) + 1
    counted = [each for each in whole if each.counted]
    seen = [each for each in whole if may_see(viewer, each.person.marking)]
    shown = released(viewer, seen, wish, on=on, known_on=known_on)
    return Preview(
        lines=tuple(sorted(shown, key=by_name)),
        counted=len(counted),
        in_doubt=sum(each.in_doubt for each in counted),
        without_warden=sum(each.list is None for each in counted),
        excluded=excluded,
    )


def by_name(line: Line) -> tuple[bool, str, str]:
    return not line.counted, line.person.name, line.person.code
