"""What is said of people, where they are, their stays, and names that are held: for programs."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.accountability import actions
from cadre.accountability.api.found import (
    the_entry,
    the_mission,
    the_muster,
    the_person,
    there,
    when_of,
)
from cadre.accountability.forms.holds import HoldForm, InformedForm
from cadre.accountability.forms.reports import CheckInForm, FollowUpForm, SettleForm, SightingForm
from cadre.accountability.forms.rosters import StatusForm
from cadre.accountability.outgoing_people import (
    StayOut,
    WhereaboutsOut,
    stay_out,
    whereabouts_out,
)
from cadre.accountability.queries import lookups
from cadre.accountability.queries.holds import withheld
from cadre.accountability.queries.mentions import mention
from cadre.accountability.queries.rows import Channel, VoiceChoices
from cadre.accountability.queries.whereabouts import statuses, whereabouts_of
from cadre.mission.doors import require_somewhere
from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.web.programs import Moments, Number, Problem, Words

router = Router(tags=["people"])


@router.post("/musters/{number}/people/{person}/reports", response=ANSWERS)
def report(request: HttpRequest, number: Number, person: Words, sent: TypedIn) -> Status[NumberOut]:
    """Says how somebody is: `state`, `said_by`, `how` (they know), `occurred_at`; also `voice`
    (other, in charge), `site`, `place`, `note`, and `key` (a UUID): the same key is the same
    report, however often it is sent.
    """
    viewer = viewer_in(request)
    muster, about = the_muster(viewer, number), the_person(viewer, person)
    form = CheckInForm(viewer, typed(sent, first={"voice": VoiceChoices.OTHER.value}))

    def act(at: datetime) -> object:
        new = form.new(about, muster, Channel.API, at=at)
        actions.check_in(new, by=viewer, at=at)
        return Kept(str(new.said.key))

    return done(form, act)


class Kept:
    """Something on record that is called by its key."""

    def __init__(self, number: str) -> None:
        self.number = number


@router.post("/musters/people/{row}/steps", response=ANSWERS)
def follow_up(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Notes what was done about somebody's silence: `step` (call, ask the warden, search),
    `outcome`, `done_at`. `row`: the id of the person on the list.
    """
    viewer = viewer_in(request)
    entry = the_entry(viewer, row)
    form = FollowUpForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        told = form.cleaned_data
        return actions.follow_up(
            entry, told["step"], told["outcome"], done_at=told["done_at"], by=viewer, at=at
        )

    return done(form, act)


@router.post("/musters/mentions/{row}", response=ANSWERS)
def settle(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Says who is meant by what was said of somebody by name: `person` (a code), or `note`, why
    nobody on the list is.
    """
    viewer = viewer_in(request)
    told = there(mention(viewer, row), "such words")
    form = SettleForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        found = form.cleaned_data
        return actions.settle_mention(told, found["person"], found["note"], by=viewer, at=at)

    return done(form, act)


@router.get("/missions/{code}/stays", response={200: list[StayOut], 404: Problem})
def stays(request: HttpRequest, code: Words, moments: Query[Moments]) -> list[StayOut]:
    """Who is on leave, in transit, lent, visiting or at another site."""
    viewer, when = viewer_in(request), when_of(moments)
    held = withheld(now=when.now)
    found = statuses(viewer, the_mission(viewer, code), when)
    return [stay_out(each) for each in found if each.person_id not in held]


@router.post("/people/{code}/stays", response=ANSWERS)
def state(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """States what somebody's stay is, or with `corrects` (an id) corrects it: `mission`, `kind`,
    `begins_at`, `ends_at`, `site`, `place`, `note`.
    """
    viewer = viewer_in(request)
    about = the_person(viewer, code)
    require_somewhere(viewer, "accountability.status")
    form = StatusForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        new = form.new(about)
        require(viewer, "accountability.status", new.mission.code)
        return actions.set_status(new, by=viewer, at=at)

    return done(form, act)


@router.get("/people/{code}/whereabouts", response={200: WhereaboutsOut, 404: Problem})
def whereabouts(request: HttpRequest, code: Words, moments: Query[Moments]) -> WhereaboutsOut:
    """Where somebody was last, with the source and how old it is; of nobody whose name is held."""
    viewer, when = viewer_in(request), when_of(moments)
    person = the_person(viewer, code)
    there(None if person.pk in withheld(now=when.now) else person, "person")
    return whereabouts_out(person, whereabouts_of(viewer, person, when))


@router.post("/people/{code}/sightings", response=ANSWERS)
def sight(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Says where somebody was seen: `seen_at`, `site` or `position` or `place`, `source`, `how`."""
    viewer = viewer_in(request)
    about = the_person(viewer, code)
    form = SightingForm(viewer, typed(sent))
    return done(form, lambda at: actions.sight(form.new(about), by=viewer, at=at))


@router.post("/people/{code}/hold", response=ANSWERS)
def hold(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Holds a name until next of kin were told: `why`."""
    viewer = viewer_in(request)
    about = the_person(viewer, code)
    form = HoldForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        return actions.place_hold(about, form.cleaned_data["why"], by=viewer, at=at)

    return done(form, act)


@router.post("/holds/{row}/told", response=ANSWERS)
def informed(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Says that next of kin were told: `informed_at`, `hours`."""
    viewer = viewer_in(request)
    held = there(lookups.hold(viewer, row), "hold")
    form = InformedForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        told = form.cleaned_data
        return actions.inform_next_of_kin(
            held, told["informed_at"], hours=told["hours"], by=viewer, at=at
        )

    return done(form, act)
