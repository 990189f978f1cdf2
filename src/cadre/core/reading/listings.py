"""Lists that a sentence leaves open: “such as Australia, Sweden, and Finland”."""

import re
from collections.abc import Iterator
from typing import Final

from cadre.core.quantities import OpenList
from cadre.core.reading.counted import STOPS
from cadre.core.reading.proposal import Certainty, Found, Reason

OPENER: Final = re.compile(
    r"(?<!\w)(?P<words>(?i:such as|tel(?:le)?s? que|tel(?:le)?s? qu(?=['’])|notamment"
    r"|including|among them))[,:]?\s+(?:['’])?"
)
NAME: Final = (
    r"(?:(?:the|The|le|la|les|l['’]|L['’])\s?)?[A-ZÀ-Þ][\w.’'-]*\w"
    r"(?:(?:\s(?:of|the|de|du|des|la|and(?=\s[A-Z][\w-]+\sof)))*\s[A-ZÀ-Þ][\w.’'-]*\w)*"
)
NAMES: Final = re.compile(
    rf"(?P<first>{NAME})(?P<middle>(?:,\s+{NAME})*)"
    rf"(?:(?P<comma>,)?\s+(?:and|or|et|ou)\s+(?P<last>{NAME}))?"
)
THING: Final = r"(?:[a-zà-ÿ][\w-]+)(?:\s(?!and\b|or\b|et\b|ou\b)[a-zà-ÿ][\w-]+){0,2}"
THINGS: Final = re.compile(
    rf"(?P<first>{THING})(?P<middle>(?:,\s+{THING})*),?\s+(?:and|or|et|ou)\s+(?P<last>{THING})"
    r"(?=\s*(?:[.;:!?)”»]|\Z))"
)
ARABIC: Final = re.compile(
    r"(?<!\w)(?P<words>مثل)\s+(?P<first>\w+(?:\s(?!و)\w+)?)(?P<middle>(?:،?\sو(?:\w+)(?:\s(?!و)\w+)?)+)"
    r"(?=\s*(?:[.؛،:!؟)»]|\Z))"
)
CERTAINLY_OPEN: Final = ("such", "tel")
COMMA: Final = re.compile(r",\s+")
AND: Final = re.compile(r"،?\sو")


def listings(text: str) -> Iterator[Found]:
    """The open lists of a sentence of which it is certain where they end."""
    for opener in OPENER.finditer(text):
        place = opener.end() - text[opener.start() : opener.end()].endswith(("'", "’"))
        found = NAMES.match(text, place) or THINGS.match(text, place)
        if found is None:
            continue
        items = (found["first"], *COMMA.split(found["middle"])[1:], found["last"] or "")
        named = tuple(item for item in items if item)
        if any(word in STOPS for item in named if item.islower() for word in item.split()):
            continue
        if len(named) > 1 or opener["words"].casefold().startswith(CERTAINLY_OPEN):
            yield opened(opener, named, found.end())
    for found in ARABIC.finditer(text):
        items = (found["first"], *AND.split(found["middle"])[1:])
        yield opened(found, items, found.end())


def opened(opener: re.Match[str], items: tuple[str, ...], end: int) -> Found:
    start = opener.start("words")
    details = {"words": opener["words"]}
    return Found(
        start, end, OpenList(items, open=True), Certainty.STATED, Reason.OPEN_LIST, details
    )
