"""Every message in the code: one sentence that translators see whole."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "cadre"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
PLAIN = {"gettext", "gettext_lazy", "_", "gettext_noop"}
COUNTED = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
COUNTED_IN_CONTEXT = {"npgettext", "npgettext_lazy"}
SENTENCES = (
    dict.fromkeys(PLAIN, slice(0, 1))
    | dict.fromkeys(COUNTED, slice(0, 2))
    | dict.fromkeys(IN_CONTEXT, slice(0, 2))
    | dict.fromkeys(COUNTED_IN_CONTEXT, slice(0, 3))
)


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def messages(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (where := SENTENCES.get(called(node))):
            yield from node.args[where]


def problems(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    # A name that stands for a message is shown by a later call; only texts are collected.
    return [
        f"{path.relative_to(SOURCE)}:{node.lineno} is not a plain text"
        for node in messages(tree)
        if not isinstance(node, ast.Constant) and not isinstance(node, ast.Name | ast.Attribute)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_message_is_a_plain_text(path: Path) -> None:
    """An f-string or a sum of texts never reaches the message files."""
    assert problems(path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_message_names_what_stands_in_it(path: Path) -> None:
    """Translators must be able to change the order of two values."""
    found = [
        node.value
        for node in messages(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert [text for text in found if "%s" in text or "%d" in text or "{}" in text] == []
