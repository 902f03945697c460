"""What every reader hands on: the text of one input and the source it came from."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import NamedTuple

from replyparse.errors import UnreadableError
from replyparse.patterns import regex
from replyparse.record import RecognizedLine, Source

#: One or more U+FFFD, which stand where no character could be made of the bytes.
_BROKEN = regex("\ufffd+")


class Document(NamedTuple):
    """A text as all spans of its record will point into it: LF line ends, no byte order mark."""

    text: str
    source: Source

    @property
    def damaged(self) -> int:
        """In how many places the text holds U+FFFD because the input was broken."""
        return broken_places(self.text)


def make_document(
    text: str,
    data: bytes,
    *,
    name: str,
    media_type: str,
    encoding: str | None = None,
    pages: Sequence[int] = (),
    recognized: Sequence[RecognizedLine] = (),
) -> Document:
    """The document that a reader made of `data`; `name` may hold folders, the source keeps the file name.

    `pages` and `recognized` point into `text`, which must have LF line ends and no byte order mark to go with them.
    """
    text = one_line_end(text).removeprefix("\ufeff")
    source = Source(
        name=_encodable(PurePath(name).name),
        media_type=media_type,
        encoding=encoding,
        sha256=sha256(data).hexdigest(),
        characters=len(text),
        pages=list(pages),
        recognized=list(recognized),
    )
    return Document(text, source)


def from_text(text: str, *, name: str | None = None) -> Document:
    """The document of a text that is already in memory; its `sha256` is that of its UTF-8 form.

    CRLF and CR become LF as they do in files, so the same reply gives the same record through every door.
    Raises `UnreadableError` for a text with a lone surrogate, which no file and no JSON could hold.
    """
    text = one_line_end(text)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableError(f"{name or 'text'}: has a lone surrogate at character {error.start}") from None
    source = Source(
        name=name, media_type="text/plain", encoding=None, sha256=sha256(data).hexdigest(), characters=len(text)
    )
    return Document(text, source)


def broken_places(text: str) -> int:
    """How many runs of U+FFFD a text has."""
    return len(_BROKEN.findall(text))


def one_line_end(text: str) -> str:
    """The text with CRLF and CR turned into LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def shown(name: str) -> str:
    """A file name fit for one line of a message: what cannot be printed is escaped."""
    return name if name.isprintable() else repr(name)[1:-1]


def _encodable(name: str) -> str:
    """A file name that UTF-8 can hold: bytes of another encoding (Linux keeps them) become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
