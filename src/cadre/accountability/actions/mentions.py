"""Words about somebody by name as typed: once a person knows who is meant, it is a report."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.permissions import require
from cadre.accountability import links
from cadre.accountability.actions.checking_in import (
    NewCheckIn,
    Said,
    Taken,
    check_in,
    fitted,
    no_link,
)
from cadre.accountability.models import (
    Mention,
    MentionSettled,
    MusterEnd,
    MusterEntry,
    StateChoices,
    VoiceChoices,
)
from cadre.accountability.queries.sight import counting
from cadre.core.refused import Refused
from cadre.core.releasability import Classification, Viewer
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.checks import Misfit, one_at_a_time, stated, stated_values
from cadre.mission.models import Person

LINK = Viewer("check-in link", Classification.UNCLASSIFIED)


def mention_by_link(token: str, about: str, said: Said, *, at: datetime) -> Taken:
    """Takes what the holder of a check-in link says of somebody else, by name as typed. It counts
    for nobody until somebody settles it. A report whose key is on record is not taken again.

    Raises Refused for a link that this node did not make; Misfit for no name, and as
    `check_in_many`.
    """
    row = links.entry_of(token)
    with counting():
        entry = entry_with_muster(row)
        if entry is None:
            raise no_link()
        if not about.strip():
            raise Misfit("about", _("Say of whom you speak."))
        clamped = max(min(said.occurred_at, at), entry.muster.opened_at)
        others = replace(said, voice=VoiceChoices.OTHER.value, occurred_at=clamped)
        kept = fitted(others, at=at)
        with acting("accountability.mention", by=LINK, at=at):
            new = not Mention.objects.filter(key=kept.key).exists()
            made = mention_row(entry, about.strip()[:200], kept, at=at)
            Mention.objects.bulk_create([made], ignore_conflicts=True)
        late = MusterEnd.objects.filter(muster=entry.muster, at__lte=at).exists()
    muster = entry.muster
    return Taken(kept.key, new, kept.state, muster.number, late=late, exercise=muster.exercise)


def entry_with_muster(row: UUID | None) -> MusterEntry | None:
    if row is None:
        return None
    return MusterEntry.objects.filter(pk=row).select_related("muster", "person").first()


def mention_row(entry: MusterEntry, about: str, said: Said, *, at: datetime) -> Mention:
    values = stated_values(OUR_OWN, by=LINK, at=at)
    return Mention(
        key=said.key,
        muster=entry.muster,
        through=entry,
        about=about,
        state=said.state,
        words=" ".join(part for part in (said.words, said.note) if part),
        occurred_at=said.occurred_at,
        channel=said.channel,
        said_by=said.said_by,
        how=said.how,
        place=said.place,
        **{**values, **marking_values(entry.person.marking)},
    )


def settle_mention(
    mention: Mention, person: Person | None, note: str, *, by: Viewer, at: datetime
) -> MentionSettled:
    """Says who was meant, which makes it a report of that person by who said it; or that nobody on
    the list was (None), and why.

    Raises NotAllowed as `check_in` does, and for who may not `accountability.follow_up`; Misfit for
    nobody without a reason; Refused where it is settled already.
    """
    require(by, "accountability.follow_up", mention.muster.mission.code)
    if person is None and not note.strip():
        raise Misfit("note", _("Say why nobody on the list is meant."))
    with transaction.atomic():
        one_at_a_time(MentionSettled)
        if MentionSettled.objects.filter(mention=mention).exists():
            raise Refused(_("Somebody has decided already who was meant."))
        key = None if person is None else reported(mention, person, by=by, at=at)
        row = MentionSettled(
            mention=mention,
            person=person,
            check_in=key,
            settled_at=at,
            settled_by=by.name,
            note=note.strip(),
        )
        grounds = Grounds(marking=mention.marking)
        return stated(row, grounds, "accountability.settle_mention", by=by, at=at)


def reported(mention: Mention, person: Person, *, by: Viewer, at: datetime) -> UUID:
    """Makes a mention a report of a person; gives its key."""
    said = Said(
        state=StateChoices(mention.state).value,
        occurred_at=mention.occurred_at,
        key=uuid5(mention.key, str(person.pk)),
        channel=mention.channel,
        voice=VoiceChoices.OTHER.value,
        said_by=mention.said_by,
        how=mention.how,
        place=mention.place,
        words=mention.words,
    )
    return check_in(NewCheckIn(person=person, said=said, muster=mention.muster), by=by, at=at).key
