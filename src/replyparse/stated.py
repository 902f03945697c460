"""A quantity with the places around it: what the claim stages work on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from replyparse.cues import Cue
from replyparse.lines import Layout
from replyparse.mark import Clue, Mark
from replyparse.patterns import regex
from replyparse.record import Change, Comparator, Dimension, Kind, Span


class Amount(NamedTuple):
    """What a quantity says: a value, or the two ends of a range, in its base unit (see docs/record.md, Claim).

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


class Stated(NamedTuple):
    """One quantity where it stands, on the shadow text.

    `lead` holds the words of its clause that lead to it, `trail` those that follow it; other figures and dates
    bound both; `undated` holds the clause's words before a date that bounds `lead`. `own_date` is a date bound to
    this amount alone (由2020年的2.9人).
    """

    span: Span
    amount: Amount
    rule: str
    clause: Span
    sentence: Span
    line: Span
    lead: Span
    undated: Span
    trail: Span
    own_date: Mark | None
    joined: bool  # continues a list: only 、 or 和 between this amount and the one before
    again: bool  # says the amount before it in other terms: 2.1亿元(约合2900万美元)

    @property
    def is_share(self) -> bool:
        """Whether it is a ratio: a percentage, a fraction, a multiple."""
        return self.amount.dimension == "ratio"


class Ties(NamedTuple):
    """How quantities hang together, by index.

    `parents` maps a 其中 part to its whole, `steps` the second level of 由A提高到B to the first; `topics` are the
    headings that the quantities stand under, `headed` the column headings of those that stand in tables.
    """

    parents: Mapping[int, int]
    steps: Mapping[int, int]
    topics: Sequence[str]
    headed: Mapping[int, str]


class Named(NamedTuple):
    """A metric (指标) and the rule that named it."""

    text: str
    how: str


class Judged(NamedTuple):
    """A kind and how it was settled, with the cue that decided where one did."""

    kind: Kind
    how: str
    cue: Cue | None = None


class Shifted(NamedTuple):
    """The change that an amount states, None for a level, and the words that tell."""

    change: Change | None
    clue: Clue | None


_JOINT = regex(
    r"|(?:左右|上下|以上|以下|以内)?(?:、|,?和|与|及|以及|/)\s?(?:约|近|超过?|逾|每(?:平方米|公里|[^\d,。;、]{1,2})){0,2}"
)
_AGAIN = regex(
    r"(?:左右|以上|以下|以内)?(?:[(,、]\s?(?:即|也就是|约合|折合|合|折)|也就是)(?:人民币)?(?:每[^,。;\d]{1,2}){0,2}(?:约|近)?"
)
#: Between a date and the amount it alone belongs to: 2018年的每千克29.6克.
_ATTRIBUTIVE = regex(r"的(?:约|近)?(?:每(?:平方米|[^\d,。;、]{1,3})){0,2}")


def situate(text: str, layout: Layout, marks: Sequence[Mark]) -> tuple[Stated, ...]:
    """The quantities among the settled marks, each with its clause, sentence, line and the words around it."""
    stated: list[Stated] = []
    for at, mark in enumerate(marks):
        if mark.what != "claim":
            continue
        clause = layout.clause_at(mark.span.start)
        lead, own_date = _lead(text, marks, at, clause)
        undated = _undated(marks, at, clause, lead)
        previous = stated[-1] if stated else None
        joined = (
            previous is not None
            and previous.clause == clause
            and _JOINT.fullmatch(text, previous.span.end, mark.span.start) is not None
        )
        stated.append(
            Stated(
                span=mark.span,
                amount=mark.value,
                rule=mark.rule,
                clause=clause,
                sentence=layout.sentence_at(mark.span.start),
                line=layout.line_at(mark.span.start),
                lead=lead,
                undated=undated,
                trail=_trail(marks, at, clause),
                own_date=own_date,
                joined=joined,
                again=previous is not None and bool(_AGAIN.fullmatch(text, previous.span.end, mark.span.start)),
            )
        )
    return tuple(stated)


def _lead(text: str, marks: Sequence[Mark], at: int, clause: Span) -> tuple[Span, Mark | None]:
    """The words that lead to an amount, and the date between them and it, if there is one."""
    end, own_date = marks[at].span.start, None
    for earlier in (marks[n] for n in range(at - 1, -1, -1)):
        if earlier.span.end <= clause.start:
            break
        if not _bounds(earlier):
            continue
        attributive = earlier.what != "claim" and (
            _ATTRIBUTIVE.fullmatch(text, earlier.span.end, end)
            or (earlier.span.end == end and text.endswith(("由", "从"), 0, earlier.span.start))
        )
        if own_date is None and attributive:
            own_date, end = earlier, max(earlier.span.start, clause.start)
            continue
        return Span(min(earlier.span.end, end), end), own_date
    return Span(clause.start, end), own_date


def _undated(marks: Sequence[Mark], at: int, clause: Span, lead: Span) -> Span:
    """The words from the clause's start to the date that bounds `lead`: 资金池规模拟于(2024年底前)增加到3亿元."""
    bound = next((marks[n] for n in range(at - 1, -1, -1) if marks[n].span.end <= lead.start), None)
    if bound is None or bound.what not in {"date", "period"} or bound.span.start <= clause.start:
        return Span(lead.start, lead.start)
    start = next((marks[n].span.end for n in range(at - 1, -1, -1) if marks[n].what == "claim"), clause.start)
    return Span(max(start, clause.start), max(bound.span.start, start, clause.start))


def _trail(marks: Sequence[Mark], at: int, clause: Span) -> Span:
    start = marks[at].span.end
    for later in (marks[n] for n in range(at + 1, len(marks))):
        if later.span.start >= clause.end:
            break
        if _bounds(later):
            return Span(start, later.span.start)
    return Span(start, clause.end)


def _bounds(mark: Mark) -> bool:
    """Whether a mark ends the words that belong to a neighbouring quantity: amounts and dates do, names do not."""
    if mark.what in {"claim", "label"} or mark.rule == "deed of a rate":
        return True
    return mark.what in {"date", "period"} and mark.rule != "periods.time"
