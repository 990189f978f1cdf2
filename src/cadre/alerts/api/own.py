"""How the one who asks wants to be told: quiet hours, wishes, devices; his own, nobody else's."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from cadre.access.queries import viewer_in
from cadre.alerts import actions
from cadre.alerts.api.found import there
from cadre.alerts.forms.browsers import BrowserForm
from cadre.alerts.forms.contacts import QuietForm, SubscriptionForm
from cadre.alerts.outgoing_own import (
    BrowserOut,
    QuietOut,
    SubscriptionOut,
    browser_out,
    quiet_out,
    subscription_out,
)
from cadre.alerts.queries.browsers import own_browser, own_browsers
from cadre.alerts.queries.contacts import own_wishes
from cadre.mission.doors import now
from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, changed, done, typed

router = Router()


@router.get("/messages/quiet-hours", response=QuietOut)
def quiet_hours(request: HttpRequest) -> QuietOut:
    """One's own quiet hours."""
    return quiet_out(own_wishes(viewer_in(request)).quiet)


@router.post("/messages/quiet-hours", response=ANSWERS)
def set_quiet_hours(request: HttpRequest, sent: TypedIn) -> Status[NumberOut]:
    """Says when one wants no ordinary message: `begins`, `ends`, `zone`; none without the first
    two. Life-safety messages come all the same.
    """
    viewer = viewer_in(request)
    form = QuietForm(viewer, typed(sent))
    return done(form, lambda at: actions.set_quiet_hours(form.quiet(), by=viewer, at=at))


@router.get("/messages/subscriptions", response=list[SubscriptionOut])
def subscriptions(request: HttpRequest) -> list[SubscriptionOut]:
    """What one wants to be told of besides what one must."""
    return [subscription_out(each) for each in own_wishes(viewer_in(request)).subscriptions]


@router.post("/messages/subscriptions", response=ANSWERS)
def subscribe(request: HttpRequest, sent: TypedIn) -> Status[NumberOut]:
    """Says what one wants to be told of besides: `mission` (none: every one), `when` (`daily` or
    `at_once`), `causes` (none: nothing any more).
    """
    viewer = viewer_in(request)
    form = SubscriptionForm(viewer, typed(sent))
    return done(form, lambda at: actions.subscribe(form.wish(), by=viewer, at=at))


@router.get("/messages/browsers", response=list[BrowserOut])
def browsers(request: HttpRequest) -> list[BrowserOut]:
    """One's own browsers that take push messages, and those that the node stopped telling."""
    return [browser_out(each) for each in own_browsers(viewer_in(request))]


@router.post("/messages/browsers", response=ANSWERS)
def keep_browser(request: HttpRequest, sent: TypedIn) -> Status[NumberOut]:
    """One's own browser takes push messages from now on: `endpoint`, `p256dh` and `auth` as its
    `PushSubscription` says, and `label`.
    """
    viewer = viewer_in(request)
    form = BrowserForm(viewer, typed(sent))
    return done(form, lambda at: actions.keep_browser(form.browser(), by=viewer, at=at))


@router.post("/messages/browsers/{row}/drop", response=ANSWERS)
def drop_browser(request: HttpRequest, row: UUID) -> Status[NumberOut]:
    """One's own browser takes no push messages any more."""
    viewer = viewer_in(request)
    found = there(own_browser(viewer, row), "browser of yours")
    return changed(actions.drop_browser(found, by=viewer, at=now()))
