"""How the ledger's page says what stood in a column."""

import json

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def in_words(value: object) -> str:
    """A value of a row as JSON has it, as staff write it; a dash where there is none."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return ", ".join(in_words(each) for each in value) or "–"
    return "–" if value is None or value == "" else str(value)
