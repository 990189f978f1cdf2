"""How somebody wants to be told, from the command line: his own, by `--as`."""

from collections.abc import Mapping
from typing import Final

from cadre.access.doors import reading
from cadre.accountability.management.words import Does, Word, the_id
from cadre.alerts import actions
from cadre.alerts.forms.contacts import QuietForm, SubscriptionForm
from cadre.alerts.outgoing_own import QuietOut, browser_out, quiet_out, subscription_out
from cadre.alerts.queries.browsers import own_browser, own_browsers
from cadre.alerts.queries.contacts import own_wishes
from cadre.core.releasability import Viewer
from cadre.mission.doors import now
from cadre.mission.management.typed import FormCommand, Options, there, typed

WORDS: Final = (
    Word("wishes", "one's own quiet hours, what else one is told of, and one's devices"),
    Word("quiet", "set one's own quiet hours; none where both are left empty", (), QuietForm,
         "begins=22:00 ends=06:00 zone=Asia/Baghdad"),
    Word("subscribe", "be told of more than one must; no causes: nothing any more", (),
         SubscriptionForm, "mission=FTM when=daily causes=incident,level"),
    Word("drop-device", "tell one of one's own devices nothing any more", ("device",),
         changes=True),
)  # fmt: skip  # a table reads best as one
ABOUT: Final[dict[str, str]] = {
    "device": "the id of a device, as `./cadre alerts wishes --json` tells it"
}


class OwnWords(FormCommand):
    """The words about oneself."""

    def own_words(self) -> Mapping[str, Does]:
        return {
            "wishes": self.wishes, "quiet": self.quiet, "subscribe": self.subscribe,
            "drop-device": self.drop_device,
        }  # fmt: skip  # a table reads best as one

    def wishes(self, viewer: Viewer, options: Options) -> None:
        found = own_wishes(viewer)
        quiet = quiet_out(found.quiet)
        wanted = [subscription_out(each) for each in found.subscriptions]
        devices = [browser_out(each) for each in own_browsers(viewer)]
        if reading(options).as_json:
            self.print_json({
                "quiet": quiet.model_dump(),
                "subscriptions": [each.model_dump() for each in wanted],
                "devices": [each.model_dump() for each in devices],
            })  # fmt: skip  # one answer
            return
        self.stdout.write(f"Quiet hours: {hours(quiet)}.")
        for wish in wanted:
            when = "once a day" if wish.digest else "at once"
            self.stdout.write(
                f"{wish.mission or 'every mission'}: {', '.join(wish.causes)} ({when})"
            )
        for device in devices:
            state = "is told" if device.told else f"is told nothing any more: {device.reason}"
            self.stdout.write(f"device {device.id} {device.label}: {state}")

    def quiet(self, viewer: Viewer, options: Options) -> None:
        form = QuietForm(viewer, typed(QuietForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.set_quiet_hours(form.quiet(), by=viewer, at=at),
            options,
            "Quiet hours are set: %s.",
        )

    def subscribe(self, viewer: Viewer, options: Options) -> None:
        form = SubscriptionForm(viewer, typed(SubscriptionForm, options["fields"]))
        self.done(form, lambda at: actions.subscribe(form.wish(), by=viewer, at=at), options)

    def drop_device(self, viewer: Viewer, options: Options) -> None:
        row = own_browser(viewer, the_id(options["device"], "a device"))
        found = there(row, f"device {options['device']} of yours")
        kept = actions.drop_browser(found, by=viewer, at=now())
        self.told(kept, options, "It is told nothing any more: %s.")


def hours(quiet: QuietOut) -> str:
    if quiet.begins is None or quiet.ends is None:
        return "none"
    return f"{quiet.begins:%H:%M} to {quiet.ends:%H:%M}, {quiet.zone}"
