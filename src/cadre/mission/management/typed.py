"""What the commands that order something have in common: they fill in the pages' forms."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import datetime

from django import forms
from django.core.management.base import CommandError
from django.http import QueryDict

from cadre.core.releasability import Viewer
from cadre.launch.commands import Command as Base
from cadre.mission.doors import now, pair
from cadre.mission.forms.inputs import is_several
from cadre.mission.forms.sent import number_of, require_fit, retyped
from cadre.mission.queries import missions
from cadre.mission.queries.rows import Mission

type Options = Mapping[str, object]


def add_acting_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--as", dest="as_account", metavar="EMAIL", help="do it as this account")


def add_fields(parser: ArgumentParser, form: type[forms.Form], example: str) -> None:
    """The fields of a form, as FIELD=VALUE."""
    names = ", ".join(form.base_fields)
    parser.add_argument(
        "fields",
        nargs="+",
        metavar="FIELD=VALUE",
        help=f"for example {example}; commas between several values; the fields are: {names}",
    )


def typed(form: type[forms.Form], fields: object) -> QueryDict:
    """What was written as FIELD=VALUE, as if somebody typed it on the page of that form.

    Raises CommandError for an argument without “=” and for a field that is given twice.
    """
    found: dict[str, object] = {}
    for name, value in map(pair, fields if isinstance(fields, list) else []):
        if name in found:
            raise CommandError(f"The field “{name}” is given twice.", returncode=2)
        field = form.base_fields.get(name)
        several = field is not None and is_several(field)
        parts = [part.strip() for part in value.split(",")]
        found[name] = [part for part in parts if part] if several else value
    return retyped(found)


class FormCommand(Base):
    """A command that does what one of the pages' forms asks, and says what is on record then."""

    def done(
        self,
        form: forms.Form,
        act: Callable[[datetime], object],
        options: Options,
        sentence: str = "On record: %s.",
    ) -> None:
        """Does what a good form asks. Raises Unfit, naming the field, for one that is not good."""
        require_fit(form)
        self.told(act(now()), options, sentence)

    def told(self, kept: object, options: Options, sentence: str) -> None:
        number = number_of(kept)
        if options["json"]:
            self.print_json({"number": number})
        else:
            self.stdout.write(sentence % number)


def there[Row](row: Row | None, what: str) -> Row:
    """The row; a command ends with one sentence where there is none for this viewer."""
    if row is None:
        raise CommandError(f"There is no {what} on record.", returncode=2)
    return row


def the_mission(viewer: Viewer, code: object) -> Mission:
    return there(missions.find(viewer, str(code)), f"mission {code}")
