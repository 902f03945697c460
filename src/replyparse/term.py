"""What the quantity stage hands on inside itself: one number with its unit."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from replyparse import units
from replyparse.record import Comparator, Dimension, Span


class Term(NamedTuple):
    """A number with its unit, as printed. `inner` is what the number itself says (200余 is more than 200)."""

    span: Span
    value: Decimal | None
    unit: str | None
    dimension: Dimension
    rule: str
    low: Decimal | None = None
    high: Decimal | None = None
    inner: Comparator | None = None
    bare: bool = False  # begins with 百, 千, 万 or 亿
    row: units.Unit | None = None  # of the knowledge, where the unit is one of its rows
