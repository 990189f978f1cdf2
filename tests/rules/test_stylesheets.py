"""Rules that hold in every stylesheet and template of the shell."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STYLES = sorted((settings.SOURCE / "web" / "static" / "web").glob("*.css"))
TEMPLATES = sorted(settings.SOURCE.glob("*/templates/**/*.html"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height)|float|text-align)\s*:\s*+(?!inline-|start|end|center)[^;]+;"
)
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|\son[a-z]+=")
TEXT_RATIO, SHAPE_RATIO = 4.5, 3.0
GROUNDS = ("paper", "sunken", "raised")


@pytest.mark.parametrize("sheet", STYLES, ids=lambda sheet: sheet.name)
def test_properties_are_logical(sheet: Path) -> None:
    assert PHYSICAL.findall(sheet.read_text()) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_templates_hold_no_style_and_no_script(template: Path) -> None:
    assert INLINE.findall(template.read_text()) == []


def test_what_every_page_loads_is_light() -> None:
    entry = next(sheet for sheet in STYLES if sheet.name == "app.css")
    names = {"app.css", *re.findall(r'url\("\./([a-z]+\.css)"\)', entry.read_text())}
    loaded = [sheet for sheet in STYLES if sheet.name in names]
    assert len(loaded) == len(names)
    assert sum(len(gzip.compress(sheet.read_bytes())) for sheet in loaded) < 12_000


def tokens(scheme: int) -> dict[str, str]:
    """The colours of a scheme: 0 is light, 1 is dark."""
    css = next(sheet for sheet in STYLES if sheet.name == "tokens.css").read_text()
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);", css)
    first: dict[str, str] = {}
    for name, *colours in pairs:
        first.setdefault(name, colours[scheme])
    return first


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    postures = ("running", "restricted", "suspended", "unstated")
    texts = ("ink", "ink-soft", "accent", *postures)
    return [
        *((text, ground, TEXT_RATIO) for text in texts for ground in GROUNDS),
        *((posture, f"{posture}-tint", TEXT_RATIO) for posture in postures),
        *(("ink", f"{posture}-tint", TEXT_RATIO) for posture in postures),
        ("accent", "accent-tint", TEXT_RATIO),
        ("ink", "accent-tint", TEXT_RATIO),
        ("ink", "mark", TEXT_RATIO),
        ("on-accent", "accent", TEXT_RATIO),
        *(("line-strong", ground, SHAPE_RATIO) for ground in GROUNDS),
    ]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_pair_of_colours_can_be_read(scheme: int) -> None:
    colours = tokens(scheme)
    weak = [
        (one, other, round(contrast(colours[one], colours[other]), 2))
        for one, other, wanted in pairs()
        if contrast(colours[one], colours[other]) < wanted
    ]
    assert weak == []


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_classifications_can_be_read(scheme: int) -> None:
    colours = tokens(scheme)
    levels = ("unclassified", "restricted-marking", "confidential", "secret")
    assert [level for level in levels if contrast("#ffffff", colours[level]) < TEXT_RATIO] == []
