"""Reading documents: numbered sentences, and what they can be proposed to say."""

from cadre.core.reading.names import Known, KnownNames, phrases_in
from cadre.core.reading.plain import moment_in, quantity_in, vague_around
from cadre.core.reading.proposal import Certainty, Kind, Proposal, Reason
from cadre.core.reading.proposals import propose
from cadre.core.reading.sentences import Sentence, folded, reference, split

__all__ = [
    "Certainty",
    "Kind",
    "Known",
    "KnownNames",
    "Proposal",
    "Reason",
    "Sentence",
    "folded",
    "moment_in",
    "phrases_in",
    "propose",
    "quantity_in",
    "reference",
    "split",
    "vague_around",
]
