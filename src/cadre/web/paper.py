"""Paper: PDF/UA by typst with the fonts of the front-end packages, and what its pages carry."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from cadre.core.releasability import Classification, Marking
from cadre.web.wording import CLASSIFICATION_WORDS

if TYPE_CHECKING:  # the stubs alone name what every dataclass is
    from _typeshed import DataclassInstance

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def printed(layout: Path, paper: "DataclassInstance") -> bytes:
    """A paper in a layout (a file for typst) as a PDF. It is handed over as data, so nothing that
    somebody wrote is markup.

    Arabic needs its font: without the front-end packages its letters are missing, and typst says
    so in the log, not to the reader.
    """
    return typst.compile(
        layout,
        sys_inputs={"order": json.dumps(asdict(paper))},
        font_paths=[settings.FONTS],
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )


def date_time_group(at: datetime) -> str:
    """As staffs write it: day, hour and minute, Z for UTC, month, year: 061830ZJAN20."""
    at = at.astimezone(UTC)
    return f"{at:%d%H%M}Z{MONTHS[at.month - 1]}{at:%y}"


def marking_words(marking: Marking) -> str:
    """What stands on every page of something with this marking."""
    words = [str(CLASSIFICATION_WORDS[Classification(marking.classification)]).upper()]
    if marking.releasable_to:
        codes = ", ".join(sorted(marking.releasable_to))
        words.append(_("releasable to %(codes)s") % {"codes": codes})
    return " · ".join(words)
