"""A numeral was read from a picture in a line that the recognizer was unsure of.

Checks: Numerals in lines that were read from pictures with a confidence below 0.9. A line's confidence is the mean
of its characters': clear print reads above 0.95, and in a line of twenty, two characters that were a toss-up bring
it below 0.9.

Why: In a misread word readers notice the slip; in a misread number nobody can.

Fires on (read from a picture with confidence 0.71):
    全市建成站点86个。

Silent on:
    全市建成站点86个。

Remedy: Compare the number with the picture, or scan the page again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Final

from replyparse.checks.reply import printed
from replyparse.record import Finding, NumeralEntry, ReplyRecord, Span

CODE: Final = "RP503"
NAME: Final = "numeral read with doubt"
NAME_ZH: Final = "数字识别存疑"
SEVERITY: Final = "warning"
ON: Final = True
ADVICE: Final = "对照原图核对该数字，或重新扫描。"

_SURE = 0.9


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each Arabic numeral in a line of low confidence."""
    unsure = [line for line in record.source.recognized if line.confidence < _SURE]
    claims = {claim.span.start: [claim.id] for claim in record.claims} if unsure else {}
    for line in unsure:
        for entry in _within(record.numerals, line.span):
            said = printed(record, entry.span)
            if any(character.isdecimal() for character in said):
                message = f"“{said}”由图片识别而来，该行可信度仅 {line.confidence:.2f}"
                ids = claims.get(entry.span.start, [])
                yield Finding(rule=CODE, severity=SEVERITY, message=message, span=entry.span, claims=ids)


def _within(numerals: Sequence[NumeralEntry], span: Span) -> Iterator[NumeralEntry]:
    """The numerals that share a character with a span; they follow one another without overlap."""
    first = bisect_right(numerals, span.start, key=lambda entry: entry.span.end)
    return takewhile(lambda entry: entry.span.start < span.end, islice(numerals, first, None))
