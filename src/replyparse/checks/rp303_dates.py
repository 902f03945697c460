"""A date is impossible, or contradicts the reply's own dates.

Checks: Days and months that no calendar has (2月30日, 13月), a time that ends before it begins (2023年6月至3月),
what is said to be the case by a day after the date of signing (截至2025年6月底), and a page published before the
reply was signed.

Why: A wrong date makes wrong periods of all the figures that it dates.

Fires on:
    截至2023年13月底，全市建成站点5个。

Silent on:
    截至2023年12月底，全市建成站点5个。

Remedy: Look the date up.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from replyparse.checks.reply import before, folded
from replyparse.patterns import regex
from replyparse.record import Finding, ReplyRecord, Span

CODE: Final = "RP303"
NAME: Final = "impossible or contradictory date"
NAME_ZH: Final = "日期有误或矛盾"
SEVERITY: Final = "error"
ON: Final = True
ADVICE: Final = "核对日期。"

#: What may not stand before a year is asked behind it: a pattern that opens with its digits is found faster.
_DATE = regex(r"(?P<year>(?:19|20)\d\d)(?<!\d{5})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_DAY = regex(r"(?<![\d年—–\-~至到、.])(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_MONTHS = regex(r"(?P<year>20\d\d)(?<!\d{5})年(?P<from>\d{1,2})月?(?:至|到|[-—–~]{1,2})(?P<to>\d{1,2})月(?![\d日])")
_YEARS = regex(r"(?P<from>(?:19|20)\d\d)(?<!\d{5})年?(?:至|到|[-—–~]{1,2})(?P<to>(?:19|20)\d\d)年")


def check(record: ReplyRecord) -> Iterator[Finding]:
    """Yield a finding for each date that cannot be."""
    for span, message in _faults(record):
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=span, claims=[])
    yield from _not_yet(record)
    issued, published = record.header.issued_on, record.header.published_on
    if issued and published and published < issued:
        message = f"网页发布日期 {published.isoformat()} 早于落款日期 {issued.isoformat()}"
        yield Finding(rule=CODE, severity=SEVERITY, message=message, span=None, claims=[])


def _faults(record: ReplyRecord) -> Iterator[tuple[Span, str]]:
    text = folded(record)
    for match in _DATE.finditer(text):
        if not _exists(int(match["year"]), int(match["month"]), int(match["day"] or 1)):
            yield Span(*match.span()), f"没有“{match[0]}”这个日期"
    for match in _DAY.finditer(text):
        if not _exists(2000, int(match["month"]), int(match["day"])):  # a leap year: 2月29日 may be
            yield Span(*match.span()), f"没有“{match[0]}”这个日期"
    for pattern in (_MONTHS, _YEARS):
        for match in pattern.finditer(text):
            if int(match["to"]) < int(match["from"]):
                yield Span(*match.span()), f"“{match[0]}”的终点早于起点"


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _not_yet(record: ReplyRecord) -> Iterator[Finding]:
    """Findings for amounts that are reported up to a day which had not come when the reply was signed."""
    issued = record.header.issued_on
    if issued is None:
        return
    seen: set[str] = set()
    for claim in record.claims:
        period = claim.period
        if claim.kind != "actual" or period is None or period.end is None or period.end <= issued:
            continue
        lead = before(record, claim.span.start, sentence=True)
        told = re.escape("".join(period.text.split()).removeprefix("截至"))
        if re.search(rf"截[至止]{told}(?:止|底|末)?(?:,|$)", lead) is None:
            continue
        if period.text not in seen:
            seen.add(period.text)
            message = f"截至 {period.end.isoformat()} 的数据晚于答复日期 {issued.isoformat()}"
            yield Finding(rule=CODE, severity=SEVERITY, message=message, span=claim.span, claims=[claim.id])
