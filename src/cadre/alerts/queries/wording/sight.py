"""What one reader may see of what an alert is about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.db.models import Model
from django.utils.translation import pgettext

from cadre.access.models import MarkedQuerySet
from cadre.access.queries import seeing, viewer_of
from cadre.accountability.queries.held_names import HeldNames
from cadre.alerts.models import Alert, Recipient
from cadre.core.releasability import Classification, Viewer
from cadre.mission.models import ActivityLine, Organisation, Site


def viewer_for(recipient: Recipient) -> Viewer:
    """As whom a recipient reads: his account with its roles; without one he is cleared for nothing
    and of his nation only.
    """
    if recipient.account is not None:
        return viewer_of(recipient.account)
    nation = recipient.person.nation.code if recipient.person else ""
    return Viewer(
        name=str(recipient.pk),
        clearance=Classification.UNCLASSIFIED,
        affiliations=frozenset({nation} if nation else ()),
    )


@dataclass(frozen=True)
class Sight:
    """An alert as one viewer reads it. What he may not see is left out, and that is said; so are
    names that are held, also on a page: the same words leave by every channel.
    """

    alert: Alert
    viewer: Viewer
    held: HeldNames

    def text(self, name: str) -> str:
        return str(self.alert.content.get(name) or "")

    def number(self, name: str) -> int:
        value = self.alert.content.get(name)
        return value if isinstance(value, int) else 0

    def codes(self, name: str) -> list[str] | None:
        """The codes of a dimension; None is all."""
        value = self.alert.content.get(name)
        return [str(each) for each in value] if isinstance(value, list) else None

    def moment(self, name: str) -> str:
        """A moment as it is written in messages; "" where it is not stated."""
        text = self.text(name)
        return in_words(datetime.fromisoformat(text)) if text else ""

    @cached_property
    def sites(self) -> str:
        return self.named(Site.objects.visible_to(self.viewer), self.codes("sites"))

    @cached_property
    def nations(self) -> str:
        return self.named(Organisation.objects.visible_to(self.viewer), self.codes("nations"))

    @cached_property
    def lines(self) -> str:
        rows = ActivityLine.objects.visible_to(self.viewer).filter(mission=self.alert.mission)
        return self.named(rows, self.codes("lines"))

    def named[M: Model](self, rows: MarkedQuerySet[M], codes: Collection[str] | None) -> str:
        """The names of these codes, separated by commas; all of them; or as many as he may see."""
        if codes is None:
            return pgettext("of a message", "all")
        with seeing(self.viewer):
            found = dict(rows.filter(code__in=codes).values_list("code", "name"))
        names = [found[code] for code in codes if code in found]
        if len(names) < len(set(codes)):
            names.append(pgettext("of a message", "others"))
        return ", ".join(names)


def in_words(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
