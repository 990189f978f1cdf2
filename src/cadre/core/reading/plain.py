"""Moments as a person types them: EDTF, or plain words such as “6 January 2020”."""

from cadre.core.moments import Moment, MomentError
from cadre.core.reading.dates import dates
from cadre.core.reading.periods import periods
from cadre.core.reading.proposal import longest_first


def moment_in(text: str) -> Moment:
    """The moment that a whole text says; the empty text is one that is not stated.

    Raises MomentError with one sentence if it says none for certain, or leaves out the year.
    """
    words = " ".join(text.split())
    try:
        return Moment.parse(words)
    except MomentError:
        nowhere = Moment.unknown()  # so that a year which is left out stays unclear
    for asked in (words, f"in {words}"):
        days = longest_first(list(dates(asked, nowhere)))
        for found in longest_first([*days, *periods(asked, days, nowhere)]):
            whole = asked[found.start : found.end] == words
            if whole and isinstance(found.meant, Moment):
                return found.meant
    raise MomentError(
        f"“{words}” is not a moment; write it as 6 January 2020, October 2018, late 2017, or in"
        " EDTF such as [..2020-01-03] for “by 3 January 2020”."
    )
