"""A mission's usual precautions: templates that are described, and changed as it learns."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives.actions.issuing import one_by_one
from cadre.directives.models import Each, Level, Template, TemplateItem, Track, Trigger
from cadre.directives.queries.examples import TEMPLATES, ExampleItem
from cadre.mission.actions.checks import Misfit, add, change, code_of
from cadre.mission.models import Mission

BY_LEVEL = {Trigger.LEVEL: Track.PROTECTION, Trigger.THREAT: Track.THREAT}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTemplate:
    """A usual list; `example`: a key of TEMPLATES that it starts from, "" for none."""

    code: str
    title: str
    trigger: Trigger
    level: Level | None = None
    reason_code: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """One thing to do, and to whom it passes so many minutes after it was due."""

    text: str
    owner: str
    due_minutes: int
    escalates_to: str
    escalates_minutes: int
    wanted: str = ""
    each: Each = Each.SITE
    dropped: bool = False

    @property
    def values(self) -> dict[str, object]:
        texts = {name: getattr(self, name).strip() for name in ("text", "owner", "escalates_to",
                                                                "wanted")}  # fmt: skip  # names
        numbers = ("due_minutes", "escalates_minutes", "each", "dropped")
        return texts | {name: getattr(self, name) for name in numbers}


def write_template(mission: Mission, new: NewTemplate, *, by: Viewer, at: datetime) -> Template:
    """Adds a usual list. Raises NotAllowed, and Misfit for a code that is taken or none, and for a
    trigger without the level that it needs, or with one of the other track.
    """
    require(by, "precautions.write", mission.code)
    track = BY_LEVEL.get(new.trigger)
    if track is not None and (new.level is None or new.level.scale.track != track):
        raise Misfit("level", _("Name the level from which on the list is suggested."))
    if new.example and new.example not in TEMPLATES:
        raise Misfit("example", _("There is no such example."))
    with transaction.atomic():
        one_by_one(mission.code)
        code = code_of(new.code)
        if Template.objects.filter(mission=mission, code=code).exists():
            raise Misfit("code", _("There is one with this code already."))
        row = Template(
            mission=mission,
            code=code,
            title=new.title.strip(),
            trigger=new.trigger,
            level=new.level if track else None,
            reason_code=new.reason_code if new.trigger == Trigger.DIRECTIVE else "",
        )
        add(row, "precautions.write", by=by, at=at)
        for item in TEMPLATES[new.example].items if new.example else ():
            add_item(row, item_of(item), by=by, at=at)
    return row


def item_of(item: ExampleItem) -> NewItem:
    """An item in the words that the example has in the language of the moment."""
    return NewItem(
        text=str(item.text),
        owner=str(item.owner),
        due_minutes=item.due_minutes,
        escalates_to=str(item.escalates_to),
        escalates_minutes=item.escalates_minutes,
        wanted=str(item.wanted),
        each=item.each,
    )


def add_item(template: Template, new: NewItem, *, by: Viewer, at: datetime) -> TemplateItem:
    """Adds an item at the end. Raises Misfit where it names no owner or nobody after him."""
    require(by, "precautions.write", template.mission.code)
    require_item(new)
    with transaction.atomic():
        one_by_one(template.mission.code)
        items = TemplateItem.objects.filter(template=template)
        last = items.aggregate(last=models.Max("position"))["last"] or 0
        row = TemplateItem(template=template, position=last + 1, **new.values)
        return add(row, "precautions.write", by=by, at=at)


def change_item(
    item: TemplateItem, new: NewItem, *, seen: str, by: Viewer, at: datetime
) -> TemplateItem:
    """Describes an item anew; lists that are open keep what they were opened with. Raises Stale
    where somebody changed it since `seen`.
    """
    require(by, "precautions.write", item.template.mission.code)
    require_item(new)
    return change(item, new.values, "precautions.write", seen=seen, by=by, at=at)


def require_item(new: NewItem) -> None:
    for name, value, sentence in (
        ("text", new.text, _("Say what is to be done.")),
        ("owner", new.owner, _("Name the owner.")),
        ("escalates_to", new.escalates_to, _("Name whose business it is when it is overdue.")),
    ):
        if not value.strip():
            raise Misfit(name, sentence)
