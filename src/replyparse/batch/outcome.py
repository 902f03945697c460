"""What became of one input, for those who ask for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from replyparse.errors import ReplyparseError
    from replyparse.record import ReplyRecord


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the input at `path`: `parsed`, `unchanged` or `failed`.

    `replyparse.parse_many` parses or fails: the one has a record, the other an error. `replyparse batch` keeps its
    records in the destination, and also knows inputs that are unchanged since its last run.
    """

    path: str
    status: Literal["parsed", "unchanged", "failed"]
    record: ReplyRecord | None = None
    error: ReplyparseError | None = None
