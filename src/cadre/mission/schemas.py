"""What programs get and send about missions. *Not stated* is null, an empty list or said so."""

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

type Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2_000)]


class GroundOut(Schema):
    """A claim that a value rests on."""

    reference: str
    source: str
    said_by: list[str]
    sentences: list[str]
    inferred: bool


class MarkingOut(Schema):
    """Who may see a row; `releasable_to` null is no limit."""

    classification: int
    releasable_to: list[str] | None
    communities: list[str]
    originator: str


class FactOut(Schema):
    """One value by name, in words, and who said it."""

    name: str
    value: str
    claims: list[GroundOut]


class LineOut(Schema):
    """An activity line."""

    code: str
    name: str
    combat: bool


class MissionOut(Schema):
    """A mission in the list."""

    code: str
    name: str
    combat: bool | None
    nature: str | None
    area: str | None
    established: str | None
    lines: list[LineOut]


class MandateOut(Schema):
    """A version of the mandate. `standing`: in force, perhaps or earlier."""

    id: UUID
    wording: str
    since: str | None
    standing: str
    claims: list[GroundOut]


class AppointmentOut(Schema):
    """Who holds an office. `standing`: in force, perhaps or earlier."""

    id: UUID
    office: str
    holder: str
    since: str | None
    standing: str
    claims: list[GroundOut]


class RelationOut(Schema):
    """How the mission stands to another, or of which relation nobody said anything."""

    id: UUID | None = None
    kind: str
    other: str
    stated: bool
    since: str | None = None
    claims: list[GroundOut] = []


class ContributionOut(Schema):
    """What one organisation lends, in words; there is no number where none was said."""

    id: UUID | None = None
    organisation: str
    mission: str
    quantity: str
    roles: str | None = None
    when: str | None = None
    claims: list[GroundOut] = []


class ContributorListOut(Schema):
    """A list of contributors. `open`: there may be more than it names."""

    id: UUID
    wording: str
    organisations: list[str]
    open: bool
    claims: list[GroundOut]


class RequestOut(Schema):
    """A host nation's request; `lines` null is the mission as a whole."""

    id: str
    host: str
    wording: str
    form: str | None
    made: str | None
    lines: list[str] | None
    withdrawn: bool
    claims: list[GroundOut]


class MissionFullOut(Schema):
    """Everything about one mission as of a moment, as known on another."""

    code: str
    name: str
    facts: list[FactOut]
    mandates: list[MandateOut]
    appointments: list[AppointmentOut]
    lines: list[LineOut]
    relations: list[RelationOut]
    contributions: list[ContributionOut]
    contributor_lists: list[ContributorListOut]
    host_requests: list[RequestOut]
    sites: list[str]
    marking: MarkingOut


class MembershipOut(Schema):
    """What an organisation is to another, dated as exactly as it is known."""

    kind: str
    of: str
    since: str | None
    until: str | None
    claims: list[GroundOut]


class OrganisationOut(Schema):
    """A nation, organisation, force or institution."""

    code: str
    name: str
    kind: str
    parent: str | None
    memberships: list[MembershipOut]
    marking: MarkingOut


class SiteOut(Schema):
    """A place; `path` are the codes from the root of the tree down to it."""

    code: str
    name: str
    kind: str
    path: list[str]
    latitude: float | None
    longitude: float | None
    mgrs: str | None
    capacity: int | None
    marking: MarkingOut


class PostOut(Schema):
    """A post; `holder` is the code of a person whom the viewer may see, or null."""

    code: str
    title: str
    mission: str
    line: str | None
    nation: str | None
    site: str | None
    reports_to: str | None
    holder: str | None
    marking: MarkingOut


class PersonOut(Schema):
    """A person whose name is released to the viewer; `posts` are those held at the moment."""

    code: str
    name: str
    rank: str | None
    nation: str
    email: str | None
    phone: str | None
    language: str | None
    posts: list[str]
    marking: MarkingOut


class PostsOut(Schema):
    """A page of posts."""

    page: int
    pages: int
    count: int
    posts: list[PostOut]


class PeopleOut(Schema):
    """A page of people. `count` counts those whom the viewer may see, nobody else."""

    page: int
    pages: int
    count: int
    people: list[PersonOut]


class LineIn(Schema):
    """An activity line to be defined."""

    code: Words
    name: Words = ""
    combat: bool = False


class TaskIn(Schema):
    """A task to be given."""

    line: Words
    title: Words
    combat: bool = False
    post: Words = ""


class TaskOut(Schema):
    """A task that was given."""

    id: str
    line: str
    title: str
    combat: bool


class WithdrawalIn(Schema):
    """What the host nation said, and when it takes effect (EDTF; empty: not stated)."""

    wording: Words
    effective: Words = ""


class LostOut(Schema):
    """What lost its basis: `lines` are those that no other authorisation opens."""

    withdrawal: str
    authorisations: list[str]
    lines: list[str]


class ChangeOut(Schema):
    """One cell that a list would change."""

    column: str
    before: str
    after: str


class RowOut(Schema):
    """A row that a list would add or change."""

    row: int
    code: str
    cells: list[ChangeOut]


class TroubleOut(Schema):
    """A mistake in a list; row 0 is none in particular."""

    row: int
    column: str
    sentence: str


class PlanOut(Schema):
    """What a list changes. `written` is false for a dry run and with any error."""

    kind: str
    written: bool
    new: list[RowOut]
    changed: list[RowOut]
    unchanged: int
    errors: list[TroubleOut]
    note: str
