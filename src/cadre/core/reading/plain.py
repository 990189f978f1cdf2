"""Moments and quantities as a person types them: “6 January 2020”, “environ 70 militaires”."""

from dataclasses import replace

from cadre.core.moments import Moment, MomentError
from cadre.core.quantities import Quantity, QuantityError
from cadre.core.reading.amounts import amounts
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


def quantity_in(text: str) -> Quantity:
    """The quantity that a whole text says, in English, French or Arabic; the empty text: none.

    Raises QuantityError with one sentence if it says none for certain.
    """
    words = " ".join(text.split())
    try:
        return Quantity.parse(words)
    except QuantityError:
        for found in longest_first(list(amounts(words))):
            if (found.start, found.end) == (0, len(words)) and isinstance(found.meant, Quantity):
                return replace(found.meant, wording=words)
        raise


def vague_around(sentence: str, start: int, end: int) -> str:
    """The words of a vague quantity of which this part of a sentence keeps the number alone.

    Of “around 120 troops” that is so for “120 troops”; empty where the part keeps what it says.
    """
    if not any(each.qualifier == "exactly" for each in quantities(sentence[start:end])):
        return ""
    for found in longest_first(list(amounts(sentence))):
        kept = start <= found.start and found.end <= end
        meant = found.meant
        if found.start < end and start < found.end and not kept and isinstance(meant, Quantity):
            return "" if meant.qualifier == "exactly" else sentence[found.start : found.end]
    return ""


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text, or the one that it says as a whole."""
    found = [each.meant for each in longest_first(list(amounts(text)))]
    try:
        return [each for each in found if isinstance(each, Quantity)] or [quantity_in(text)]
    except QuantityError:
        return []
