"""Marked words in a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from cadre.web.quoting import sentence


def test_the_marked_words_stand_out() -> None:
    shown = sentence("S05", "for the time being, he said", [(0, 18)])
    assert shown.parts == (("for the time being", True), (", he said", False))
    assert shown.marked is True


def test_a_sentence_without_marks_is_whole() -> None:
    assert sentence("S01", "All of it.").parts == (("All of it.", False),)
    assert sentence("S01", "All of it.").marked is False


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5)
)
def test_no_word_is_lost_or_doubled(text: str, spans: list[tuple[int, int]]) -> None:
    shown = sentence("S01", text, spans)
    assert "".join(part for part, _ in shown.parts) == text
    inside = {place for start, end in spans for place in range(start, min(end, len(text)))}
    assert sum(len(part) for part, marked in shown.parts if marked) == len(inside)
