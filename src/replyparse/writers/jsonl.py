"""JSON Lines: one record a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from replyparse.writers import Rendering, plain

if TYPE_CHECKING:
    from replyparse.record import ReplyRecord

#: Line ends of Unicode that JSON allows in strings but some readers of lines split at.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def render(records: Iterable[ReplyRecord], options: Rendering) -> Iterator[str]:
    """Yield a line for each record."""
    for record in records:
        yield json.dumps(plain(record, options), ensure_ascii=False).translate(_LINE_ENDS) + "\n"
