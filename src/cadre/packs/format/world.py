"""The files about missions, what they rest on, and where and of whom they consist."""

from cadre.packs.format.columns import (
    Column,
    Kind,
    Table,
    corrects,
    key_column,
    moment,
    reference,
    rests_on,
    scope,
    text,
)

ORGANISATIONS = Table(
    "organisations",
    "Nations, organisations, forces and institutions. Codes are shared by all packs.",
    ("code",),
    (
        Column("code", Kind.CODE, "A nation's is ISO 3166-1 alpha-2: DE.", required=True, limit=40),
        text("name", "Its name.", 200, required=True),
        Column(
            "kind",
            Kind.TEXT,
            "What it is.",
            required=True,
            choices=("nation", "organisation", "force", "institution"),
        ),
        reference("parent", "What it is a part of.", "organisations", required=False),
    ),
    stated=False,
    shared=True,
)

MEMBERSHIPS = Table(
    "memberships",
    "What an organisation is to another: ally, partner, member.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("organisation", "Who.", "organisations", required=True),
        text("kind", "What it is to the other: ally, partner, member …", 40, required=True),
        reference("of", "To whom.", "organisations", required=True),
        moment("since", "Since when."),
        moment("until", "Until when. Empty: no end is stated."),
        rests_on(),
        corrects("memberships"),
    ),
)

SITES = Table(
    "sites",
    "Places, as a tree: naming one names everything under it. Codes are shared by all packs.",
    ("code",),
    (
        Column("code", Kind.CODE, "A short name.", required=True, limit=40),
        text("name", "Its name.", 200, required=True),
        Column(
            "kind",
            Kind.TEXT,
            "What it is.",
            required=True,
            choices=("country", "area", "site", "room"),
        ),
        reference("parent", "The place that it lies in.", "sites", required=False),
        Column("latitude", Kind.DEGREES, "WGS 84, north is positive."),
        Column("longitude", Kind.DEGREES, "WGS 84, east is positive."),
        Column("capacity", Kind.COUNT, "How many people it takes."),
    ),
    stated=False,
    shared=True,
)

MISSIONS = Table(
    "missions",
    "Missions. A mission belongs to one pack; others may add to what rests on it.",
    ("code",),
    (
        Column("code", Kind.CODE, "A short name, unique on the node.", required=True, limit=40),
        text("name", "Its name.", 200, required=True),
        Column("combat", Kind.YES_NO, "Whether it has combat tasks. Empty: not stated."),
        text("nature", "What sort of mission it is.", 200),
        text("area", "Where it works.", 200),
        moment("established", "When it was set up."),
        Column("subjects", Kind.LIST, "The subjects of claims that speak of it.", limit=120),
        rests_on(),
    ),
    shared=True,
)

MANDATES = Table(
    "mandates",
    "What a mission is for, one row for each version. The latest that has begun is in force.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("mission", "Whose.", "missions"),
        text("wording", "What for.", required=True),
        moment("since", "From when on."),
        rests_on(),
        corrects("mandates"),
    ),
)

LINES = Table(
    "lines",
    "The kinds of work of a mission. A non-combat mission refuses a combat one.",
    ("mission", "code"),
    (
        reference("mission", "Whose.", "missions"),
        Column("code", Kind.CODE, "Such as training.", required=True, limit=40),
        text("name", "Its name.", 120, required=True),
        Column("combat", Kind.YES_NO, "Whether it is combat. Empty: no."),
        rests_on(),
    ),
)

RELATIONS = Table(
    "relations",
    "How missions and coalitions stand to each other. No row: not stated.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("mission", "Which mission.", "missions"),
        Column(
            "kind",
            Kind.TEXT,
            "How it stands to the other.",
            required=True,
            choices=("contributes_to", "sister_of", "part_of"),
        ),
        text(
            "other",
            "The code of the other mission, or the name of a coalition.",
            120,
            required=True,
        ),
        moment("since", "Since when."),
        rests_on(),
        corrects("relations"),
    ),
)

APPOINTMENTS = Table(
    "appointments",
    "Who holds an office of a mission. No row: not stated.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("mission", "Of which mission.", "missions"),
        text("office", "Such as commander.", 120, required=True),
        text("holder", "Who holds it, as the source names them.", 200, required=True),
        moment("since", "Since when."),
        rests_on(),
        corrects("appointments"),
    ),
)

CONTRIBUTIONS = Table(
    "contributions",
    "What one nation or organisation lends to one mission.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("mission", "To which mission.", "missions"),
        reference("organisation", "Who lends it.", "organisations"),
        text("quantity", "How many, as vaguely as was said: around 120 troops.", 120),
        text("roles", "As what: trainers, advisers …", 200),
        moment("when", "When it held."),
        rests_on(),
        corrects("contributions"),
    ),
)

CONTRIBUTOR_LISTS = Table(
    "contributor_lists",
    "Lists of contributors as they were given.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("mission", "Of which mission.", "missions"),
        text("wording", "How the list was put.", 200, required=True),
        Column("organisations", Kind.LIST, "Whom it names.", limit=40, to="organisations"),
        Column("open", Kind.YES_NO, "Whether there may be more than it names.", required=True),
        rests_on(),
        corrects("contributor_lists"),
    ),
)

HOST_REQUESTS = Table(
    "host_requests",
    "Host nations' requests, on which activity lines rest.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("mission", "For which mission.", "missions"),
        reference("host", "The nation that asked.", "organisations"),
        scope("lines", "For which activity lines.", "lines"),
        text("wording", "How the request was spoken of.", required=True),
        text("form", "Its form, such as letter. Empty: not stated.", 120),
        moment("made", "When it was made."),
        rests_on(),
        corrects("host_requests"),
    ),
)

WITHDRAWALS = Table(
    "withdrawals",
    "A host nation takes its request back: what rested on it has lost its basis.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("request", "Which request.", "host_requests"),
        text("wording", "How it was spoken of.", required=True),
        moment("effective", "From when on."),
        rests_on(),
        corrects("withdrawals"),
    ),
)

AUTHORISATIONS = Table(
    "authorisations",
    "Opens activity lines, on a host request and a mandate. Without one no line is ever running.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("mission", "Of which mission.", "missions"),
        scope("lines", "Which activity lines.", "lines"),
        reference("host_request", "On which request.", "host_requests"),
        reference("mandate", "On which mandate.", "mandates"),
        moment("begins", "From when on."),
        rests_on(),
        corrects("authorisations"),
    ),
)

PRESENCES = Table(
    "presences",
    "Where a mission works.",
    ("key",),
    (
        key_column("A name, unique in the file."),
        reference("mission", "Which mission.", "missions"),
        reference("site", "At which place.", "sites"),
        moment("since", "Since when."),
        rests_on(),
        corrects("presences"),
    ),
)

WORLD = (
    ORGANISATIONS,
    MEMBERSHIPS,
    SITES,
    MISSIONS,
    MANDATES,
    LINES,
    RELATIONS,
    APPOINTMENTS,
    CONTRIBUTIONS,
    CONTRIBUTOR_LISTS,
    HOST_REQUESTS,
    WITHDRAWALS,
    AUTHORISATIONS,
    PRESENCES,
)
