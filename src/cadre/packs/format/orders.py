"""The files about what was ordered: directives as they were reported, and their lifts."""

from cadre.packs.format.columns import (
    Column,
    Kind,
    Table,
    corrects,
    moment,
    reference,
    rests_on,
    scope,
    text,
)

REASON_CODES = (
    "threat_warning",
    "incident",
    "force_protection_capacity",
    "insider_or_vetting",
    "mandate",
    "partner_conduct",
    "health",
    "host_request",
    "national",
    "other",
    "not_stated",
)

DIRECTIVES = Table(
    "directives",
    "Orders to restrict or suspend, as they were reported. Only a lift ends one.",
    ("number",),
    (
        Column("number", Kind.CODE, "Its number, unique on the node.", required=True, limit=60),
        reference("mission", "To which mission it speaks.", "missions"),
        Column(
            "effect", Kind.TEXT, "What it does.", required=True, choices=("restrict", "suspend")
        ),
        text("authority", "Whose order it is, as the source puts it.", 200, required=True),
        scope("lines", "The activity lines that it surely covers.", "lines"),
        scope("sites", "The places that it surely covers.", "sites"),
        scope("nations", "The nations whose people it surely covers.", "organisations"),
        scope("perhaps_lines", "Those that it may cover. Empty: those.", "lines", required=False),
        scope("perhaps_sites", "Those that it may cover. Empty: those.", "sites", required=False),
        scope(
            "perhaps_nations",
            "Those that it may cover. Empty: those.",
            "organisations",
            required=False,
        ),
        Column("temporary", Kind.YES_NO, "Whether it is temporary. Empty: not stated."),
        Column(
            "reason_code", Kind.TEXT, "Why, as a code. Empty: not_stated.", choices=REASON_CODES
        ),
        text("reason", "Why, in words."),
        text("permits", "What stays allowed."),
        Column("subjects", Kind.LIST, "The subjects of claims that speak of it.", limit=120),
        rests_on(),
        corrects("directives"),
    ),
    shared=True,
)

TIMINGS = Table(
    "timings",
    "What was said of one of a directive's clocks. Several rows narrow each other.",
    ("key",),
    (
        Column("key", Kind.CODE, "A name, unique in the file.", required=True, limit=60),
        reference("directive", "Of which directive.", "directives"),
        Column(
            "clock",
            Kind.TEXT,
            "Which of its times.",
            required=True,
            choices=("decided", "effective", "announced"),
        ),
        moment("moment", "When.", required=True),
        rests_on(),
        corrects("timings"),
    ),
)

LIFTS = Table(
    "lifts",
    "The end of a directive, for all or a part of what it covers, from a moment on.",
    ("number",),
    (
        Column("number", Kind.CODE, "Its number, unique on the node.", required=True, limit=60),
        reference("directive", "Which directive it ends.", "directives"),
        text("authority", "Who ended it.", 200, required=True),
        scope("lines", "For which activity lines.", "lines"),
        scope("sites", "For which places.", "sites"),
        scope("nations", "For the people of which nations.", "organisations"),
        moment("effective", "From when on."),
        text("reason", "Why."),
        rests_on(),
        corrects("lifts"),
    ),
    shared=True,
)

LEVEL_ORDERS = Table(
    "level_orders",
    "Orders about a protection level, as they were reported. From which level, to which and since"
    " when may be blank; a scale is the mission's own, so a pack names no level.",
    ("number",),
    (
        Column("number", Kind.CODE, "Its number, unique on the node.", required=True, limit=60),
        reference("mission", "To which mission it speaks.", "missions"),
        Column(
            "direction",
            Kind.TEXT,
            "What was done. Empty: not stated.",
            choices=("raise", "lower", "set", "not_stated"),
        ),
        text("authority", "Whose order it is, as the source puts it.", 200, required=True),
        scope("sites", "The places that it is about.", "sites"),
        scope("nations", "The nations whose people it is about.", "organisations"),
        moment("effective", "From when on."),
        text("reason", "Why, in words."),
        Column("subjects", Kind.LIST, "The subjects of claims that speak of it.", limit=120),
        rests_on(),
        corrects("level_orders"),
    ),
    shared=True,
)

ORDERS = (DIRECTIVES, TIMINGS, LIFTS, LEVEL_ORDERS)
