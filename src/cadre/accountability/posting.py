"""Taking what phones send through links: each report by itself, so that none stops the others."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cadre.accountability import actions
from cadre.accountability.forms.linked import OwnForm, ReportForm, RowForm
from cadre.core.refused import Refused

MOST = 50  # reports in one delivery, as static/accountability/queue.js sends them
LONGEST = 200_000  # bytes of one

type Report = Mapping[str, object]


@dataclass
class Delivered:
    """What became of a delivery: keys that are on record, and why others are not."""

    taken: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """The first refusal, as one sentence; "" for none."""
        return next(iter(self.refused.values()), "")

    def took(self, *forms: ReportForm) -> None:
        self.taken += [form.sent_as for form in forms]

    def fitting[F: ReportForm](self, forms: Iterable[F]) -> list[F]:
        """The reports that can be read; the others are refused."""
        found = []
        for form in forms:
            if form.is_valid():
                found.append(form)
            else:
                self.refused[form.sent_as] = form.why_not()
        return found


def read(body: bytes) -> list[Report] | None:
    """The reports of a delivery; None for what is none."""
    try:
        reports = json.loads(body)["reports"] if len(body) <= LONGEST else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(reports, list) or len(reports) > MOST:
        return None
    return reports if all(isinstance(each, dict) for each in reports) else None


def own(token: str, reports: Iterable[Report], *, at: datetime) -> Delivered:
    """Takes reports through a check-in link, as of a moment (aware)."""
    delivered = Delivered()
    for form in delivered.fitting(OwnForm(dict(each)) for each in reports):
        try:
            own_report(token, form, at)
        except Refused as refusal:
            delivered.refused[form.sent_as] = str(refusal)
        else:
            delivered.took(form)
    return delivered


def own_report(token: str, form: OwnForm, at: datetime) -> None:
    said = form.said(at)
    if form.somebody_else:
        actions.mention_by_link(token, form.somebody_else, said, at=at)
    else:
        actions.check_in_by_link(token, said, at=at)


def listed(token: str, reports: Iterable[Report], *, at: datetime) -> Delivered:
    """Takes reports through a warden's link: in one go, or one by one where one is refused."""
    delivered = Delivered()
    forms = delivered.fitting(RowForm(dict(each)) for each in reports)
    if not take_list(token, forms, delivered, at) and len(forms) > 1:
        for form in forms:
            take_list(token, [form], delivered, at)
    return delivered


def take_list(token: str, forms: Sequence[RowForm], delivered: Delivered, at: datetime) -> bool:
    """Takes all of these or none; whether it did. Only the refusal of a single one is kept."""
    if not forms:
        return True
    try:
        actions.check_in_by_warden_link(token, [form.said(at) for form in forms], at=at)
    except Refused as refusal:
        if len(forms) == 1:
            delivered.refused[forms[0].sent_as] = str(refusal)
        return False
    delivered.took(*forms)
    return True
