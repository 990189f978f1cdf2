"""Orders and lists on paper."""

from pathlib import Path

from cadre.directives.sheets import Sheet
from cadre.directives.wording import Order
from cadre.web.paper import printed

PAPERS = {Order: "order.typ", Sheet: "sheet.typ"}


def pdf(paper: Order | Sheet) -> bytes:
    """It as a PDF."""
    return printed(Path(__file__).with_name(PAPERS[type(paper)]), paper)
