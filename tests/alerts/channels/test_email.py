"""Mail over SMTP, over a real socket."""

import socket
from collections import Counter
from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from cadre.alerts.channels import reasons
from cadre.alerts.channels.email import Email
from cadre.alerts.channels.environment import WaysOut, mailers
from cadre.alerts.channels.fakes import FakeMailServer
from cadre.alerts.channels.fakes.smtp import GREETING
from cadre.alerts.channels.messages import Message, Outcome

Made = Callable[..., Message]
WAYS = WaysOut(mail_url="smtp://", mail_from="Cadre <cadre@mission.example.org>")


@pytest.fixture
def mail(message: Made) -> Made:
    def made(**said: object) -> Message:
        return message(**{"channel": "email", "address": "ada@example.org", **said})

    return made


def test_a_mail_says_all_that_was_given_to_it(mail_server: FakeMailServer, mail: Made) -> None:
    sent = mail(subject="Stop", text="Go to the shelter.\nhttps://cadre.example.org/m/1/")

    outcome = Email(WAYS).send(sent)

    name = f"<{sent.key}@mission.example.org>"
    [taken] = mail_server.taken
    assert outcome == Outcome(sent=True, reference=name)
    assert taken.to == ("ada@example.org",)
    heads = {
        head: taken.message[head]
        for head in ("From", "To", "Subject", "Message-ID", "Auto-Submitted", "In-Reply-To")
    }
    assert heads == {
        "From": "Cadre <cadre@mission.example.org>",
        "To": "ada@example.org",
        "Subject": "Stop",
        "Message-ID": name,
        "Auto-Submitted": "auto-generated",
        "In-Reply-To": None,
    }
    plain = taken.message.get_body(("plain",))
    assert plain is not None
    lines = plain.get_content().splitlines()
    assert lines == ["Go to the shelter.", "https://cadre.example.org/m/1/"]


def test_what_follows_is_chained_to_the_first_message(
    mail_server: FakeMailServer, mail: Made
) -> None:
    Email(WAYS).send(mail(key="second", follows="first"))

    [taken] = mail_server.taken
    chained = (taken.message["In-Reply-To"], taken.message["References"])
    assert chained == ("<first@mission.example.org>", "<first@mission.example.org>")


def test_arabic_arrives_as_it_was_written_and_runs_from_the_right(
    mail_server: FakeMailServer, mail: Made
) -> None:
    Email(WAYS).send(mail(language="ar", subject="تمرين: سجّل حضورك", text="اذهب إلى الملجأ."))

    [taken] = mail_server.taken
    plain, page = (taken.message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert page is not None
    assert taken.message["Subject"] == "تمرين: سجّل حضورك"
    assert plain.get_content().splitlines() == ["اذهب إلى الملجأ."]
    assert '<html lang="ar" dir="rtl">' in page.get_content()
    assert "<bdi>اذهب إلى الملجأ.</bdi>" in page.get_content()


def test_words_of_a_message_never_become_markup(mail_server: FakeMailServer, mail: Made) -> None:
    Email(WAYS).send(mail(text='<script src="//evil.example"></script>\n<b>now</b>'))

    [taken] = mail_server.taken
    page = taken.message.get_body(("html",))
    assert page is not None
    assert "<script" not in page.get_content()
    assert "&lt;b&gt;now&lt;/b&gt;" in page.get_content()


@pytest.mark.parametrize(
    "subject",
    [
        "Stop\r\nBcc: everybody@example.org",
        "Stop\nBcc: everybody@example.org",
        "Stop\rBcc: everybody@example.org",
        "Stop\r\n\r\nanother body",
        "Stop\x0bBcc: everybody@example.org",
        "Stop\u2028Bcc: everybody@example.org",
        "Stop\x00Bcc: everybody@example.org",
        "Stop" + " x" * 5000 + "\r\nBcc: everybody@example.org",
        "Stop\ud800Bcc: everybody@example.org",
    ],
)
def test_no_subject_becomes_another_header(
    mail_server: FakeMailServer, mail: Made, subject: str
) -> None:
    outcome = Email(WAYS).send(mail(subject=subject))

    [taken] = mail_server.taken
    assert outcome.sent
    assert taken.to == ("ada@example.org",)
    assert (taken.message["Bcc"], len(taken.message.get_all("Subject", []))) == (None, 1)
    assert taken.message["Subject"].startswith("Stop ")


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org\r\nBcc: everybody@example.org",
        "ada@example.org\nRCPT TO:<everybody@example.org>",
        "ada@example.org, everybody@example.org",
        "ada@example.org>\r\nRCPT TO:<everybody@example.org",
        "ada@example.org;everybody@example.org",
        "group: ada@example.org, everybody@example.org;",
        "ada",
        "@example.org",
        "<>",
        "",
        " ",
        "ada@",
        "ada@example.org\x00",
        "ada@exa mple.org",
        "ada@@example.org",
        '"ada@example.org',
        "ada@[127.0.0.1",
        "ada@example.org" * 90,
        "عدا@example.org",
        "ada\ud800@example.org",
    ],
)
def test_what_is_not_one_address_is_never_handed_over(
    mail_server: FakeMailServer, mail: Made, address: str
) -> None:
    outcome = Email(WAYS).send(mail(address=address))

    assert outcome == Outcome(sent=False, reason=str(reasons.NO_ADDRESS))
    assert mail_server.taken == []


