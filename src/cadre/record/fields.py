"""Vague values as columns."""

from functools import lru_cache

from django.db import models

from cadre.core.moments import Moment


class MomentField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs only
    """A `Moment` as EDTF (ISO 8601-2) and, after a space, the source's own wording.

    Queries that compare use two plain columns beside it: see `moment_values`. Nothing known is
    the empty text, never null, so that "not stated" has one form.
    """

    description = "moment with bounds and precision"
    _pyi_private_set_type: Moment  # type: ignore[assignment]  # what the type checker takes
    _pyi_private_get_type: Moment  # type: ignore[assignment]  # and what it gives

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> Moment:
        return self.to_python(value)

    def to_python(self, value: object) -> Moment:
        if isinstance(value, Moment):
            return value
        return as_moment(str(value or ""))

    def get_prep_value(self, value: object) -> str:
        moment = self.to_python(value)
        return f"{moment.edtf()} {moment.wording}".rstrip()

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))


@lru_cache(maxsize=4096)  # the moments of a record are few, and each is read again and again
def as_moment(text: str) -> Moment:
    """The moment that a column holds. Raises MomentError for a text that is none."""
    edtf, _space, wording = text.partition(" ")
    return Moment.parse(edtf, wording=wording)


def moment_values(name: str, moment: Moment) -> dict[str, object]:
    """The three columns of one moment: what was said, and its bounds for comparing."""
    return {
        name: moment,
        f"{name}_earliest": moment.earliest,
        f"{name}_latest": moment.latest,
    }
