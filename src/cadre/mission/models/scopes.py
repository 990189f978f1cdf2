"""Columns of what a row is about: each dimension is all, or the codes that it is limited to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


def codes() -> "ArrayField[list[str] | None, list[str] | None]":
    """One dimension of a scope: null is all, otherwise at least one code."""
    return ArrayField(models.CharField(max_length=40), null=True, blank=True)


def never_empty(*names: str) -> models.Q:
    """No dimension is an empty set: a scope that covers nothing cannot be written down."""
    condition = models.Q()
    for name in names:
        condition &= ~models.Q(**{name: []})
    return condition
