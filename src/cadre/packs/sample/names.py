"""Names for the fictional mission. Nations are real codes; every person and place is made up."""

from typing import Final

FICTIONAL: Final = "(fictional)"

# The 29 Allies of January 2020 and three partners: 32 contributing nations.
NATIONS: Final = (
    ("AL", "Albania"), ("AU", "Australia"), ("BE", "Belgium"), ("BG", "Bulgaria"),
    ("CA", "Canada"), ("HR", "Croatia"), ("CZ", "Czechia"), ("DK", "Denmark"),
    ("EE", "Estonia"), ("FI", "Finland"), ("FR", "France"), ("DE", "Germany"),
    ("GR", "Greece"), ("HU", "Hungary"), ("IS", "Iceland"), ("IT", "Italy"),
    ("LV", "Latvia"), ("LT", "Lithuania"), ("LU", "Luxembourg"), ("ME", "Montenegro"),
    ("NL", "Netherlands"), ("NO", "Norway"), ("PL", "Poland"), ("PT", "Portugal"),
    ("RO", "Romania"), ("SK", "Slovakia"), ("SI", "Slovenia"), ("ES", "Spain"),
    ("SE", "Sweden"), ("TR", "Türkiye"), ("GB", "United Kingdom"), ("US", "United States"),
)  # fmt: skip

# These nations do not release their people's names to the mission: it sees how many, not who.
WITHHELD: Final = frozenset({"FR", "TR", "GR", "HU", "IS", "PT"})

# Two who sign in to the demonstration from the field, the warden of their site first: code, name,
# nation, title of the post, its line, and the address, which is that of the account.
FIELD: Final = (
    ("F-WARDEN", "Karel Fictional", "NL", "Movement and transport", "", "warden@demo.example"),
    ("F-ADVISER", "Lena Fictional", "NO", "Adviser, ministry", "advising", "adviser@demo.example"),
)
FIELD_SITE: Final = 3  # of the training sites, where the worst happens

PLACES: Final = (
    "Asmar", "Belqis", "Darvan", "Elhat", "Faruq Field", "Gharan", "Hesar", "Ilmar",
    "Jazir", "Karun Gate", "Lamis", "Maraq", "Nasrin", "Ormuz Camp", "Parsa", "Qadir",
)  # fmt: skip

GIVEN: Final = (
    "Ada", "Bela", "Cleo", "Dario", "Edda", "Finn", "Gita", "Hakon", "Ines", "Jorn", "Kaja",
    "Lior", "Mira", "Nils", "Odile", "Pavel", "Quim", "Runa", "Sven", "Tova", "Ulla", "Vito",
    "Wanda", "Xeno", "Yara", "Zeno",
)  # fmt: skip

FAMILY_HEAD: Final = (
    "Alder", "Birk", "Corv", "Dal", "Ember", "Falk", "Grim", "Holm", "Isk", "Jarn", "Kestr",
    "Lind", "Marl", "Nord", "Oak", "Pell", "Quarr", "Rask", "Sand", "Thorn", "Ulm", "Vask",
)  # fmt: skip
FAMILY_TAIL: Final = ("berg", "dale", "el", "en", "er", "holt", "in", "mark", "ow", "wick")

RANKS: Final = ("OF-1", "OF-2", "OF-3", "OF-4", "OR-5", "OR-6", "OR-7", "OR-8", "OR-9")

LINES: Final = (
    ("training", "Training"),
    ("advising", "Advising"),
    ("capacity-building", "Capacity building"),
)

# Title of a post, its line ("" is the mission as a whole), and its weight among all posts.
POSTS: Final = (
    ("Trainer, infantry", "training", 24),
    ("Trainer, medical", "training", 12),
    ("Trainer, explosive hazards", "training", 12),
    ("Trainer, signals", "training", 10),
    ("Adviser, ministry", "advising", 8),
    ("Adviser, training command", "advising", 8),
    ("Adviser, logistics", "capacity-building", 6),
    ("Adviser, personnel systems", "capacity-building", 4),
    ("Force protection", "", 18),
    ("Medical support", "", 6),
    ("Movement and transport", "", 6),
    ("Interpreter coordinator", "", 4),
)  # fmt: skip
