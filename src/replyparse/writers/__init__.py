"""Turns records into what a user asked for: pure functions from records to text, written as they are done.

Each format is a module with `render(records, options) -> Iterator[str]`, imported when it is asked for. The pieces
that it yields, joined and encoded in UTF-8, are the output; when no record comes, nothing is yielded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from replyparse.record import ReplyRecord

__all__ = ["OutputFormat", "Rendering", "plain", "render"]


class OutputFormat(StrEnum):
    """The formats a record can be written in; each value is the name of its module."""

    JSON = "json"
    YAML = "yaml"
    JSONL = "jsonl"
    CSV = "csv"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Rendering:
    """How to write: `many` asks for an array even of one record, `text` keeps the replies' text.

    `width` (columns) and `color` are for `table` alone.
    """

    many: bool = False
    text: bool = True
    width: int = 120
    color: bool = False


class _Writer(Protocol):
    def render(self, records: Iterable[ReplyRecord], options: Rendering) -> Iterator[str]: ...


def render(form: OutputFormat, records: Iterable[ReplyRecord], options: Rendering = Rendering()) -> Iterator[str]:
    """The pieces of the output, one or more for each record as it comes."""
    writer = cast(_Writer, import_module(f"replyparse.writers.{form.value}"))
    return writer.render(records, options)


def plain(record: ReplyRecord, options: Rendering) -> dict[str, Any]:
    """The record as the data that JSON and YAML share: dates are ISO strings, keys stand in record order."""
    return record.model_dump(mode="json", exclude=None if options.text else {"text"})
