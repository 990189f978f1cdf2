"""`./cadre alerts`: the worker, what was sent and whom it reached, messages, channels, contacts."""

import os
import signal
import socket
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from threading import Event

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.access.permissions import require
from cadre.accountability.management.words import MINUTE, add_words, when
from cadre.alerts import actions
from cadre.alerts.forms.contacts import ContactForm
from cadre.alerts.forms.ladders import LadderForm
from cadre.alerts.forms.messages import FollowForm, MessageForm
from cadre.alerts.management import answers, own
from cadre.alerts.management.answers import AnswerWords
from cadre.alerts.management.own import OwnWords
from cadre.alerts.outgoing import (
    AlertOut,
    alert_out,
    channel_out,
    contact_out,
    heartbeat_out,
    line_out,
)
from cadre.alerts.queries import contacts, health, lists, offers, shown
from cadre.alerts.queries.rows import Alert, Phase
from cadre.alerts.worker import work
from cadre.core.releasability import Viewer
from cadre.mission.doors import email, now, require_somewhere
from cadre.mission.management.typed import (
    Options,
    add_acting_arguments,
    add_fields,
    the_mission,
    there,
    typed,
)

PHASES = {"update": Phase.UPDATE, "cancel": Phase.CANCEL, "all-clear": Phase.ALL_CLEAR}


