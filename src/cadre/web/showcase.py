"""The page of components: every one, light, dark and right to left. It is the visual test too."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cadre.web import samples
from cadre.web.render import render_page

SCHEMES = ("light", "dark")
DIRECTIONS = {"ltr": "en", "rtl": "ar"}


@dataclass(frozen=True)
class Panel:
    """One rendering of every component."""

    scheme: str
    direction: str
    language: str
    data: dict[str, object]

    @property
    def prefix(self) -> str:
        return f"{self.scheme}-{self.direction}"


SECTIONS = (
    ("board", _("Board")),
    ("postures", _("Posture, status, marking, speaker chain")),
    ("values", _("Moments, quantities, not stated")),
    ("ruling", _("Ruling and answers")),
    ("source", _("Source by sentences")),
    ("facts", _("Facts, timeline")),
    ("tables", _("Tables, changes, pages of a list")),
    ("forms", _("Forms and buttons")),
    ("notes", _("Messages, empty state, disclosure, dialog, banners")),
)


def components(request: HttpRequest) -> HttpResponseBase:
    """All components; `?scheme=` and `?dir=` show one rendering at full width."""
    scheme, direction = request.GET.get("scheme", ""), request.GET.get("dir", "")
    single = scheme in SCHEMES or direction in DIRECTIONS
    if single:
        shown = [(scheme if scheme in SCHEMES else "light", direction or "ltr")]
    else:
        shown = [("light", "ltr"), ("dark", "ltr"), ("light", "rtl")]
    context = {
        "panels": [panel(*each) for each in shown],
        "sections": [(name, title, f"web/samples.html#{name}") for name, title in SECTIONS],
        "scheme": scheme if scheme in SCHEMES else "",
        "direction": direction if direction in DIRECTIONS else "",
        "exercise": True,
        "fictional": True,
    }
    return render_page(request, "web/components.html", context)


def panel(scheme: str, direction: str) -> Panel:
    direction = direction if direction in DIRECTIONS else "ltr"
    language = DIRECTIONS[direction]
    with override(language):
        return Panel(scheme, direction, language, sample_data(f"{scheme}-{direction}"))


def sample_data(prefix: str) -> dict[str, object]:
    return {
        "prefix": f"{prefix}-",
        "groups": samples.groups(),
        "tiles": samples.tiles(),
        "steps": samples.steps(),
        "facts": samples.facts(),
        "moments": samples.moments(),
        "quantities": samples.quantities(),
        "markings": samples.markings(),
        "days": samples.days(),
        "source": samples.source(),
        "ruling": samples.ruling("training"),
        "open_ruling": samples.ruling("advising"),
        "claims": samples.claims(),
        "said": samples.said(),
        "changes": samples.changes(),
        "sites": samples.sites(),
        "page": samples.page(),
        "form": samples.sample_form(prefix),
    }
