"""What templates say about moments, quantities, postures and addresses; built in, never loaded."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cadre.access.rows import RoleChoices
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Ruling
from cadre.core.quantities import OpenList, Quantity
from cadre.core.releasability import Marking
from cadre.web import packs, wording
from cadre.web.clock import KNOWN_ON, ON, asked_moments

register = template.Library()

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


@register.simple_tag(name="moment")
def moment_tag(value: Moment | None) -> SafeString:
    """`{% moment m %}`: "6 January 2020", "by 3 January 2020", "between … and …", "not stated"."""
    return wording.moment_html(value)


@register.simple_tag(name="instant")
def instant_tag(value: datetime, *, day: bool = False) -> SafeString:
    """`{% instant at %}`: a moment of the two clocks, with the word UTC.

    `day=True` where a date was recorded as its first moment: midnight is shown as the day alone.
    """
    return wording.bound(value).html() if day else wording.instant_html(value)


@register.simple_tag(name="quantity")
def quantity_tag(value: Quantity | None) -> SafeString:
    """`{% quantity q %}`: always with its qualifier."""
    return wording.quantity_html(value)


@register.simple_tag(name="open_list")
def open_list_tag(value: OpenList) -> SafeString:
    """`{% open_list l %}`: an open list says "such as"."""
    return wording.list_html(value)


@register.simple_tag(name="value")
def value_tag(value: object) -> SafeString:
    """`{% value v %}`: a moment, quantity, list or text; None and "" are *not stated*."""
    return wording.value_html(value)


@register.simple_tag(name="not_stated")
def not_stated_tag(said: str = "") -> SafeString:
    """`{% not_stated %}`, with the vague words that were used instead, if any."""
    return wording.not_stated_html(said)


@register.inclusion_tag("components/badge.html")
def posture(value: Ruling | Posture | str | None) -> dict[str, object]:
    """`{% posture p %}`: word and shape. For a ruling without an answer, both bounds too."""
    badge: dict[str, object] = {"posture": posture_of(value)}
    if isinstance(value, Ruling) and value.posture is None:
        badge |= {"lower": value.lower.word, "upper": value.upper.word}
    return badge


@register.simple_tag
def posture_of(value: Ruling | Posture | str | None) -> str:
    """`{% posture_of p %}`: the word that stands in a data-posture attribute, never translated.

    A ruling whose parts are known and differ is "in part", which is not "not stated".
    """
    if isinstance(value, Ruling):
        return wording.IN_PART if value.in_part else wording.posture_name(value.posture)
    return wording.posture_name(value)


@register.inclusion_tag("components/marking.html", name="marking")
def marking_tag(value: Marking) -> dict[str, object]:
    """`{% marking m %}`: the classification and whom it may be released to."""
    limit = value.releasable_to
    return {
        "level": int(value.classification),
        "word": wording.CLASSIFICATION_WORDS[value.classification],
        "releasable_to": None if limit is None else sorted(limit),
        "communities": sorted(value.communities),
        "originator": value.originator,
    }


@register.filter
def posture_word(name: str) -> str:
    """The word of a posture in the viewer's language."""
    return str(wording.POSTURE_WORDS.get(name, name))


@register.filter
def role_word(role: str) -> str:
    """The name of a role in the viewer's language; a role that no longer exists as it is kept."""
    return str(dict(RoleChoices.choices).get(role, role))


@register.filter
def dialled(number: str) -> str:
    """A telephone number as an address has it (RFC 3966): nothing between its digits."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.filter
def listed(words: Iterable[object]) -> str:
    """`{{ kinds|listed }}`: words of the page itself, with the comma of its language."""
    return wording.comma().join(str(word) for word in words)


@register.filter
def marked(text: str, words: Iterable[str]) -> SafeString:
    """`{{ hit.title|marked:words }}`: the text with what was looked for marked."""
    return wording.marked_html(str(text), words)


@register.filter
def isolated(names: Iterable[object]) -> SafeString:
    """`{{ scope.sites|isolated }}`: names from the record, each with a direction of its own."""
    return format_html_join(wording.comma(), "<bdi>{}</bdi>", ((name,) for name in names))


@register.filter
def known_names(names: Iterable[str]) -> list[str]:
    """`{{ scope.lines|known_names }}`: as `known_name`, for several."""
    return [wording.known_name(str(name)) for name in names]


@register.filter
def known_name(name: str) -> str:
    """`{{ line.name|known_name }}`: the name of an activity line, or the label of a pack."""
    return wording.known_name(str(name))


@register.filter
def direction(language: str) -> str:
    """`{{ language|direction }}`: which way a text in that language is written."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@register.filter
def lookup(mapping: Mapping[str, object] | None, key: str) -> object:
    """`{{ mapping|lookup:key }}`: what `mapping` holds for `key`, or an empty text."""
    return (mapping or {}).get(key, "")


def asking(context: Context) -> HttpRequest | None:
    request = getattr(context, "request", None) or context.get("request")
    return request if isinstance(request, HttpRequest) else None


@register.filter
def found_in[Value](names: Iterable[str], known: Mapping[str, Value] | None) -> tuple[Value, ...]:
    """`{{ directive.claims|found_in:claims }}`: what is known under these names, in their order."""
    return tuple(known[name] for name in names if name in known) if known else ()


@register.filter
def attribute_words(key: str) -> str:
    """`{{ "position.agreement"|attribute_words }}`: the key of an attribute as it is read."""
    return str(key).replace("_", " ").replace(".", ": ")


@register.simple_tag
def beside(keys: Iterable[str] | None, home: str | None = None) -> tuple[str, ...]:
    """`{% beside packs home %}`: the packs whose labels must stand beside a value."""
    return packs.others(keys or (), home)


@register.simple_tag(takes_context=True)
def link_at(context: Context, address: str) -> str:
    """`{% link_at url %}`: the address with the `on` and `known_on` of the page that stands."""
    request = asking(context)
    if request is None:
        return address
    moments = asked_moments(request)
    asked = {ON: moments.on_text, KNOWN_ON: moments.known_on_text}
    kept = {name: text for name, text in asked.items() if text and name not in moments.errors}
    parts = urlsplit(address)
    own = dict(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(parts._replace(query=urlencode(kept | own)))


@register.simple_tag(takes_context=True)
def pack_label(context: Context, key: str) -> str:
    """`{% pack_label key %}`: what is said of the pack with this key."""
    request = asking(context)
    return packs.label(str(key), packs.packs_of(request) if request else {})


@register.simple_tag(takes_context=True)
def link_at_name(context: Context, name: str, *arguments: object) -> str:
    """`{% link_at_name "record:claim" pk %}`: a named page, at the moments of this one."""
    return link_at(context, reverse(name, args=arguments))
