"""The forms in which a sentence says who said something, as patterns."""

import re
from typing import Final

from cadre.core.reading.calendar_words import MONTH_NUMBERS, WEEKDAY_NUMBERS
from cadre.core.reading.speaking_words import (
    ADVERBS,
    ARABIC_SAYING,
    BODIES,
    DECIDING,
    DOCUMENTS,
    FRENCH_ADVERBS,
    FRENCH_PRESENT,
    FRENCH_ROLES,
    FRENCH_SAYING,
    INVERTED,
    PEOPLE,
    SAYING,
)

CAPITAL: Final = (
    r"(?:(?:[A-ZÀ-Þ]\.){1,5}|[A-ZÀ-Þ][\w’'–-]{0,4}\.(?=\s[A-ZÀ-Þ])|[A-ZÀ-Þ](?:[\w’'–-]{0,40}\w)?)"
)
PROPER: Final = (
    rf"{CAPITAL}(?:\s(?:(?:of|for|de|du|des|al|bin|van|von)\s(?:the\s|la\s)?)?{CAPITAL}){{0,7}}"
)
ROLE: Final = (
    rf"(?:[Tt]he|[Aa]n?|[Oo]ne|[Ss]everal|[Ss]enior|{CAPITAL})\s(?:[\w’-]+\s){{0,3}}?"
    rf"(?:(?:{BODIES})|(?:{PEOPLE})s?)(?:\s(?:for|of|at|in|from)\s(?:the\s)?{PROPER})?"
)
# Arabic marks above and below letters are no letters of their own.
ARABIC_WORD: Final = r"[\w\u064b-\u0652]+"
PRONOUN: Final = r"[Hh]e|[Ss]he"
SHORT: Final = r"(?:\s\((?P<short>[A-Z]{2,12})\))?"
SUBJECT: Final = rf"(?:(?P<pronoun>{PRONOUN})|(?P<role>{ROLE})|(?P<name>{PROPER}){SHORT})"
# “Stoltenberg, the alliance’s head, said”
CALLED: Final = rf"(?:,\s(?P<called>{PROPER}),)"
ASIDE: Final = r"(?:,\s(?:the|a|an|who|whose|commander|head|chief|speaking)\s[^,;:“”]{3,100},)?"
HAVING: Final = rf"(?:\s(?:has|have|had))?(?:\s(?:{ADVERBS}))?"

SAYS: Final = re.compile(
    rf"(?<![\w’'-]){SUBJECT}(?:{CALLED}|{ASIDE}){HAVING}\s(?P<verb>{SAYING})(?!\w)"
)
SAID_BY: Final = re.compile(
    rf"(?<=[,”»?!\"])\s(?P<verb>{INVERTED})\s(?:(?P<role>{ROLE})|(?P<name>{PROPER}))"
    r"(?=[.,;:]|\s(?:in|on|at|after|during|who|of|when|as|to)\b|\Z)"
)
FRENCH_ROLE: Final = (
    rf"(?:[Ll]e|[Ll]a|[Ll]es|[Uu]ne?)\s(?:{FRENCH_ROLES})(?:\s[\w’'-]+){{0,4}}?"
    rf"|[Ll][’'](?:{FRENCH_ROLES})(?:\s[\w’'-]+){{0,4}}?"
)
ACCORDING: Final = re.compile(
    rf"(?<!\w)(?P<verb>[Aa]ccording to|[Ss]elon|[Dd][’']après)\s"
    rf"(?:(?P<role>{ROLE}|{FRENCH_ROLE})|(?:(?:the|le|la|les)\s|l[’'])?(?P<name>{PROPER}))(?=[.,;]|\Z)"
)
FRENCH: Final = re.compile(
    rf"(?<![\w’'-])(?:(?P<pronoun>[Ii]l|[Ee]lle)|(?P<name>{PROPER})|(?P<role>{FRENCH_ROLE}))"
    rf"(?:{CALLED}|,\s[^,;:«»]{{3,100}},|,)?\s(?P<verb>(?:a|ont|avait)\s(?:(?:{FRENCH_ADVERBS})\s)?(?:{FRENCH_SAYING})|{FRENCH_PRESENT})(?!\w)"
)
FRENCH_INVERTED: Final = re.compile(
    rf"(?<=[,»”?!])\s(?P<verb>a(?P<pronoun>-t-(?:il|elle))\s(?:{FRENCH_SAYING})"
    rf"|a\s(?:(?:{FRENCH_ADVERBS})\s)?(?:{FRENCH_SAYING}))(?:\s(?P<name>{PROPER})|(?=[.,;\s]))"
)
ARABIC: Final = re.compile(
    rf"(?<!\w)و?(?P<verb>{ARABIC_SAYING})(?P<words>(?:\s\(?{ARABIC_WORD}\)?){{0,9}})(?P<mark>\s?:)?"
)
ARABIC_ACCORDING: Final = re.compile(
    rf"(?<!\w)[وف]?(?P<verb>بحسب|حسب|وفق|وفق[اًا]{{1,2}}\sل|طبق[اًا]{{1,2}}\sل)\s?"
    rf"(?P<name>{ARABIC_WORD}(?:\s{ARABIC_WORD}){{0,6}})(?=\s?[،,:.؛]|\Z)"
)
SEEN: Final = r"(?:seen|obtained|reviewed|viewed)\sby\s(?:[Tt]he\s)?"
DOCUMENT: Final = rf"(?:[\w-]+\s){{0,2}}(?P<document>{DOCUMENTS})(?!\w)"
DOCUMENT_BEFORE: Final = re.compile(
    rf"(?<!\w)[Ii]n\s(?:an?|the|his|her|its|their)\s{DOCUMENT}(?:\s[^.;,“”]{{1,100}}?)??"
    rf"(?:\s{SEEN}(?P<seen_by>{PROPER}))?,?\s\Z"
)
DOCUMENT_AFTER: Final = re.compile(
    rf"(?:\son\s\w+,?)?\sin\san?\s{DOCUMENT}(?:\s[^.;,“”]{{0,100}}?{SEEN}(?P<seen_by>{PROPER}))?"
)
SEEN_BY: Final = re.compile(rf"(?<!\w){SEEN}(?P<name>{PROPER})")
FIRST_SPEAKER: Final = re.compile(
    rf"(?:\s(?:reporters|lawmakers|journalists))?(?:\sthat)?\s(?P<name>{PROPER})"
    rf"\s(?:had|has|have)(?:\s(?:{ADVERBS}))?\s(?:{DECIDING})(?!\w)"
)
VERB_FIRST: Final = frozenset({SAID_BY, ACCORDING, FRENCH_INVERTED})
CALENDAR: Final = frozenset(MONTH_NUMBERS) | frozenset(WEEKDAY_NUMBERS)
ARTICLE: Final = re.compile(r"\A(?:the|an?|les?|la|une?)\s|\Al[’']", re.IGNORECASE)
LOOK_BACK: Final = 40
VERB_BEFORE: Final = re.compile(
    r"(?:[Aa]ccording to|[Ss]elon|[Dd][’']après)\s(?:the\s|l[ae]s?\s|l[’'])?\Z"
)
# “X and Y said” is said by two, “in X and Y said” by neither; after a comma a clause begins.
JOINED: Final = re.compile(r"[^,;\s]\s(?:and|or|et|ou)\s(?:the\s|l[ae]s?\s)?\Z")
BEFORE: Final = re.compile(r"([^\W\d_]+)\s(?:the\s)?\Z", re.IGNORECASE)
