"""Putting the fictional mission on record."""

from datetime import datetime

from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission
from cadre.packs.sample.names import FICTIONAL
from cadre.packs.sample.plan import MISSION, PACK, Wish, plan
from cadre.packs.sample.rows import Making, make
from cadre.record.models import Pack


def make_sample(wish: Wish, *, by: Viewer, at: datetime) -> dict[str, int] | None:
    """Makes the fictional mission; None when just this one is on record already.

    Refused when another one is, or a real mission has its code.
    """
    there = Pack.objects.filter(key=PACK).first()
    if there is not None:
        if there.title == title(wish):
            return None
        raise Refused(
            _("A fictional mission is on record already: %(title)s.") % {"title": there.title}
        )
    if Mission.objects.filter(code=MISSION).exists():
        raise Refused(
            _("A mission with the code %(code)s is on record already.") % {"code": MISSION}
        )
    with acting("packs.sample", by=by, at=at):
        Pack.objects.create(key=PACK, title=title(wish), label="fictional", fictional=True)
        return make(plan(wish), Making(wish=wish, by=by, at=at))


def title(wish: Wish) -> str:
    return f"Training mission Fictonia {FICTIONAL}: {wish.text}"
