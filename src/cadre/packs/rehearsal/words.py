"""What people write in answer to a muster, by language."""

from collections.abc import Mapping
from typing import Final

SAFE: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("SAFE", "safe", "Safe.", "SAFE {code}", "safe {code}"),
    "fr": ("SAUF", "sauf", "En sécurité", "SAIN ET SAUF {code}", "sain et sauf"),
    "ar": ("بخير", "أنا بخير", "أنا بأمان", "بخير {code}", "سالم"),
}
HELP: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("HELP", "need a medic", "I am not safe, help", "safe but my driver is wounded"),
    "fr": ("AU SECOURS", "besoin d'aide", "un blessé ici", "sauf mais piégé"),
    "ar": ("النجدة", "ساعدوني", "عندنا جريح", "أنا محاصر"),
}
UNCLEAR: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("I am ok i think", "👍", "who is this?", "not ok", "{code}", "call me"),
    "fr": ("ça va", "je ne suis pas sauf", "c'est qui ?", "👍"),
    "ar": ("تمام", "من معي؟", "لست بخير", "👍"),
}
