"""What programs send to forms: a field for each of the page's, as somebody would type it."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from django import forms
from django.http import QueryDict
from ninja import Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from cadre.directives.forms.issuing import retyped
from cadre.mission.doors import now
from cadre.web.programs import Problem, Words

Text = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=4_000)]
Typed = dict[Words, Text | list[Words]]


class TypedIn(Schema):
    """The fields of the page's form by name; which they are, the page and the how-to say."""

    fields: Annotated[Typed, Field(max_length=60)] = {}


class NumberOut(Schema):
    """What is on record now: its number or id."""

    number: str


ANSWERS: dict[int, type[Schema]] = {
    201: NumberOut,
    403: Problem,
    404: Problem,
    409: Problem,
    422: Problem,
}


def typed(sent: TypedIn, *, first: dict[str, object] | None = None) -> QueryDict:
    """What was sent as somebody would type it, on top of what the form shows at first."""
    return retyped({**(first or {}), **sent.fields})


def done(form: forms.Form, act: Callable[[datetime], object]) -> Status[NumberOut]:
    """Does what a good form asks. 422 for a field that does not fit or that the form has not."""
    strange = sorted(set(form.data) - set(form.fields))
    if strange:
        raise unfit(f"There is no field “{strange[0]}”; the fields are: {', '.join(form.fields)}.")
    for name, problems in form.errors.items():
        raise unfit(str(problems[0]) if name == "__all__" else f"{name}: {problems[0]}")
    kept = act(now())
    number = getattr(kept, "number", None) or getattr(kept, "pk", "")
    return Status(HTTPStatus.CREATED, NumberOut(number=str(number)))


def unfit(sentence: str) -> HttpError:
    return HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, sentence)
