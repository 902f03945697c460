"""From an input's bytes to its text: the format is told by the content, then its reader is imported and called.

A reader is a module with `read(data, *, name, encoding=None) -> Document`. A new format is one module and one row
of `READERS`; what a reader needs is imported only when a file of its format is met. A reader that needs more than the
base installation has `missing() -> str | None` too: what to add, for instance "the ocr extra: pip install …".

Errors name the input as it was given, say what is wrong, and stay on one line.
"""

from __future__ import annotations

import os
import stat
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from replyparse.errors import EncryptedError, TooLargeError, UnreadableError, UnsupportedFormatError
from replyparse.reading.document import Document, from_text, shown
from replyparse.reading.formats import DAMAGED_ZIP, DOCUMENT_FORMATS, ENCRYPTED, Format, identify

__all__ = ["MAX_BYTES", "READERS", "Document", "from_text", "read", "read_bytes", "read_stream"]

#: No larger input is read: a reply has some thousand characters, and memory stays bounded.
MAX_BYTES = 20_000_000

#: Which module reads which format (`Format.key`).
READERS = {
    "image": "replyparse.reading.ocr",
    "pdf": "replyparse.reading.pdf",
    "text": "replyparse.reading.text",
    "html": "replyparse.reading.html",
    "mhtml": "replyparse.reading.mhtml",
    "docx": "replyparse.reading.docx",
    "ofd": "replyparse.reading.ofd",
    "doc": "replyparse.reading.office",
    "rtf": "replyparse.reading.office",
    "odt": "replyparse.reading.office",
}


class _Reader(Protocol):
    def read(self, data: bytes, *, name: str, encoding: str | None = None) -> Document: ...


def read(path: str | os.PathLike[str], *, name: str | None = None, encoding: str | None = None) -> Document:
    """The document in a file, which messages call by `name` if that is given.

    Raises `UnreadableError` (missing, a folder, no permission, empty, damaged, undecodable; `EncryptedError` where a
    password protects it), `UnsupportedFormatError`, `TooLargeError`, and `LookupError` for an unknown `encoding`.
    """
    path = os.fspath(path)
    name = path if name is None else name
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - takes str and PathLike alike
            status = os.fstat(stream.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
                raise _too_large(name, status.st_size)
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnreadableError(f"{shown(name)}: {_reason(path, error)}") from None
    return read_bytes(data, name=name, encoding=encoding)


def read_stream(stream: BinaryIO, *, name: str, encoding: str | None = None) -> Document:
    """The document in an open binary stream, of which no more than `MAX_BYTES` and one byte are read.

    Raises what `read` raises.
    """
    try:
        data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"{shown(name)}: {_reason(name, error)}") from None
    return read_bytes(data, name=name, encoding=encoding)


def read_bytes(data: bytes, *, name: str, encoding: str | None = None) -> Document:
    """The document in the bytes of a file called `name`. Raises what `read` raises."""
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if not data:
        raise UnreadableError(f"{shown(name)}: is empty")
    found = identify(data)
    if found is ENCRYPTED:
        raise EncryptedError(f"{shown(name)}: is {found.title}; save it without one")
    if found is DAMAGED_ZIP:
        raise UnreadableError(f"{shown(name)}: is {found.title}; get it anew")
    module = READERS.get(found.key)
    if module is None:
        raise UnsupportedFormatError(f"{shown(name)}: is {found.title}; `replyparse formats` lists what can be read")
    if lacking := missing(found):
        raise UnsupportedFormatError(f"{shown(name)}: is {found.title}, and reading it needs {lacking}")
    reader = cast(_Reader, import_module(module))
    return reader.read(data, name=name, encoding=encoding)


def missing(known: Format) -> str | None:
    """What this installation lacks to read a format that has a reader, and how to add it; None if nothing."""
    ask = getattr(import_module(READERS[known.key]), "missing", None)
    return cast("str | None", ask()) if ask else None


def readable_formats() -> list[Format]:
    """The formats that this version reads, given what `missing` names."""
    return [known for known in DOCUMENT_FORMATS if known.key in READERS]


def _too_large(name: str, size: int | None = None) -> TooLargeError:
    actual = "" if size is None else f" ({size / 1e6:.0f} MB)"
    return TooLargeError(f"{shown(name)}: is larger{actual} than the limit of {MAX_BYTES // 1_000_000} MB")


def _reason(name: str, error: OSError | ValueError) -> str:
    if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and os.path.isdir(name)):  # noqa: PTH112
        return "is a folder; give the files in it"
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return str(getattr(error, "strerror", None) or error)
