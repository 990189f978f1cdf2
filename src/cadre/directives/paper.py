"""An order on paper: PDF/UA by typst, with the fonts that come with the front-end packages."""

import json
from dataclasses import asdict
from pathlib import Path

import typst
from django.conf import settings

from cadre.directives.wording import Order

TEMPLATE = Path(__file__).with_name("order.typ")


def pdf(order: Order) -> bytes:
    """The order as a PDF. It is handed over as data, so nothing that somebody wrote is markup.

    Arabic needs its font: without the front-end packages its letters are missing, and typst says
    so in the log, not to the reader.
    """
    return typst.compile(
        TEMPLATE,
        sys_inputs={"order": json.dumps(asdict(order))},
        font_paths=[settings.FONTS],
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
