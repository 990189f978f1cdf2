"""How the launcher says no: one sentence on standard error and an exit code."""

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 130


class Refusal(Exception):
    """A request that cannot be met; its text is the one sentence that the user reads."""

    def __init__(self, sentence: str, code: int = BAD_INPUT) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
