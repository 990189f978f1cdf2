"""The kinds of rows that doors hand on: named here, so that no door reaches for a table itself."""

from cadre.directives.models import Directive

__all__ = ["Directive"]
