"""A quantity with the places around it: what the claim stages work on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from replyparse.lines import Layout
from replyparse.mark import Mark
from replyparse.record import Comparator, Dimension, Span


@dataclass(frozen=True, slots=True)
class Amount:
    """What a quantity says: a value, or the two ends of a range, in its base unit (see RECORD: Claim).

    `unit` is one spelling of the printed unit, rates with their denominator (元/人·月); None where none is printed.
    `ordinal` is set for places in an order (第3位), which are ranks and not counts.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    dimension: Dimension
    comparator: Comparator
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """One quantity where it stands. `floor` is where the words that lead to it can begin at the earliest.

    `ceiling` is where the words that follow it must end. Both lie inside the clause; figures and dates before and
    after it bound them.
    """

    span: Span
    amount: Amount
    rule: str
    clause: Span
    sentence: Span
    line: Span
    floor: int
    ceiling: int
    joined: bool  # continues a list: only 、 or 和 between this amount and the one before

    @property
    def is_share(self) -> bool:
        """Whether it is a ratio: a percentage, a fraction, a multiple."""
        return self.amount.dimension == "ratio"


_JOINT = re.compile(r"(?:左右|上下|以上|以下|以内)?(?:、|和|与|及|,和|以及|~|/|[)])?\s?(?:约|近|超过?|逾|每[人亩户部个台]{1})?")


def situate(text: str, layout: Layout, marks: Sequence[Mark]) -> tuple[Stated, ...]:
    """The quantities among the settled marks, each with its clause, sentence, line and the words around it."""
    stated: list[Stated] = []
    for at, mark in enumerate(marks):
        if mark.what != "claim":
            continue
        clause = layout.clause_at(mark.span.start)
        floor, ceiling = clause.start, clause.end
        for earlier in reversed(marks[:at]):
            if earlier.span.end <= clause.start or not _bounds(earlier, text):
                if earlier.span.end <= clause.start:
                    break
                continue
            floor = earlier.span.end
            break
        for later in marks[at + 1 :]:
            if later.span.start >= clause.end:
                break
            if _bounds(later, text):
                ceiling = later.span.start
                break
        previous = stated[-1] if stated else None
        joined = (
            previous is not None
            and previous.clause == clause
            and bool(_JOINT.fullmatch(text, previous.span.end, mark.span.start))
        )
        stated.append(
            Stated(
                mark.span,
                mark.value,
                mark.rule,
                clause,
                layout.sentence_at(mark.span.start),
                layout.line_at(mark.span.start),
                floor,
                ceiling,
                joined,
            )
        )
    return tuple(stated)


def _bounds(mark: Mark, text: str) -> bool:
    """Whether a mark ends the words that belong to a neighbouring quantity: amounts and dates do, names do not."""
    if mark.what in {"claim", "label"}:
        return True
    return mark.what in {"date", "period"} and mark.rule != "periods.time"
