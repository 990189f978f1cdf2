"""The shell's door for programs: board, timeline, search."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema

from cadre.access.queries import viewer_in
from cadre.web import queries
from cadre.web.programs import Listed, Moments, Words, moment_out
from cadre.web.queries.orders import Event
from cadre.web.queries.summary import Group, Row, stands

router = Router(tags=["board"])


class BoardLine(Schema):
    """One line of a mission, as a whole or (`part`) at one site or for one nation (`where`).

    `posture` is `stopped in part` where the parts are known and differ. Of the strictest order:
    since when it is effective, by whom, why; `perhaps`: whether it reaches this is not stated.
    `parts`: how many parts of a whole line stand otherwise; a few of them follow it.
    """

    line: str
    part: str
    where: str
    posture: str
    lower: str
    upper: str
    since: str | None
    by: str
    why: str
    more: int
    perhaps: bool
    parts: int
    packs: list[str]


class BoardMission(Schema):
    """One mission with its lines, the strictest first."""

    mission: str
    name: str
    pack: str
    rows: list[BoardLine]


class BoardLink(Schema):
    """A name, and the address of its page."""

    label: str
    address: str


class BoardStep(Schema):
    """Something to do next, and what it is to be done about."""

    sentence: str
    about: list[BoardLink]


class BoardOut(Schema):
    """The first screen. `unreviewed`: directives in force of which no review has a date; `overdue`:
    those whose review is overdue. `unaccounted`: people who are not resolved over all open musters;
    null: no muster is open, so nobody was asked.
    """

    missions: list[BoardMission]
    unreviewed: int
    overdue: int
    unaccounted: int | None
    next: list[BoardStep]


class TimelineIn(Listed):
    """What the timeline is narrowed to: a mission's code, any name of a subject."""

    mission: Words = ""
    subject: Words = ""


class EventOut(Schema):
    """One entry. `known_on`: from when it could be known, where that is later than `when`."""

    when: str | None
    title: str
    attribute: str
    number: str
    text: str
    said_by: list[str]
    posture: str
    known_on: datetime | None
    packs: list[str]
    address: str


class SearchIn(Listed):
    """The words, all of which must occur; a `kind` gives a page of that kind alone."""

    q: Words
    kind: Words = ""


class HitOut(Schema):
    """Something that holds the words, and the address of its page."""

    title: str
    code: str
    text: str
    pack: str
    address: str


class FoundOut(Schema):
    """Hits of one kind: a few of so many, or a page of them."""

    kind: str
    total: int
    hits: list[HitOut]


@router.get("/board", response=BoardOut)
def board(request: HttpRequest, moments: Query[Moments]) -> BoardOut:
    """What is stopped, what nobody stated, what to do next."""
    found = queries.board(viewer_in(request), on=moments.true_on(), known_on=moments.known())
    return BoardOut(
        missions=[group_out(each) for each in found.groups],
        unreviewed=found.reviews.undated,
        overdue=found.reviews.overdue,
        unaccounted=found.people.unaccounted,
        next=[
            BoardStep(
                sentence=step.title,
                about=[BoardLink(label=link.label, address=link.url) for link in step.links],
            )
            for step in found.steps
        ],
    )


def group_out(group: Group) -> BoardMission:
    return BoardMission(
        mission=group.code,
        name=group.name,
        pack=group.pack,
        rows=[row_out(each) for each in group.rows],
    )


def row_out(row: Row) -> BoardLine:
    return BoardLine(
        line=row.line,
        part=row.part,
        where=row.where,
        posture=stands(row),
        lower=row.posture.lower.word,
        upper=row.posture.upper.word,
        since=moment_out(row.since),
        by=row.by,
        why=row.why,
        more=row.more,
        perhaps=row.perhaps,
        parts=row.parts,
        packs=sorted(row.packs),
    )


@router.get("/timeline", response=list[EventOut])
def timeline(request: HttpRequest, asked: Query[TimelineIn]) -> list[EventOut]:
    """A page of what had happened, as far as it could be known, latest first."""
    found = queries.timeline(
        viewer_in(request),
        on=asked.true_on(),
        known_on=asked.known(),
        wish=queries.Wish(asked.mission, asked.subject),
        page=asked.page,
    )
    return [event_out(each) for group in found.groups for each in group.events]


def event_out(event: Event) -> EventOut:
    return EventOut(
        when=moment_out(event.when),
        title=str(event.title),
        attribute=event.attribute,
        number=event.number,
        text=event.text,
        said_by=list(event.said_by),
        posture=event.posture,
        known_on=event.known_on,
        packs=sorted(event.packs),
        address=event.url,
    )


@router.get("/search", response=list[FoundOut])
def search(request: HttpRequest, asked: Query[SearchIn]) -> list[FoundOut]:
    """Everything that the viewer may see and that holds all the words, by kind."""
    found = queries.search(
        viewer_in(request),
        asked.q,
        on=asked.true_on(),
        known_on=asked.known(),
        kind=asked.kind,
        page=asked.page,
    )
    return [
        FoundOut(
            kind=each.key,
            total=each.total,
            hits=[
                HitOut(
                    title=hit.title, code=hit.code, text=hit.text, pack=hit.pack, address=hit.url
                )
                for hit in each.hits
            ],
        )
        for each in found
    ]
