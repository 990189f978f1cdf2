"""Mail over SMTP, by Django's mailer of the settings: text and a small page of it."""

import re
import smtplib
from email.utils import parseaddr
from typing import Final

from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, override

from cadre.alerts.channels import reasons
from cadre.alerts.channels.answers import failed, silent
from cadre.alerts.channels.environment import WaysOut
from cadre.alerts.channels.messages import Message, Outcome

UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")  # what could end a line
IN_TEXT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
LONGEST_SUBJECT: Final = 200
WELL: Final = 250
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
        """Hand the message to the mail server."""
        try:
            mail = composed(message, self.sender)
            mail.message()
            whole = self.line.prep_address(message.address).rpartition("@")[0]
        except (ValueError, IndexError, AttributeError):  # Python's parser of addresses has all
            whole = ""
        if not whole:
            return failed(reasons.NO_ADDRESS)
        if problem := self.opened():
            return problem
        return self.handed_over(mail)

    def opened(self) -> Outcome | None:
        """Makes sure of a line that answers; why there is none, if so. Nothing was sent then."""
        try:
            if self.line.connection is None or not answers(self.line.connection):
                self.hang_up()
                self.line.open()
        except smtplib.SMTPResponseException as error:
            self.hang_up()
            return refusal(error.smtp_code)
        except (OSError, smtplib.SMTPException):
            self.hang_up()
            return failed(reasons.UNREACHED, again=True)
        return None

    def handed_over(self, mail: EmailMultiAlternatives) -> Outcome:
        try:
            self.line.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as error:
            number = next((code for code, _words in error.recipients.values()), 0)
            return refusal(number, reasons.UNKNOWN_ADDRESS)
        except smtplib.SMTPResponseException as error:
            return refusal(error.smtp_code)
        except smtplib.SMTPNotSupportedError:
            return failed(reasons.NO_ADDRESS)
        except (OSError, smtplib.SMTPException):
            self.hang_up()
            return silent()
        return Outcome(sent=True, reference=mail.extra_headers["Message-ID"])

    def hang_up(self) -> None:
        """Leaves the line without a word, for it may be silent; the next message makes another."""
        if self.line.connection is not None:
            self.line.connection.close()
        self.line = mailer()


def mailer() -> EmailBackend:
    """Django's mailer of the settings, with no line yet; raises TypeError if it is not SMTP."""
    found = mailers["default"]
    if not isinstance(found, EmailBackend):
        raise TypeError("The mailer of the settings does not speak SMTP.")
    return found


def answers(line: smtplib.SMTP) -> bool:
    try:
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
