"""From what somebody hands in to text, without trusting a byte of it."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from django.utils.translation import gettext_lazy

from cadre.core.refused import Refused
from cadre.record.extracting.cleaning import clean
from cadre.record.extracting.outcome import LARGEST, LONGEST, MOST_PAGES, Trouble

SECONDS: Final = 30  # on the wall clock, a little more than the child gives itself
SOURCE: Final = Path(__file__).resolve().parents[2]
HEAD: Final = 1_024  # where a PDF file says that it is one
PDF: Final = b"%PDF-"
AT_ONCE: Final = BoundedSemaphore(2)

SENTENCES: Final = {
    Trouble.EMPTY: gettext_lazy("There is no text in it."),
    Trouble.TOO_LARGE: gettext_lazy(
        "It is larger than %(megabytes)d MB; hand it in in parts, or paste its text."
    ),
    Trouble.TOO_LONG: gettext_lazy(
        "It is longer than %(characters)d characters; hand it in in parts."
    ),
    Trouble.TOO_MANY_PAGES: gettext_lazy("It has more than %(pages)d pages; hand it in in parts."),
    Trouble.TOO_HEAVY: gettext_lazy(
        "Reading it takes too much time or memory, as harmful files do; paste its text instead."
    ),
    Trouble.UNKNOWN: gettext_lazy("It is neither text nor an HTML page nor a PDF file."),
    Trouble.ARCHIVE: gettext_lazy(
        "It is an archive or an office document; save it as PDF or as text."
    ),
    Trouble.ENCODING: gettext_lazy(
        "Its characters cannot be told for certain; save it as UTF-8 text."
    ),
    Trouble.ENCRYPTED: gettext_lazy("It is a PDF file that is locked with a password."),
    Trouble.BROKEN: gettext_lazy("It is a PDF file that is damaged."),
    Trouble.IMAGES: gettext_lazy(
        "It is a PDF file of pictures without text; type or paste what it says."
    ),
    Trouble.BUSY: gettext_lazy("Other documents are being read; try again in a minute."),
}


@dataclass(frozen=True, slots=True)
class Extracted:
    """The visible text of a document, what it was, and the SHA-256 of what was handed in."""

    text: str
    media_type: str
    digest: str
    title: str = ""


def refusal(trouble: Trouble) -> Refused:
    limits = {"megabytes": LARGEST // 2**20, "characters": LONGEST, "pages": MOST_PAGES}
    return Refused(str(SENTENCES[trouble]) % limits)


def pasted(text: str) -> Extracted:
    """Text as somebody typed or pasted it. Refused when it is empty or too long."""
    if len(text) > LONGEST:
        raise refusal(Trouble.TOO_LONG)
    cleaned = clean(text)
    if not cleaned.strip():
        raise refusal(Trouble.EMPTY)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Extracted(cleaned, "text/plain", digest)


def extract(content: bytes) -> Extracted:
    """The text of a file, read in a process of its own with little memory and time.

    Refused, in one sentence, when it is too large, locked, damaged, without text, or neither
    text nor HTML nor PDF. What it is is told by its content; a name says nothing.
    """
    if len(content) > LARGEST:
        raise refusal(Trouble.TOO_LARGE)
    if not content.strip():
        raise refusal(Trouble.EMPTY)
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise refusal(Trouble.BUSY)
    try:
        answer = answer_of_child(content)
    finally:
        AT_ONCE.release()
    if "trouble" in answer:
        raise refusal(Trouble(answer["trouble"]))
    digest = hashlib.sha256(content).hexdigest()
    return Extracted(answer["text"], answer["media_type"], digest, answer["title"])


def answer_of_child(content: bytes) -> dict[str, str]:
    """What the child says; one that dies or does not end was given something harmful."""
    reader = "portable" if PDF in content[:HEAD] else "characters"
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter, no words of the user
            [sys.executable, "-P", "-s", "-m", f"cadre.record.extracting.{reader}"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={"PYTHONPATH": os.fspath(SOURCE), "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"trouble": Trouble.TOO_HEAVY.value}
    return {str(name): str(value) for name, value in answer.items()}
