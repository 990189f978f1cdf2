"""A draft as it stands before it is signed: what it says, what it lacks, who may sign it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cadre.access.permissions import NotAllowed
from cadre.core.posture import PostureError
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.actions import NewCondition, NewDirective
from cadre.directives.forms.issuing import DirectiveForm, retyped
from cadre.directives.queries.competence import require_to_issue
from cadre.directives.queries.library import BY_KEY
from cadre.directives.queries.names import Names, ScopeRead
from cadre.directives.queries.rows import Draft, Mission
from cadre.mission.forms.differences import Difference
from cadre.mission.forms.inputs import is_several
from cadre.mission.queries.versions import fingerprint

FIRST_REVIEW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class BeforeSigning:
    """`new` None: it cannot be read as a directive, and `problems` say why. `seen`: the version."""

    seen: str
    new: NewDirective | None
    scope: ScopeRead | None
    problems: tuple[str, ...]
    refusal: str  # why this viewer may not sign; "" if he may

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """The restart conditions in the reader's language, and their owners."""
        return [in_words(each) for each in self.new.conditions] if self.new else []


def before_signing(viewer: Viewer, draft: Draft, *, at: datetime) -> BeforeSigning:
    form = DirectiveForm(viewer, draft.mission, retyped(draft.content))
    seen = fingerprint(draft)
    if not form.is_valid():
        return BeforeSigning(seen, None, None, tuple(problems_of(form)), "")
    try:
        new = form.new()
    except PostureError as error:
        return BeforeSigning(seen, None, None, (str(error),), "")
    missing = tuple(sentence for _name, lacks, sentence in actions.lacking(new, at=at) if lacks)
    scope = Names(viewer, (new.scope,)).of(new.scope)
    return BeforeSigning(seen, new, scope, missing, may_not_sign(viewer, new))


def problems_of(form: DirectiveForm) -> Iterator[str]:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            words = {"field": label, "problem": error}
            yield _("%(field)s: %(problem)s") % words if label else str(error)


def in_words(condition: NewCondition) -> tuple[str, str]:
    usual = BY_KEY.get(condition.library)
    return (str(usual.text), str(usual.owner)) if usual else (condition.text, condition.owner)


def may_not_sign(viewer: Viewer, new: NewDirective) -> str:
    try:
        require_to_issue(viewer, new, new.scope.mission)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def first_values(viewer: Viewer, mission: Mission, *, at: datetime) -> dict[str, object]:
    """What a new form shows: itself the authority, a first review a day later."""
    roles = {role for role, held in viewer.roles if held in {"", mission.code}}
    kind = "order" if "commander" in roles or not viewer.affiliations else ""
    if "senior_national_representative" in roles and "commander" not in roles:
        kind = "caveat"
    return {
        "kind": kind or "order",
        "authority": viewer.name,
        "first_review_at": f"{at + FIRST_REVIEW:%Y-%m-%dT%H:%MZ}",
        "nations": sorted(viewer.affiliations) if kind == "caveat" else [],
        "effective": f"{at:%Y-%m-%dT%H:%MZ}",
    }


def compared(form: DirectiveForm, written: Draft) -> tuple[Difference, ...]:
    """Where a newer version of the draft differs from what was typed, field by field."""
    other = retyped(written.content)
    return tuple(
        Difference(str(field.label), typed, kept)
        for name, field in form.fields.items()
        for typed, kept in (
            (text_of(form.data, name, several=is_several(field)),
             text_of(other, name, several=is_several(field))),
        )
        if name != "corrects" and typed != kept
    )  # fmt: skip  # two texts of one field


def text_of(typed: object, name: str, *, several: bool) -> str:
    get = getattr(typed, "getlist" if several else "get")
    value = get(name)
    return ", ".join(value) if isinstance(value, list) else str(value or "").strip()
