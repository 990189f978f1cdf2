"""Accepting a proposal fills the form; a person still records the claim."""

from collections.abc import Mapping

from cadre.core.reading import Kind, Proposal, reference


def filled(typed: Mapping[str, str], proposal: Proposal) -> dict[str, str]:
    """What was typed, with what a proposal says put where it belongs; nothing else changes."""
    values = dict(typed)
    values["sentences"] = with_sentence(values.get("sentences", ""), reference(proposal.sentence))
    match proposal.kind:
        case Kind.DATE | Kind.PERIOD:
            values["when"] = proposal.value
        case Kind.SPEAKER:
            chain = proposal.meant if isinstance(proposal.meant, tuple) else ()
            values["said_by"] = "\n".join(chain)
        case Kind.NAME:
            values["subject"] = proposal.value
        case _:
            values["value"] = proposal.wording
    return values


def with_sentence(typed: str, number: str) -> str:
    """The sentences of a claim with one more; one that is there already is not repeated."""
    named = typed.replace(",", " ").split()
    return typed if number in named else ", ".join([*named, number])
