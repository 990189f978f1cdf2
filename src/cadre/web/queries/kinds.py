"""What the search looks through: by which fields, in which order, and how a hit reads."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadre.access.models import Marked
from cadre.directives.models import Directive
from cadre.mission.models import Mission, Organisation, Person, Post, Site
from cadre.record.models import Claim, Document, Source, Subject
from cadre.situation.models import Incident
from cadre.web.wording import known_name

type Say = Callable[[Marked, Sequence[str]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is searched, and how a hit is shown. `key` names it in an address."""

    key: str
    label: Promise
    model: type[Marked]
    fields: tuple[str, ...]
    url: Callable[[Marked], str]
    text: Say
    code: Callable[[Marked], str]
    order: tuple[str, ...]
    with_rows: tuple[str, ...] = ()
    title: Callable[[Marked], str] = str


def page(name: str, attribute: str) -> Callable[[Marked], str]:
    return lambda row: reverse(name, args=[getattr(row, attribute)])


def listed_by(name: str, attribute: str) -> Callable[[Marked], str]:
    """A list that is narrowed to what has this word."""
    return lambda row: f"{reverse(name)}?{urlencode({'q': getattr(row, attribute)})}"


def field(name: str) -> Callable[[Marked], str]:
    return lambda row: str(getattr(row, name))


def nothing(_row: Marked) -> str:
    return ""


def fields(*names: str) -> Say:
    """What these fields say, those with a list of choices in the viewer's language."""

    def say(row: Marked, _words: Sequence[str]) -> Iterable[str]:
        for name in names:
            said = getattr(row, f"get_{name}_display", None)
            value = said() if said else getattr(row, name)
            yield known_name(str(value)) if value else ""

    return say


def sentence(row: Marked, words: Sequence[str]) -> Iterable[str]:
    """The first sentence of a document that holds the first word."""
    told: list[str] = getattr(row, "sentences", [])
    yield next((each for each in told if words[0].casefold() in each.casefold()), "")


def subject_and_attribute(row: Marked) -> str:
    if not isinstance(row, Claim):
        return str(row)
    return f"{row.subject} · {row.attribute.replace('_', ' ').replace('.', ': ')}"


# What a duty officer means first stands first; what there is most of stands last.
KINDS = (
    Kind(
        "missions", _("Missions"), Mission, ("code", "name", "nature", "area"),
        page("mission:mission", "code"), fields("nature"), field("code"), ("code",),
    ),
    Kind(
        "directives", _("Directives"), Directive, ("number", "authority", "reason"),
        page("directives:directive", "number"), fields("effect", "mission", "authority", "reason"),
        nothing, ("number",), ("mission",),
    ),
    Kind(
        "incidents", _("Incidents"), Incident, ("number", "what", "place"),
        listed_by("situation:incidents", "number"), fields("what"), nothing, ("-number",),
    ),
    Kind(
        "subjects", _("Subjects"), Subject, ("key", "title", "kind"),
        page("record:subject", "key"), fields("kind"), field("key"), ("title",),
    ),
    Kind(
        "sites", _("Sites"), Site, ("code", "name"),
        page("mission:site", "code"), fields("kind", "parent"), field("code"), ("name",),
        ("parent",),
    ),
    Kind(
        "organisations", _("Organisations"), Organisation, ("code", "name"),
        page("mission:organisation", "code"), fields("kind"), field("code"), ("name",),
    ),
    Kind(
        "people", _("People"), Person, ("code", "name", "rank"),
        page("mission:person", "code"), fields("nation"), field("code"), ("name",), ("nation",),
    ),
    Kind(
        "sources", _("Sources"), Source, ("name", "title", "author", "publisher"),
        page("record:source", "pk"), fields("kind", "author", "publisher"), nothing, ("name",),
    ),
    Kind(
        "documents", _("Documents"), Document, ("file_name", "sentences__icontains"),
        page("intake:document", "pk"), sentence, nothing, ("file_name", "pk"),
    ),
    Kind(
        "claims", _("Claims"), Claim, (),
        page("record:claim", "pk"), fields("value"), field("reference"),
        ("-when_latest", "pack", "reference"), title=subject_and_attribute,
    ),
    Kind(
        "posts", _("Posts"), Post, ("code", "title"),
        page("mission:post", "code"), fields("mission", "line", "site", "nation"), field("code"),
        ("title", "code"), ("mission", "site", "nation"),
    ),
)  # fmt: skip