class Command(OwnWords, AnswerWords):
    help = "Send what is due, say whom it reached, write messages, test channels."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
        words.add_parser("work", help="send what is due until this is stopped")
        listing = words.add_parser("list", help="what was sent, newest first")
        listing.add_argument("--mission", default="", help="of this mission only")
        showing = words.add_parser("show", help="whom one message reached and whom it did not")
        showing.add_argument("number", help="for example FTM-A-2020-0001")
        beating = words.add_parser("heartbeat", help="whether messages go out; exit code 1 if not")
        testing = words.add_parser("test", help="test every channel now")
        reached = words.add_parser("contacts", help="how somebody is reached")
        reached.add_argument("person", help="the person's code")
        for below in (listing, showing, beating, testing, reached):
            add_reading_arguments(below)
        self.add_writing(words.add_parser)
        add_words(words.add_parser, (*own.WORDS, *answers.WORDS), own.ABOUT | answers.ABOUT)

    def add_writing(self, add: Callable[..., ArgumentParser]) -> None:
        sending = add("send", help="write to people of a mission")
        sending.add_argument("mission", help="for example FTM")
        example = 'lane=1 to=everybody sites=site-01 subject_en=Water text_en="Boil it."'
        add_fields(sending, MessageForm, example)
        following = add("follow", help="update a message, call it off or give the all-clear")
        following.add_argument("number", help="of the first message")
        following.add_argument("phase", choices=PHASES)
        add_fields(following, FollowForm, 'subject_en=Water text_en="It is good again."')
        again = add("again", help="tell those once more whom nothing reached")
        again.add_argument("number", help="of the message")
        contact = add("contact", help="note an address of somebody")
        contact.add_argument("person", help="the person's code")
        add_fields(contact, ContactForm, "channel=sms address=+4712345678")
        ladder = add("ladder", help="say how a mission tells its people of a cause")
        ladder.add_argument("mission", help="for example FTM")
        ladder.add_argument("cause", help="for example muster; other: of all that have none")
        add_fields(
            ladder, LadderForm, "acknowledging=everyone window_minutes=60 steps='0 self sms'"
        )
        for below in (sending, following, again, contact, ladder):
            add_acting_arguments(below)

    def handle(self, *_args: object, **options: object) -> None:
        word = str(options["word"])
        if word == "work":
            self.work()
            return
        words = {
            "list": self.lists, "show": self.show, "heartbeat": self.heartbeat, "test": self.test,
            "contacts": self.contacts, "send": self.send, "follow": self.follow,
            "again": self.again, "contact": self.contact, "ladder": self.ladder,
            **self.own_words(), **self.answer_words(),
        }  # fmt: skip  # a table reads best as one
        with seen_as(email(options["as_account"])) as viewer:
            words[word](viewer, options)

    def work(self) -> None:
        """Works until it is told to stop; what it holds then goes out first."""
        stop = Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_told: stop.set())
        work(stop, name=f"{socket.gethostname()[:40]}-{os.getpid()}")

    def lists(self, viewer: Viewer, options: Options) -> None:
        require_somewhere(viewer, "alerts.read")
        asked = reading(options)
        wanted = lists.Wanted(mission=str(options["mission"]))
        found = lists.alerts(viewer, wanted, page=1, when=when(options)).object_list
        out = [line_out(each) for each in found]
        if asked.as_json:
            self.print_json([each.model_dump() for each in out])
            return
        for each in out:
            exercise = "EXERCISE " if each.exercise else ""
            self.stdout.write(
                f"{exercise}{each.number}: {each.subject} ({each.lane}, {each.made_at:{MINUTE}}):"
                f" told {each.told}, not reached {each.not_reached}, answered {each.answered}"
            )
        if not out:
            self.stdout.write("Nothing was sent.")

    def show(self, viewer: Viewer, options: Options) -> None:
        asked = reading(options)
        found = self.found(viewer, options, "alerts.read")
        alert = shown.alert_shown(viewer, found.pk, page=1, when=when(options), live_page=False)
        out = alert_out(there(alert, "such message"))
        if asked.as_json:
            self.print_json(out.model_dump())
        else:
            self.stdout.write(in_words(out))

    def found(self, viewer: Viewer, options: Options, verb: str) -> Alert:
        number = str(options["number"])
        alert = there(shown.called(viewer, number), f"message {number}")
        if alert.mission is None:
            require_somewhere(viewer, verb)
        else:
            require(viewer, verb, alert.mission.code)
        return alert

    def heartbeat(self, _viewer: Viewer, options: Options) -> None:
        out = heartbeat_out(health.heartbeat(at=now()))
        if reading(options).as_json:
            self.print_json(out.model_dump())
        else:
            self.stdout.write("Messages go out." if out.ok else "Messages may not go out.")
            for each in out.workers:
                state = "ended" if each.ended else "late" if each.late else "at work"
                self.stdout.write(f"  {each.name}: {state}")
        if not out.ok:
            raise SystemExit(1)

    def test(self, viewer: Viewer, options: Options) -> None:
        actions.test_now(by=viewer, at=now())
        out = [channel_out(each) for each in health.channels()]
        if reading(options).as_json:
            self.print_json([each.model_dump() for each in out])
        else:
            for each in out:
                result = "not set up" if not each.set_up else "works" if each.ok else each.reason
                self.stdout.write(f"{each.channel}: {result or 'never tested'}")
        if any(each.set_up and each.ok is False for each in out):
            raise SystemExit(1)

    def contacts(self, viewer: Viewer, options: Options) -> None:
        code = str(options["person"])
        found = contacts.reached(viewer, code, now=now(), live_page=False)
        person = there(found, f"person {code}")
        out = [contact_out(each) for each in contacts.contacts(viewer, [person])[person]]
        if reading(options).as_json:
            self.print_json([each.model_dump() for each in out])
            return
        for each in out:
            verified = "verified" if each.verified else "not verified"
            self.stdout.write(f"{each.channel}: {each.address} ({verified})")
        if not out:
            self.stdout.write("There is no address: nothing would reach this person.")

    def send(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        require(viewer, "alerts.send", mission.code)
        form = MessageForm(viewer, mission, typed(MessageForm, options["fields"]))
        self.done(form, lambda at: actions.send(form.new(), by=viewer, at=at), options, "Sent: %s.")

    def follow(self, viewer: Viewer, options: Options) -> None:
        first = self.found(viewer, options, "alerts.send")
        form = FollowForm(viewer, typed(FollowForm, options["fields"]))
        phase = PHASES[str(options["phase"])]

        def act(at: datetime) -> object:
            key = form.written_key()
            return actions.follow(first, phase, form.texts(), key=key, by=viewer, at=at)

        self.done(form, act, options, "Sent: %s.")

    def again(self, viewer: Viewer, options: Options) -> None:
        found = self.found(viewer, options, "alerts.send")
        number = actions.send_again(found, by=viewer, at=now())
        self.stdout.write(f"Told once more: {number}.")

    def contact(self, viewer: Viewer, options: Options) -> None:
        code = str(options["person"])
        person = there(offers.people_called(viewer, (code,)).get(code), f"person {code}")
        form = ContactForm(viewer, typed(ContactForm, options["fields"]))
        self.done(
            form, lambda at: actions.note_contact(form.new(person), by=viewer, at=at), options
        )

    def ladder(self, viewer: Viewer, options: Options) -> None:
        mission = the_mission(viewer, options["mission"])
        cause = str(options["cause"])
        form = LadderForm(viewer, typed(LadderForm, options["fields"]))
        self.done(
            form,
            lambda at: actions.set_ladder(
                mission, "" if cause == "other" else cause, form.ladder(), by=viewer, at=at
            ),
            options,
        )


def in_words(found: AlertOut) -> str:
    counts = ", ".join(f"{word} {number}" for word, number in found.counts.items() if number)
    exercise = "EXERCISE " if found.exercise else ""
    lines = [f"{exercise}{found.number} ({found.cause}, {found.lane}): {counts or 'nobody told'}"]
    for each in found.recipients:
        ways = "; ".join(
            f"{attempt.channel} {attempt.state}{f' ({attempt.reason})' if attempt.reason else ''}"
            f"{', may have arrived twice' if attempt.possible_double else ''}"
            for attempt in each.attempts
        )
        lines.append(f"  {each.outcome.upper()}: {each.name}: {ways or 'no address'}")
    if found.unnamed:
        others = ", ".join(f"{word} {number}" for word, number in found.unnamed.items())
        lines.append(f"  whose names you may not see: {others}")
    return "\n".join(lines)
