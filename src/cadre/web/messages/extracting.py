"""Every translatable text of the source, found without GNU gettext, which few machines have."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

PLURAL = frozenset({"ngettext", "ngettext_lazy"})
IN_CONTEXT = frozenset({"pgettext", "pgettext_lazy"})
PLURAL_IN_CONTEXT = frozenset({"npgettext", "npgettext_lazy"})
PLAIN = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
KEYWORDS = dict.fromkeys(sorted(PLAIN | PLURAL | IN_CONTEXT | PLURAL_IN_CONTEXT))
TEMPLATE_ENDINGS = frozenset({".html", ".txt"})


@dataclass(frozen=True, order=True)
class Text:
    """One translatable text: `plural` and `context` are empty where there is none."""

    singular: str
    context: str = ""
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a translation is found by: gettext leaves the plural out."""
        return self.singular, self.context


def texts_of(source: Path) -> list[Text]:
    """All texts below `source`, each once, in the order of the alphabet."""
    found: dict[tuple[str, str], Text] = {}
    for path in files_of(source):
        for text in texts_in(path):
            if text.key not in found or text.plural:
                found[text.key] = text
    return sorted(found.values())


def files_of(source: Path) -> Iterator[Path]:
    """Python files and templates; migrations repeat the names that models had."""
    for path in sorted(source.rglob("*")):
        python = path.suffix == ".py" and "migrations" not in path.parts
        if python or (path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts):
            yield path


def texts_in(path: Path) -> Iterator[Text]:
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from texts_in_python(content)
    else:
        yield from texts_in_template(content)


def texts_in_template(content: str) -> Iterator[Text]:
    """The texts of a template; parentheses spare its turned form the rules of indentation."""
    yield from texts_in_python(f"({templatize(content)}\n)")


def texts_in_python(content: str) -> Iterator[Text]:
    code = BytesIO(content.encode())
    for _line, function, said, _comments in extract_python(code, KEYWORDS, (), {}):
        arguments = strings(said)
        if text := text_of(str(function), arguments):
            yield text


def strings(said: object) -> list[str]:
    """The arguments of a call; Babel gives a text, or several, with None for a variable."""
    several = said if isinstance(said, tuple | list) else (said,)
    return [part if isinstance(part, str) else "" for part in several]


def text_of(function: str, arguments: list[str]) -> Text | None:
    """The text that a call names; None where it names it by a variable."""
    context = arguments.pop(0) if function in IN_CONTEXT | PLURAL_IN_CONTEXT else ""
    many = arguments[1] if function in PLURAL | PLURAL_IN_CONTEXT and len(arguments) > 1 else ""
    return Text(arguments[0], context, many) if arguments and arguments[0] else None
