"""The words of the launcher's own commands, read with errors of one sentence."""

import argparse
from typing import NoReturn

from cadre.launch.refusal import Refusal

HIGHEST_PORT = 65535


class SentenceParser(argparse.ArgumentParser):
    """Reads arguments; what it cannot read it answers with one sentence, never a usage dump."""

    def __init__(self, word: str, purpose: str) -> None:
        super().__init__(prog=f"./cadre {word}", description=purpose, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise Refusal(complaint(self.prog, message))


def complaint(program: str, message: str) -> str:
    """The sentence for arguments that `program` cannot read."""
    return f"{program}: {message.rstrip('.')} (see {program} --help)."


def port(text: str) -> int:
    """A TCP port that an ordinary user may name; argparse shows the sentence of a ValueError."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < number <= HIGHEST_PORT:
        message = f"{text!r} is not a port between 1 and 65535"
        raise argparse.ArgumentTypeError(message)
    return number


def positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        message = f"{text!r} is not a whole number of at least 1"
        raise argparse.ArgumentTypeError(message)
    return number
