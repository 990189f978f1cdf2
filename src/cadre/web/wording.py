"""Moments, quantities, lists and postures in the viewer's language, as vague as they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from html import unescape

from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.core.posture import Posture
from cadre.core.quantities import OpenList, Quantity
from cadre.core.releasability import Classification

DAY = "j F Y"  # the order that military staffs write; the same in all our languages
FIRST_DAY = pgettext_lazy("format of a first day of a month", "j F Y")  # French writes "1er"
MONTH = "F Y"
YEAR = "Y"
END_OF_DAY = time(23, 59, 59, 999999)

POSTURE_WORDS = {
    "in part": gettext_lazy("stopped in part"),
    "running": gettext_lazy("running"),
    "restricted": gettext_lazy("restricted"),
    "suspended": gettext_lazy("suspended"),
    "not stated": gettext_lazy("not stated"),
}

CLASSIFICATION_WORDS = {
    Classification.UNCLASSIFIED: pgettext_lazy("classification", "Unclassified"),
    Classification.RESTRICTED: pgettext_lazy("classification", "Restricted"),
    Classification.CONFIDENTIAL: pgettext_lazy("classification", "Confidential"),
    Classification.SECRET: pgettext_lazy("classification", "Secret"),
}

# Names that the shipped case and the sample give; any other stays as somebody wrote it.
KNOWN_NAMES = {
    "training": pgettext_lazy("activity line", "Training"),
    "advising": pgettext_lazy("activity line", "Advising"),
    "capacity building": pgettext_lazy("activity line", "Capacity building"),
    "capacity-building": pgettext_lazy("activity line", "Capacity building"),
    "as the article says": pgettext_lazy("pack", "as the article says"),
    "outside the article": pgettext_lazy("pack", "outside the article"),
    "fictional": pgettext_lazy("pack", "fictional"),
}


@dataclass(frozen=True)
class Point:
    """A date as it is shown, and as `<time datetime>` needs it."""

    text: str
    machine: str

    def html(self) -> SafeString:
        return format_html('<time datetime="{}">{}</time>', self.machine, self.text)


def day(at: datetime) -> Point:
    return Point(day_text(at), f"{at:%Y-%m-%d}")


def day_text(at: datetime) -> str:
    return date_format(at, str(FIRST_DAY) if at.day == 1 else DAY)


def month(at: datetime) -> Point:
    return Point(date_format(at, MONTH), f"{at:%Y-%m}")


def year(at: datetime) -> Point:
    return Point(date_format(at, YEAR), f"{at:%Y}")


def clock_time(at: datetime, *, seconds: bool = False) -> Point:
    """A day and a time of day, always with the word UTC."""
    shown = date_format(at, "H:i:s" if seconds else "H:i")
    text = _("{day}, {time} UTC").format(day=day_text(at), time=shown)
    return Point(text, f"{at:%Y-%m-%dT%H:%M:%SZ}")


def bound(at: datetime) -> Point:
    """One end of a span: its day if it lies on the edge of one, else with the time of day."""
    at = at.astimezone(UTC)
    if at.time() in (END_OF_DAY, time.min):
        return day(at)
    return clock_time(at)


def instant_html(at: datetime) -> SafeString:
    """A moment of the two clocks; a day stands for its end, since that is what a date asks for."""
    at = at.astimezone(UTC)
    return (day(at) if at.time() == END_OF_DAY else clock_time(at)).html()


def instant_text(at: datetime) -> str:
    """The shortest text that reads back as the same moment to the minute, for an address."""
    at = at.astimezone(UTC)
    if at.time() == END_OF_DAY:
        return f"{at:%Y-%m-%d}"
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def moment_html(moment: Moment | None) -> SafeString:
    """A moment with its precision in words; nobody's guess where nothing is known."""
    return not_stated_html() if moment is None else in_words(moment, get_language())


@lru_cache(maxsize=4096)  # a page says the same few moments again and again
def in_words(moment: Moment, _language: str | None) -> SafeString:
    if moment.earliest is None and moment.latest is None:
        return not_stated_html(moment.wording)
    shown = format_html(
        '<span class="moment" data-precision="{}">{}</span>', moment.precision, spoken(moment)
    )
    if moment.conflicting:
        return format_html(_("{moment} (the sources disagree)"), moment=shown)
    if moment.wording and moment.precision in {"season", "around", "between"}:
        return format_html('{} <q class="wording" dir="auto">{}</q>', shown, moment.wording)
    return shown


def moment_text(moment: Moment | None) -> str:
    """The same in plain text, for what is no page."""
    return unescape(strip_tags(moment_html(moment)))


def spoken(moment: Moment) -> SafeString:
    """The sentence for the bounds of a moment."""
    earliest, latest = moment.earliest, moment.latest
    if earliest is None or latest is None:
        return open_ended(earliest, latest)
    if moment.precision == "around":
        return format_html(_("around {date}"), date=around(moment).html())
    points = {
        "instant": clock_time(earliest, seconds=bool(earliest.second)),
        "minute": clock_time(earliest),
        "day": day(earliest),
        "month": month(earliest),
        "year": year(earliest),
    }
    if moment.precision in points:
        return points[moment.precision].html()
    return span_html(earliest, latest, season=moment.precision == "season")


