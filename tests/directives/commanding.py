"""Commands as somebody types them, and what they say."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cadre.directives.models import (
    Assessment,
    Condition,
    Confirmation,
    Directive,
    Draft,
    Evidence,
    Lift,
    LiftProposal,
    ProposalEnd,
    Review,
)

TABLES = (
    Assessment, Condition, Confirmation, Directive, Draft, Evidence, Lift, LiftProposal,
    ProposalEnd, Review,
)  # fmt: skip  # names only


def told(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().rstrip("\n")


def told_json(*words: str) -> object:
    return json.loads(told(*words, "--json"))


def refused(*words: str) -> str:
    """The sentence or sentences with which a command ends, with exit code 2."""
    with pytest.raises(CommandError) as refusal:
        call_command(*words, stdout=io.StringIO())
    assert refusal.value.returncode == 2
    return str(refusal.value)


def refused_for_the_role(*words: str) -> bool:
    """A command is refused to somebody for his role, and nothing is written."""
    before = [each.objects.count() for each in TABLES]
    sentence = refused(*words)
    after = [each.objects.count() for each in TABLES]
    return sentence.startswith("This needs one of these roles in M: ") and after == before
