"""Whom a stop would strand: people who teach at another site than that of their post."""

from dataclasses import dataclass
from datetime import datetime

from cadre.core.moments import later
from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.mission.queries.posts import PostLine, with_holders
from cadre.mission.queries.reading import Reading
from cadre.training.models import Duty, Session
from cadre.training.queries.impact import AHEAD
from cadre.training.queries.sessions import EVERY, Span, reached


@dataclass(frozen=True, slots=True)
class Away:
    """A post away from its base, who holds it as far as the viewer may see, and where first."""

    post: PostLine
    session: Session


def away(
    viewer: Viewer, scope: Scope, *, at: datetime, known_on: datetime | None
) -> tuple[Away, ...]:
    """Over the next 72 hours, by when each is away first; () where nobody is. A post without a
    site has no base, so it is never away.
    """
    keys, _total = reached(viewer, scope, Span(at, later(at, AHEAD[0]), EVERY))
    duties = (
        Duty.objects.visible_to(viewer)
        .filter(session__in=keys, post__site__isnull=False)
        .select_related("post__site", "post__nation", "session__site")
        .order_by("session__during", "post__code")
    )
    first: dict[object, Duty] = {}
    for duty in duties:
        base, nation = duty.post.site, duty.post.nation
        stopped = scope.nations is None or (nation is not None and nation.code in scope.nations)
        if base is not None and stopped and base.code not in duty.session.site.path:
            first.setdefault(duty.post_id, duty)
    reading = Reading(viewer, on=at, known_on=known_on)
    posts = with_holders(reading, [each.post for each in first.values()])
    return tuple(Away(post, duty.session) for post, duty in zip(posts, first.values(), strict=True))
