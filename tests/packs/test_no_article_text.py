"""The article's text stays out of the project: short wordings are kept, sentences are not.

`article-windows.txt` has a digest of every twelve words that follow each other in the article, so
that the text can be looked for without being here.
"""

import re
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.packs.conftest import CASES, ROOT

WINDOW = 12
DIGITS = 12
WINDOWS = frozenset(
    line
    for line in Path(__file__).with_name("article-windows.txt").read_text().splitlines()
    if not line.startswith("#")
)
TEXTS = frozenset({".py", ".md", ".tsv", ".toml", ".html", ".txt", ".po", ".sql", ".js", ".css"})


def windows(text: str) -> Iterator[str]:
    words = re.findall(r"[^\W_]+", text.casefold())
    for place in range(len(words) - WINDOW + 1):
        yield " ".join(words[place : place + WINDOW])


def digest(window: str) -> str:
    return sha256(window.encode()).hexdigest()[:DIGITS]


def files() -> Iterator[Path]:
    """Every text of the project: what git keeps, or all of the folders where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    found = [ROOT / name for name in names if name] or [
        path for folder in ("src", "docs", "cases", "tests") for path in (ROOT / folder).rglob("*")
    ]
    yield from (path for path in found if path.suffix in TEXTS and path.is_file())


def test_no_twelve_words_of_the_article_are_in_the_project() -> None:
    copied = [
        f"{path.relative_to(ROOT)}: {window}"
        for path in files()
        for window in windows(path.read_text(encoding="utf-8", errors="replace"))
        if digest(window) in WINDOWS
    ]
    assert copied == []


def test_a_copied_sentence_would_be_found() -> None:
    """The digests are those of the article: its twelve-word headline is one of its windows."""
    headline = "nato announces temporary suspension of training mission in iraq after"
    known = {digest(f"{headline} {last}") for last in ("soleimani death",)}
    assert len(WINDOWS) > 500
    assert known <= WINDOWS


def test_no_value_of_the_case_is_long() -> None:
    lines = (CASES / "iraq-2020" / "claims.tsv").read_text(encoding="utf-8").splitlines()[2:]
    longest = max(len(line.split("\t")[3].split()) for line in lines)
    assert longest <= WINDOW
