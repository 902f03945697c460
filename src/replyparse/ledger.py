"""The ledger: each numeral of the text ends in exactly one entry, and overlapping readings are settled here.

Stages propose marks without knowing of one another. `PRECEDENCE` is the one visible table that says which reading
wins where two claim the same characters; within one rank the longer mark wins, then the earlier.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from replyparse.mark import Mark
from replyparse.numerals import Numeral
from replyparse.patterns import regex
from replyparse.record import NumeralKind, Span

#: Fixed forms (down to `contact`) win by this order; behind them the longer reading wins, so that “15分钟阅读圈” is
#: a name and “十四五”期间 a period, and this order decides between readings of the same characters.
PRECEDENCE: tuple[NumeralKind, ...] = (
    "label",
    "doc_number",
    "matter_number",
    "contact",
    "date",
    "period",
    "address",
    "ordinal",
    "name",
    "text_part",
    "condition",
    "idiom",
    "article",
    "claim",
    "unknown",
)
_RANK = {what: rank for rank, what in enumerate(PRECEDENCE)}
_LIST_JOINT = regex(r"\s?(?:[号栋路组期层]?[、,和及至或]|[-—~])\s?")
_WEAK = frozenset({"name", "idiom", "article", "text_part", "condition"})


class Ledger(NamedTuple):
    """`marks` are the readings that won, none overlapping; `entries` account for every numeral, in text order.

    `lost` are the readings that did not win.
    """

    marks: tuple[Mark, ...]
    entries: tuple[Mark, ...]
    lost: tuple[Mark, ...] = ()


def settle(numerals: Iterable[Numeral], proposals: Iterable[Mark], length: int) -> Ledger:
    """Choose among the proposed marks and account for every numeral; the rest is `unknown`.

    A weak reading that cuts a numeral in two has misread it (一点 in 一点五倍), and is dropped.
    """
    numerals = tuple(numerals)
    inside = bytearray(length + 1)
    for numeral in numerals:
        inside[numeral.span.start + 1 : numeral.span.end] = b"\1" * (numeral.span.end - numeral.span.start - 1)
    taken = bytearray(length)
    chosen: list[Mark] = []
    lost: list[Mark] = []
    for mark in sorted(proposals, key=_priority):
        start, end = mark.span
        misread = mark.what in _WEAK and (inside[start] or inside[end])
        if misread or any(taken[start:end]):
            lost.append(mark)
        else:
            taken[start:end] = b"\1" * (end - start)
            chosen.append(mark)
    chosen.sort(key=lambda m: m.span)
    return Ledger(tuple(chosen), tuple(_entries(numerals, chosen)), tuple(lost))


def by_list(text: str, entries: Iterable[Mark]) -> tuple[Mark, ...]:
    """The entries, an unplaced one that stands in a plain list (五、六组; 1、6、9栋) read as its neighbour is."""
    told = list(entries)
    for order in (range(len(told) - 2, -1, -1), range(1, len(told))):
        for at in order:
            other = at + 1 if order.step < 0 else at - 1
            if told[at].what != "unknown" or told[other].what == "unknown":
                continue
            first, second = sorted((told[at], told[other]), key=lambda entry: entry.span)
            if _LIST_JOINT.fullmatch(text, first.span.end, second.span.start):
                told[at] = told[at]._replace(what=told[other].what, rule="ledger.list")
    return tuple(told)


def _priority(mark: Mark) -> tuple[int, int, int, int]:
    """Fixed forms by rank; among all others the longer first, and by rank among equals."""
    rank, length = _RANK[mark.what], mark.span.end - mark.span.start
    return (min(rank, _RANK["date"]), -length, rank, mark.span.start)


def _entries(numerals: Iterable[Numeral], marks: list[Mark]) -> Iterable[Mark]:
    """One entry a numeral, by the first mark that shares a character with it."""
    at = 0
    for numeral in numerals:
        while at < len(marks) and marks[at].span.end <= numeral.span.start:
            at += 1
        mark = marks[at] if at < len(marks) and marks[at].span.overlaps(numeral.span) else None
        if mark is None:
            yield Mark(Span(*numeral.span), "unknown", "ledger.unplaced")
        else:
            yield Mark(Span(*numeral.span), mark.what, mark.rule)