def open_ended(earliest: datetime | None, latest: datetime | None) -> SafeString:
    """A moment known from one side only: "by" or "or later"."""
    if latest is not None:
        return format_html(_("by {date}"), date=bound(latest).html())
    if earliest is not None:
        return format_html(_("{date} or later"), date=bound(earliest).html())
    return not_stated_html()


def span_html(earliest: datetime, latest: datetime, *, season: bool) -> SafeString:
    """Two ends; whole months are named as months."""
    whole = earliest.day == 1 and (latest + timedelta(microseconds=1)).day == 1
    show = month if season and whole else bound
    first, last = show(earliest).html(), show(latest).html()
    if first == last:
        return first
    if season:
        return format_html(_("{first} to {last}"), first=first, last=last)
    return format_html(_("between {first} and {last}"), first=first, last=last)


def around(moment: Moment) -> Point:
    """The year, month or day that was named, without the doubt around it."""
    named = moment.edtf().removesuffix("~")
    year_, month_, day_ = (int(part) for part in f"{named}-01-01".split("-")[:3])
    at = datetime(year_, month_, day_, tzinfo=UTC)
    return {4: year, 7: month}.get(len(named), day)(at)


def not_stated_html(wording: str = "") -> SafeString:
    """The value of all that nobody said, with the words that were used instead, if any."""
    shown = format_html('<span class="not-stated">{}</span>', _("not stated"))
    if wording:
        return format_html('{} <q class="wording" dir="auto">{}</q>', shown, wording)
    return shown


def quantity_text(quantity: Quantity) -> str:
    """A quantity with its qualifier; where it was said in words, these words."""
    sentences = {
        "exactly": pgettext("quantity", "{low} {unit}"),
        "around": pgettext("quantity", "around {low} {unit}"),
        "at least": pgettext("quantity", "at least {low} {unit}"),
        "more than": pgettext("quantity", "more than {low} {unit}"),
        "up to": pgettext("quantity", "up to {high} {unit}"),
        "between": pgettext("quantity", "between {low} and {high} {unit}"),
    }
    sentence = sentences.get(quantity.qualifier, "")
    ends = {"low": quantity.low, "high": quantity.high}
    if not sentence or any(ends[end] is None for end in ends if f"{{{end}}}" in sentence):
        return quantity.wording or str(quantity)
    shown = {end: number(value) for end, value in ends.items()}
    return sentence.format(**shown, unit=quantity.unit).strip()


def number(value: int | None) -> str:
    return "" if value is None else number_format(value, use_l10n=True, force_grouping=True)


def quantity_html(quantity: Quantity | None) -> SafeString:
    if quantity is None or quantity.qualifier == "not stated":
        return not_stated_html(quantity.wording if quantity else "")
    return format_html(
        '<span class="quantity" data-qualifier="{}" dir="auto">{}</span>',
        quantity.qualifier,
        quantity_text(quantity),
    )


def comma() -> str:
    """What stands between the items of a list."""
    return pgettext("between items of a list", ", ")


def list_html(listed: OpenList) -> SafeString:
    """The items of a list; an open one says "such as", since there may be more."""
    items = [format_html("<bdi>{}</bdi>", item) for item in listed.items]
    if not items:
        return not_stated_html() if listed.open else format_html("{}", _("none"))
    joined = items[0]
    if len(items) > 1:
        first = format_html_join(comma(), "{}", ((i,) for i in items[:-1]))
        joined = format_html(_("{items} and {last}"), items=first, last=items[-1])
    return format_html(_("such as {items}"), items=joined) if listed.open else joined


def known_name(name: str) -> str:
    """The name of an activity line or the label of a pack, translated where all missions use it."""
    return str(KNOWN_NAMES.get(name.casefold(), name))


IN_PART = "in part"  # what may go on differs from part to part


def posture_name(posture: Posture | str | None) -> str:
    """The fixed English word of a posture; None is "not stated"."""
    if posture is None:
        return "not stated"
    return posture if isinstance(posture, str) else posture.word


def value_html(value: object) -> SafeString:
    """Any value of the record as it must be shown."""
    if value is None or value == "":
        return not_stated_html()
    if isinstance(value, Moment):
        return moment_html(value)
    if isinstance(value, Quantity):
        return quantity_html(value)
    if isinstance(value, OpenList):
        return list_html(value)
    if isinstance(value, datetime):
        return instant_html(value)
    return format_html("<bdi>{}</bdi>", value)


def marked_html(text: str, words: Iterable[str]) -> SafeString:
    """A text in which every one of the words is marked, wherever it stands."""
    sought = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    if not sought:
        return format_html("{}", text)
    parts = re.split(f"({sought})", text, flags=re.IGNORECASE)
    shapes = ("{}", "<mark>{}</mark>")  # what lies between the words, and the words
    return format_html_join(
        "", "{}", ((format_html(shapes[n % 2], p),) for n, p in enumerate(parts))
    )
