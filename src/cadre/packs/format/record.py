"""The files that say what was said, by whom, and under which names."""

from cadre.packs.format.columns import Column, Kind, Table, corrects, moment, reference, text

SOURCES = Table(
    "sources",
    "What the claims come from: an article, a letter, a statement.",
    ("name",),
    (
        Column("name", Kind.CODE, "A short name, unique in the pack.", required=True, limit=80),
        text("kind", "What it is: article, statement, letter, report …", 40, required=True),
        text("title", "What a reader sees. Not the text of the source.", 300, required=True),
        text("author", "Who wrote it. Empty: not stated.", 200),
        text("publisher", "Who published it. Empty: not stated.", 200),
        text("language", "Its language, such as en. Empty: that of the pack.", 12),
        moment("published", "When it came out: from then on its claims could be known."),
        text("note", "How it was obtained, its address, what was inferred about it."),
        corrects("sources"),
    ),
)

CLAIMS = Table(
    "claims",
    "One value for one attribute of one subject, and who said so where.",
    ("reference",),
    (
        Column("reference", Kind.CODE, "A name, unique in the pack: F01.", required=True, limit=40),
        reference("source", "Empty: the pack's default source.", "sources", required=False),
        text("subject", "What it is about, by its key in subjects.tsv.", 120, required=True),
        text("attribute", "Which attribute of it.", 120, required=True),
        text("value", "What was said; the exact words where the word matters.", required=True),
        text("summary", "The same in our own words, for readers."),
        moment("when", "When it held."),
        text("precision", "How exactly that is known. Empty: what the moment says.", 60),
        Column(
            "said_by",
            Kind.CHAIN,
            "Who said it, the first speaker first: White > letter > Reuters.",
            required=True,
            limit=120,
        ),
        Column("sentences", Kind.LIST, "Where in the source: S03 | S01.", limit=20),
        Column(
            "status",
            Kind.TEXT,
            "Whether the source says it or we conclude it.",
            required=True,
            limit=10,
            choices=("stated", "inferred"),
        ),
        text("reasoning", "Why it is concluded. Required of an inferred claim."),
        corrects("claims"),
    ),
)

SUBJECTS = Table(
    "subjects",
    "The names that claims are about, in words that a reader understands.",
    ("key",),
    (
        text("key", "The name that claims use.", 120, required=True),
        text("title", "What a reader sees.", 200, required=True),
        text("kind", "What it is: mission, person, meeting …", 40),
        Column("also", Kind.LIST, "Other names under which it may be asked for.", limit=120),
    ),
    stated=False,
)

ATTRIBUTES = Table(
    "attributes",
    "What the attributes of claims mean.",
    ("key",),
    (
        text("key", "The name that claims use.", 120, required=True),
        Column(
            "several",
            Kind.YES_NO,
            "Whether several values can hold at once, so that different ones agree. Empty: no.",
        ),
        text("meaning", "What a value of it says.", 300),
    ),
    stated=False,
)

RECORD = (SOURCES, CLAIMS, SUBJECTS, ATTRIBUTES)
