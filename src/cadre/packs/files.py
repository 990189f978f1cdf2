"""The files of a pack's folder, with nothing trusted: not their size, kind, place or encoding."""

from pathlib import Path

from cadre.packs.pack import Problem, Report


def read_bytes(folder: Path, name: str, *, largest: int, report: Report) -> bytes | None:
    """The content of a plain file inside the folder; None when it is not there or no good."""
    path = folder / name
    if not path.exists() and not path.is_symlink():
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        report(Problem(name, 0, "", "This is a link that leads out of the pack's folder"))
        return None
    if not path.is_file():
        report(Problem(name, 0, "", "This is not a plain file"))
        return None
    try:
        if path.stat().st_size > largest:
            report(Problem(name, 0, "", f"This file is larger than {largest} bytes"))
            return None
        return path.read_bytes()
    except OSError as error:
        report(Problem(name, 0, "", f"This file cannot be read: {error.strerror}"))
        return None


def as_text(content: bytes, name: str, report: Report) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report(Problem(name, line, "", "This file is not UTF-8 text"))
        return None
    if "\0" in text:
        report(
            Problem(name, text.count("\n", 0, text.index("\0")) + 1, "", "This is not a text file")
        )
        return None
    return text
