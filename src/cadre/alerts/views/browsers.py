"""Push messages on the devices of the viewer: kept and dropped one by one, and their worker."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cadre.access.queries import viewer_in
from cadre.alerts import actions
from cadre.alerts.forms.browsers import BrowserForm
from cadre.alerts.queries.browsers import own_browser
from cadre.core.refused import Refused
from cadre.mission.doors import now
from cadre.mission.forms.sent import require_fit
from cadre.mission.views.answering import there


def keep(request: HttpRequest) -> HttpResponseBase:
    """The browser that sends this takes push messages from now on; script filled in the form."""
    viewer = viewer_in(request)
    if request.method == "POST":
        fields = {name: request.POST.get(name, "") for name in BrowserForm.base_fields}
        form = BrowserForm(viewer, fields)
        try:
            require_fit(form)
            actions.keep_browser(form.browser(), by=viewer, at=now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("This device is told from now on."))
    return redirect("alerts:how")


def drop(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    found = there(own_browser(viewer, row))
    if request.method == "POST":
        actions.drop_browser(found, by=viewer, at=now())
        messages.success(request, _("This device is told nothing any more."))
    return redirect("alerts:how")


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker that shows push messages. It stands in the tree that it serves; another
    version of its script has another name, so browsers notice.
    """
    script = f'importScripts("{static("alerts/push_worker.js")}");\n'
    answer = HttpResponse(script, content_type="text/javascript")
    patch_cache_control(answer, no_cache=True)
    return answer
