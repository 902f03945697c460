"""Reads web pages: the reply's own text out of a page of a government site → `Document`.

The text begins with the page's title and its keys (发布时间, 索引号 …), a line each, where the text does not print
them; the reply follows as a reader sees it.
"""

from __future__ import annotations

import re

from replyparse.errors import UnreadableError
from replyparse.reading import markup, text, webpage
from replyparse.reading.document import Document, make_document, shown
from replyparse.reading.markup import Element

_HEAD = 8192  # bytes in which a page says what it is encoded in; the standard looks at 1024
_DECLARED = re.compile(
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
#: Declared by servers that know nothing better.
_MEANINGLESS = re.compile(r"iso-?8859-?1$|latin-?1$|us-ascii$|ascii$|windows-1252$|utf-?16|unicode$", re.I)


def read(data: bytes, *, name: str, encoding: str | None = None) -> Document:
    """The document of a web page. `source.encoding` is the codec that decodes it.

    Raises `UnreadableError` when the page cannot be decoded or shows no text, and `LookupError` for an `encoding`
    that Python does not know.
    """
    source, codec = decoded(data, name=name, encoding=encoding)
    return make_document(reply(source, name), data, name=name, media_type="text/html", encoding=codec)


def decoded(data: bytes, *, name: str, encoding: str | None = None, declared: str | None = None) -> tuple[str, str]:
    """The source of a page, and the codec that decodes it: its mark, what it declares, else what its bytes say.

    `declared` is what something outside the page says of it. Raises what `read` raises.
    """
    match = _DECLARED.search(data[:_HEAD])
    declared = declared or ((match[1] or match[2]).decode("ascii") if match else None)
    if declared and _MEANINGLESS.match(declared):
        declared = None
    return text.decoded(data, name=name, encoding=encoding, sample=_sample(data), declared=declared)


def _sample(data: bytes) -> bytes:
    """What of a page is not ASCII, the markup left out: < and > are no part of a character in any of the encodings."""
    if b"\0" in data:  # UTF-16
        return data
    return b"\n".join(piece for piece in re.split(rb"[<>]", data) if not piece.isascii())


def reply(source: str, name: str) -> str:
    """The text of the reply on a page. Raises `UnreadableError` saying why there is none."""
    try:
        page = markup.parse(source)
    except markup.TooManyTagsError:
        raise UnreadableError(
            f"{shown(name)}: is no page to read: it has more than {markup.MOST_TAGS:,} tags"
        ) from None
    found = webpage.text(page)
    if not found:
        raise UnreadableError(f"{shown(name)}: {_why_empty(page)}")
    return "\n".join(found) + "\n"


def _why_empty(page: Element) -> str:
    tags = {element.tag: element for element in reversed(list(page.elements()))}  # the first of each
    frame = tags.get("frame") or tags.get("iframe")
    address = shown((frame.get("src") or "")[:200]) if frame else ""
    if address:
        return f"shows another page in a frame and has no text of its own; give that page ({address})"
    if "script" in tags:
        return "has no text: a script loads it when the page is opened; save the page from a browser and give that"
    return "has no text"
