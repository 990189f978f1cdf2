"""Doors hand on what a query gave them: none reaches further by a row's own relations.

The import contracts keep tables away from doors; a row that a query returned still has managers
of what points at it, which no contract sees and no viewer narrows.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[2] / "src" / "cadre"
DOORS = {"views", "api", "forms", "outgoing", "management", "templatetags"}
# `filter` and `get` are left out: forms, requests and template libraries have them too.
REACHING = {
    "objects", "all", "exclude", "values_list", "values_at", "select_related",
    "prefetch_related", "annotate", "aggregate", "order_by",
}  # fmt: skip
IN_TEMPLATES = re.compile(r"\.(?:objects|all|order_by|\w+_set)\b")


def doors() -> list[Path]:
    found = []
    for path in sorted(SOURCES.rglob("*.py")):
        parts = path.relative_to(SOURCES).with_suffix("").parts
        # Accounts say who looks, before there is a viewer to ask for.
        if DOORS & set(parts) and parts[0] != "access":
            found.append(path)
    return found


def reaching(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and (
            node.attr in REACHING or node.attr.endswith("_set")
        ):
            yield f"{node.attr} in line {node.lineno}"


@pytest.mark.parametrize("door", doors(), ids=lambda path: str(path.relative_to(SOURCES)))
def test_door_reaches_no_further_than_its_query(door: Path) -> None:
    assert list(reaching(door.read_text())) == []


def test_a_door_that_did_would_be_found() -> None:
    assert sorted(reaching("mission.lines.all()\nclaim.document_set")) == [
        "all in line 1",
        "document_set in line 2",
    ]


def test_no_template_reaches_further_than_what_it_was_given() -> None:
    templates = sorted(SOURCES.rglob("*.html"))
    told = {
        str(path.relative_to(SOURCES)): found
        for path in templates
        if (found := IN_TEMPLATES.findall(path.read_text()))
    }

    assert len(templates) > 50
    assert told == {}
    assert IN_TEMPLATES.findall("{% for line in mission.lines.all %}") == [".all"]
