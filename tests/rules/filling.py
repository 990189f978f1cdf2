"""What is worth asking an address for: what the tables hold that it looks into.

Nobody has to say which these are. An address is asked for something that is nowhere, and what it
asks of the database with it is read along the way; so an address that is added later is found too.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.db import connection, models
from django.test import Client

from cadre.mission.queries import lists
from tests.rules.addresses import HANDLES, Address
from tests.rules.planting import tables

TABLE = re.compile(r'"(\w+)"')
NO_ROW = "5d1b8f0a-9c3e-4d27-a6f4-0e9b7c2a8d13"
NO_WORD = "qzxnobody"
WORDY = frozenset({"code", "number", "slug", "subject"})  # kinds of parameters that are no id
ADDITIONS = (
    "appointment", "authorisation", "contribution", "contributors", "line", "mandate", "presence",
    "relation", "request", "task",
)  # fmt: skip  # what a mission can be given; an unknown word is answered 404
# Values of parameters that name no row.
WORDS: Mapping[str, Sequence[str]] = {
    "what": ADDITIONS,
    "provider_id": ("nowhere",),
    "uidb36": ("1",),
    "pk": ("1",),
    "kind": tuple(lists.COLUMNS),
    "form": ("csv", "xlsx"),
}

type Values = tuple[str, ...]  # of the first parameters of an address, or of all


@dataclass(frozen=True)
class Filling:
    """An address and the rows that it may be asked for, by somebody who should see them all."""

    address: Address
    rows: Sequence[models.Model]
    client: Client

    def paths(self) -> Iterator[str]:
        """The address with each value that it could find something by. One that only takes forms,
        once.
        """
        names = [name for _kind, name in self.address.parameters]
        at_first = self.address.with_values(self.nothing())
        if names[0] == "table":
            for row in self.rows:
                yield self.address.with_values([row._meta.db_table, str(row.pk)])
        elif self.client.get(at_first).status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            yield at_first
        elif self.address.pattern.startswith(("access/", "account/")):
            # They ask for accounts, roles and keys, which are not among the rows.
            yield self.address.with_values([str(self.rows[0].pk)] * len(names))
        else:
            begun: list[Values] = [()]
            for name in names:
                begun = list(self.with_words(begun, name) or self.with_rows(begun))
            yield from map(self.address.with_values, begun)

    def nothing(self, begin: int = 0) -> Values:
        """What stands for nothing in the parameters from the one of that number on."""
        kinds = [kind for kind, _name in self.address.parameters[begin:]]
        return tuple(NO_ROW if kind == "uuid" else NO_WORD for kind in kinds)

    def with_words(self, begun: list[Values], name: str) -> list[Values]:
        return [(*values, word) for values in begun for word in WORDS.get(name, ())]

    def with_rows(self, begun: list[Values]) -> Iterator[Values]:
        """Each beginning with what fits after it. Where nothing is seen to be asked after any, all
        that there is in turn.
        """
        fits = {values: self.fitting(values) for values in begun}
        if any(fits.values()):
            nothing = self.nothing(len(begun[0]))[:1]
            for values, found in fits.items():
                yield from ((*values, value) for value in found or nothing)
        else:
            everything = sorted({text for row in self.rows for text in self.texts(row, begun[0])})
            for number, value in enumerate(everything):
                yield (*begun[number % len(begun)], value)

    def texts(self, row: models.Model, values: Values) -> list[str]:
        """What of a row can stand after the first values: its id, its handles, or either."""
        kind = self.address.parameters[len(values)][0]
        ids = [] if kind in WORDY else [str(row.pk)]
        return ids if kind == "uuid" else [*ids, *handles(row)]

    def fitting(self, values: Values) -> list[str]:
        """The ids and the handles of the rows of the tables that are asked for an id or a word."""
        kind, after = self.address.parameters[len(values)][0], self.nothing(len(values) + 1)
        found: set[str] = set()
        if kind not in WORDY:
            asked = self.looked_into((*values, NO_ROW, *after), repr(UUID(NO_ROW)))
            found |= {str(row.pk) for row in self.rows if row._meta.db_table in asked}
        if kind != "uuid":
            asked = self.looked_into((*values, NO_WORD, *after), NO_WORD)
            found |= {
                text for row in self.rows if row._meta.db_table in asked for text in handles(row)
            }
        return sorted(found)

    def looked_into(self, values: Values, value: str) -> set[str]:
        """The tables of ours in whatever is asked of the database with a value."""
        found: set[str] = set()

        def read(ask: Callable[..., object], sql: str, given: object, *others: object) -> object:
            if value in str(given):
                found.update(TABLE.findall(sql))
            return ask(sql, given, *others)

        with connection.execute_wrapper(read):
            self.client.get(self.address.with_values(values))
        return found & {model._meta.db_table for model in tables()}


def handles(row: models.Model) -> list[str]:
    return [str(getattr(row, handle)) for handle in HANDLES if hasattr(row, handle)]
