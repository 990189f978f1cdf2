"""The fictional people who sign in to the demonstration, and the door that stays shut elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from cadre.access import actions
from cadre.access.models import Account, RoleChoices
from cadre.core.releasability import OPERATOR, Classification

DOMAIN = "@demo.example"  # reserved for examples (RFC 2606): it reaches nobody
PASSWORD = "fictional-people-only"  # noqa: S105  # printed by the demonstration, and void without it


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the demonstration."""

    key: str
    name: str
    role: RoleChoices
    clearance: Classification
    affiliations: tuple[str, ...]
    communities: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key}{DOMAIN}"


SECRET = Classification.SECRET
CONFIDENTIAL = Classification.CONFIDENTIAL
RESTRICTED = Classification.RESTRICTED
OPEN = Classification.UNCLASSIFIED
PLAYERS = (
    Player(
        "commander", "Ada Fictional", RoleChoices.COMMANDER, SECRET, ("CA", "NATO", "NMI", "FTM")
    ),
    Player(
        "duty", "Bruno Fictional", RoleChoices.DUTY_OFFICER, SECRET, ("DK", "NATO", "NMI", "FTM")
    ),
    Player(
        "protection",
        "Chiara Fictional",
        RoleChoices.FORCE_PROTECTION,
        SECRET,
        ("IT", "NATO", "NMI", "FTM"),
    ),
    Player("germany", "Dorothea Fictional", RoleChoices.REPRESENTATIVE, SECRET, ("DE", "NATO")),
    Player("sweden", "Elin Fictional", RoleChoices.REPRESENTATIVE, CONFIDENTIAL, ("SE",)),
    Player("planner", "Farid Fictional", RoleChoices.PLANNER, RESTRICTED, ("FR", "NATO")),
    Player("press", "Greta Fictional", RoleChoices.PRESS, OPEN, ("NO", "NATO")),
    Player("council", "Hugo Fictional", RoleChoices.COUNCIL, SECRET, ("ES", "NATO"), ("council",)),
    Player("records", "Irena Fictional", RoleChoices.RECORDS, SECRET, ("PL", "NATO")),
    # These two stand in the fictional mission: the same names, and these addresses.
    Player("warden", "Karel Fictional", RoleChoices.WARDEN, RESTRICTED, ("NL", "NATO", "FTM")),
    Player("adviser", "Lena Fictional", RoleChoices.ADVISER, RESTRICTED, ("NO", "NATO", "FTM")),
    Player("administrator", "Jonas Fictional", RoleChoices.ADMINISTRATOR, OPEN, ("NL", "NATO")),
)


def open_demo_accounts(*, at: datetime) -> int:
    """Opens the players' accounts that are not there yet; says how many."""
    missing = [
        player for player in PLAYERS if not Account.objects.filter(email=player.email).exists()
    ]
    for player in missing:
        account = Account(
            email=player.email,
            name=player.name,
            clearance=player.clearance,
            affiliations=list(player.affiliations),
            communities=list(player.communities),
        )
        actions.open_account(account, password=PASSWORD, by=OPERATOR, at=at)
        actions.give_role(account, player.role, mission="", by=OPERATOR, at=at)
    return len(missing)


def may_come_in(account: Account) -> bool:
    """An open account; one of the demonstration only there, for its password is known to all."""
    return account.is_active and (settings.CADRE_DEMO or not account.email.endswith(DOMAIN))
