"""The words of the calendar in English, French and Arabic."""

import re
from collections.abc import Iterable
from typing import Final

MONTHS: Final = (
    "January Jan. Jan janvier janv. janv يناير كانون_الثاني",
    "February Feb. Feb février févr. févr fév. fevrier فبراير شباط",
    "March Mar. Mar mars مارس آذار",
    "April Apr. Apr avril avr. أبريل إبريل ابريل نيسان",
    "May mai مايو أيار",
    "June Jun. Jun juin يونيو حزيران",
    "July Jul. Jul juillet juil. يوليو تموز",
    "August Aug. Aug août أغسطس آب",
    "September Sept. Sep. Sept Sep septembre سبتمبر أيلول",
    "October Oct. Oct octobre أكتوبر اكتوبر تشرين_الأول",
    "November Nov. Nov novembre نوفمبر تشرين_الثاني",
    "December Dec. Dec décembre déc. decembre ديسمبر كانون_الأول",
)
WEEKDAYS: Final = (
    "Monday Mon. lundi الاثنين الإثنين",
    "Tuesday Tue. Tues. mardi الثلاثاء",
    "Wednesday Wed. mercredi الأربعاء",
    "Thursday Thu. Thur. Thurs. jeudi الخميس",
    "Friday Fri. vendredi الجمعة",
    "Saturday Sat. samedi السبت",
    "Sunday Sun. dimanche الأحد",
)


def words_of(lines: Iterable[str]) -> list[list[str]]:
    return [[word.replace("_", " ") for word in line.split()] for line in lines]


def numbers(lines: Iterable[str], first: int) -> dict[str, int]:
    """The number of each word, folded."""
    return {
        word.casefold(): number
        for number, words in enumerate(words_of(lines), start=first)
        for word in words
    }


def alternatives(lines: Iterable[str]) -> str:
    """The words as they stand, capitalised, or all in capitals; so “may” is no month."""
    forms = {
        form
        for words in words_of(lines)
        for word in words
        for form in (word, word.capitalize(), word.upper())
    }
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


# A word begins here; in Arabic “and” is written as part of it.
BEGINS: Final = r"(?:(?<!\w)|(?<=\bو))"

MONTH_NUMBERS: Final = numbers(MONTHS, 1)
WEEKDAY_NUMBERS: Final = numbers(WEEKDAYS, 0)  # as in datetime.weekday
MONTH: Final = rf"(?:{alternatives(MONTHS)})(?!\w)"
WEEKDAY: Final = rf"(?:{alternatives(WEEKDAYS)})(?!\w)"

DIGITAL_YEAR: Final = r"(?:19|20|١٩|٢٠|۱۹|۲۰)\d\d(?!\d|[.,]\d)"
THE_YEAR: Final = (
    r"(?:(?:of|de|in)\s+)?(?:the\s+year\s+|l['’]année\s+|(?:من\s+)?(?:عام|العام|سنة)\s+)?"
)
YEAR: Final = rf"(?:{THE_YEAR}(?P<year>{DIGITAL_YEAR}))"
DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|re)?(?![\w]|[.,]\d)"

EARLY: Final = "early|(?:the )?beginning of|(?:the )?start of|début|أوائل|بداية|مطلع"
MIDDLE: Final = "mid|(?:the )?middle of|(?:la )?mi|منتصف"
LATE: Final = "late|(?:the )?end of|(?:la )?fin|أواخر|نهاية"
