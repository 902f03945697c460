"""Reads Word documents (.docx, .docm, .dotx): the text that a reader sees on the pages, without heads and feet."""

from __future__ import annotations

from replyparse.errors import UnreadableError
from replyparse.reading import docx_body, docx_parts
from replyparse.reading.archive import Archive
from replyparse.reading.document import Document, make_document, shown

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(data: bytes, *, name: str, encoding: str | None = None) -> Document:
    """The document of a Word file's bytes; `encoding` has no meaning here.

    Raises `UnreadableError` for a damaged file or one without text, `EncryptedError` and `TooLargeError`.
    """
    return make_document(text_of(data, name=name), data, name=name, media_type=_MEDIA_TYPE)


def text_of(data: bytes, *, name: str, just_made: bool = False) -> str:
    """The text of a Word file's bytes, one paragraph or row of a table a line. Raises what `read` raises.

    `just_made` says that a program made the file now out of another one: dates that it fills in are left out.
    """
    lines = docx_body.lines(docx_parts.load(Archive(data, name=name), name=name), just_made=just_made)
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        raise UnreadableError(f"{shown(name)}: has no text")
    return text + "\n"
