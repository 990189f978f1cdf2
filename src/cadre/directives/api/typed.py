"""What programs send to the forms of directives, as to every other context's."""

from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, done, require_good, typed

__all__ = ["ANSWERS", "NumberOut", "TypedIn", "done", "require_good", "typed"]
