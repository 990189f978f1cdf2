"""Lists of words, written as the reader of the code would write them."""


def words(text: str) -> frozenset[str]:
    """The words of a text that are separated by white space."""
    return frozenset(text.split())


def phrases(text: str) -> list[str]:
    """The phrases of a text that are separated by commas."""
    return text.split(", ")
