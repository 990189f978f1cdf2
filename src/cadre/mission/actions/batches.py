"""Writing many stated rows at once: all or none."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import misfits, refusal, see
from cadre.record.models import Claim, Stated

BATCH = 2_000  # rows of one statement


def require_claims(rows: Sequence[Stated]) -> None:
    """Raises Refused where a row rests on a claim that is not on record."""
    asked = {claim for row in rows for claim in row.claims}
    if Claim.objects.filter(pk__in=asked).count() < len(asked):
        raise Refused(_("An order cannot rest on a claim that is not on record."))


def refuse_misfits(row: Stated) -> None:
    """Raises Misfit for the first value that its column cannot take. Nothing is not stated."""
    for misfit in misfits(row):
        if getattr(row, misfit.field) is not None:
            raise misfit


def put_on_record[M: Stated](rows: Sequence[M], verb: str, *, by: Viewer, at: datetime) -> list[M]:
    """Writes new rows, all or none. Raises Refused if one does not fit or `by` may not see it."""
    require_claims(rows)
    for row in rows:
        refuse_misfits(row)
        see(row, by=by)
    try:
        with acting(verb, by=by, at=at):
            for model in {type(row) for row in rows}:
                model.objects.bulk_create(rows, batch_size=BATCH)
    except IntegrityError as error:
        raise refusal(error) from error
    return list(rows)
