"""Files that people hand in, good and bad, made on the spot."""

import io
import zlib

from pypdf import PdfWriter

SHOWN = b"BT /F1 12 Tf 72 700 Td (It was set up in October 2018.) Tj 0 -14 Td (It grew.) Tj ET"
FONT = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
PAGE = (
    b"<!doctype html><html lang=en><title>Order &amp; letter</title><style>p{}</style>"
    b"<body><h1>Order</h1><p>Stop <b>all</b> training.<script>steal()</script>"
    b"<p hidden>secret one<p style='display: none'>secret two"
    b"<div aria-hidden=true>secret three</div>"
    b"<template>secret four</template><noscript>secret five</noscript><dialog>secret six</dialog>"
    b"<p>It began in 2014.<br>So it stays.</p><!-- secret seven -->"
    b"<img alt='x' src='http://a.example/'>"
    b"<ul><li>one<li>two</ul></body></html>"
)


def pdf(stream: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF file of one page with this content stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources " + FONT + b">>",
        b"<</Length %d/Filter%b>>stream\n%b\nendstream" % (len(stream), filters, stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def shown_pdf() -> bytes:
    return pdf(zlib.compress(SHOWN))


def bomb() -> bytes:
    """A small file whose page unpacks to half a gigabyte."""
    packer = zlib.compressobj(9)
    zeros = bytes(2**20)
    packed = b"".join(packer.compress(zeros) for _turn in range(512)) + packer.flush()
    return pdf(packed)


def blank_pdf(*, password: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()
