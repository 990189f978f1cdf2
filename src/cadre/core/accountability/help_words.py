"""Words that ask for help in English, French and Arabic.

They stand here as `folded` leaves them: small letters without accents and points, one form of each
Arabic letter. Too many words are better than too few: who is taken to need help is looked after by
a person, and who is taken to be safe is not.
"""

from typing import Final

# Wherever they stand, also inside a longer word: so Arabic prefixes and endings need no rule.
STEMS: Final = (
    # English
    "help",
    "mayday",
    "sos",
    "injur",
    "hurt",
    "wound",
    "bleed",
    "blood",
    "shot",
    "shoot",
    "gunfire",
    "under fire",
    "attack",
    "trapped",
    "medic",
    "emergenc",
    "ambulanc",
    "danger",
    "rescue",
    "save me",
    "save us",
    "casualt",
    "unconscious",
    "hostage",
    "kidnap",
    "urgent",
    # French
    "aide",
    "secour",
    "blessure",
    "blessee",
    "urgence",
    "piege",
    "attaque",
    "saigne",
    "sauvez",
    "sauve moi",
    "sauve nous",
    "medecin",
    "coince",
    # Arabic
    "ساعد",
    "نجده",
    "انجد",
    "استنجد",
    "انقذ",
    "انقاذ",
    "جريح",
    "جرح",
    "مجروح",
    "مصاب",
    "اصاب",
    "اصبت",
    "نزيف",
    "نزف",
    "محاصر",
    "حصار",
    "هجوم",
    "هجم",
    "هاجم",
    "اسعاف",
    "اسعف",
    "خطر",
    "خطير",
    "طواري",
    "استغاث",
    "اغيث",
    "عالق",
    "رهين",
    "مخطوف",
    "اختطف",
    "رصاص",
    "دماء",
    "طبيب",
    # a sign that telephones have
    "\N{SQUARED SOS}",
)

# Only by themselves: within other words they mean something else.
WORDS: Final = (
    "aid",
    "stuck",
    "dying",
    "otage",
    "otages",
    "blesse",
    "blesses",
    "sang",
    "mourant",
    "mourante",
    "دم",
)
PREFIXES: Final = ("", "ال", "و", "ب", "ف", "ل", "ك", "وال", "بال", "لل")  # the, and, with …
