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

from cadre.mission.doors import now
from cadre.mission.forms.sent import Unfit, number_of, require_fit, retyped
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


def require_good(form: forms.Form) -> None:
    """422 for a field that does not fit or that the form has not."""
    try:
        require_fit(form)
    except Unfit as problem:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(problem)) from problem


def done(form: forms.Form, act: Callable[[datetime], object]) -> Status[NumberOut]:
    """Does what a good form asks. 422 for a field that does not fit or that the form has not."""
    require_good(form)
    return changed(act(now()))


def changed(kept: object) -> Status[NumberOut]:
    """What a program hears of a change that asked for no more than the row."""
    return Status(HTTPStatus.CREATED, NumberOut(number=number_of(kept)))
