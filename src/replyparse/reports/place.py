"""Where a finding stands, by what it is known again, and what is printed there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from unicodedata import east_asian_width

from replyparse.record import Finding, ReplyRecord, Span
from replyparse.reports import Checked, Options

_NO_WORD = re.compile(r"[\s\d]+")


class Region(NamedTuple):
    """First and last line and column of a finding, from 1, in code points; the end is behind the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(record: ReplyRecord, finding: Finding) -> Region:
    """Where a finding stands; one about the whole reply stands at its beginning."""
    breaks = _breaks(record.text or "")

    def place(offset: int) -> tuple[int, int]:
        line = bisect_left(breaks, offset)
        return line + 1, offset - (breaks[line - 1] if line else -1)

    span = finding.span or Span(0, 0)
    return Region(*place(span.start), *place(span.end))


@lru_cache(maxsize=2)
def _breaks(text: str) -> list[int]:
    """The offsets of the line ends."""
    return [match.start() for match in re.finditer("\n", text)]


def masked(checked: Checked, options: Options) -> str:
    """The text with asterisks where it is private, as wide as what they stand for: reports print no other."""
    text = checked.record.text or ""
    private = {rule.code for rule in options.rules if rule.private}
    spans = sorted(finding.span for finding in checked.findings if finding.rule in private and finding.span)
    pieces, at = list[str](), 0
    for start, end in spans:
        stars = "".join("＊" if east_asian_width(character) in "WF" else "*" for character in text[start:end])
        pieces += [text[at:start], stars[max(0, at - start) :]]
        at = max(at, end)
    return "".join([*pieces, text[at:]])


def fingerprints(checked: Checked) -> Iterator[tuple[Finding, str]]:
    """Each finding with what it is known by, 32 hexadecimal digits that differ within a report.

    They are made of the path, the rule, the message and the words at the place, so they stay when text is added
    elsewhere. Figures at the place are left to the message, which masks those that are private.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    text = checked.record.text or ""
    for finding in checked.findings:
        words = _NO_WORD.sub("", text[slice(*finding.span)]) if finding.span else ""
        key = (finding.rule, finding.message, words)
        seen[key] += 1
        parts = (checked.path, *key, str(seen[key]))
        yield finding, sha256("\0".join(parts).encode()).hexdigest()[:32]
