"""Orders and lists on paper: PDF/UA by typst, with the fonts of the front-end packages."""

import json
from dataclasses import asdict
from pathlib import Path

import typst
from django.conf import settings

from cadre.directives.sheets import Sheet
from cadre.directives.wording import Order

PAPERS = {Order: "order.typ", Sheet: "sheet.typ"}


def pdf(paper: Order | Sheet) -> bytes:
    """It as a PDF. It is handed over as data, so nothing that somebody wrote is markup.

    Arabic needs its font: without the front-end packages its letters are missing, and typst says
    so in the log, not to the reader.
    """
    return typst.compile(
        Path(__file__).with_name(PAPERS[type(paper)]),
        sys_inputs={"order": json.dumps(asdict(paper))},
        font_paths=[settings.FONTS],
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
