"""Who may do what."""

import pytest
from django.core.exceptions import PermissionDenied

from cadre.access.models import RoleChoices
from cadre.access.permissions import RULES, NotAllowed, Reach, may, require
from cadre.core.releasability import OPERATOR, Classification, Viewer


def somebody(*roles: tuple[str, str]) -> Viewer:
    return Viewer("Somebody", Classification.SECRET, roles=frozenset(roles), account="s@x.example")


def test_a_role_in_a_mission_counts_in_that_mission_only() -> None:
    duty_officer = somebody(("duty_officer", "NMI"))

    assert may(duty_officer, "directives.report", "NMI") is True
    assert may(duty_officer, "directives.report", "EUAM") is False
    assert may(duty_officer, "directives.report") is False


def test_a_role_in_every_mission_counts_in_each() -> None:
    commander = somebody(("commander", ""))

    assert may(commander, "mission.change", "NMI") is True
    assert may(commander, "mission.change") is True


def test_what_belongs_to_no_mission_may_be_done_with_a_role_in_any() -> None:
    assert may(somebody(("record_keeper", "NMI")), "record.claims") is True
    assert may(somebody(("reader", "NMI")), "record.claims") is False


def test_accounts_are_managed_only_by_administrators_of_the_whole_node() -> None:
    assert may(somebody(("administrator", "")), "access.manage") is True
    assert may(somebody(("administrator", "NMI")), "access.manage") is False
    assert may(somebody(("commander", "")), "access.manage") is False


def test_an_administrator_commands_no_mission() -> None:
    administrator = somebody(("administrator", ""))
    missions = [rule.verb for rule in RULES if rule.reach is Reach.MISSION]

    assert [verb for verb in missions if may(administrator, verb, "NMI")] == []


def test_without_a_role_only_ones_own_keys_are_left() -> None:
    assert [rule.verb for rule in RULES if may(somebody(), rule.verb, "NMI")] == ["access.own_keys"]


def test_whoever_has_the_machine_may_do_everything() -> None:
    assert [rule.verb for rule in RULES if not may(OPERATOR, rule.verb)] == []


def test_a_refusal_names_the_roles_that_may() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(somebody(), "mission.withdraw_request", "NMI")

    assert str(refusal.value) == (
        "This needs one of these roles in NMI: Commander, Duty officer, Record keeper."
    )
    assert isinstance(refusal.value, PermissionDenied)


def test_an_unknown_verb_is_a_mistake_and_never_allowed() -> None:
    with pytest.raises(LookupError):
        may(OPERATOR, "access.mange")


def test_the_table_names_each_verb_once_and_only_roles_that_there_are() -> None:
    assert sorted({rule.verb for rule in RULES}) == sorted(rule.verb for rule in RULES)
    assert frozenset().union(*(rule.roles for rule in RULES)) <= set(RoleChoices.values)
