"""What `./cadre --help` shows."""

from collections.abc import Mapping

from cadre.launch.django_words import SHOWN_STOCK, load, own_words, settled_for_reading, stock_words

HEAD = """\
Cadre: the software of a multinational train-and-advise mission, above all through a stop.

Usage: ./cadre WORD …        ./cadre WORD --help explains a word.
"""
WIDTH = 16


def overview(launcher: Mapping[str, str], *, everything: bool) -> str:
    """All words with a line each; Django's own ones only where `everything` is asked for."""
    settled_for_reading()
    parts = [HEAD, "Set up, run and check:", _lines(launcher)]
    parts += ["\nAsk and work with the record:", _lines(_purposes(own_words()))]
    stock = stock_words() - own_words()
    shown = stock if everything else stock & set(SHOWN_STOCK)
    title = "\nDjango's own:" if everything else "\nDjango's own (all: ./cadre help --all):"
    return "\n".join([*parts, title, _lines(_purposes(shown))])


def _purposes(words: set[str]) -> dict[str, str]:
    return {word: load(word).help for word in sorted(words)}


def _lines(purposes: Mapping[str, str]) -> str:
    return "\n".join(
        f"  {word:{WIDTH}} {' '.join(purpose.split())}" for word, purpose in purposes.items()
    )
