"""What the stages hand on: frozen marks on the shadow text, each naming the rule that made it."""

from __future__ import annotations

from typing import Any, NamedTuple

from replyparse.record import NumeralKind, Span

__all__ = ["Clue", "Mark", "Span"]


class Clue(NamedTuple):
    """One thing that a rule went by, for `explain`: how it decided, and the words of the shadow text it heard."""

    how: str
    span: Span | None = None


class Mark(NamedTuple):
    """A stretch of the shadow text that some rule has read as something.

    `span` holds the whole expression (约定: shadow offsets), `what` is the numeral account's word for the
    numerals inside it, `rule` names the rule for `explain`, and `value` is what the rule read: an `Amount`
    for quantities, an `Expression` for dates, None for marks that only account for numerals. `clues` are what the
    rule went by.
    """

    span: Span
    what: NumeralKind
    rule: str
    value: Any = None
    clues: tuple[Clue, ...] = ()
