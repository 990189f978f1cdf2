"""What the intake desk's templates say about proposals."""

from django import template

from cadre.core.reading import Proposal
from cadre.record.intake import reasons

register = template.Library()


@register.filter
def why(proposal: Proposal) -> str:
    """`{{ proposal|why }}`: the reason for it, in the user's language."""
    return reasons.why(proposal)


@register.filter
def kind_word(proposal: Proposal) -> str:
    """`{{ proposal|kind_word }}`: what kind of value is proposed."""
    return str(reasons.KINDS[proposal.kind])
