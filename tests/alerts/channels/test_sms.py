"""How long a text message is on the air."""

import pytest

from cadre.alerts.channels.sms import Length, length


@pytest.mark.parametrize(
    ("text", "parts", "small"),
    [
        ("", 1, True),
        ("a" * 160, 1, True),
        ("a" * 161, 2, True),
        ("a" * 306, 2, True),
        ("a" * 307, 3, True),
        ("é à ü Ñ Ω @ _ \n", 1, True),
        ("€" * 80, 1, True),
        ("€" * 81, 2, True),
        ("a" * 152 + "€" + "a" * 151, 2, True),
        ("€" + "a" * 152 + "€" + "a" * 152, 3, True),
        ("a" * 159 + "ê", 3, False),
        ("ب" * 70, 1, False),
        ("ب" * 71, 2, False),
        ("ب" * 134, 2, False),
        ("ب" * 135, 3, False),
        ("🚨" * 35, 1, False),
        ("🚨" * 36, 2, False),
        ("🚨" * 67, 3, False),  # 33 in a part: none is split
    ],
)
def test_a_text_travels_in_parts(text: str, parts: int, *, small: bool) -> None:
    assert length(text) == Length(parts, small)
