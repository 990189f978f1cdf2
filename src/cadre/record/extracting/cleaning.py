"""Text without what nobody can see."""

import re
import unicodedata
from typing import Final

# Control characters, lone halves of surrogate pairs, soft hyphens, zero-width marks (not the
# joiners, which Arabic script needs) and marks that turn the direction of what follows.
UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\ud800-\udfff\xad\u200b\u200e\u200f\u2060\ufeff"
    r"\u202a-\u202e\u2066-\u2069]"
)
FORMS: Final = re.compile(r"[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")


def clean(text: str) -> str:
    """The text in one normal form, without characters that cannot be seen."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))


def plain_letters(text: str) -> str:
    """Letters instead of the ligatures and presentation forms in which some PDF files keep them."""
    return FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
