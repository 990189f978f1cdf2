"""From files to text: told by content, nothing executed, nothing hidden, nothing that hangs."""

import hashlib

import pytest

from cadre.core.refused import Refused
from cadre.record.extracting.visible import visible_text
from cadre.record.extraction import extract, pasted
from tests.record import files


def test_the_visible_text_of_a_page_and_no_more() -> None:
    found = extract(files.PAGE)
    assert (found.media_type, found.title) == ("text/html", "Order & letter")
    assert found.text == (
        "Order\n\nStop all training.\n\nIt began in 2014.\nSo it stays.\n\none\n\ntwo"
    )


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>a<span hidden>b</span>c", "ac"),
        ("<div style='visibility:hidden'><p>b</p></div>c", "c"),
        ("<details><summary>a</summary>b</details>", "a\n\nb"),
        ("<p hidden>b<div>c</div>", "c"),
        ("<style>.a,p#b {display: none}</style><p class=a>b<p id=b>c<p class=c>d", "d"),
        ("<style>.a .b {display:none}</style><p class=b>c", "c"),
        ("<script>if (a < b) { c('</p>') }</script>d", "d"),
        ("<svg><text>b</text></svg>c", "c"),
        ("<p>a &lt;b&gt; &amp; c</p>", "a <b> & c"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\n\nb\n\nc"),
        ("<ul><li hidden>a<li>b</ul>", "b"),
        ("</p></div>a", "a"),
        ("<p>a\n  b</p><pre>c\n d</pre>", "a b\n\nc\nd"),
        ("<select><option>a</select>b", "b"),
    ],
)
def test_what_a_browser_would_not_show_is_not_text(page: str, shown: str) -> None:
    assert visible_text(page)[0] == shown


def test_a_pdf_file_is_read_whatever_it_is_called() -> None:
    found = extract(files.shown_pdf())
    assert (found.media_type, found.text) == (
        "application/pdf",
        "It was set up in October 2018.\nIt grew.",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_read_in_every_unicode_encoding_that_says_so(encoding: str) -> None:
    found = extract("Grüße. مرحبا".encode(encoding))
    assert (found.text, found.media_type) == ("Grüße. مرحبا", "text/plain")


def test_a_page_may_say_its_older_encoding() -> None:
    page = "<!doctype html><meta charset=windows-1256><p>مرحبا".encode("windows-1256")
    assert extract(page).text == "مرحبا"


def test_the_digest_is_that_of_the_bytes_handed_in() -> None:
    assert extract(files.PAGE).digest == hashlib.sha256(files.PAGE).hexdigest()
    assert pasted("Stop.").digest == hashlib.sha256(b"Stop.").hexdigest()


def test_what_nobody_can_see_is_taken_out() -> None:
    assert pasted("a\x00b\u202ec\u200bd\ufeffe\u00adf").text == "abcdef"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is no text in it."),
        (b" \n\t ", "There is no text in it."),
        (b"x" * (5 * 2**20 + 1), "larger than 5 MB"),
        (b"word " * 100_000, "longer than 400000 characters"),
        (b"PK\x03\x04 docx", "an archive or an office document"),
        (b"{\\rtf1 text}", "neither text nor an HTML page nor a PDF file"),
        (bytes(range(256)) * 9, "neither text nor an HTML page nor a PDF file"),
        (
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
            "neither text nor an HTML page nor a PDF file",
        ),
        ("Grüße".encode("latin-1"), "save it as UTF-8"),
        (b"%PDF-1.4 rubbish", "damaged"),
        (files.shown_pdf()[:300], "damaged"),
        (files.blank_pdf(), "pictures without text"),
        (files.blank_pdf(password="secret"), "locked with a password"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence) as refusal:
        extract(content)
    assert str(refusal.value).endswith(".")


def test_a_file_that_unpacks_without_end_is_refused() -> None:
    content = files.bomb()
    assert len(content) < 2**20
    with pytest.raises(Refused, match="too much time or memory"):
        extract(content)
