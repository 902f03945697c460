"""Where a finding stands, by what it is known again, and what is printed there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

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
    span = finding.span or Span(0, 0)
    start, end = record.locate(span.start), record.locate(span.end)
    return Region(start.line or 1, start.column or 1, end.line or 1, end.column or 1)


def hidden(checked: Checked, options: Options) -> list[Span]:
    """The places of a reply that no report may print, because what stands there is private."""
    private = {rule.code for rule in options.rules if rule.private}
    return [finding.span for finding in checked.findings if finding.rule in private and finding.span]


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
