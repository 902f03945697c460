"""What the stages hand on: frozen marks on the shadow text, each naming the rule that made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from replyparse.record import NumeralKind, Span

__all__ = ["Mark", "Span"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the shadow text that some rule has read as something.

    `span` holds the whole expression (约定: shadow offsets), `what` is the numeral account's word for the
    numerals inside it, `rule` names the rule for `explain`, and `value` is what the rule read: an `Amount`
    for quantities, a `DateExpression` for dates, None for marks that only account for numerals.
    """

    span: Span
    what: NumeralKind
    rule: str
    value: Any = None
