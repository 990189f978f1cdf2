"""Which authority may issue, confirm and lift which kind of directive: one table.

It says which permission is asked for, and for caveats that the nation must be one's own. What
conditions hold besides is the actions' business. `./cadre diagrams` draws it into the docs.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from django.utils.translation import gettext as _

from cadre.access.permissions import BY_VERB, NotAllowed, require
from cadre.access.rows import RoleChoices
from cadre.core.releasability import Viewer
from cadre.directives.models import Kind


@dataclass(frozen=True, slots=True)
class Competence:
    """The permissions for one kind of directive; no `confirm`: it is never provisional."""

    kind: Kind
    issue: str
    lift: str
    confirm: str = ""
    own_nation: bool = False


COMPETENCE: Final = {
    each.kind: each
    for each in (
        Competence(Kind.ORDER, issue="directives.sign", lift="directives.lift"),
        Competence(
            Kind.STOP,
            issue="directives.stop",
            lift="directives.lift",
            confirm="directives.confirm",
        ),
        Competence(
            Kind.CAVEAT,
            issue="directives.caveat",
            lift="directives.lift_caveat",
            own_nation=True,
        ),
        Competence(
            Kind.WITHDRAWAL,
            issue="directives.caveat",
            lift="directives.lift_caveat",
            own_nation=True,
        ),
    )
}


class Issued(Protocol):
    """What competence depends on; `nation`: whose caveat it is."""

    @property
    def kind(self) -> str: ...
    @property
    def nation(self) -> str: ...


def require_to_issue(by: Viewer, directive: Issued, mission: str) -> None:
    """Raises NotAllowed, with one sentence, unless `by` may issue such a directive."""
    competence = COMPETENCE[Kind(directive.kind)]
    require(by, competence.issue, mission)
    require_own_nation(by, competence, directive.nation)


def require_to_lift(by: Viewer, directive: Issued, mission: str) -> None:
    """Raises NotAllowed, with one sentence, unless `by` is competent to lift this directive."""
    competence = COMPETENCE[Kind(directive.kind)]
    require(by, competence.lift, mission)
    require_own_nation(by, competence, directive.nation)


def require_to_confirm(by: Viewer, directive: Issued, mission: str) -> None:
    """Raises NotAllowed, with one sentence, unless `by` may confirm or amend this stop."""
    verb = COMPETENCE[Kind(directive.kind)].confirm
    if not verb:
        raise NotAllowed(_("Only a provisional stop is confirmed or amended."))
    require(by, verb, mission)


def who_may_lift(directive: Issued) -> str:
    """Who is competent to lift a directive, in one sentence."""
    competence = COMPETENCE[Kind(directive.kind)]
    if competence.own_nation:
        return _("Only the representative of %(nation)s may lift it, and not alone.") % {
            "nation": directive.nation
        }
    roles = [str(each.label) for each in RoleChoices if each in BY_VERB[competence.lift].roles]
    return _("It may be lifted by: %(roles)s; and never by one person alone.") % {
        "roles": ", ".join(roles)
    }


def require_own_nation_of(by: Viewer, directive: Issued) -> None:
    """Raises NotAllowed where a directive is a nation's, unless it is one's own."""
    require_own_nation(by, COMPETENCE[Kind(directive.kind)], directive.nation)


def require_own_nation(by: Viewer, competence: Competence, nation: str) -> None:
    if competence.own_nation and not by.sees_all and nation not in by.affiliations:
        raise NotAllowed(
            _("Only the representative of %(nation)s decides about its people.")
            % {"nation": nation}
        )