def test_a_line_is_kept_from_mail_to_mail(mail_server: FakeMailServer, mail: Made) -> None:
    line = Email(WAYS)
    line.send(mail(key="one"))
    first = line.line.connection

    line.send(mail(key="two"))

    assert line.line.connection is first
    assert len(mail_server.taken) == 2


def test_a_line_that_went_dead_is_made_anew(mail_server: FakeMailServer, mail: Made) -> None:
    line = Email(WAYS)
    line.send(mail(key="one"))
    connection = line.line.connection
    assert connection is not None
    assert connection.sock is not None
    connection.sock.shutdown(socket.SHUT_RDWR)

    outcome = line.send(mail(key="two"))

    assert outcome.sent
    assert len(mail_server.taken) == 2


@pytest.mark.parametrize(
    ("answer", "reason", "again"),
    [
        ("450 later", f"{reasons.BUSY} (450)", True),
        ("452 full", f"{reasons.BUSY} (452)", True),
        ("550 nobody of that name", f"{reasons.UNKNOWN_ADDRESS} (550)", False),
    ],
)
def test_an_address_that_the_server_refuses_is_said_without_its_words(
    mail_server: FakeMailServer, mail: Made, answer: str, reason: str, *, again: bool
) -> None:
    mail_server.conduct.refuses["ada@example.org"] = answer

    outcome = Email(WAYS).send(mail())

    assert outcome == Outcome(sent=False, reason=reason, again=again)
    assert mail_server.taken == []


@pytest.mark.parametrize(
    ("answer", "reason", "again"),
    [
        ("451 later", f"{reasons.BUSY} (451)", True),
        ("554 spam", f"{reasons.REFUSED} (554)", False),
    ],
)
def test_a_mail_that_the_server_refuses_was_not_sent(
    mail_server: FakeMailServer, mail: Made, answer: str, reason: str, *, again: bool
) -> None:
    mail_server.conduct.answers = answer
    line = Email(WAYS)

    refused = line.send(mail())
    mail_server.conduct.answers = "250 taken"

    assert refused == Outcome(sent=False, reason=reason, again=again)
    assert line.send(mail()).sent


def test_a_server_that_is_closed_can_be_tried_again(
    mail_server: FakeMailServer, mail: Made
) -> None:
    line = Email(WAYS)
    mail_server.conduct.greets = "421 closed"

    closed = line.send(mail())
    mail_server.conduct.greets = GREETING

    assert closed == Outcome(sent=False, reason=f"{reasons.BUSY} (421)", again=True)
    assert line.send(mail()).sent


def test_a_server_that_is_not_there_can_be_tried_again(settings: Settings, mail: Made) -> None:
    settings.MAILERS = mailers({"CADRE_SMTP_URL": "smtp://127.0.0.1:1"})

    outcome = Email(WAYS).send(mail())

    assert outcome == Outcome(sent=False, reason=str(reasons.UNREACHED), again=True)


def test_where_the_line_breaks_after_the_mail_nobody_can_tell(
    mail_server: FakeMailServer, mail: Made
) -> None:
    mail_server.conduct.hangs_up = True
    line = Email(WAYS)
    lost = line.send(mail())
    mail_server.conduct.hangs_up = False

    again = line.send(mail())

    assert lost == Outcome(sent=False, reason=str(reasons.SILENT), again=True, unclear=True)
    assert again.sent
    assert mail_server.counts() == Counter({again.reference: 2})  # a server of mail knows no key
    assert not Email.honours_keys


def test_a_server_that_thinks_too_long_may_have_taken_the_mail(
    mail_server: FakeMailServer, mail: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cadre.alerts.channels.email.ALL_SECONDS", 1.0)
    monkeypatch.setattr("cadre.alerts.channels.email.LEAST_SECONDS", 0.5)
    line = Email(WAYS)
    mail_server.conduct.seconds = 1.5

    outcome = line.send(mail())

    assert outcome == Outcome(sent=False, reason=str(reasons.SILENT), again=True, unclear=True)


def test_a_mail_that_could_not_be_given_in_time_was_not_sent(
    mail_server: FakeMailServer, mail: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cadre.alerts.channels.email.ALL_SECONDS", 0.0)

    outcome = Email(WAYS).send(mail())

    assert outcome == Outcome(sent=False, reason=str(reasons.UNREACHED), again=True)
    assert mail_server.taken == []


def test_a_server_that_falls_silent_before_the_mail_did_not_take_it(
    settings: Settings, mail: Made
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        settings.MAILERS = mailers({"CADRE_SMTP_URL": f"smtp://127.0.0.1:{port}"})
        settings.MAILERS["default"]["OPTIONS"]["timeout"] = 0.3

        outcome = Email(WAYS).send(mail())

    assert outcome == Outcome(sent=False, reason=str(reasons.UNREACHED), again=True)
