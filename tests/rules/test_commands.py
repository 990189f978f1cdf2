"""Every command: it says what it does, is documented, and answers nonsense with a sentence."""

from pathlib import Path

import pytest
from django.core.management import load_command_class

from cadre.launch.commands import Command, read
from cadre.launch.dispatch import WORDS
from cadre.launch.django_words import load, own_words
from cadre.launch.refusal import BAD_INPUT, Refusal
from cadre.web.drawing import pages

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


@pytest.mark.parametrize("word", sorted(own_words()))
def test_command_says_in_a_sentence_what_it_does(word: str) -> None:
    described = load(word)

    assert isinstance(described, Command)
    assert described.help.strip().endswith(".")


@pytest.mark.parametrize("word", sorted(WORDS))
def test_word_of_the_launcher_says_in_a_sentence_what_it_does(word: str) -> None:
    assert WORDS[word].purpose.endswith(".")


@pytest.mark.parametrize("word", sorted(own_words()))
def test_unknown_option_is_refused_in_one_sentence(word: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(load(word), word, ["--no-such-option"])

    assert refused.value.code == BAD_INPUT
    assert (refused.value.sentence[-1], "\n" in refused.value.sentence) == (".", False)


@pytest.mark.parametrize("word", sorted({*own_words(), *WORDS}))
def test_command_is_documented(word: str) -> None:
    text = (REFERENCE / "commands.md").read_text()

    assert f"`{word}`" in text or f"`./cadre {word}`" in text


@pytest.mark.parametrize("name", sorted(pages()))
def test_drawn_page_of_the_reference_is_fresh(name: str) -> None:
    assert (REFERENCE / name).read_text() == pages()[name]


def test_drawing_twice_gives_the_same() -> None:
    assert pages() == pages()


def test_stale_page_is_named_and_fails(
    tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs" / "reference").mkdir(parents=True)
    settings.ROOT = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings take any name
    command = load_command_class("cadre.web", "diagrams")
    with pytest.raises(SystemExit) as ended:
        command.handle(check=True)

    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        f"docs/reference/{name} is stale; run ./cadre diagrams." for name in pages()
    ]
