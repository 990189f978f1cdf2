"""Who may do what: one table. Policy (when something may be done) is the actions' business."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.access.models import RoleChoices
from cadre.core.releasability import Viewer


class NotAllowed(PermissionDenied):
    """Somebody may not do this; the message is one sentence that he may read.

    Pages and the API answer 403, commands print the sentence and exit with 2.
    """


class Reach(StrEnum):
    """For which missions a role has to be held."""

    MISSION = "the mission that it is about"
    ANY = "any mission"
    NODE = "every mission"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do one thing. No roles: everybody who is signed in."""

    verb: str
    does: str | Promise  # what it is, for the documentation and for pages
    reach: Reach
    roles: frozenset[str]


COMMANDER = RoleChoices.COMMANDER.value
DUTY = RoleChoices.DUTY_OFFICER.value
PROTECTION = RoleChoices.FORCE_PROTECTION.value
PLANNER = RoleChoices.PLANNER.value
REPRESENTATIVE = RoleChoices.REPRESENTATIVE.value
WARDEN = RoleChoices.WARDEN.value
ADVISER = RoleChoices.ADVISER.value
PRESS = RoleChoices.PRESS.value
RECORDS = RoleChoices.RECORDS.value
ADMINISTRATOR = RoleChoices.ADMINISTRATOR.value


def rule(verb: str, does: str | Promise, reach: Reach, *roles: str) -> Rule:
    return Rule(verb, does, reach, frozenset(roles))


