"""Everything that the reader proposes for the sentences of a document. It accepts nothing."""

from collections.abc import Sequence

from cadre.core.moments import Moment
from cadre.core.quantities import Quantity
from cadre.core.reading.amounts import amounts
from cadre.core.reading.dates import dates
from cadre.core.reading.listings import listings
from cadre.core.reading.names import KnownNames
from cadre.core.reading.periods import periods
from cadre.core.reading.proposal import Found, Kind, Proposal, longest_first
from cadre.core.reading.speakers import Listener


def propose(
    sentences: Sequence[str],
    *,
    published: Moment,
    source: str = "",
    names: KnownNames | None = None,
    first: int = 1,
) -> list[Proposal]:
    """What the sentences say, each proposal with its place and its reason, in reading order.

    `published` is the document's own date, `source` the name with which every chain of speakers
    ends, `first` the number of the first sentence given. A proposal's wording always stands
    literally in its sentence; where the rules do not tell a value for certain there is none.
    """
    known = names or KnownNames()
    listener = Listener(sentences, first, source, known)
    proposals: list[Proposal] = []
    for place, text in enumerate(sentences):
        found = [
            *timed(text, published),
            *((Kind.LIST, each) for each in longest_first(list(listings(text)))),
            *((Kind.SPEAKER, each) for each in listener.hear(place)),
            *((Kind.NAME, each) for each in known.found_in(text)),
        ]
        placed = [proposal(kind, each, first + place, text) for kind, each in found]
        proposals += sorted(placed, key=lambda each: (each.start, each.end, each.kind))
    return proposals


def timed(text: str, published: Moment) -> list[tuple[Kind, Found]]:
    """Dates, periods and quantities; where they overlap, a number is a date before it counts."""
    days = longest_first(list(dates(text, published)))
    spans = list(periods(text, days, published))
    moments = longest_first([*days, *spans])
    counted = [
        each
        for each in longest_first(list(amounts(text)))
        if isinstance(each.meant, Quantity) and not any(each.overlaps(one) for one in moments)
    ]
    return [
        *((Kind.PERIOD if each in spans else Kind.DATE, each) for each in moments),
        *((Kind.QUANTITY, each) for each in counted),
    ]


def proposal(kind: Kind, found: Found, sentence: int, text: str) -> Proposal:
    return Proposal(
        kind=kind,
        sentence=sentence,
        start=found.start,
        end=found.end,
        wording=text[found.start : found.end],
        meant=found.meant,
        certainty=found.certainty,
        reason=found.reason,
        details=found.details,
    )
