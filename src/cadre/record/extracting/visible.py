"""The visible text of an HTML page: no scripts, no styles, nothing hidden."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

UNSHOWN: Final = frozenset(
    {
        "script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object",
        "embed", "audio", "video", "canvas", "datalist", "select", "noembed", "noframes",
    }
)  # fmt: skip  # a list reads best so
VOID: Final = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    }
)  # fmt: skip  # as above
BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "button", "caption", "dd", "details",
        "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "label", "legend", "li", "main",
        "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot",
        "th", "thead", "tr", "ul",
    }
)  # fmt: skip  # as above
# An element that is left open ends where one of these begins.
ENDED_BY: Final = {
    "p": BLOCKS - {"button", "label", "legend", "td", "th", "tr", "li", "dd", "dt"},
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
    "td": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "th": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "head": frozenset({"body"}),
}
HIDING: Final = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d])"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
# A rule of the page's own style sheet that hides what has a class or a name.
RULE: Final = re.compile(r"(?P<selectors>[^{}]{1,2000})\{(?P<body>[^{}]{0,5000})\}")
SELECTOR: Final = re.compile(r"(?:[a-zA-Z][\w-]*)?(?P<mark>[.#])(?P<name>[\w-]+)")
SPACE: Final = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")

type Attributes = list[tuple[str, str | None]]


def visible_text(page: str) -> tuple[str, str]:
    """The text of a page, a blank line between its blocks, and the page's title."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.text(), " ".join("".join(reader.title).split())


class Reader(HTMLParser):
    """Collects what a browser would show. `hidden_at` is the depth at which hiding began."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.hidden_at: int | None = None
        self.concealed: set[str] = set()  # “.class” and “#name” that the page's styles hide
        self.parts: list[str] = []
        self.title: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        while self.open and tag in ENDED_BY.get(self.open[-1], ()):
            self.leave(len(self.open) - 1)
        if tag in BLOCKS:
            self.parts.append("\n\n")
        if tag == "br":
            self.parts.append("\n")
        if tag in VOID:
            return
        self.open.append(tag)
        hidden = tag in UNSHOWN or is_hidden(tag, attrs) or self.conceals(attrs)
        if self.hidden_at is None and hidden:
            self.hidden_at = len(self.open) - 1

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """HTML knows no empty elements but its own: `<div/>` opens a division."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            self.leave(len(self.open) - 1 - self.open[::-1].index(tag))

    def leave(self, depth: int) -> None:
        if self.hidden_at is not None and depth <= self.hidden_at:
            self.hidden_at = None
        if not BLOCKS.isdisjoint(self.open[depth:]):
            self.parts.append("\n\n")
        del self.open[depth:]

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title":
            self.title.append(data)
        elif self.open and self.open[-1] == "style":
            self.concealed |= set(concealed_by(data))
        elif self.hidden_at is None:
            self.parts.append(data if "pre" in self.open else SPACE.sub(" ", data))

    def conceals(self, attrs: Attributes) -> bool:
        given = {name: value or "" for name, value in attrs}
        marks = {f".{name}" for name in given.get("class", "").split()}
        return not self.concealed.isdisjoint({*marks, f"#{given.get('id', '')}"})

    def text(self) -> str:
        lines = (line.strip() for line in "".join(self.parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def concealed_by(styles: str) -> Iterator[str]:
    """The classes and names that a style sheet hides by themselves, whatever stands around them."""
    for rule in RULE.finditer(styles):
        if HIDING.search(rule["body"]) is None:
            continue
        for selector in rule["selectors"].split(","):
            found = SELECTOR.fullmatch(selector.strip())
            if found is not None:
                yield found["mark"] + found["name"]


def is_hidden(tag: str, attrs: Attributes) -> bool:
    """Whether an element is not shown until somebody or some script opens it."""
    given = {name: value or "" for name, value in attrs}
    if "hidden" in given or given.get("aria-hidden", "").casefold() == "true":
        return True
    if tag == "dialog" and "open" not in given:
        return True
    return HIDING.search(given.get("style", "")) is not None
