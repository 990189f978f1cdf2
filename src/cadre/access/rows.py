"""What doors name of accounts, so that no door reaches for a table itself."""

from cadre.access.models import Account, ClassificationChoices, RoleChoices

__all__ = ["Account", "ClassificationChoices", "RoleChoices"]
