"""Every template: its words can be translated, and nothing in it runs inline."""

import re
from pathlib import Path

import pytest
from django.template import base

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "cadre"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
# Words that stand alike in every language.
NAMES = {"Cadre", "UTC", "SHA-256", "MGRS", "CSV", "XLSX", "JSON", "API", "EDTF", "TOTP"}
WORD = re.compile(r"[^\W\d_]{2,}")
MARKUP = re.compile(
    r"<!--.*?-->|<!doctype[^>]*>|<(?P<raw>style|script)\b.*?</(?P=raw)>|<svg\b.*?</svg>",
    re.DOTALL | re.IGNORECASE,
)
TAG = re.compile(r"<[^<>]*>", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")
# Attributes that people read or hear.
SPOKEN = re.compile(
    r"\b(?:title|alt|placeholder|aria-label|aria-description|data-label|data-copy|data-message)"
    r'\s*=\s*"(?P<text>[^"]*)"'
)
EVENT = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
SCRIPT = re.compile(
    r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE
)
MARK = "\x00"  # stands where a variable or another tag's output stands


def bare_text(source: str) -> str:
    """The template without what its tags and variables print; translated blocks are left out."""
    kept, within = [], ""
    for token in base.DebugLexer(source).tokenize():
        word = token.contents.split(" ", 1)[0] if token.contents else ""
        if token.token_type == base.TokenType.BLOCK:
            if word in {"blocktranslate", "blocktrans", "comment"}:
                within = word
            elif within and word == f"end{within}":
                within = ""
            kept.append(MARK)
        elif token.token_type == base.TokenType.TEXT and not within:
            kept.append(token.contents)
        else:
            kept.append(MARK)
    return "".join(kept)


def words_of(text: str) -> list[str]:
    return [word for word in WORD.findall(ENTITY.sub(" ", text)) if word not in NAMES]


def spoken(text: str) -> list[str]:
    return [word for found in SPOKEN.finditer(text) for word in words_of(found["text"])]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_words_of_a_template_can_be_translated(path: Path) -> None:
    text = bare_text(path.read_text())
    if path.suffix == ".html":
        text = MARKUP.sub(" ", text)
        assert (path.name, spoken(text)) == (path.name, [])
        # What begins inside a tag that another template closes is an attribute as well.
        text = TAG.sub(" ", text)
        text = re.sub(r'[\w-]+\s*=\s*"[^"]*"', " ", text)
    assert (path.name, words_of(text)) == (path.name, [])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_in_a_template_runs_inline(path: Path) -> None:
    """The content security policy would stop it; a browser says so only in its console."""
    text = bare_text(path.read_text())
    scripts = [
        found["attributes"]
        for found in SCRIPT.finditer(text)
        if "application/json" not in found["attributes"]
        and ("src=" not in found["attributes"] or found["body"].strip())
    ]

    assert (scripts, STYLE.findall(text), EVENT.findall(text)) == ([], [], [])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_translated_block_keeps_its_sentence_in_one_piece(path: Path) -> None:
    """Untrimmed, a line break in the template becomes part of the message."""
    loose = re.findall(r"{% blocktrans(?:late)? (?![^%]*\btrimmed\b)[^%]*%}", path.read_text())

    assert loose == []


def test_checker_finds_bare_words() -> None:
    source = '<p title="{{ x }} hours">{% translate "Now" %} or <b>never</b></p>'
    text = bare_text(source)

    assert spoken(text) == ["hours"]
    assert words_of(TAG.sub(" ", text)) == ["or", "never"]
