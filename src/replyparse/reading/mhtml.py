"""Reads web archives (.mht, .mhtml; RFC 2557): the page that a browser saved with its pictures in one file.

The page is the part that `start` names, else the first one in HTML; where it only shows others in frames, the first
part that has text.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from replyparse.errors import UnreadableError
from replyparse.reading import html
from replyparse.reading.document import Document, make_document, shown

_HEAD = 1 << 16  # bytes in which a part's header must end
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_DEEPEST = 4  # multiparts inside multiparts
_MOST_PAGES = 50
_PAGES = ("text/html", "application/xhtml+xml")


def read(data: bytes, *, name: str, encoding: str | None = None) -> Document:
    """The document of a web archive. `source.encoding` is the codec of the page in it.

    Raises `UnreadableError` when it holds no page or the page cannot be read, and `LookupError` for an `encoding`
    that Python does not know.
    """
    head, body = _split(data.lstrip())
    pages = [part for part in _parts(head, body, 0) if part[0].get_content_type() in _PAGES][:_MOST_PAGES]
    if not pages:
        raise UnreadableError(f"{shown(name)}: is a web archive without a page in it; it may be cut off")
    start = str(head.get_param("start") or "")
    pages.sort(key=lambda page: bool(start) and page[0].get("Content-ID") != start)
    first: UnreadableError | None = None
    for page, content in pages:
        try:
            text, codec = _page(page, content, name, encoding)
        except UnreadableError as error:
            first = first or error
        else:
            return make_document(text, data, name=name, media_type="multipart/related", encoding=codec)
    raise first or UnreadableError(f"{shown(name)}: has no text")


def _page(head: Message, content: bytes, name: str, encoding: str | None) -> tuple[str, str]:
    """The text of one part and the codec of its bytes."""
    data = _decoded(head, content)
    charset = head.get_param("charset")
    declared = charset if isinstance(charset, str) else None
    source, codec = html.decoded(data, name=name, encoding=encoding, declared=declared)
    return html.reply(source, name), codec


def _split(data: bytes) -> tuple[Message, bytes]:
    """The header of a part, and what follows it."""
    end = _HEAD_END.search(data, 0, _HEAD)
    return message_from_bytes(data[: end.start()] if end else data[:_HEAD]), data[end.end() :] if end else b""


def _parts(head: Message, body: bytes, depth: int) -> Iterator[tuple[Message, bytes]]:
    """Every part that is not made of parts, in order."""
    boundary = head.get_boundary()
    if head.get_content_maintype() != "multipart" or not boundary or depth >= _DEEPEST:
        yield head, body
        return
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    for piece in re.split(rb"(?:\A|\r?\n)--" + mark + rb"(?:--)?[ \t]*(?=\r?\n|\Z)", body)[1:]:
        if piece.strip():
            yield from _parts(*_split(piece.lstrip(b"\r\n")), depth + 1)


def _decoded(head: Message, content: bytes) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    encoding = str(head.get("Content-Transfer-Encoding") or "").strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(content)
    if encoding == "base64":
        try:
            return binascii.a2b_base64(content)
        except binascii.Error:
            return binascii.a2b_base64(content + b"==")
    return content
