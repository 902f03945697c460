"""Web archives: which part is the page, and how its bytes are read."""

from __future__ import annotations

import base64
import contextlib
import quopri
import time

import pytest

from replyparse import UnreadableError
from replyparse.reading import read_bytes

PAGE = "<html><body><p>李明委员：</p><p>您提出的提案收悉，新建幼儿园12所。</p></body></html>"
TEXT = "李明委员：\n您提出的提案收悉，新建幼儿园12所。\n"


def part(content: bytes, kind: str = "text/html", encoding: str = "8bit", more: str = "") -> bytes:
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{more}\r\n".encode() + content


def archive(*parts: bytes, more: str = "", line: bytes = b"\r\n") -> bytes:
    kind = f'Content-Type: multipart/related;\r\n boundary="x-1"{more}'
    head = f"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n{kind}\r\n\r\n"
    body = b"".join(b"--x-1\r\n" + each + b"\r\n" for each in parts) + b"--x-1--\r\n"
    return (head.encode() + body).replace(b"\r\n", line)


PICTURE = part(base64.encodebytes(b"GIF89a" + bytes(30)), "image/gif", "base64")
ARCHIVES = {
    "8bit": archive(part(PAGE.encode())),
    "quoted-printable": archive(PICTURE, part(quopri.encodestring(PAGE.encode()), encoding="quoted-printable")),
    "base64": archive(part(base64.encodebytes(PAGE.encode()), encoding="BASE64"), PICTURE),
    "base64 without its padding": archive(part(base64.b64encode(PAGE.encode() + b" ").rstrip(b"="), encoding="base64")),
    "LF line ends": archive(part(PAGE.encode()), PICTURE, line=b"\n"),
    "a charset of the part": archive(part(PAGE.encode("gb18030"), 'text/html;\r\n charset="gb2312"')),
    "a charset that is wrong": archive(part(PAGE.encode(), 'text/html; charset="gb2312"')),
    "no charset": archive(part(PAGE.encode("gb18030"))),
    "start names the page": archive(
        part(b"<p>no</p>", more="Content-ID: <a>\r\n"),
        part(PAGE.encode(), more="Content-ID: <b>\r\n"),
        more='; start="<b>"',
    ),
    "frames": archive(
        part(b"<frameset><frame src='cid:b'></frameset>"), part(PAGE.encode(), more="Content-ID: <b>\r\n")
    ),
    "a multipart in the multipart": archive(
        b'Content-Type: multipart/alternative; boundary="y"\r\n\r\n--y\r\n' + part(PAGE.encode()) + b"\r\n--y--"
    ),
    "cut off": archive(part(PAGE.encode()), PICTURE)[:-40],
    "blank lines before it": b"\r\n\r\n" + archive(part(PAGE.encode())),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_page_is_read(name: str) -> None:
    document = read_bytes(ARCHIVES[name], name="page.mht")
    assert document.text == TEXT
    assert document.source.media_type == "multipart/related"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (archive(PICTURE), "without a page"),
        (archive(), "without a page"),
        (archive(part(b"<body><script src=a.js></script></body>")), "a script loads it"),
        (archive(part(b"%%%", encoding="base64")), "has no text"),
        (archive(part(PAGE.encode())).replace(b"boundary=", b"bndr="), "without a page"),
        (archive(part(PAGE.encode()))[:90], "without a page"),
    ],
)
def test_refused(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why) as caught:
        read_bytes(data, name="page.mht")
    assert str(caught.value).startswith("page.mht: ")


@pytest.mark.parametrize(
    "data",
    [
        archive(*[part(b"<p>1</p>", "text/css")] * 50_000),
        archive(part(b"=" * 9_000_000, encoding="quoted-printable")),
        archive(b"Content-Type: multipart/related; boundary=x-1\r\n\r\n" * 100_000),
        archive(*[part(b"<script></script>")] * 20_000),
        archive()[:-4] + b"\r\n--x-" * 1_000_000,
        archive(b"A: b\r\n" * 500_000),
    ],
    ids=["parts", "equals signs", "multiparts", "pages", "near boundaries", "header lines"],
)
def test_a_hostile_archive_costs_little_time(data: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(UnreadableError):
        read_bytes(data, name="page.mht")
    assert time.process_time() - began < 20
