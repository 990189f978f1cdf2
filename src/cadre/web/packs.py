"""Which pack a value comes from, in words: packs are never blended in one view without labels."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cadre.record.queries import packs
from cadre.record.queries.rows import Pack
from cadre.web.wording import known_name

OWN = ""  # the key of what was put on record here, by hand


def packs_of(request: HttpRequest) -> dict[str, Pack]:
    """The packs that whoever asks may see, by key; read once a request, none for a stranger."""
    known: dict[str, Pack] | None = getattr(request, "cadre_packs", None)
    if known is None:
        viewer = getattr(request, "viewer", None)
        known = packs(viewer) if viewer else {}
        request.cadre_packs = known  # type: ignore[attr-defined]  # a request carries what middleware and views hang on it
    return known


def label(key: str, known: Mapping[str, Pack]) -> str:
    """What is said of a pack: its label, else its title, else its key."""
    if key == OWN:
        return _("recorded here")
    pack = known.get(key)
    return known_name((pack.label or pack.title) if pack else key)


def others(keys: Iterable[str], home: str | None) -> tuple[str, ...]:
    """The one rule of labels: of the packs that a value rests on, those that are not the one
    whose label stands over it already.
    """
    return tuple(sorted(set(keys) - {home}))
