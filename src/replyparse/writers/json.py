"""JSON: one object for one input, an array for several; Chinese as it is, a span on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from replyparse.writers import Rendering, plain

if TYPE_CHECKING:
    from replyparse.record import ReplyRecord

#: A span as `indent` lays it out. JSON strings hold no raw line end, so this can only be structure.
_SPAN = re.compile(r"\[\n +(\d+),\n +(\d+)\n +\]")


def render(records: Iterable[ReplyRecord], options: Rendering) -> Iterator[str]:
    """Yield the records as JSON, indented by two."""
    if not options.many:
        for record in records:
            yield _object(record, options) + "\n"
        return
    opening = "[\n  "
    for record in records:
        yield opening + _object(record, options).replace("\n", "\n  ")
        opening = ",\n  "
    if opening != "[\n  ":
        yield "\n]\n"


def _object(record: ReplyRecord, options: Rendering) -> str:
    return _SPAN.sub(r"[\1, \2]", json.dumps(plain(record, options), ensure_ascii=False, indent=2))
