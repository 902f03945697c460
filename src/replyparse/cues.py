"""Cue words and their reach: one small engine for all rules of the form "after 力争, what follows is a target".

A row of `data/cues.yaml` gives a pattern, what it signals, and how far it reaches: to the end of its clause, its
sentence, or its line. Of several cues that reach a place the nearest before it decides. `no` rows are look-alikes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

from replyparse.knowledge import Row, cached, load
from replyparse.lines import Layout
from replyparse.record import Span
from replyparse.scan import Scan

Reach = Literal["clause", "sentence", "line"]


class CueRow(Row):
    """One cue: the words (a verbose pattern), the signal they give, and how far it is heard."""

    id: str
    signal: str
    reach: Reach
    pattern: str


class Cue(NamedTuple):
    """A cue found in a text; `reach` ends where its signal is no longer heard."""

    span: Span
    reach: int
    row: CueRow


@cached
def rows(table: str) -> tuple[tuple[CueRow, Scan], ...]:
    """The rows of one table of `data/cues.yaml` with what finds them."""
    return tuple((row, Scan(row.pattern, re.VERBOSE)) for row in load("cues", table, CueRow, last_wins=True))


@cached
def _joined(table: str, cue: str) -> Scan:
    """The rows with this id as one."""
    patterns = [f"(?:{row.pattern}\n)" for row in load("cues", table, CueRow, last_wins=True) if row.id == cue]
    return Scan("|".join(patterns), re.VERBOSE)


def pattern(table: str, cue: str) -> re.Pattern[str]:
    """The rows with this id as one pattern, for stretches that are short or begin with it."""
    return _joined(table, cue).pattern


def said(table: str, cue: str, stretch: str) -> bool:
    """Whether the cue is said anywhere in a short stretch."""
    return _joined(table, cue).stands_in(stretch)


def openings(table: str, cue: str, text: str) -> Sequence[int]:
    """The places of a text outside which the cue is said nowhere, not even in a stretch cut out of it."""
    return _joined(table, cue).openings(text)


class Cues:
    """The cues of one table in one text, answering which of them is heard at a place."""

    def __init__(self, table: str, layout: Layout) -> None:
        ends = {"clause": layout.clause_at, "sentence": layout.sentence_at, "line": layout.line_at}
        found = []
        for row, scan in rows(table):
            for match in scan.finditer(layout.text):
                span = Span(*match.span())
                found.append(Cue(span, ends[row.reach](max(span.start, span.end - 1)).end, row))
        self._cues = sorted(found, key=lambda cue: (cue.span.end, cue.span.start))
        self._ends = [cue.span.end for cue in self._cues]

    def heard_at(self, offset: int, since: int = 0) -> list[Cue]:
        """The cues that stand before `offset` (and not before `since`) and reach it, nearest first."""
        nearest = []
        for at in range(bisect_right(self._ends, offset) - 1, -1, -1):
            cue = self._cues[at]
            if cue.span.end <= since:
                break
            if cue.span.start < since:
                continue
            if cue.reach > offset:
                nearest.append(cue)
        return nearest
