"""Mail over SMTP, by Django's mailer of the settings: text and a small page of it."""

import re
import smtplib
from dataclasses import dataclass
from email.policy import SMTP
from email.utils import parseaddr
from time import monotonic
from typing import Final

from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, override

from cadre.alerts.channels import reasons
from cadre.alerts.channels.answers import failed, silent
from cadre.alerts.channels.environment import MAIL_SECONDS, WaysOut
from cadre.alerts.channels.messages import Message, Outcome

UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")  # what could end a line
IN_TEXT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
LONGEST_SUBJECT: Final = 200
WELL: Final = 250
TAKEN: Final = frozenset({250, 251})
ALL_SECONDS: Final = 50.0  # for one mail; a lease of an attempt is longer
LEAST_SECONDS: Final = 10.0  # a server looks into a mail before it takes it
TEMPORARY: Final = range(400, 500)
NOT_LET_IN: Final = frozenset({530, 534, 535, 538})


class Email:
    """One line to the mail server, kept open from message to message; each thread has its own.

    SMTP knows no key: where the line breaks after the message was handed over, nobody can tell
    whether it was taken, and the outcome is `unclear`.
    """

    honours_keys = False
    in_database = False

    def __init__(self, ways: WaysOut) -> None:
        self.sender = ways.mail_from
        self.line = mailer()

    def send(self, message: Message) -> Outcome:
        """Hand the message to the mail server, and give up before a lease runs out."""
        until = monotonic() + ALL_SECONDS
        try:
            letter = self.letter(message)
        except (ValueError, LookupError, AttributeError):  # Python's parser of addresses has all
            return failed(reasons.NO_ADDRESS)
        try:
            line = self.opened()
            if problem := announced(line, letter, until):
                return problem
        except smtplib.SMTPResponseException as error:
            self.hang_up()
            return refusal(error.smtp_code)
        except (OSError, smtplib.SMTPException):
            self.hang_up()
            return failed(reasons.UNREACHED, again=True)
        return self.handed_over(line, letter, until)

    def letter(self, message: Message) -> "Letter":
        mail = composed(message, self.sender)
        to = self.line.prep_address(message.address)
        if not to.rpartition("@")[0]:
            raise ValueError("A mailbox of this machine alone is no address.")
        return Letter(
            sender=self.line.prep_address(self.sender),
            to=to,
            name=mail.extra_headers["Message-ID"],
            raw=mail.message(policy=SMTP).as_bytes(),
        )

    def opened(self) -> smtplib.SMTP:
        """A line that answers; raises what stands in the way of one."""
        if self.line.connection is None or not answers(self.line.connection):
            self.hang_up()
            self.line.open()
        if self.line.connection is None:
            raise smtplib.SMTPServerDisconnected
        return self.line.connection

    def handed_over(self, line: smtplib.SMTP, letter: "Letter", until: float) -> Outcome:
        """From here on a line that breaks leaves it open whether the mail was taken."""
        try:
            wait(line, (until - monotonic()) / 2)  # once for "go on", once for what came of it
            number, _words = line.data(letter.raw)
        except smtplib.SMTPDataError as error:
            return refusal(error.smtp_code)
        except (OSError, smtplib.SMTPException):
            self.hang_up()
            return silent()
        return Outcome(sent=True, reference=letter.name) if number == WELL else refusal(number)

    def hang_up(self) -> None:
        """Leaves the line without a word, for it may be silent; the next message makes another."""
        if self.line.connection is not None:
            self.line.connection.close()
        self.line = mailer()


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it goes over the line."""

    sender: str
    to: str
    name: str
    raw: bytes


def announced(line: smtplib.SMTP, letter: Letter, until: float) -> Outcome | None:
    """Says from whom and for whom; why the mail will not go on from here, if so."""
    wait(line, MAIL_SECONDS)
    number, _words = line.mail(letter.sender)
    if number == WELL:
        number, _words = line.rcpt(letter.to)
        refused = refusal(number, reasons.UNKNOWN_ADDRESS)
    else:
        refused = refusal(number)
    if number not in TAKEN:
        line.rset()
        return refused
    if until - monotonic() < LEAST_SECONDS:
        line.rset()
        return failed(reasons.UNREACHED, again=True)
    return None


def wait(line: smtplib.SMTP, seconds: float) -> None:
    if line.sock is not None:
        line.sock.settimeout(seconds)


def mailer() -> EmailBackend:
    """Django's mailer of the settings, with no line yet; raises TypeError if it is not SMTP."""
    found = mailers["default"]
    if not isinstance(found, EmailBackend):
        raise TypeError("The mailer of the settings does not speak SMTP.")
    return found


def answers(line: smtplib.SMTP) -> bool:
    try:
        wait(line, MAIL_SECONDS)
        return line.noop()[0] == WELL
    except (OSError, smtplib.SMTPException):
        return False


def refusal(number: int, sentence: Promise = reasons.REFUSED) -> Outcome:
    """What an answer of the mail server comes to: 4xx may go later, 5xx never."""
    if number in NOT_LET_IN:
        return failed(reasons.NOT_LET_IN, number)
    if number in TEMPORARY or number < 0:
        return failed(reasons.BUSY, max(number, 0), again=True)
    return failed(sentence, number)


def composed(message: Message, sender: str) -> EmailMultiAlternatives:
    """The mail: one recipient, chained to what it follows, and known as written by a machine."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{message.key}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Importance": "high" if message.urgent else "normal",
        "Content-Language": message.language,
    }
    if message.follows:
        first = f"<{message.follows}@{domain}>"
        headers |= {"In-Reply-To": first, "References": first}
    mail = EmailMultiAlternatives(
        subject=one_line(message.subject),
        body=IN_TEXT.sub("", message.text.replace("\r\n", "\n")),
        from_email=sender,
        to=[message.address],
        headers=headers,
    )
    mail.attach_alternative(page(message), "text/html")
    return mail


def one_line(subject: str) -> str:
    """A subject that cannot become a second header."""
    return UNSEEN.sub(" ", subject).strip()[:LONGEST_SUBJECT]


def page(message: Message) -> str:
    """The text as a page, in its own direction."""
    with override(message.language):
        direction = "rtl" if get_language_bidi() else "ltr"
    told = {
        "message": message,
        "subject": one_line(message.subject),
        "lines": IN_TEXT.sub("", message.text).split("\n"),
        "direction": direction,
    }
    return render_to_string("alerts/mail.html", told)
