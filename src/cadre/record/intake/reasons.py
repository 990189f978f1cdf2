"""What the reader's rules say, for users: the core's English sentences, translatable."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.core.reading import Kind, Proposal, Reason

REASONS: Final[dict[Reason, Promise]] = {
    Reason.DATE_COMPLETE: _("The sentence names the whole date."),
    Reason.YEAR_FROM_DOCUMENT: _(
        "The sentence names no year; {year} is the one nearest to the document’s own date, {date}."
    ),
    Reason.YEAR_UNKNOWN: _(
        "The sentence names no year, and the document’s own date does not tell it."
    ),
    Reason.NOT_IN_CALENDAR: _("There is no such day in the calendar."),
    Reason.WEEKDAY_DIFFERS: _("{date} was not the day of the week that the sentence names."),
    Reason.WEEKDAY_BEFORE_DOCUMENT: _(
        "The sentence names only a day of the week; this is the last one"
        " up to the document’s own date, {date}."
    ),
    Reason.WEEKDAY_UNKNOWN: _(
        "The sentence names only a day of the week, and does not tell which week is meant."
    ),
    Reason.DAY_OR_MONTH: _(
        "It is not clear which of the numbers is the day and which is the month."
    ),
    Reason.MONTH_COMPLETE: _("The sentence names the month and the year."),
    Reason.YEAR_COMPLETE: _("The sentence names the year."),
    Reason.PART_OF_YEAR: _("“{words}” names no months; the part of the year is taken as these."),
    Reason.PART_OF_MONTH: _("“{words}” names no days; the part of the month is taken as these."),
    Reason.SEASON: _(
        "A season is named, which falls in other months elsewhere; sure is only the year."
    ),
    Reason.DECADE: _("The sentence names ten years."),
    Reason.DAY_BEFORE_DOCUMENT: _("“{words}” is one day before the document’s own date, {date}."),
    Reason.BY: _("“{words}” sets the last moment; the first one is not stated."),
    Reason.AFTER: _("“{words}” sets the first moment; the last one is not stated."),
    Reason.BETWEEN: _("The sentence names two moments between which it lies."),
    Reason.FROM_TO: _("The sentence names the first and the last moment."),
    Reason.NUMBER: _("A number stands before what it counts."),
    Reason.QUALIFIED_NUMBER: _("The number is qualified by “{words}”."),
    Reason.VAGUE_NUMBER: _("The number is said in words that leave it open."),
    Reason.OPEN_LIST: _("“{words}” opens a list that may have more members."),
    Reason.SAYS: _("“{words}” says who said it."),
    Reason.SAYS_IN: _("“{words}” says who said it; the way it became known is named too."),
    Reason.SEEN_BY: _("“{words}” says through whom it became known."),
    Reason.PRONOUN: _("“{words}” stands for whoever was named last as saying something."),
    Reason.CONTINUES: _("The quotation goes on; who says it is named in {sentence}."),
    Reason.NAME: _("The record knows this name."),
    Reason.NAME_SHARED: _("The record knows this name for several: {names}."),
}
KINDS: Final[dict[Kind, Promise]] = {
    Kind.DATE: pgettext_lazy("proposal", "Date"),
    Kind.PERIOD: pgettext_lazy("proposal", "Period"),
    Kind.QUANTITY: pgettext_lazy("proposal", "Quantity"),
    Kind.LIST: pgettext_lazy("proposal", "Open list"),
    Kind.SPEAKER: pgettext_lazy("proposal", "Said by"),
    Kind.NAME: pgettext_lazy("proposal", "Name"),
}


def why(proposal: Proposal) -> str:
    """The reason for a proposal, in the user's language."""
    return str(REASONS[proposal.reason]).format(**proposal.details)