RULES: Final = (
    rule(
        "record.source", gettext_lazy("Put a source on record"), Reach.ANY,
        RECORDS, DUTY, PROTECTION, PRESS,
    ),
    rule(
        "record.claims", gettext_lazy("Record claims from a source"), Reach.ANY,
        RECORDS, DUTY, PROTECTION, PRESS,
    ),
    rule(
        "record.intake", gettext_lazy("Take in a document"), Reach.ANY,
        RECORDS, DUTY, PROTECTION, PRESS,
    ),
    rule(
        "mission.change", gettext_lazy("Describe a mission, its sites and its posts"),
        Reach.MISSION, COMMANDER, DUTY, PLANNER,
    ),
    rule(
        "mission.people", gettext_lazy("Describe people and the posts that they hold"),
        Reach.MISSION, COMMANDER, DUTY, PLANNER, REPRESENTATIVE,
    ),
    rule(
        "mission.import", gettext_lazy("Import people, posts, organisations and sites"),
        Reach.MISSION, COMMANDER, DUTY, PLANNER,
    ),
    rule(
        "mission.withdraw_request", gettext_lazy("Record that the host withdrew its request"),
        Reach.MISSION, COMMANDER, DUTY, RECORDS,
    ),
    rule(
        "situation.report", gettext_lazy("Report an incident, or correct such a report"), Reach.ANY,
        COMMANDER, DUTY, PROTECTION, PLANNER, REPRESENTATIVE, WARDEN, ADVISER,
    ),
    rule(
        "accountability.open", gettext_lazy("Open a muster"), Reach.MISSION,
        COMMANDER, DUTY, PROTECTION,
    ),
    rule(
        "accountability.open_national",
        gettext_lazy("Open and close a muster of the people of one's own nation"),
        Reach.MISSION, REPRESENTATIVE,
    ),
    rule("accountability.close", gettext_lazy("Close a muster"), Reach.MISSION, COMMANDER, DUTY),
    rule(
        "accountability.report", gettext_lazy("Report how somebody is, or where somebody was seen"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, PLANNER, REPRESENTATIVE, WARDEN, ADVISER,
    ),
    rule(
        "accountability.follow_up", gettext_lazy("Note what was done about somebody's silence"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, REPRESENTATIVE, WARDEN,
    ),
    rule(
        "accountability.lists", gettext_lazy("Write the lists of wardens"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, REPRESENTATIVE,
    ),
    rule(
        "accountability.status", gettext_lazy("State that somebody is on leave, lent or elsewhere"),
        Reach.MISSION, COMMANDER, DUTY, PLANNER, REPRESENTATIVE,
    ),
    rule(
        "accountability.holds", gettext_lazy("Hold a name until next of kin were told"),
        Reach.MISSION, COMMANDER, DUTY,
    ),
    rule(
        "accountability.holds_national",
        gettext_lazy("Hold a name of one's own nation until next of kin were told"),
        Reach.MISSION, REPRESENTATIVE,
    ),
    rule(
        "accountability.movements", gettext_lazy("Order a movement and close it"),
        Reach.MISSION, COMMANDER, DUTY,
    ),
    rule(
        "accountability.settings", gettext_lazy("Set a mission's targets for musters"),
        Reach.MISSION, COMMANDER, DUTY,
    ),
    rule(
        "directives.report", gettext_lazy("Record a directive or lift that somebody reported"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, RECORDS,
    ),
    rule(
        "directives.draft", gettext_lazy("Compose a directive and see what it would stop"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, PLANNER, REPRESENTATIVE,
    ),
    rule("directives.sign", gettext_lazy("Sign an order of the mission"), Reach.MISSION, COMMANDER),
    rule(
        "directives.caveat", gettext_lazy("Sign a caveat or withdraw people of one's own nation"),
        Reach.MISSION, REPRESENTATIVE,
    ),
    rule(
        "directives.stop", gettext_lazy("Stop now, until a competent authority decides"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, PLANNER, REPRESENTATIVE, WARDEN, ADVISER,
    ),
    rule(
        "directives.passes", gettext_lazy("Give out and revoke links with which a site is stopped"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION,
    ),
    rule(
        "directives.confirm", gettext_lazy("Confirm or amend a provisional stop"),
        Reach.MISSION, COMMANDER, DUTY,
    ),
    rule(
        "directives.receive", gettext_lazy("Record that an addressee received a directive"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, PLANNER, REPRESENTATIVE, WARDEN, ADVISER,
    ),
    rule(
        "directives.notices", gettext_lazy("Note that a sister mission's order changed"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, PRESS,
    ),
    rule(
        "directives.conditions", gettext_lazy("Write restart conditions and bring evidence"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, PLANNER, REPRESENTATIVE,
    ),
    rule(
        "directives.assess", gettext_lazy("Decide whether a condition is met, or waive it"),
        Reach.MISSION, COMMANDER, PROTECTION, REPRESENTATIVE,
    ),
    rule(
        "directives.propose_lift", gettext_lazy("Propose to lift a directive or a part of it"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, PLANNER, REPRESENTATIVE,
    ),
    rule(
        "directives.consult", gettext_lazy("Record what a nation answers to a restart"),
        Reach.MISSION, COMMANDER, DUTY, REPRESENTATIVE,
    ),
    rule("directives.lift", gettext_lazy("Lift an order of the mission"), Reach.MISSION, COMMANDER),
    rule(
        "directives.lift_caveat", gettext_lazy("Lift a caveat of one's own nation"),
        Reach.MISSION, REPRESENTATIVE,
    ),
    rule(
        "directives.review", gettext_lazy("Hold a review and record its outcome"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, REPRESENTATIVE,
    ),
    rule(
        "directives.dissent", gettext_lazy("Record one's own nation's dissent"),
        Reach.MISSION, REPRESENTATIVE,
    ),
    rule(
        "directives.rhythm", gettext_lazy("Set how often directives are reviewed"),
        Reach.MISSION, COMMANDER,
    ),
    rule(
        "levels.define", gettext_lazy("Define the scales of a mission's levels"),
        Reach.MISSION, COMMANDER, PROTECTION,
    ),
    rule(
        "levels.order", gettext_lazy("Order a protection level"),
        Reach.MISSION, COMMANDER, PROTECTION,
    ),
    rule(
        "levels.order_national",
        gettext_lazy("Order a protection level for the people of one's own nation"),
        Reach.MISSION, REPRESENTATIVE,
    ),
    rule(
        "levels.threat", gettext_lazy("State how high the threat is"),
        Reach.MISSION, COMMANDER, PROTECTION,
    ),
    rule(
        "risks.assess", gettext_lazy("Assess the risk that is left of an activity"),
        Reach.MISSION, COMMANDER, PROTECTION,
    ),
    rule(
        "risks.decide", gettext_lazy("Decide whether a risk is accepted"),
        Reach.MISSION, COMMANDER,
    ),
    rule(
        "risks.define", gettext_lazy("Say who has to decide about which risk"),
        Reach.MISSION, COMMANDER, PROTECTION,
    ),
    rule(
        "precautions.write", gettext_lazy("Write the mission's usual precautions"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION,
    ),
    rule(
        "precautions.open", gettext_lazy("Open and close a list of precautions"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION,
    ),
    rule(
        "precautions.report", gettext_lazy("Report how a precaution stands"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, PLANNER, REPRESENTATIVE, WARDEN, ADVISER,
    ),
    rule(
        "alerts.send", gettext_lazy("Write a message, update it, call it off"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, REPRESENTATIVE,
    ),
    rule(
        "alerts.read", gettext_lazy("See whom an alert reached and whom it did not"),
        Reach.MISSION, COMMANDER, DUTY, PROTECTION, PLANNER, REPRESENTATIVE, WARDEN,
    ),
    rule(
        "alerts.answers", gettext_lazy("Look at answers that nobody could be found for"),
        Reach.MISSION, COMMANDER, DUTY,
    ),
    rule(
        "alerts.answers_national", gettext_lazy("Look at such answers of people of one's nation"),
        Reach.MISSION, REPRESENTATIVE,
    ),
    rule(
        "alerts.contacts", gettext_lazy("Note how people are reached, and who stands in for whom"),
        Reach.ANY, COMMANDER, DUTY, PLANNER, REPRESENTATIVE,
    ),
    rule(
        "alerts.ladders", gettext_lazy("Say how a mission tells its people of what"),
        Reach.MISSION, COMMANDER, DUTY,
    ),
    rule(
        "alerts.test", gettext_lazy("Test the channels"), Reach.ANY, COMMANDER, DUTY, ADMINISTRATOR,
    ),
    rule("packs.load", gettext_lazy("Load a case"), Reach.ANY, RECORDS),
    rule(
        "ledger.read", gettext_lazy("Read the ledger of changes"), Reach.ANY,
        ADMINISTRATOR, RECORDS, COMMANDER,
    ),
    rule(
        "access.manage", gettext_lazy("Open and close accounts, give and end roles"),
        Reach.NODE, ADMINISTRATOR,
    ),
    rule(
        "access.looks", gettext_lazy("Read who looked at sensitive rows"), Reach.ANY,
        ADMINISTRATOR, REPRESENTATIVE,
    ),
    rule("access.own_keys", gettext_lazy("Make and revoke one's own keys to the API"), Reach.ANY),
)  # fmt: skip  # a table reads best as one
BY_VERB: Final = {each.verb: each for each in RULES}


def may(viewer: Viewer, verb: str, mission: str = "") -> bool:
    """Whether `viewer` may do `verb`, for verbs about one mission in `mission`.

    A verb about a mission asked without one means every mission. Whoever has the machine's shell
    may do everything. An unknown verb is a mistake of ours: LookupError.
    """
    asked = BY_VERB[verb]
    return viewer.sees_all or not asked.roles or any(held(viewer, asked, mission))


def held(viewer: Viewer, asked: Rule, mission: str) -> Iterator[bool]:
    for role in asked.roles:
        if asked.reach is Reach.ANY:
            yield any(role == name for name, _mission in viewer.roles)
        else:
            yield viewer.has_role(role, mission if asked.reach is Reach.MISSION else "")


def require(viewer: Viewer, verb: str, mission: str = "") -> None:
    """Raises NotAllowed, naming the roles that may, unless `viewer` may do `verb`."""
    if not may(viewer, verb, mission):
        raise NotAllowed(refusal(BY_VERB[verb], mission))


def refusal(asked: Rule, mission: str) -> str:
    labels = [str(choice.label) for choice in RoleChoices if choice.value in asked.roles]
    words = {"roles": ", ".join(labels), "mission": mission}
    if asked.reach is Reach.MISSION and mission:
        return _("This needs one of these roles in %(mission)s: %(roles)s.") % words
    if asked.reach is Reach.ANY:
        return _("This needs one of these roles: %(roles)s.") % words
    return _("This needs one of these roles in every mission: %(roles)s.") % words
