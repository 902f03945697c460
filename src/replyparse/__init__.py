"""Sections, numeric claims, commitments and citations out of Chinese official replies (答复函).

    import replyparse

    record = replyparse.parse_file("reply.txt")
    for claim in record.claims:
        print(claim.metric, claim.value, claim.unit)

Importing this package imports nothing heavy; what a function needs is imported when it is called.
"""

from __future__ import annotations

import datetime as dt
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from replyparse.errors import (
    BatchError,
    EncryptedError,
    KnowledgeError,
    ReplyparseError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
    WorkerError,
)
from replyparse.version import __version__

if TYPE_CHECKING:
    from replyparse.batch import Outcome, parse_many
    from replyparse.checks import check
    from replyparse.numerals import parse as parse_numeral
    from replyparse.pipeline import find_quantities
    from replyparse.reading import Document
    from replyparse.record import Finding, Quantity, ReplyRecord

__all__ = [
    "BatchError",
    "EncryptedError",
    "Finding",
    "KnowledgeError",
    "Outcome",
    "Quantity",
    "ReplyRecord",
    "ReplyparseError",
    "TooLargeError",
    "UnreadableError",
    "UnsupportedFormatError",
    "WorkerError",
    "__version__",
    "check",
    "find_quantities",
    "parse",
    "parse_file",
    "parse_many",
    "parse_numeral",
]

#: Names that live elsewhere and are imported when first used.
_ELSEWHERE = {
    "Finding": ("replyparse.record", "Finding"),
    "Outcome": ("replyparse.batch", "Outcome"),
    "Quantity": ("replyparse.record", "Quantity"),
    "ReplyRecord": ("replyparse.record", "ReplyRecord"),
    "check": ("replyparse.checks", "check"),
    "find_quantities": ("replyparse.pipeline", "find_quantities"),
    "parse_many": ("replyparse.batch", "parse_many"),
    "parse_numeral": ("replyparse.numerals", "parse"),
}


def parse(
    text: str,
    *,
    name: str | None = None,
    issued_on: dt.date | str | None = None,
    lexicon: str | os.PathLike[str] | None = None,
) -> ReplyRecord:
    """The record of a reply's text.

    `name` goes into `source.name`. `issued_on` (a date or its ISO form) stands in for a date of signing that the text
    does not state, so that 目前 and 今年 can be resolved. `lexicon` is a file that adds units, cues and words to the
    built-in ones, for this call. CRLF and CR become LF: all spans point into `record.text`.

    Raises `UnreadableError` for a text with a lone surrogate, `KnowledgeError` for a lexicon that does not validate
    and `ValueError` for an `issued_on` that is no date.
    """
    from replyparse.reading import from_text

    return _parse(from_text(text, name=name), _date(issued_on), lexicon)


def parse_file(
    path: str | os.PathLike[str],
    *,
    issued_on: dt.date | str | None = None,
    encoding: str | None = None,
    lexicon: str | os.PathLike[str] | None = None,
) -> ReplyRecord:
    """The record of a reply in a file, whose format and encoding are found by its content.

    `encoding` overrides what would be found; `issued_on` and `lexicon` are as for `parse`.

    Raises `UnreadableError`, `UnsupportedFormatError` or `TooLargeError`, each saying in one line what is wrong with
    which file; `KnowledgeError` for a lexicon that does not validate; `LookupError` for an encoding that Python does
    not know; `ValueError` for a bad `issued_on`.
    """
    from replyparse.reading import read

    signed = _date(issued_on)
    return _parse(read(path, encoding=encoding), signed, lexicon)


def _parse(document: Document, issued_on: dt.date | None, lexicon: str | os.PathLike[str] | None) -> ReplyRecord:
    from replyparse import pipeline

    extension = None
    if lexicon is not None:
        from replyparse.lexicon import read

        extension = read(lexicon)
    return pipeline.parse(document.text, source=document.source, issued_on=issued_on, lexicon=extension)


def _date(value: dt.date | str | None) -> dt.date | None:
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value.date() if isinstance(value, dt.datetime) else value


def __getattr__(name: str) -> Any:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _ELSEWHERE[name]
    value = globals()[name] = getattr(import_module(module), attribute)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
