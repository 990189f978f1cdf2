"""Who says something in one sentence, and the way on which it became known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cadre.core.reading.speaking_patterns import (
    ACCORDING,
    ARABIC,
    ARABIC_ACCORDING,
    ARTICLE,
    BEFORE,
    CALENDAR,
    DOCUMENT_AFTER,
    DOCUMENT_BEFORE,
    FIRST_SPEAKER,
    FRENCH,
    FRENCH_INVERTED,
    JOINED,
    LOOK_BACK,
    SAID_BY,
    SAYS,
    VERB_BEFORE,
    VERB_FIRST,
)
from cadre.core.reading.speaking_words import (
    ARABIC_ENDS,
    FRENCH_PEOPLE,
    LEADING,
    ORGANISATION,
    PEOPLE,
    PREPOSITIONS,
    TITLES,
)

type Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says something in a sentence. No name: a pronoun stands for it.

    `before` names who said it first and `after` the ways on which it came from the speaker.
    """

    start: int
    end: int
    words: str
    name: str
    person: bool
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def attributions(text: str) -> Iterator[Attribution]:
    """Every “X said” of a sentence of which it is certain who X is."""
    for pattern in (SAYS, SAID_BY, ACCORDING, FRENCH, FRENCH_INVERTED):
        for match in pattern.finditer(text):
            found = attribution(match)
            if found is not None:
                yield found
    for match in ARABIC.finditer(text):
        found = arabic_attribution(match)
        if found is not None:
            yield found
    for match in ARABIC_ACCORDING.finditer(text):
        name = match["name"]
        yield Attribution(match.start("verb"), match.end(), match[0].strip(), name, person=False)


def attribution(match: Match) -> Attribution | None:
    """The attribution that a pattern found; None if it does not tell for certain who speaks."""
    text, groups = match.string, match.groupdict()
    if groups.get("pronoun"):
        return Attribution(begins(match), match.end(), match[0].strip(), "", person=True)
    group = next((each for each in ("called", "role", "name") if groups.get(each)), None)
    short = "" if is_titled(groups.get("name") or "") else groups.get("short")
    name = short or (named(match, group) if group else "")
    if not name:
        return None
    first, end = first_speaker(match)
    document = way_of(text, match)
    return Attribution(
        document[0] if document else begins(match),
        max(end, document[1] if document else end),
        match[0].strip(),
        name,
        is_person(match, group, name),
        first,
        document[2] if document else (),
    )


def is_titled(phrase: str) -> bool:
    """“Col. J. Bergman (COS)” is named; what stands in brackets is the post."""
    return any(word.casefold().rstrip(".") in TITLES for word in phrase.split())


def named(match: Match, group: str) -> str:
    """The name in a group of a match; where it is said in apposition, the role is no speaker."""
    if group != "called" and match.groupdict().get("role"):
        return without_article(match["role"]) if certain(match, "role") else ""
    start = match.start(group)
    return speaker(match.string, start, match[group])


def certain(match: Match, group: str) -> bool:
    """Whether the phrase is what says, not what a preposition before it ties to something else."""
    place = match.start(group)
    before = BEFORE.search(match.string, max(0, place - LOOK_BACK), place)
    return match.re in VERB_FIRST or not (before and before[1].casefold() in PREPOSITIONS)


def first_speaker(match: Match) -> tuple[tuple[str, ...], int]:
    """Whose words the speaker hands on: “Pfeffer said White had decided”."""
    found = FIRST_SPEAKER.match(match.string, match.end()) if match.re is SAYS else None
    name = speaker(match.string, found.start("name"), found["name"]) if found else ""
    return ((name,), found.end("name")) if found and name else ((), match.end())


def begins(match: Match) -> int:
    """Where the words begin that say who said it."""
    return match.start("verb") if match.re in VERB_FIRST else match.start()


def speaker(text: str, start: int, phrase: str) -> str:
    """The name in a phrase, without article and titles; empty if it names no speaker."""
    before = BEFORE.search(text, max(0, start - LOOK_BACK), start)
    if JOINED.search(text, max(0, start - LOOK_BACK), start):
        return ""
    if before and before[1].casefold() in PREPOSITIONS and not VERB_BEFORE.search(text, 0, start):
        return ""
    words = phrase.split()
    while words and words[0].casefold().strip(",") in LEADING:
        words.pop(0)
    folded = [word.casefold() for word in words]
    if not words or folded[0] in PREPOSITIONS or CALENDAR & set(folded):
        return ""
    words = without_article(" ".join(words)).split()
    titles = [place for place, word in enumerate(words) if word.casefold().rstrip(".") in TITLES]
    if titles and titles[-1] + 1 < len(words) and words[titles[-1] + 1][0].isupper():
        words = words[titles[-1] + 1 :]
    return " ".join(words)


def without_article(phrase: str) -> str:
    return ARTICLE.sub("", phrase)


def is_person(match: Match, group: str | None, name: str) -> bool:
    """Whether “he” or “she” can stand for it; what is not certainly a person is none."""
    groups = match.groupdict()
    if groups.get("short") == name or name.isupper():
        return False
    if group == "role":
        return re.search(rf"\b(?:{PEOPLE}|{FRENCH_PEOPLE})\b", groups["role"] or "") is not None
    phrase = match[group or 0]
    words = {word.casefold().rstrip(".") for word in phrase.split()}
    if words & ORGANISATION or phrase.casefold().startswith(("the ", "les ", "l’")):
        return False
    return group == "called" or len(name.split()) > 1 or bool(words & TITLES)


def way_of(text: str, match: Match) -> tuple[int, int, tuple[str, ...]] | None:
    """The document in which it is said, who has seen that, and where both stand."""
    if match.re is not SAYS:
        return None
    before = DOCUMENT_BEFORE.search(text, max(0, match.start() - 250), match.start())
    if before:
        return before.start(), match.end(), ways(before)
    after = DOCUMENT_AFTER.match(text, match.end())
    if after:
        return match.start(), after.end(), ways(after)
    return None


def ways(match: Match) -> tuple[str, ...]:
    seen_by = match["seen_by"]
    return (match["document"], seen_by) if seen_by else (match["document"],)


def arabic_attribution(match: Match) -> Attribution | None:
    """“قال X إن”: the words between the verb and what is said; nothing between is “he said”."""
    words = match["words"].split()
    marks = {word for word in words if word.startswith(("إن", "أن", "بأن"))}
    if not marks and not match["mark"]:
        return None
    name: list[str] = []
    for word in words:
        if word in ARABIC_ENDS:
            break
        name.append(word)
    start, said = match.start("verb"), " ".join(name)
    if not name:
        return Attribution(start, match.end("verb"), match["verb"], "", person=True)
    end = match.string.index(name[-1], match.start("words")) + len(name[-1])
    return Attribution(start, end, match.string[start:end], said, person=True)
