"""The notices of a batch of attempts: what many read alike is put together once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cadre.accountability.links import check_in_path, warden_path
from cadre.accountability.models import MusterEntry, Warden
from cadre.accountability.queries.held_names import HeldNames, held_names
from cadre.alerts.channels import Notice
from cadre.alerts.links import told_path, whole
from cadre.alerts.models import Alert, Attempt, Cause, Phase, Recipient, StandIn, Why
from cadre.alerts.queries.wording.sight import Sight, viewer_for
from cadre.alerts.queries.wording.texts import bare, protective_action, words_of
from cadre.core.releasability import Classification, Viewer, may_see

COUNTING = frozenset({Why.WARDEN, Why.STANDS_IN})  # of others, not of himself
MOST_LINES = 100  # of a digest; the page has them all

type Read = tuple[str, str, str]  # subject, text, protective action


@dataclass
class Batch:
    """What is looked up once for many attempts."""

    held: HeldNames
    viewers: dict[UUID, Viewer] = field(default_factory=dict)  # by recipient
    read: dict[tuple[object, ...], Read] = field(default_factory=dict)
    links: dict[UUID, tuple[str, str]] = field(default_factory=dict)  # by recipient: path, code

    def viewer(self, recipient: Recipient) -> Viewer:
        if recipient.pk not in self.viewers:
            self.viewers[recipient.pk] = viewer_for(recipient)
        return self.viewers[recipient.pk]


def notices(attempts: Sequence[Attempt], *, now: datetime) -> dict[UUID, Notice]:
    """For each attempt what its recipient may read by its channel at the present moment. Rows come
    with recipient, alert, mission, person, nation and account.
    """
    batch = Batch(held_names(now=now), links=links_of({each.recipient for each in attempts}))
    return {each.pk: notice(batch, each.recipient, each.recipient.language) for each in attempts}


def notice_to(recipient: Recipient, language: str, viewer: Viewer, held: HeldNames) -> Notice:
    """What a recipient may read of his message as this viewer, on a page in a language."""
    batch = Batch(held, {recipient.pk: viewer}, links=links_of({recipient}))
    told = notice(batch, recipient, language)
    # On the page nobody shows that he reads an address: the link to do so goes to the address only.
    return replace(told, link="") if recipient.alert.content.get("contact") else told


def notice(batch: Batch, recipient: Recipient, language: str) -> Notice:
    alert, viewer = recipient.alert, batch.viewer(recipient)
    allowed = may_see(viewer, alert.marking)
    sees = (viewer.clearance, viewer.affiliations, viewer.communities)
    key = (alert.pk, language, allowed, *(sees if allowed else ()))
    with override(language):
        if key not in batch.read:
            sight = Sight(alert, viewer, batch.held)
            batch.read[key] = read(sight) if allowed else (*bare(alert), "")
        subject, text, action = batch.read[key]
        if recipient.why == Why.STANDS_IN:
            text = f"{stands_in(recipient)}\n{text}"
    path, code = batch.links[recipient.pk]
    return Notice(
        cause=alert.cause,
        phase=alert.phase,
        language=language,
        subject=subject,
        text=text,
        protective_action=action,
        link=whole(path) if path else "",
        code=code,
        exercise=alert.exercise,
        classification=Classification(alert.classification).name.lower(),
    )


def read(sight: Sight) -> Read:
    if sight.alert.cause == Cause.DIGEST:
        return (*digest(sight), "")
    return (*words_of(sight), protective_action(sight))


def digest(sight: Sight) -> tuple[str, str]:
    """One line for each alert of the day that the reader may see by now."""
    named = sight.alert.content.get("alerts")
    rows = Alert.objects.visible_to(sight.viewer).filter(
        pk__in=named if isinstance(named, list) else []
    )
    lines = [
        f"{row.number}: {subject_for(replace(sight, alert=row))}"
        for row in rows.order_by("made_at")[:MOST_LINES]
    ]
    return _("What happened since the last digest"), "\n".join(lines) or _("Nothing.")


def subject_for(sight: Sight) -> str:
    """What an alert is about in one line, for a viewer, in the language that is active."""
    alert = sight.alert
    if not may_see(sight.viewer, alert.marking) or alert.cause == Cause.DIGEST:
        return bare(alert)[0]
    return words_of(sight)[0]


def stands_in(recipient: Recipient) -> str:
    count = StandIn.objects.filter(recipient=recipient).count()
    return ngettext(
        "%(count)d of those who were told has not answered: find out how that person is.",
        "%(count)d of those who were told have not answered: find out how they are.",
        count,
    ) % {"count": count}


def links_of(recipients: Iterable[Recipient]) -> dict[UUID, tuple[str, str]]:
    """For each recipient the path of his own answer and the code for it, "" where there is none."""
    found = {each.pk: (own_path(each), "") for each in recipients}
    counted: dict[str, list[Recipient]] = {}
    for each in recipients:
        number = str(each.alert.content.get("muster", ""))
        if number and each.alert.phase == Phase.FIRST:
            counted.setdefault(number, []).append(each)
    for number, theirs in counted.items():
        found |= muster_links(number, theirs)
    return found


def own_path(recipient: Recipient) -> str:
    if recipient.alert.acknowledging and recipient.why != Why.SUBSCRIBED:
        return told_path(recipient.pk)
    return recipient.alert.about if recipient.account_id is not None else ""


def muster_links(number: str, recipients: Sequence[Recipient]) -> dict[UUID, tuple[str, str]]:
    """Of a muster: who is counted checks in by his own link and the code; a warden has his list."""
    people = [each.person_id for each in recipients]
    rows = MusterEntry.objects.filter(muster__number=number, excluded="", person__in=people)
    entries = {
        person: (entry, code)
        for person, entry, code in rows.values_list("person_id", "pk", "muster__code")
    }
    found = {}
    for each in recipients:
        counts = each.why in COUNTING
        if counts and (path := list_path(number, each)):
            found[each.pk] = (path, "")
        elif not counts and each.person_id in entries:
            entry, code = entries[each.person_id]
            found[each.pk] = (check_in_path(entry), code)
    return found


def list_path(number: str, recipient: Recipient) -> str:
    """The page of a warden's list at a muster; "" where he is warden of none that is counted."""
    counted = MusterEntry.objects.filter(muster__number=number, list__isnull=False)
    row = Warden.objects.filter(
        person=recipient.person_id, dropped=False, list__in=counted.values("list")
    ).first()
    muster = counted.values_list("muster_id", flat=True).first()
    return warden_path(muster, row.pk) if row and muster else ""
