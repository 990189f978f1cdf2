"""Who may see what."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer, may_see

CODES = ("DE", "FR", "NATO")
GROUPS = ("medical", "intelligence")
codes = st.frozensets(st.sampled_from(CODES))
groups = st.frozensets(st.sampled_from(GROUPS))
levels = st.sampled_from(Classification)

markings = st.builds(Marking, levels, st.none() | codes, groups, st.sampled_from(("", *CODES)))
viewers = st.builds(
    Viewer,
    name=st.just("somebody"),
    clearance=levels,
    affiliations=codes,
    communities=groups,
)

GERMAN = Viewer("Weber", Classification.CONFIDENTIAL, frozenset({"DE", "NATO"}))


@pytest.mark.parametrize(
    ("marking", "seen"),
    [
        (Marking(), True),
        (Marking(Classification.CONFIDENTIAL), True),
        (Marking(Classification.SECRET), False),
        (Marking(releasable_to=frozenset({"FR", "DE"})), True),
        (Marking(releasable_to=frozenset({"FR"})), False),
        (Marking(releasable_to=frozenset()), False),
        (Marking(releasable_to=frozenset(), originator="DE"), True),
        (Marking(releasable_to=frozenset({"FR"}), originator="SE"), False),
        (Marking(communities=frozenset({"medical"})), False),
        (Marking(originator="FR"), True),
    ],
)
def test_a_viewer_sees_what_the_marking_lets_through(marking: Marking, *, seen: bool) -> None:
    assert may_see(GERMAN, marking) == seen


def test_an_empty_originator_is_nobody_even_to_an_empty_affiliation() -> None:
    viewer = replace(GERMAN, affiliations=frozenset({""}))
    assert may_see(viewer, Marking(releasable_to=frozenset())) is False


def test_one_community_in_common_is_enough() -> None:
    medic = replace(GERMAN, communities=frozenset({"medical"}))
    assert may_see(medic, Marking(communities=frozenset(GROUPS))) is True


def test_a_role_counts_for_its_mission_or_for_all() -> None:
    viewer = replace(GERMAN, roles=frozenset({("duty officer", "NMI"), ("auditor", "")}))
    assert [
        viewer.has_role("duty officer", "NMI"),
        viewer.has_role("duty officer", "OIR"),
        viewer.has_role("auditor", "OIR"),
    ] == [True, False, True]


@given(markings)
def test_the_operator_sees_everything(marking: Marking) -> None:
    assert may_see(OPERATOR, marking) is True


@given(viewers, markings, levels, codes, groups)
def test_more_clearance_and_more_memberships_never_hide(
    viewer: Viewer,
    marking: Marking,
    clearance: Classification,
    nations: frozenset[str],
    communities: frozenset[str],
) -> None:
    more = replace(
        viewer,
        clearance=max(viewer.clearance, clearance),
        affiliations=viewer.affiliations | nations,
        communities=viewer.communities | communities,
    )
    assert may_see(more, marking) >= may_see(viewer, marking)


@given(viewers, markings, levels, codes, groups)
def test_a_narrowed_marking_never_shows_more(
    viewer: Viewer,
    marking: Marking,
    level: Classification,
    nations: frozenset[str],
    communities: frozenset[str],
) -> None:
    released = marking.releasable_to
    kept = marking.communities & communities
    narrower = replace(
        marking,
        classification=max(marking.classification, level),
        releasable_to=nations if released is None else released & nations,
        communities=kept or marking.communities or communities,
        originator="" if released is None else marking.originator,
    )
    assert may_see(viewer, narrower) <= may_see(viewer, marking)


@given(viewers, markings)
def test_the_rule_is_what_its_sentence_says(viewer: Viewer, marking: Marking) -> None:
    cleared = viewer.clearance >= marking.classification
    to_all = marking.releasable_to is None
    listed = any(code in (marking.releasable_to or ()) for code in viewer.affiliations)
    own = marking.originator != "" and marking.originator in viewer.affiliations
    in_group = not marking.communities or any(
        group in marking.communities for group in viewer.communities
    )
    assert may_see(viewer, marking) == (cleared and (to_all or listed or own) and in_group)
